"""Plans of a training: link and back, hostile links, and the course that the app has of a problem."""

from hypothesis import given
from hypothesis import strategies as st

from lstm_core.training import PROBLEMS, Setup, problem_of
from lstm_core.training.plan import Plan, first_plan, from_query, plan_of, shipped_name, to_query
from lstm_core.training.setup import CELLS, STARTS
from lstm_core.training.shipped import EXAMPLES, OPENS, shipped
from tests.collected import collected

SETUPS = st.builds(
    Setup,
    cell=st.sampled_from(CELLS),
    H=st.integers(1, 32),
    start=st.sampled_from(STARTS),
    optimiser=st.sampled_from(["adam", "sgd"]),
    rate=st.sampled_from([1e-6, 0.005, 0.1 + 0.2, 1.0, 100.0]) | st.floats(1e-6, 100.0),
    clip=st.sampled_from([0.0, 1 / 3, 1.0, 1000.0]) | st.floats(0.0, 1000.0),
    batch=st.integers(1, 64),
)


@given(st.sampled_from(list(PROBLEMS)), SETUPS, st.integers(0, 9999), st.integers(1, 20_000), st.data())
def test_a_plan_survives_its_link(key, setup, seed, updates, data):
    lengths = PROBLEMS[key].lengths
    problem = problem_of(key, data.draw(st.integers(lengths[0], lengths[-1])))
    plan = Plan(problem, setup, seed, updates)
    update = data.draw(st.none() | st.integers(0, 20_000))
    assert from_query(to_query(plan, update)) == (plan, update, ())


def test_the_usual_settings_are_not_in_the_link():
    plan = first_plan("recall")
    assert to_query(plan, None) == {"learn": "recall"} and shipped_name(plan) == "recall"
    changed = plan.with_setup(start="bias3", clip=0.0)
    assert to_query(changed, 190) == {"learn": "recall~start.bias3~clip.0", "update": "190"}
    assert shipped_name(changed) is None


@collected("key", PROBLEMS)
def test_every_problem_has_a_course(key):
    course = shipped(key)
    assert course.problem == PROBLEMS[key] and course.reached() is not None
    assert plan_of(course) == first_plan(key)
    assert EXAMPLES[key][0] == OPENS[key] and key in EXAMPLES[key]
    for name in EXAMPLES[key]:
        plan = plan_of(shipped(name))
        assert shipped(name).problem == PROBLEMS[key] and shipped_name(plan) == name
        assert from_query(to_query(plan, None))[0] == plan


@given(
    st.text(max_size=80) | st.sampled_from(["recall~H.99", "recall~H.1e9~x.1", "recall~~", "recall~seed.-1"])
)
def test_no_link_breaks_it(text):
    for query in ({"learn": text}, {"update": text}, {"learn": f"recall~{text}"}):
        plan, update, problems = from_query(query)
        assert plan is None or isinstance(plan, Plan)
        assert update is None or 0 <= update <= 20_000
        assert set(problems) <= {"learn", "update"}


def test_what_is_valid_in_a_broken_link_is_used_and_the_rest_is_named():
    plan, update, problems = from_query({"learn": "recall~H.99~start.bias3~rate.nan", "update": "many"})
    assert plan == first_plan("recall").with_setup(start="bias3") and update is None
    assert problems == ("learn", "update")
