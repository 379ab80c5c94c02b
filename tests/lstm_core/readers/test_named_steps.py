"""What a unit has to do with the names of the steps, and all layers of a file side by side."""

import io

import numpy as np
import pytest

from lstm_core import LSTMParams
from lstm_core.readers import read_file, run_layers
from lstm_core.readers.layer import Layer, with_addresses
from lstm_core.readers.loaded_network import LoadedNetwork
from lstm_core.readers.named_steps import choices, closest_label, column_of_labels, contexts, correlated
from lstm_core.readers.ranking import half_lives, ranked
from lstm_core.readers.side_by_side import in_a_row
from lstm_core.trace import half_life
from tests.collected import collected
from tests.lstm_core.readers.layer_files import FOLDER, TEXTS, captured_run

LABELS = list("aabacabbac" * 6)


def test_a_unit_that_goes_along_with_a_label_stands_out_from_chance_and_noise_does_not():
    rng = np.random.default_rng(3)
    labels = rng.choice(list("abcde"), 300).tolist()
    column = column_of_labels(labels, "b")
    memory = np.stack([column * 2 + 1, -column + rng.normal(size=300) / 9, rng.normal(size=300)], axis=1)
    found = correlated(memory, column)
    assert found.r[0] == pytest.approx(1) and found.r[1] < -0.9 and found.order().tolist()[2] == 3
    assert (found.control < 0.3).all() and found.beyond in (2, 3)
    assert closest_label(memory, labels) == "b"


def test_a_column_that_comes_back_the_same_at_other_steps_is_no_better_than_chance():
    column = np.array([0.0, 1, 0, 1, 0, 1, 0, 1])
    found = correlated(column[:, None] * 3, column)
    assert found.r[0] == pytest.approx(1) and found.control[0] == pytest.approx(1) and found.beyond == 0


@collected("T", [1, 2, 5])
def test_what_never_changes_goes_along_with_nothing(T):
    found = correlated(np.full((T, 2), 1e8 / 3), np.arange(T, dtype=float))
    assert not found.r.any() and not found.control.any() and found.beyond == 0
    with pytest.raises(ValueError, match="column: expected"):
        correlated(np.zeros((T, 2)), np.zeros(T + 1))


def test_labels_that_no_step_lacks_are_no_choice():
    assert choices(LABELS) == ["a", "b", "c"] and choices(["a"] * 5) == choices(()) == choices([""] * 3) == []
    assert closest_label(np.ones((2, 1)), ["a", "b"]) == "a" and closest_label(np.ones((1, 1)), ["a"]) is None


def test_contexts_are_the_extremes_and_none_is_the_neighbour_of_another():
    values = [np.array([0.0, 5, 4, 3, 0, 0, 0, 1]), np.array([2.0, -7])]
    highest, lowest = contexts(values, [list("abcdefgh"), ()], most=3, around=4)
    assert [(one.sequence, one.t, one.value) for one in highest] == [(1, 2, 5), (2, 1, 2), (1, 8, 1)]
    assert (highest[0].before, highest[0].label, highest[0].after) == (("a",), "b", ("c", "d"))
    assert (lowest[0].sequence, lowest[0].t, lowest[0].label) == (2, 2, "")


def test_the_half_life_of_a_run_is_that_of_its_mean_gate():
    assert half_lives(np.full((7, 2), [0.5, 0.9])) == pytest.approx(half_life(np.array([0.5, 0.9])))
    assert half_lives(np.array([[1.0, 0.0], [1.0, 0.3]])).tolist() == [np.inf, 0]


def test_captured_layers_each_run_on_what_they_read():
    network = LoadedNetwork.of(read_file(captured_run()), "run.npz")
    network.take(2)
    assert network.side_by_side_on == "captured"
    for lives in network.lives():
        network.choose(lives.layer.address)
        assert network.sequence == 2 and np.array_equal(lives.half_lives, network.ranking().half_life)
    highest, _ = network.contexts(1)
    values = []
    for number, text in enumerate(TEXTS, start=1):
        network.take(number)
        values += network.run().trace.C[:, 0].tolist()
        for one in highest:
            assert one.sequence != number or one.label == text[one.t - 1]
    assert highest[0].value == max(values)


def test_a_stack_runs_in_a_row_and_layers_that_do_not_follow_each_other_run_alone():
    stack = LoadedNetwork.of(read_file(FOLDER / "keras_now_stack.keras"), "stack")
    assert stack.side_by_side_on == "row" and in_a_row(stack.file.layers)
    runs = run_layers(stack.file.layers, stack.inputs())
    for lives, run in zip(stack.lives(), runs, strict=True):
        assert np.array_equal(lives.half_lives, ranked(run.trace).half_life)
    file = io.BytesIO()
    shapes = {"a/W": (4, 2, 5), "a/b": (4, 2), "b/W": (4, 2, 7), "b/b": (4, 2)}
    np.savez(file, **{name: np.ones(shape) for name, shape in shapes.items()})
    alone = LoadedNetwork.of(read_file(file.getvalue()), "alone")
    alone.feed(np.zeros((4, 3)), "mine.csv")
    assert alone.side_by_side_on == "alone"
    for lives, D in zip(alone.lives(), (3, 5), strict=True):
        x = np.zeros((4, 3)) if D == 3 else np.random.default_rng(1).normal(size=(40, 5)).astype(np.float32)
        [run] = run_layers([lives.layer], x)
        assert np.array_equal(lives.half_lives, ranked(run.trace).half_life)


@collected("directions, merge, D, follows", [
    (("forward", "reverse"), "concat", 4, True), (("forward", "reverse"), "sum", 2, True),
    (("forward", "reverse"), "concat", 2, False), (("forward", "reverse"), "none", 4, False),
    (("forward",), "concat", 2, True),
])  # fmt: skip
def test_what_follows_a_pair_takes_what_it_gives(directions, merge, D, follows):
    def layer(name, D, **more):
        return Layer(name, LSTMParams(np.ones((4, 2, 2 + D)), np.ones((4, 2))), **more)

    pair = [layer("pair", 3, direction=direction, merge=merge) for direction in directions]
    assert in_a_row(with_addresses([*pair, layer("next", D)])) is follows
