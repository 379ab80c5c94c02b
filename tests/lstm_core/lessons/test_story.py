"""The story: each chapter sees what a hand did, says it in the run's own numbers, and its link leads back."""

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core.figure.figure import Figure
from lstm_core.figure.line import Line
from lstm_core.lessons.opened import opened
from lstm_core.lessons.story import (
    CHAPTERS,
    RECAP,
    Story,
    answer,
    begun,
    deed,
    found,
    line_of,
    link_of,
    redone,
)  # fmt: skip
from lstm_core.lessons.story_link import asks_for_story, from_query, to_query
from lstm_core.reading import shipped
from lstm_core.words import Words
from lstm_core.workbench import brackets
from lstm_core.workbench.focus import MAX_LENGTH, Focus
from lstm_core.workbench.opening import OPENINGS
from lstm_core.workbench.presets import PRESETS, preset
from tests.collected import collected

EN = Words("en")
LINE = preset(brackets.PRESET)
OPENS, CLOSES = brackets.first_pair(LINE.labels)
OF = {chapter.key: chapter for chapter in CHAPTERS}
LINES = ["she came (late, as ever) and left", "x[가나다라]y(z)", "<b>(&amp;) “**bold**”", "a ( bcd e) " * 3]

DEEDS = {"forget": "pin_f", "write": "pin_i", "sign": "pin_c", "show": "pin_o"}


def done_by_hand(key, experiment, focus):
    """The experiment and the focus after a hand did what the chapter asks for."""
    if key == "run":
        return experiment, Focus(brackets.first_pair(experiment.labels)[1])
    if key == "why":
        return experiment, Focus(focus.t, length=MAX_LENGTH)
    if key == "join":
        return experiment.edited(f"x.{focus.t}.2", 1.0), focus
    return experiment.pinned(f"{DEEDS[key]}.1.{focus.t}", -1.0 if key == "sign" else 0.0), focus


@collected("line", LINES)
@collected("key", [*DEEDS, "run", "join", "why"])
def test_a_chapter_is_done_by_its_deed_and_by_nothing_before_it(key, line):
    chapter = OF[key]
    experiment, focus = begun(chapter, brackets.written(LINE, brackets.split(line)))
    assert not answer(chapter, experiment, focus, EN).done and deed(chapter, experiment, focus, EN) is None
    after = done_by_hand(key, experiment, focus)
    assert answer(chapter, *after, EN).done
    done = deed(chapter, *after, EN)
    assert (done is not None) == bool(chapter.moves)
    if done:
        assert done[0].startswith(f"{chapter.moves}.") and redone(Story(RECAP, {key: done}), experiment, EN)


@collected("key, quantity", [("forget", "f"), ("write", "i"), ("sign", "C_tilde"), ("show", "o")])
def test_a_hand_that_does_too_little_is_answered_and_not_taken_for_done(key, quantity):
    experiment, focus = begun(OF[key], LINE)
    usual = getattr(experiment.trace(), quantity)[focus.t - 1, 0]
    little = experiment.pinned(f"{DEEDS[key]}.1.{focus.t}", 0.8 * usual)
    said = answer(OF[key], little, focus, EN)
    assert not said.done and said != answer(OF[key], experiment, focus, EN)


def test_the_answers_name_the_numbers_of_the_run():
    experiment, focus = begun(OF["forget"], LINE)
    emptied = experiment.pinned(f"pin_f.1.{focus.t}", 0.02)
    trace = emptied.trace()
    before, C = trace.C_prev[focus.t - 1, 0], trace.C[focus.t - 1, 0]
    said = answer(OF["forget"], emptied, focus, EN).text
    numbers = [float(number) for number in re.findall(r"\d\.\d\d", said)]
    assert numbers == pytest.approx([0.02, 0.98 * before, before, C], abs=0.011)
    assert numbers[2] == pytest.approx(numbers[1] + numbers[3])  # it adds up as shown

    experiment, focus = begun(OF["why"], LINE)
    said = answer(OF["why"], experiment, Focus(1, length=99), EN).text
    old = f"After 99 letters the cell of 1997 has C = {3 * 0.984:.2f}"
    assert f"{old}, and the one with a forget gate 0.00." in said


