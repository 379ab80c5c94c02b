"""Every sentence on screen about what was learned: read back from its text, and held against a plain loop.

For a change a few networks are trained, by night all of them with 30 seeds each.
"""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

from lstm_core.training import PROBLEMS, Setup, events, learned, problem_of, train
from lstm_core.training.effects import effects, longer_test
from lstm_core.training.example import batch_of
from lstm_core.training.learned import beside_control, learned_along
from lstm_core.view.training import disturbed, share, told, unit_table
from lstm_core.words import Words, texts
from tests import nightly
from tests.lstm_core.training import plain

pytestmark = pytest.mark.filterwarnings("error")

SEEDS = nightly.examples(1, 30)
EN, KO = Words("en"), Words("ko")


def fields(key: str, said: str) -> dict[str, str] | None:
    """What a sentence puts into the text of a key; None for a sentence of another key."""
    names = set()

    def group(found) -> str:
        name = found[1]
        again, _ = name in names, names.add(name)
        return f"(?P={name})" if again else f"(?P<{name}>.+?)"

    found = re.fullmatch(re.sub(r"\\\{(\w+)\\\}", group, re.escape(texts("en")[key])), said)
    return found and found.groupdict()


def number(said: str) -> float:
    return float(said.replace("−", "-").removesuffix(" %")) / (100 if said.endswith("%") else 1)


def near(said: str, value: float) -> None:
    """A number on screen is the rounded number that it stands for."""
    digits = len(said.removesuffix(" %").partition(".")[2]) + (2 if said.endswith("%") else 0)
    assert abs(number(said) - value) <= 0.51 * 10**-digits, (said, value)


TRAINED = [
    *((key, {}, None) for key in ("recall", "adding", "parity", "counting")),
    ("recall", {"start": "bias3", "H": 1}, 900),
    ("recall", {"start": "uniform"}, None),
    ("recall", {"cell": "rnn"}, 150),
    ("recall", {"cell": "peephole", "H": 2, "start": "bias3"}, 400),
    ("stream", {"cell": "1997"}, 400),
    ("text", {"H": 4}, 250),
]


@pytest.mark.parametrize("seed", range(1, SEEDS + 1))
@pytest.mark.parametrize("key, changes, updates", nightly.sample(TRAINED, 3), ids=str)
def test_no_sentence_is_false(key, changes, updates, seed):
    problem = PROBLEMS[key]
    course = train(problem, replace(problem.setup, **changes), seed, updates or problem.updates)
    network, batch = course.network(), batch_of(problem)
    rows = beside_control(
        learned(network, batch, problem.holds), learned(course.network(0), batch, problem.holds)
    )
    found = effects(network, problem)
    rows = [replace(row, lesion=part) for row, part in zip(rows, found.lesions, strict=True)]
    run = plain.run(network, batch.x)
    _table_is_true(unit_table(rows, EN), network, course.network(0), problem, run)
    for said in disturbed(rows, found, problem, EN):
        _need_is_true(said, network, problem, run)
    for event in events(course):
        _event_is_true(told(event, EN), course, run)
        assert "{" not in told(event, KO)


def _table_is_true(table, network, untrained, problem, run):
    batch, lines = batch_of(problem), [line.strip("| ").split(" | ") for line in table.splitlines()[2:]]
    first = plain.run(untrained, batch.x)
    for k in range(network.params.H):
        r = {name: plain.correlation(run["memory"], batch, name, k + 1) for name in batch.variables}
        name = max(r, key=lambda of: abs(r[of]))
        for line, numbers in ((lines[2 * k], run), (lines[2 * k + 1], first)):
            own = {of: plain.correlation(numbers["memory"], batch, of, k + 1) for of in batch.variables}
            follows = max(own, key=lambda of: abs(own[of]))
            if abs(own[follows]) < 0.5:
                assert line[1] == EN("learning.nothing_clear")
            else:
                variable, _, said = line[1].rpartition(", r = ")
                assert variable == EN(f"learning.variable.{follows}")
                near(said, own[follows])
            if network.plain:
                continue
            held, stored, asked = plain.moments(batch, name)
            for cell, gate in zip(line[2:5], "fio", strict=True):
                parts = cell.split("\u00a0·\u00a0")
                for said, places, is_pace in zip(
                    parts, (held, stored, asked), (gate == "f", 0, 0), strict=False
                ):
                    if places:
                        near(said, (plain.pace if is_pace else plain.mean)(numbers[gate], places, k + 1))
                    else:
                        assert said == "–"
            clear = abs(own[follows]) >= 0.5 and held
            assert clear or line[5] == "–"
            if clear and (said := line[5]) != EN("learning.table.long"):
                near(said, np.log(0.5) / np.log(plain.pace(numbers["f"], held, k + 1)))
        mean = run["memory"][..., k][batch.lasts].mean()
        lesion = plain.score(problem, network, batch, plain.run(network, batch.x, (k + 1, mean))["h"])
        assert abs(number(lines[2 * k][-1]) - lesion) < 0.016  # a number at the edge of the tolerance may tip


