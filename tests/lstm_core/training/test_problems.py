"""The problems: what they ask, what a perfect cell would know, and that the same seed asks the same."""

import numpy as np
import pytest

from lstm_core.training import PROBLEMS, problem_of
from lstm_core.training.grammar import REBER, brackets_and_quotes, reber
from tests.collected import collected


def drawn(key, seed=5, B=40, T=None):
    return problem_of(key, T).draw(np.random.default_rng(seed), B)


def spelled(key, batch, one):
    """The symbols of one sequence, with what is asked after the last of them."""
    symbols, T = PROBLEMS[key].grammar.symbols, int(batch.lasts[:, one].sum())
    read = [symbols[k] for k in batch.x[:T, one].argmax(axis=-1)]
    asked = [symbols[batch.target[t, one].argmax()] for t in range(T) if batch.counts[t, one]]
    assert asked[: T - 1] == read[1:]
    return "".join(read + asked[T - 1 :])


@collected("key", PROBLEMS)
@collected("longest", [False, True])
def test_a_batch_has_the_shapes_that_it_says(key, longest):
    problem = problem_of(key, PROBLEMS[key].lengths[-1 if longest else 0])
    batch, T = problem.draw(np.random.default_rng(1), 7), problem.T
    assert batch.x.shape == (T, 7, len(problem.inputs))
    assert batch.target.shape == (T, 7, len(problem.outputs))
    assert batch.counts.shape == batch.lasts.shape == (T, 7)
    assert problem.continues or batch.counts.any(axis=0).all()
    assert not (batch.counts & ~batch.lasts).any() and (batch.x[~batch.lasts] == 0).all()
    assert problem.holds in batch.variables
    for values in batch.variables.values():
        assert values.shape == (T, 7) and np.isfinite(values).any() and np.isnan(values[~batch.lasts]).all()
    if batch.chances is not None:
        np.testing.assert_allclose(batch.chances[batch.counts].sum(axis=-1), 1, atol=1e-12)
        assert (batch.chances[batch.target == 1] > 0).all()


@collected("key", PROBLEMS)
def test_the_same_seed_draws_the_same_and_the_test_is_always_the_same_of_a_hundred_sequences(key):
    one, again, other = drawn(key), drawn(key), drawn(key, seed=6)
    np.testing.assert_array_equal(one.x, again.x)
    np.testing.assert_array_equal(one.target, again.target)
    assert not np.array_equal(one.x, other.x)
    problem, test = PROBLEMS[key], PROBLEMS[key].test()
    np.testing.assert_array_equal(test.x, problem.test().x)
    assert test.counts.size == problem.T * 100
    assert problem.right(np.zeros_like(test.target), test).shape == test.counts.shape


@collected("key", PROBLEMS)
def test_a_perfect_answer_is_right_everywhere_and_no_answer_is_not(key):
    problem, batch = PROBLEMS[key], drawn(key)
    perfect = batch.target if batch.chances is None else np.log(batch.chances + 1e-9)
    assert problem.score_of(perfect, batch) == 1
    assert problem.score_of(np.zeros_like(batch.target), batch) < 0.4
    loss, _ = problem.loss(perfect, batch)
    assert abs(loss - batch.best_loss) < 0.1 and batch.best_loss >= 0


def test_recall_asks_once_for_the_flagged_value():
    batch = drawn("recall")
    for one in range(40):
        value, store, ask = batch.x[:, one].T
        assert store.sum() == ask.sum() == 1 and store.argmax() < 5 and ask.argmax() >= 15
        stored = value[store.argmax()]
        assert batch.target[ask.argmax(), one, 0] == stored and batch.counts[:, one].sum() == 1
        held = batch.variables["stored"][:, one]
        assert np.isnan(held[: store.argmax()]).all() and np.isnan(held[ask.argmax() + 1 :]).all()
        assert (held[store.argmax() : ask.argmax() + 1] == stored).all()


def test_adding_asks_at_the_end_for_the_sum_of_the_two_marked_values():
    batch = drawn("adding")
    value, mark = np.moveaxis(batch.x, -1, 0)
    assert (mark.sum(axis=0) == 2).all() and (mark[:10].sum(axis=0) == 1).all()
    np.testing.assert_allclose(batch.target[-1, :, 0], (value * mark).sum(axis=0), atol=1e-12)
    assert batch.counts[-1].all() and not batch.counts[:-1].any()
    np.testing.assert_array_equal(batch.variables["sum"][-1], batch.target[-1, :, 0])