def test_what_is_said_when_it_is_done_is_true():
    experiment, focus = begun(OF["forget"], LINE)
    C = experiment.pinned(f"pin_f.1.{focus.t}", 0).trace().C[focus.t - 1 : CLOSES - 1, 0]
    assert (abs(C) < 0.5).all()  # it believes that it is outside
    experiment, focus = begun(OF["write"], LINE)
    assert (abs(experiment.pinned(f"pin_i.1.{focus.t}", 0).trace().C[:, 0]) < 0.5).all()  # it has missed it
    without = LINE.tiled(MAX_LENGTH).with_variant("1997").trace().C[:, 0]
    assert without[-1] > 1.5 and LINE.trace().C[-1, 0] < 0.01  # it counts brackets that have closed


@collected("n", range(1, len(CHAPTERS) + 1))
def test_each_chapter_has_its_texts_and_its_card(n):
    chapter = CHAPTERS[n - 1]
    figure = Figure(*begun(chapter, LINE), language="ko", story=Story(n), pictures=chapter.pictures)
    card = figure.draw()["story"]
    for part in ("says", "do"):
        assert Words("ko")(f"story.{chapter.key}.{part}").split("“")[0] in card
    assert card.count('data-role="chapter"') == len(CHAPTERS) + (1 if n == 1 else 2)
    assert ('aria-current="step"' in card) and figure.runs == (n == 1)


def test_a_line_of_the_readers_own_is_never_markup():
    line = brackets.split('<i>("><script>**x**)')
    experiment, focus = begun(OF["run"], brackets.written(LINE, line))
    figure = Figure(experiment, Focus(1), story=Story(1), pictures=OF["run"].pictures)
    for t in range(1, experiment.T + 1):
        for markup in figure.looked(t=t).draw().values():
            assert "<i>(" not in markup and "<script" not in markup


def test_the_answer_follows_under_the_hand_and_a_chapter_is_left_to_the_page():
    experiment, focus = begun(OF["forget"], LINE)
    line, figure = Line(), Figure(experiment, focus, story=Story(2), pictures=OF["forget"].pictures)
    line.show(figure, "turn")
    address = f"pin_f.1.{focus.t}"
    answered = line.answer({"seq": 1, "turn": "turn", "values": {address: 0.0}})
    assert "outside" in answered["pictures"]["story"][0]
    choice = {"role": "chapter", "value": "3", "picture": "story"}
    assert line.answer({"seq": 2, "turn": "turn", "acts": [choice]})["open"] == [choice]


@collected("line", LINES)
def test_the_network_that_reads_code_is_said_to_follow_the_line_as_far_as_it_does(line):
    experiment, focus = begun(OF["hold"], brackets.written(LINE, brackets.split(line)))
    reading, unit = found(experiment)
    right, inside = 0, False
    for k, label in enumerate(experiment.labels):
        inside = (inside or label in brackets.OPENS) and label not in brackets.CLOSES
        C = reading.trace.C[k, unit.unit - 1]
        right += (abs(C - unit.inside) < abs(C - unit.outside)) == inside
    of = next(one for one in shipped().features() if one.name == "brackets")
    said = answer(OF["hold"], experiment, focus, EN).text
    assert said.startswith(f"Unit {of.unit} tells inside from outside at {right} of the {experiment.T} ")
    assert f"{of.auc:.2f}" in said and f"{of.control:.2f}" in said
    link = link_of(OF["hold"], experiment)
    assert link["watch"] == str(of.unit) and len(link["read"]) == experiment.T


# -- in a link ------------------------------------------------------------------------------------