def _need_is_true(said, network, problem, run):
    batch, held = batch_of(problem), problem.holds
    score = plain.score(problem, network, batch, run["h"])
    if found := fields("learning.effect.alone", said):
        places, _, _ = plain.moments(batch, held)
        unit = int(found["unit"])
        near(found["f"], plain.pace(run["f"], places, unit))
        near(found["left"], number(found["f"]) ** int(found["n"]))
        stretches = len({(t, b) for t, b in places} - {(t + 1, b) for t, b in places})
        near(found["n"], len(places) / stretches)
        own = [abs(plain.correlation(run["memory"], batch, held, k + 1)) for k in range(network.params.H)]
        assert own[unit - 1] == max(own) >= 0.5
        return
    for kind in ("needed", "part", "free", "unclear"):
        if found := fields(f"learning.effect.loop.{kind}", said):
            cut = plain.run(network, batch.x, h_read=run["h"][batch.lasts].mean(axis=0))
            assert abs(number(found["loop"]) - plain.score(problem, network, batch, cut["h"])) < 0.016
            near(found["score"], score)
            own = [plain.correlation(run["memory"], batch, held, k + 1) for k in range(network.params.H)]
            r = max(own, key=abs)
            if kind == "unclear":
                assert abs(r) < 0.5
                return
            without = plain.correlation(cut["memory"], batch, held, int(found["unit"]))
            assert own[int(found["unit"]) - 1] == r and abs(r) >= 0.5
            near(found["r"], r)
            near(found["cut"], without)
            kept = without / r
            assert {"needed": kept < 0.7, "part": 0.7 <= kept < 0.9, "free": kept >= 0.9}[kind]
            return
    kinds = {"steps": 1, "stretches": 1, "symbols": 1, "numbers": 2}
    [(kind, found)] = [(k, f) for k in kinds if (f := fields(f"learning.effect.longer.{k}", said))]
    assert kind == {"stream": "stretches", "counting": "numbers", "text": "symbols"}.get(problem.key, "steps")
    for most, part, times in ((found["a"], found["score_a"], 2), (found["b"], found["score_b"], 3)):
        harder, longer = longer_test(problem, times)
        if kind == "numbers":
            assert (
                int(most) == longer.x[..., 1].sum(axis=0).max() and found["T"] == "8" and found["next"] == "9"
            )
        else:
            assert int(most) == times * int(found["T"]) and int(found["T"]) == problem.T
        h = plain.run(network, longer.x)["h"]
        assert abs(number(part) - plain.score(problem, network, longer, h, harder.T)) < 0.016


def _event_is_true(said, course, run):
    batch = batch_of(course.problem)
    keys = (
        "learns",
        "flat",
        "half",
        "reached",
        "missed",
        "holds",
        "keeps",
        "lets_go",
        "large",
        "clipped",
        "ended",
    )
    [(key, found)] = [(k, f) for k in keys if (f := fields(f"learning.event.{k}", said))]
    at = int(found.get("update", 0))
    score = dict(zip(course.scored_at.tolist(), course.scores.tolist(), strict=True)).get(at)
    if key in ("half", "reached"):
        near(found["score"], score)
        assert score >= (0.5 if key == "half" else course.problem.score)
    if key == "reached":
        near(found["end"], course.scores[-1])
        assert int(found["of"]) == course.scored_at[-1] and found["goal"] == "99 %"
    if key == "missed":
        near(found["score"], course.scores.max())
        assert course.scores.max() < number(found["goal"])
    if key in ("learns", "flat"):
        near(found["loss"], course.losses[at - 20 : at].mean())
    names = {EN(f"learning.variable_held.{name}"): name for name in batch.variables}
    if key == "holds":
        r = plain.correlation(run["memory"], batch, names[found["variable"]], int(found["unit"]))
        near(found["r"], r)
        assert abs(r) >= 0.9
    if key in ("keeps", "lets_go"):
        name, unit = names[found["variable"]], int(found["unit"])
        held, stored, _ = plain.moments(batch, name)
        f = plain.pace(run["f"], held, unit) if key == "keeps" else plain.mean(run["f"], stored, unit)
        near(found["f"], f)
        assert f >= 0.9 if key == "keeps" else f <= 0.1
        assert abs(plain.correlation(run["memory"], batch, name, unit)) >= 0.5
    if key == "large":
        near(found["C"], abs(run["C"][..., int(found["unit"]) - 1][batch.lasts]).max())
    if key == "clipped":
        assert course.setup.clip == 1 and found["share"] == share((course.norms > 1).mean(), EN)


def test_a_share_reads_as_all_or_nothing_only_where_it_is():
    assert [share(part, EN) for part in (0, 0.004, 0.5, 0.997, 1)] == [
        "0 %",
        "0.4 %",
        "50 %",
        "99.7 %",
        "100 %",
    ]


def test_sequences_of_another_length_are_told_with_their_own_length():
    problem = problem_of("recall", 12)
    course = train(problem, Setup(H=2), 1, 5)
    rows = learned(course.network(), batch_of(problem), "stored")
    assert "12 steps" in disturbed(rows, effects(course.network(), problem), problem, EN)[-1]
    assert dict(learned_along(course))[0][0].unit == 1