def test_parity_asks_at_each_step_for_that_of_the_ones_so_far():
    batch = drawn("parity")
    odd = batch.x[..., 0].cumsum(axis=0) % 2
    np.testing.assert_array_equal(batch.target, np.stack([1 - odd, odd], axis=-1))
    np.testing.assert_array_equal(batch.variables["odd"], odd)


def test_counting_spells_as_many_b_as_a_and_every_number_is_as_likely():
    batch, numbers = drawn("counting", B=400), []
    for one in range(400):
        word = spelled("counting", batch, one)
        n = word.count("a")
        assert word == "S" + n * "a" + n * "b" + "E"
        assert batch.variables["open"][:, one][: 2 * n + 1].tolist() == [*range(n + 1), *reversed(range(n))]
        numbers.append(n)
    assert set(numbers) == set(range(1, 9)) and min(map(numbers.count, range(1, 9))) > 25


def is_reber(word):
    place = 0
    for symbol in word:
        if symbol not in REBER.get(place, {}):
            return False
        place = REBER[place][symbol]
    return place == 7


def test_reber_embeds_a_reber_string_between_two_equal_symbols():
    batch, whole = drawn("reber", B=200), 0
    for one in range(200):
        word = spelled("reber", batch, one)
        assert word[0] == "B" and word[1] in "TP"
        if not batch.lasts[-1, one] or word[-1] == "E" and is_reber(word[2:-2]):
            assert is_reber(word[2:-2]) and word[-2:] == word[1] + "E"
            whole += 1
        assert batch.variables["branch"][1, one] == (1 if word[1] == "T" else -1)
    assert whole > 150  # the others are cut at T
    assert set(np.unique(reber().chances)) == {0, 0.5, 1}


@collected("word", ["BTXSE", "BPVVE", "BTSSXXTVVE", "BPTVPXVVE", "BTXXVPSE"])
def test_reber_strings_of_the_literature_are_some(word):
    assert is_reber(word)
    assert not is_reber(word[:-1]) and not is_reber(word[1:]) and not is_reber(word[:2] + "E")


def test_text_closes_what_it_opens():
    batch, whole = drawn("text", B=200), 0
    for one in range(200):
        line = spelled("text", batch, one)
        depth, quoted = batch.variables["depth"][:, one], batch.variables["quoted"][:, one]
        for t in range(int(batch.counts[:, one].sum())):
            so_far = line[: t + 1]
            assert depth[t] == so_far.count("(") - so_far.count(")") and 0 <= depth[t] <= 2
            assert quoted[t] == so_far.count('"') % 2 and not (quoted[t] and line[t] in "()")
        assert line[0] == ">"
        if line[-1] == ".":
            whole += 1
            assert line.count("(") == line.count(")") and line.count('"') % 2 == 0
    assert whole > 60


def test_a_line_of_ones_own_is_read_with_strangers_as_letters():
    grammar = brackets_and_quotes()
    x = grammar.encode('>a(x) "안녕".')
    assert x.shape == (11, len(grammar.symbols)) and (x.sum(axis=1) == 1).all()
    read = "".join(grammar.symbols[k] for k in x.argmax(axis=1))
    assert [read[k] for k in (0, 1, 2, 4, 6, 9, 10)] == [*'>a()"".']
    assert {read[k] for k in (3, 5, 7, 8)} <= set("abc")
    assert grammar.encode("").shape == (0, len(grammar.symbols))


def test_a_stream_goes_on_where_it_stopped():
    problem = PROBLEMS["stream"]
    first = problem.draw(np.random.default_rng(1), 6)
    assert first.x[0, :, 1].all() and first.counts.any()
    later = problem.draw(np.random.default_rng(2), 6, first.after)
    for batch, held in ((first, np.zeros(6)), (later, first.after)):
        for t in range(problem.T):
            value, store, ask = batch.x[t].T
            held = np.where(store == 1, value, held)
            np.testing.assert_array_equal(batch.variables["stored"][t], held)
            np.testing.assert_array_equal(batch.target[t, :, 0], held * ask)
            assert not (store * ask).any()
        np.testing.assert_array_equal(batch.after, held)


@collected("key, T", [
    ("recal", 20), (None, 20), ([], 20), ("recall", 7), ("recall", 61), ("recall", 20.0),
])  # fmt: skip
def test_refuses_what_is_not_there(key, T):
    with pytest.raises(ValueError, match=r"^(problem|T): expected .* got "):
        problem_of(key, T)
