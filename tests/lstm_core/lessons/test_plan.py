"""A lesson put together: its link sets up what was planned, says nothing twice, and needs no escaping.

The address bar keeps the plan while it is being made: what is written is read back, and nothing breaks it.
"""

from html.parser import HTMLParser
from urllib.parse import parse_qsl, quote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core.lessons.items import ITEMS, make, suits
from lstm_core.lessons.lesson_link import CONTROLS, MOST_PARTS, VIEWS, Part, from_query, split
from lstm_core.lessons.own_run import HERE, run_of, word_of
from lstm_core.lessons.plan import (
    EMBED,
    HIDDEN,
    LOCKED,
    SHOWN,
    STUDENT,
    Plan,
    fits,
    frame,
    framed,
    out_of_order,
    path,
    states_of,
)
from lstm_core.lessons.plan_link import PARAMETER, plan_from, to_query
from lstm_core.lessons.tasks import TASKS
from lstm_core.lessons.tours import TOURS
from lstm_core.words import LANGUAGES
from lstm_core.workbench.focus import Focus
from lstm_core.workbench.link import from_link
from lstm_core.workbench.opening import OPENINGS, first_look, opening
from lstm_core.workbench.presets import DEFAULT, PRESETS, preset
from tests.collected import collected
from tests.lstm_core.workbench.screens import bits, on_screen

PAGES = ("overview", "forget_gate", "trace")
numbers = st.integers(0, 9999)
parts = st.one_of(
    st.builds(Part, st.just("item"), st.sampled_from(list(ITEMS)), numbers),
    st.builds(Part, st.just("task"), st.sampled_from(list(TASKS)), numbers),
    st.builds(Part, st.just("tour"), st.sampled_from(list(TOURS))),
)
here = st.builds(
    Part, st.just("item"), st.sampled_from([key for key in ITEMS if ITEMS[key].suits]), numbers, st.just(HERE)
)
controls = st.fixed_dictionaries(
    {}, optional={control: st.sampled_from(states_of(control)[1:]) for control in CONTROLS}
)


def plans_of(parts):
    return st.builds(
        Plan, st.sampled_from(PAGES), st.lists(parts, max_size=MOST_PARTS, unique=True).map(tuple), controls,
        st.sampled_from(VIEWS), st.sampled_from([None, *LANGUAGES]),
    )  # fmt: skip


LATCH = preset(DEFAULT)
FIRST = Focus(first_look(LATCH))


def read(link: str):
    """What the app reads in a link: page, experiment and focus, lesson."""
    address = urlsplit(link)
    own, taught = split(dict(parse_qsl(address.query, strict_parsing=bool(address.query))))
    lesson, problems = from_query(taught)
    told = from_link(own, address.path.strip("/"))
    assert problems == () and told.problems == ()
    return address.path.strip("/"), told, lesson


@given(plans_of(parts), on_screen())
def test_the_link_says_all_that_was_planned_and_nothing_twice(plan, screen):
    experiment, focus, _ = screen
    link = path(plan, experiment, focus)
    page, told, lesson = read(link)
    assert lesson.parts == plan.parts and lesson.at == (1 if plan.parts else 0)
    assert (lesson.view or STUDENT) == plan.view and told.language == plan.language
    assert all((c in lesson.hide) == (plan.state(c) == HIDDEN) for c in CONTROLS)
    assert all(lesson.locks(c) == (plan.state(c) == LOCKED) for c in CONTROLS)
    if plan.parts:
        assert page == ""
    else:
        assert page == plan.page and bits(told.experiment) == bits(experiment)
        assert (told.focus.t, told.focus.unit) == (focus.t, focus.unit)
    assert quote(link, safe="/?&=~") == link
    names = [name for name, _ in parse_qsl(urlsplit(link).query)]
    assert len(names) == len(set(names)) and "v" not in names and "at" not in names


@collected("plan, link", [
    (Plan("forget_gate"), "/forget_gate"),
    (Plan("forget_gate", language="ko", view=EMBED), "/forget_gate?view=embed&lang=ko"),
    (Plan("trace", (Part("tour", "short"),)), "/?lesson=tour.short"),
    (Plan("trace", (Part("item", "silent", 7), Part("task", "hold"))), "/?lesson=item.silent.7~task.hold"),
    (Plan("overview", controls={"table": HIDDEN, "unit": LOCKED}), "/overview?hide=table&lock=unit"),
])  # fmt: skip
def test_what_is_the_default_is_left_out(plan, link):
    assert path(plan, *opening(plan.page)) == link


@collected("key", PRESETS)
def test_a_preset_as_it_comes_is_its_name(key):
    link = path(Plan("overview"), preset(key), Focus(first_look(preset(key))))
    assert link == ("/overview" if key == OPENINGS["overview"][0] else f"/overview?preset={key}")


def test_only_what_can_be_seen_and_not_moved_can_be_locked():
    plan = Plan("overview").with_control("step", LOCKED)
    assert plan.state("step") == LOCKED and plan.with_control("step", SHOWN).state("step") == SHOWN
    with pytest.raises(ValueError, match="^table: "):
        plan.with_control("table", LOCKED)


