"""The lesson in a link: there and back, and anything at all may stand in it."""

from hypothesis import given
from hypothesis import strategies as st

from lstm_core.lessons.items import ITEMS, suits
from lstm_core.lessons.lesson_link import (
    CONTROLS,
    MOST_PARTS,
    PARAMETERS,
    VIEWS,
    LessonLink,
    Part,
    from_query,
    split,
    to_query,
)
from lstm_core.lessons.own_run import HERE, MAX_WORD, word_of
from lstm_core.lessons.tasks import TASKS
from lstm_core.lessons.tours import TOURS
from lstm_core.workbench.focus import Focus
from lstm_core.workbench.link import from_link, to_link
from lstm_core.workbench.presets import preset
from tests.collected import collected

RUN = word_of(preset("random", 4).edited("b_f.1", -0.5))
OWN = [key for key in ITEMS if suits(key, RUN)]
seeds = st.integers(0, 9999)
items = st.builds(Part, st.just("item"), st.sampled_from(list(ITEMS)), seeds)
own = st.builds(Part, st.just("item"), st.sampled_from(OWN), seeds, st.just(RUN))
tasks = st.builds(Part, st.just("task"), st.sampled_from(list(TASKS)), seeds)
tours = st.builds(Part, st.just("tour"), st.sampled_from(list(TOURS)), st.integers(1, 9))
controls = st.sets(st.sampled_from(CONTROLS)).map(lambda some: tuple(c for c in CONTROLS if c in some))


@st.composite
def lessons(draw):
    some = tuple(draw(st.lists(items | own | tasks | tours, max_size=MOST_PARTS, unique=True)))
    return LessonLink(
        some, draw(controls), draw(controls), draw(st.sampled_from([None, *VIEWS])),
        draw(st.integers(0, len(some))), draw(st.none() | items | own),
    )  # fmt: skip


@given(lessons(), st.sampled_from(CONTROLS))
def test_what_is_neither_hidden_nor_locked_is_left_to_the_reader(lesson, control):
    assert lesson.leaves(control) == (control not in lesson.hide and not lesson.locks(control))
    assert lesson.leaves(*CONTROLS) == (not lesson.hide and not lesson.lock)


@given(lessons())
def test_there_and_back_without_escapes_beside_the_link_of_the_experiment(lesson):
    query = to_query(lesson)
    assert from_query(query) == (lesson, ()) and set(query) <= set(PARAMETERS)
    assert all(text and text.isascii() for text in query.values())
    assert all(c.isalnum() or c in "._~-" for text in query.values() for c in text)
    experiment, focus = preset("silent").edited("b_o.1", -2.5), Focus(11, 1, "show")
    rest, own = split(to_link(experiment, focus, "ko") | query)
    link = from_link(rest)
    assert (link.experiment, link.focus, link.language, link.problems) == (experiment, focus, "ko", ())
    assert own == query


def test_a_readable_example():
    query = {"lesson": "item.silent.7~task.hold", "hide": "weights~start", "view": "student"}
    lesson, problems = from_query(query)
    assert not problems and lesson.parts == (Part("item", "silent", 7), Part("task", "hold", 1))
    assert not lesson.shows("weights") and lesson.shows("preset") and lesson.view == "student"
    assert lesson.hide == ("weights", "start") and not lesson.locks("weights")
    assert lesson.at == 1 and lesson.part == Part("item", "silent", 7) and lesson.ask is None
    lesson, _ = from_query({"lesson": "item.silent.7~task.hold.2", "at": "2", "ask": "c_or_h.3"})
    assert lesson.part == Part("task", "hold", 2) and lesson.ask == Part("item", "c_or_h", 3)
    assert from_query({"lesson": "task.hold.2", "at": "0"})[0].part is None


def test_commas_and_blanks_part_too_and_order_and_doubles_do_not_matter():
    assert from_query({"hide": "start,weights start"}) == from_query({"hide": "weights~start"})
    assert from_query({"lesson": "item.silent.7,item.silent.7"})[0].parts == (Part("item", "silent", 7),)