deeds = st.fixed_dictionaries(
    {},
    optional={
        **{key: st.tuples(st.just(f"{moves}.1.17"), st.floats(0, 1)) for key, moves in DEEDS.items()},
        "join": st.tuples(st.just("x.17.2"), st.sampled_from([1.0, -2.0, 0.55])),
    },
)


@given(st.integers(1, len(CHAPTERS)), deeds)
def test_a_link_brings_back_the_chapter_and_what_was_done(chapter, done):
    story = Story(chapter, done)
    query = to_query(story)
    assert from_query(query) == (story, ()) and asks_for_story(query)
    assert all(re.fullmatch(r"[\w.~-]+", value) for value in query.values())


HOSTILE = [{"chapter": text} for text in ("", "0", "99", "-1", "1.5", "one", "\u0661", "1" * 5000, "<b>")]
FORGED = [
    "x", "pin_f.1.17", "pin_f.1.17_nan", "pin_q.1.1_0", "b_f.1_0", "pin_f.1.17_1e999", "<script>",
    "pin_f.2.3_0", "x.17.2_" + "9" * 5000, "~" * 20 + "y",
]  # fmt: skip
HOSTILE += [{"did": text} for text in FORGED]


@collected("query", HOSTILE)
def test_a_forged_link_changes_nothing_and_is_named(query):
    assert from_query(query) == (Story(), tuple(query))


def test_a_deed_that_the_line_does_not_have_is_left_out():
    short = brackets.written(LINE, "(abcd)")
    assert redone(Story(RECAP, {"forget": ("pin_f.1.17", 0.0)}), short, EN) == []
    assert redone(Story(RECAP, {"forget": ("pin_f.1.3", 7.0)}), short, EN) == []


@collected("query", [{}, {"chapter": "4"}, {"chapter": "4", "preset": "latch", "t": "2"}])
def test_the_bare_address_opens_the_story(query):
    seen = opened(query, "", ())
    assert seen.page == "start" and seen.story.chapter == int(query.get("chapter", 1))
    assert (seen.experiment, seen.focus) == begun(seen.story.here, LINE)


def test_a_link_of_the_story_brings_its_run_along():
    query = {"chapter": "2", "preset": "brackets", "v": "1", "pin_f.1.17": "0", "t": "17", "phase": "erase"}
    seen = opened(query, "", ())
    assert seen.experiment == LINE.pinned("pin_f.1.17", 0) and seen.focus == Focus(17, phase="erase")
    assert opened({"chapter": "7", "length": "99"}, "", ()).focus.length == 99


@collected(
    "query, page",
    [({"preset": "latch", "v": "1", "t": "4"}, "overview"), ({"b_f.1": "-2.5"}, "overview"),
     ({"lesson": "tour.short"}, "overview"), ({"ask": "silent.1"}, "output_gate"),
     ({"view": "embed"}, "overview"),
     ({"lesson": "task.hold.1"}, None), ({"nonsense": "1"}, "overview")],
)  # fmt: skip
def test_a_link_from_before_the_story_opens_what_it_opened(query, page):
    seen = opened(query, "", OPENINGS)
    assert seen.page != "start" and seen.page == (page or seen.page) and seen.story is None


@collected("key", sorted(PRESETS))
def test_the_story_reads_its_own_line_whatever_was_on_screen(key):
    assert line_of(preset(key)) == LINE
    assert line_of(LINE.pinned("pin_f.1.17", 0).edited("b_f.1", 3)) == LINE
    assert not math.isnan(begun(OF["forget"], preset(key))[0].trace().C[-1, 0])


def test_a_letter_that_is_chosen_opens_no_origin_that_would_lead_away_from_the_chapter():
    figure = Figure(LINE, Focus(OPENS), story=Story(1), pictures=OF["run"].pictures)
    letter = {"quantity": "x", "index": 1, "t": CLOSES, "picture": "strip"}
    after = figure.chose(letter)
    assert (after.focus.t, after.chosen) == (CLOSES, None)
    assert figure.chose({**letter, "picture": "cell"}).chosen == "x"
