"""What screens of a room show: nothing tells an answer before its time, and phones can give every answer."""

import json
import re
from dataclasses import replace
from html import unescape

import pytest

from lstm_core.lessons.items import ITEMS, make
from lstm_core.lessons.question import CHOOSE, DRAW, VALUE
from lstm_core.lessons.verdict import judge
from lstm_core.rooms import CLOSED, OPEN, SHOWN, Room, checked_answer, tally
from lstm_core.rooms.slide import notes_html, slide_html
from lstm_core.rooms.tally import BINS, bar_of, ends_of
from lstm_core.words import LANGUAGES, Words
from tests.nightly import sample

KEYS = sample(ITEMS, 24)


def room(key: str, phase: str, seed: int = 3) -> Room:
    made = Room.made("key", {"lesson": f"item.{key}.{seed}"}, "en")
    return replace(made, at=1, phase=phase)


@pytest.mark.parametrize("key", KEYS)
def test_nothing_on_a_screen_tells_the_answer_before_it_is_told(key):
    """Whatever the truth is, a phone and a projector show the same until then."""
    asked = make(key, 3)
    verdict = judge(asked, [*asked.truth] if isinstance(asked.truth, tuple) else asked.truth)
    why = Words("en")(verdict.why_key, **verdict.values)
    for phase in (OPEN, CLOSED):
        for leads in (False, True):
            html = slide_html(room(key, phase), "en", leads)
            assert "✓" not in html and "right" not in re.findall(r'class="?([\w ]+)', html)
            assert why not in unescape(re.sub("<[^>]+>", "", html))
    assert "✓" in slide_html(room(key, SHOWN), "en", True) or asked.item.kind == DRAW


@pytest.mark.parametrize("key", KEYS)
def test_a_phone_can_give_every_answer_and_is_told_what_its_own_was_worth(key):
    asked = make(key, 3)
    html = slide_html(room(key, OPEN), "en", False)
    if asked.item.kind == CHOOSE:
        offered = [json.loads(unescape(one)) for one in re.findall(r'data-answer="([^"]+)"', html)]
        assert offered == [*asked.options]
        answers = offered
    elif asked.item.kind == VALUE:
        low, high = asked.bounds
        assert f'min="{low:g}" max="{high:g}"' in html
        answers = [low, high, asked.truth]
    else:
        answers = [list(asked.truth)]
        assert json.loads(unescape(re.search(r'data-sheet="([^"]+)"', html)[1]))[6] is False
    assert " disabled" not in html.replace('class="send" disabled', "")
    for answer in answers:
        verdict = judge(asked, checked_answer(asked, answer))
        told = slide_html(room(key, SHOWN), "en", False, answer)
        assert f'class="verdict {"right" if verdict.right else "wrong"}"' in told


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("lesson", ["tour.long", "task.hold.1", "item.silent.7"])
def test_each_slide_of_a_lesson_is_drawn_in_each_language_and_phase(language, lesson):
    made = Room.made("key", {"lesson": lesson}, language)
    for at in range(len(made.slides) + 2):
        here = made._entered(at)
        for leads in (False, True):
            html = slide_html(here, language, leads)
            assert html.count("<figure") == html.count("</figure>") <= 1
            plain = re.sub(r'data-sheet="[^"]+"|<style>.*?</style>', "", html)
            assert "<script" not in html and "{" not in plain, "every placeholder is filled"
        notes_html(here, Words(language))


@pytest.mark.parametrize("answer", [None, 7, [], {}, "no such option", [1, 2], "x" * 5000, float("nan")])
def test_what_is_no_answer_is_refused(answer):
    for kind in (CHOOSE, VALUE, DRAW):
        key = next(key for key, item in ITEMS.items() if item.kind == kind)
        with pytest.raises((ValueError, TypeError)):
            checked_answer(make(key, 1), answer)


def test_a_tally_counts_each_answer_once_and_tells_nothing_of_curves_before_the_truth():
    value = next(make(key, 1) for key, item in ITEMS.items() if item.kind == VALUE)
    low, high = value.bounds
    found = tally(value, [low, high, high], told=False)
    assert found["0"] == 1 and found[str(BINS - 1)] == 2 and sum(found.values()) == 3
    assert all(ends_of(value, bar_of(value, number))[0] <= number for number in (low, high))
    drawn = next(make(key, 1) for key, item in ITEMS.items() if item.kind == DRAW)
    right = list(drawn.truth)
    assert tally(drawn, [right], told=False) == {}
    assert tally(drawn, [right, right], told=True) == {"right": 2}
    chosen = make("silent", 7)
    assert sum(tally(chosen, [chosen.truth, chosen.options[0]], told=False).values()) == 2