def test_parts_are_chosen_moved_and_taken_away():
    plan = Plan("overview").with_parts("item", ["silent", "joined"]).with_parts("task", ["hold"])
    assert [part.key for part in plan.parts] == ["silent", "joined", "hold"]
    plan = plan.with_number(1, 42).raised(2)
    assert plan.parts == (Part("item", "silent"), Part("task", "hold"), Part("item", "joined", 42))
    assert plan.raised(0) == plan
    plan = plan.with_parts("item", ["joined", "draw_hold"])
    assert plan.parts == (Part("task", "hold"), Part("item", "joined", 42), Part("item", "draw_hold"))
    assert len(Plan("x").with_parts("item", ITEMS).parts) == min(MOST_PARTS, len(ITEMS))


def test_questions_can_be_asked_of_the_run_on_screen():
    run = preset("random", 4).edited("b_f.1", -0.5)
    plan = Plan("overview").with_parts("item", ["silent"])
    plan = plan.with_parts("own", ["next_memory", "coupled", "c_or_h"])
    assert [part.run for part in plan.parts] == ["", HERE, HERE, HERE]
    page, told, lesson = read(path(plan, run, FIRST))
    # an item that has no place in this run is left out, and the run is on no page
    word = word_of(run)
    asked = [("silent", ""), ("next_memory", word), ("c_or_h", word)]
    assert [(one.key, one.run) for one in lesson.parts] == asked and run_of(word) == run
    assert page == "" and told.experiment == from_link({}).experiment
    pinned = run.pinned("pin_f.1.3", 0.5)
    assert [one.key for one in read(path(plan, pinned, FIRST))[2].parts] == ["silent"]
    assert [part.key for part in plan.with_parts("own", []).parts] == ["silent"]


def test_questions_about_one_run_are_put_in_the_order_of_its_steps():
    run = preset("random", 4)
    keys = [key for key in ITEMS if suits(key, word_of(run))][:6]
    plan = Plan("overview").with_parts("task", ["hold"]).with_parts("own", keys)
    ordered = plan.in_order_of_steps(run)
    steps = [make(*part.place).case.t for part in ordered.asked_of(run).parts[1:]]
    assert steps == sorted(set(steps)) and ordered.parts[0] == plan.parts[0]
    assert {part.key for part in ordered.parts} == {part.key for part in plan.parts}
    assert not out_of_order(ordered.asked_of(run).parts)
    assert out_of_order(ordered.asked_of(run).raised(2).parts)
    assert not out_of_order((Part("item", "silent"), Part("item", "silent")))
    assert plan.in_order_of_steps(run.pinned("pin_f.1", 0.5)) == plan


def test_what_was_uploaded_may_be_too_large():
    large = LATCH.resized(T=41)
    assert not fits(Plan("overview"), large) and fits(Plan("overview"), LATCH)
    # A student never had what was uploaded.
    assert path(Plan("overview"), large, FIRST) == "/overview?preset=latch"
    assert fits(Plan("overview", (Part("tour", "short"),)), large)


def test_the_frame_holds_the_very_link_and_is_escaped():
    found = []

    class Parser(HTMLParser):
        def handle_starttag(self, tag, attributes):
            found.append((tag, dict(attributes)))

    link = 'http://x.example/overview?t=4&lang=ko"><script>'
    Parser().feed(frame(link, 'LSTM "gates" <b>'))
    [(tag, attributes)] = found
    assert tag == "iframe" and attributes["src"] == link and attributes["title"] == 'LSTM "gates" <b>'
    assert framed(Plan("trace", view="presenter")).view == EMBED


# -- while it is being made -------------------------------------------------------------------------


@given(plans_of(parts | here))
def test_a_plan_is_read_back_whole_and_what_is_not_understood_is_left_out_and_told(plan):
    said = to_query(plan)[PARAMETER]
    assert plan_from(said, PAGES) == (plan, True)
    assert all(c.isalnum() or c in "._~" for c in said) and said.isascii()
    for stranger in ("item.nothing.1", "hide.everything", "lock.downloads", "view.upside_down", "x.y", ""):
        assert plan_from(f"{said}~{stranger}", PAGES) == (plan, False)


@given(st.text(max_size=60))
def test_any_text_is_a_plan_or_none(text):
    found, _ = plan_from(text, PAGES)
    assert found is None or to_query(found)[PARAMETER]


@collected("said", ["", "item.silent.1", "page.hand_ins", "page.", "page"])
def test_a_plan_needs_a_page_that_a_lesson_can_open_on(said):
    assert plan_from(said, PAGES) == (None, False)


@collected("end", ["~" + "z" * 100_000, "~" * 2000 + "view.embed"])
def test_a_parameter_that_is_too_long_is_cut(end):
    plan = Plan("overview", (Part("item", "silent"),))
    assert plan_from(to_query(plan)[PARAMETER] + end, PAGES) == (plan, False)