def test_an_empty_query_says_nothing():
    assert from_query({}) == (LessonLink(), ()) and to_query(LessonLink()) == {}


@collected(
    "query, problems, kept",
    [
        ({"view": "teacher"}, ("view",), {}),
        ({"view": ""}, ("view",), {}),
        ({"view": "STUDENT"}, ("view",), {}),
        ({"hide": "weights~nothing"}, ("hide",), {"hide": "weights"}),
        ({"hide": ""}, ("hide",), {}),
        ({"lock": "~~"}, ("lock",), {}),
        ({"lesson": "item.nope.1"}, ("lesson",), {}),
        ({"lesson": "item.silent.10000~task.hold.2"}, ("lesson",), {"lesson": "task.hold.2"}),
        ({"lesson": "item.silent.-1"}, ("lesson",), {}),
        ({"lesson": "item.silent.1.2"}, ("lesson",), {}),
        ({"lesson": "item.silent.\u0661"}, ("lesson",), {}),
        ({"lesson": "tour.short.0"}, ("lesson",), {}),
        ({"lesson": "tour.short.11"}, ("lesson",), {}),
        ({"lesson": "tour.short.9"}, (), {"lesson": "tour.short.9"}),
        ({"lesson": "tour.silent.1"}, ("lesson",), {}),
        ({"lesson": "task.hold.1", "at": "2"}, ("at",), {"lesson": "task.hold.1"}),
        ({"lesson": "task.hold.1", "at": "\u0661"}, ("at",), {"lesson": "task.hold.1"}),
        ({"at": "1"}, ("at",), {}),
        ({"ask": "nope.1"}, ("ask",), {}),
        ({"ask": "silent"}, ("ask",), {}),
        ({"ask": "silent.7"}, (), {"ask": "silent.7"}),
        ({"lesson": "<script>alert(1)</script>", "hide": "'; --"}, ("lesson", "hide"), {}),
        ({"lesson": "own.silent.7"}, ("lesson",), {}),
        ({"lesson": "own.gate_on_what.7", "run": RUN}, (), {"lesson": "own.gate_on_what.7", "run": RUN}),
        ({"ask": "own.gate_on_what.7", "run": RUN}, (), {"ask": "own.gate_on_what.7", "run": RUN}),
        ({"ask": "own.gate_on_what.7"}, ("ask",), {}),
        ({"lesson": "own.coupled.7~task.hold.1", "run": RUN}, ("lesson", "run"), {"lesson": "task.hold.1"}),
        ({"lesson": "own.curve_rnn.7", "run": RUN}, ("lesson", "run"), {}),
        ({"lesson": "own.gate_on_what.10000", "run": RUN}, ("lesson", "run"), {}),
        ({"lesson": "own.gate_on_what.7", "run": RUN[:-1]}, ("lesson", "run"), {}),
        ({"lesson": "own.gate_on_what.7", "run": HERE}, ("lesson", "run"), {}),
        ({"lesson": "own.gate_on_what.7", "run": "A" * (MAX_WORD + 1)}, ("lesson", "run"), {}),
        ({"lesson": "task.hold.1", "run": RUN}, ("run",), {"lesson": "task.hold.1"}),
        ({"view": "../../etc"}, ("view",), {}),
        ({"lesson": "~".join(f"item.silent.{n}" for n in range(MOST_PARTS + 5))}, ("lesson",), None),
        ({"hide": "weights~" * 100_000}, ("hide",), None),
        ({"lesson": "item." * 100_000}, ("lesson",), {}),
    ],
)  # fmt: skip
def test_what_is_valid_is_used_and_the_rest_is_named(query, problems, kept):
    lesson, named = from_query(query)
    assert named == problems and len(lesson.parts) <= MOST_PARTS
    if kept is not None:
        assert to_query(lesson) == kept


@given(st.dictionaries(st.sampled_from(PARAMETERS), st.text(max_size=60)))
def test_anything_at_all_is_read(query):
    lesson, problems = from_query(query)
    assert set(problems) <= set(query) and from_query(to_query(lesson)) == (lesson, ())
