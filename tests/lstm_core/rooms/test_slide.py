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
from tests.collected import collected
from tests.nightly import sample

KEYS = {*sample(ITEMS, 24), "draw_fade"}
"""Questions of every kind, the curve to draw among them."""


def shown(key: str, phase: str, leads: bool = False, *answer) -> str:
    made = Room.made("key", {"lesson": f"item.{key}.3"}, "en")
    return slide_html(replace(made, at=1, phase=phase), "en", leads, *answer)


@collected("key", KEYS)
def test_nothing_on_a_screen_tells_the_answer_before_it_is_told(key):
    """Whatever the truth is, a phone and a projector show the same until then."""
    asked = make(key, 3)
    verdict = judge(asked, [*asked.truth] if isinstance(asked.truth, tuple) else asked.truth)
    why = Words("en")(verdict.why_key, **verdict.values)
    for phase in (OPEN, CLOSED):
        for leads in (False, True):
            html = shown(key, phase, leads)
            assert "✓" not in html and "right" not in re.findall(r'class="?([\w ]+)', html)
            assert why not in unescape(re.sub("<[^>]+>", "", html))
    assert "✓" in shown(key, SHOWN, True) or asked.item.kind == DRAW


@collected("key", KEYS)
def test_a_phone_can_give_every_answer_and_is_told_what_its_own_was_worth(key):
    asked, html = make(key, 3), shown(key, OPEN)
    if asked.item.kind == CHOOSE:
        answers = [json.loads(unescape(one)) for one in re.findall(r'data-answer="([^"]+)"', html)]
        assert answers == [*asked.options]
    elif asked.item.kind == VALUE:
        low, high = asked.bounds
        assert f'min="{low:g}" max="{high:g}"' in html
        answers = [low, high, asked.truth]
    else:
        assert json.loads(unescape(re.search(r'data-sheet="([^"]+)"', html)[1]))[6] is False
        answers = [list(asked.truth)]
    assert " disabled" not in html.replace('class="send" disabled', "")
    for answer in answers:
        right = judge(asked, checked_answer(asked, answer)).right
        assert f'class="verdict {"right" if right else "wrong"}"' in shown(key, SHOWN, False, answer)


@pytest.mark.parametrize("language", sample(LANGUAGES, 2))
@pytest.mark.parametrize("lesson", ["tour.long", "task.hold.1", "item.silent.7"])
def test_each_slide_of_a_lesson_is_drawn_in_each_language_and_phase(language, lesson):
    made = Room.made("key", {"lesson": lesson}, language)
    for at in range(len(made.slides) + 2):
        here = made._entered(at)
        notes_html(here, Words(language))
        for leads in (False, True):
            html = slide_html(here, language, leads)
            assert html.count("<figure") == html.count("</figure>") <= 1 and "<script" not in html
            plain = re.sub(r'data-sheet="[^"]+"|<style>.*?</style>', "", html)
            assert "{" not in plain, "every placeholder is filled"


def first_of(kind: str):
    return next(make(key, 1) for key, item in ITEMS.items() if item.kind == kind)


@collected("kind", [CHOOSE, VALUE, DRAW])
@collected("answer", [None, 7, [], "no such option", [1, 2], float("nan")])
def test_what_is_no_answer_is_refused(kind, answer):
    with pytest.raises((ValueError, TypeError)):
        checked_answer(first_of(kind), answer)


def test_a_tally_counts_each_answer_once_and_tells_nothing_of_curves_before_the_truth():
    value, drawn, chosen = (first_of(kind) for kind in (VALUE, DRAW, CHOOSE))
    low, high = value.bounds
    found = tally(value, [low, high, high], told=False)
    assert found["0"] == 1 and found[str(BINS - 1)] == 2 and sum(found.values()) == 3
    assert all(ends_of(value, bar_of(value, number))[0] <= number for number in (low, high))
    right = list(drawn.truth)
    assert tally(drawn, [right], told=False) == {}
    assert tally(drawn, [right, right], told=True) == {"right": 2}
    wrong = next(option for option in chosen.options if option != chosen.truth)
    counts = dict.fromkeys(chosen.options, 0) | {chosen.truth: 1, wrong: 2}
    assert tally(chosen, [chosen.truth, wrong, wrong], told=False) == counts
