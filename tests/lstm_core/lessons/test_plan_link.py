"""A lesson that is being made, in the address: what is written is read back, and nothing makes it fail."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from lstm_core.lessons.items import ITEMS
from lstm_core.lessons.lesson_link import CONTROLS, MOST_PARTS, VIEWS, Part
from lstm_core.lessons.own_run import HERE
from lstm_core.lessons.plan import Plan, states_of
from lstm_core.lessons.plan_link import PARAMETER, plan_from, to_query
from lstm_core.lessons.question import SEEDS
from lstm_core.lessons.tasks import TASKS
from lstm_core.lessons.tours import TOURS
from lstm_core.words import LANGUAGES

PAGES = ("overview", "cell_state")

parts = st.one_of(
    st.builds(Part, st.just("tour"), st.sampled_from([*TOURS]), st.integers(1, 5)),
    st.builds(Part, st.just("item"), st.sampled_from([*ITEMS]), st.sampled_from(SEEDS)),
    st.builds(
        Part,
        st.just("item"),
        st.sampled_from([key for key in ITEMS if ITEMS[key].suits]),
        st.sampled_from(SEEDS),
        st.just(HERE),
    ),
    st.builds(Part, st.just("task"), st.sampled_from([*TASKS]), st.sampled_from(SEEDS)),
)
plans = st.builds(
    Plan, st.sampled_from(PAGES), st.lists(parts, max_size=MOST_PARTS, unique=True).map(tuple),
    st.fixed_dictionaries({}, optional={name: st.sampled_from(states_of(name)[1:]) for name in CONTROLS}),
    st.sampled_from(VIEWS), st.sampled_from([None, *LANGUAGES]),
)  # fmt: skip


@given(plans)
def test_a_plan_is_read_back_whole(plan):
    said = to_query(plan)[PARAMETER]
    assert plan_from(said, PAGES) == (plan, True)
    assert set(said) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._~")


@given(st.text(max_size=60), plans)
def test_what_is_not_understood_is_left_out_and_told(text, plan):
    found, understood = plan_from(text, PAGES)
    assert found is None or to_query(found)[PARAMETER]
    said = to_query(plan)[PARAMETER]
    for stranger in ("item.nothing.1", "hide.everything", "lock.downloads", "view.upside_down", "x.y", ""):
        assert plan_from(f"{said}~{stranger}", PAGES) == (plan, False)


def test_a_plan_needs_a_page_that_a_lesson_can_open_on():
    for said in ("", "item.silent.1", "page.hand_ins", "page.", "page"):
        assert plan_from(said, PAGES) == (None, False)


def test_a_parameter_that_is_too_long_is_cut():
    plan = Plan("overview", (Part("item", "silent"),))
    found, understood = plan_from(f"{to_query(plan)[PARAMETER]}~{'z' * 100_000}", PAGES)
    assert found == plan and not understood
    more = replace(plan, view="embed")
    found, understood = plan_from(to_query(plan)[PARAMETER] + "~" * 2000 + "view.embed", PAGES)
    assert found == plan != more and not understood
