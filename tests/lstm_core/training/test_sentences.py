"""Every sentence on screen about what was learned, read back from its text: it tells what was measured.

test_events.py, test_learned.py and test_effects.py hold what was measured against a plain loop.
"""

import re
from dataclasses import replace

import numpy as np

from lstm_core.training import Setup, learned, problem_of, train
from lstm_core.training.effects import effects
from lstm_core.training.events import Event
from lstm_core.training.example import batch_of
from lstm_core.training.learned import beside_control, held_for
from lstm_core.view.training import disturbed, share, told, unit_table
from lstm_core.words import Words, texts
from tests.collected import collected
from tests.lstm_core.training.networks import COURSES, course, events_of
from tests.nightly import sample

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


def one_of(head: str, kinds, said: str) -> tuple[str, dict[str, str]]:
    """The one text that a sentence is made of, and what it puts in."""
    found = [(kind, put_in) for kind in kinds if (put_in := fields(f"{head}.{kind}", said))]
    return max(found, key=lambda of: len(texts("en")[f"{head}.{of[0]}"]))  # one may begin as another does


def number(said: str) -> float:
    return float(said.replace("−", "-").removesuffix(" %")) / (100 if said.endswith("%") else 1)


def near(said: str, value: float) -> None:
    """A number on screen is the rounded number that it stands for."""
    digits = len(said.removesuffix(" %").partition(".")[2]) + (2 if said.endswith("%") else 0)
    assert abs(number(said) - value) <= 0.51 * 10**-digits, (said, value)


def tells_its_numbers(event: Event) -> None:
    said, korean = told(event, EN), told(event, KO)
    found = fields(f"learning.event.{event.key}", said)
    assert found is not None and "{" not in korean != said
    for name, value in event.values.items():
        if name == "variable":
            assert found[name] == EN(f"learning.variable_held.{value}")
        elif name == "why":
            assert found[name] == EN(f"learning.ended.{value}")
        elif name in found:
            near(found[name], value)
    assert found.get("update", str(event.update)) == str(event.update)
    assert found.get("unit", str(event.unit)) == str(event.unit)
    assert "update" not in found or str(event.update) in korean


@collected("name", sample(COURSES, 6))
def test_the_sentence_of_an_event_tells_its_numbers(name):
    for event in events_of(name):
        tells_its_numbers(event)


@collected("event", [
    Event("flat", 300, None, {"loss": 0.35}), Event("missed", 300, None, {"score": 0.2, "goal": 0.99}),
    Event("ended", 3, None, {"why": "blew_up"}),
])  # fmt: skip
def test_so_does_that_of_an_event_that_no_shipped_course_has(event):
    tells_its_numbers(event)


@collected("name", sample(COURSES, 6))
def test_the_table_of_units_and_the_sentences_on_what_is_needed_tell_what_was_measured(name):
    network, problem = course(name).network(), course(name).problem
    batch, holds = batch_of(problem), problem.holds
    rows = learned(network, batch, holds)
    rows = beside_control(rows, learned(course(name).network(0), batch, holds))
    found = effects(network, problem)
    rows = [replace(row, lesion=part) for row, part in zip(rows, found.lesions, strict=True)]
    lines = [line.strip("| ").split(" | ") for line in unit_table(rows, EN).splitlines()[2:]]
    assert len(unit_table(rows, KO).splitlines()) == 2 + len(lines)
    for k, row in enumerate(rows):
        for line, of in ((lines[2 * k], row), (lines[2 * k + 1], row.control)):
            of_unit_is_true(line, of, row.follows[0])
    holder = max(rows, key=lambda row: abs(row.r[holds]))
    for said in disturbed(rows, found, problem, EN):
        if put_in := fields("learning.effect.alone", said):
            assert put_in["unit"] == str(holder.unit) and abs(holder.r[holds]) >= 0.5
            near(put_in["f"], holder.holding.f)
            near(put_in["n"], held_for(batch, holds))
            near(put_in["left"], number(put_in["f"]) ** int(put_in["n"]))
        elif said.startswith(texts("en")["learning.effect.loop.needed"].partition("{")[0]):
            of_the_loop_is_true(said, holder, found)
        else:
            of_longer_tests_is_true(said, problem, found)


def of_unit_is_true(line: list[str], row, variable: str) -> None:
    """A line of the table is that of a unit, with its gates where a variable is held, stored, asked for."""
    name, r = row.follows
    if abs(r) < 0.5:
        assert line[1] == EN("learning.nothing_clear")
    else:
        follows, _, shown = line[1].rpartition(", r = ")
        assert follows == EN(f"learning.variable.{name}")
        near(shown, r)
    assert (line[-1] == "–") if row.lesion is None else abs(number(line[-1]) - row.lesion) < 0.0051
    if len(line) == 3:  # the plain RNN has no gates
        return
    times = [row.holding_of.get(variable), row.store_of.get(variable), row.at_ask]
    for cell, gate in zip(line[2:5], "fio", strict=True):
        parts = cell.split("\u00a0·\u00a0")
        assert len(parts) == (3 if row.at_ask else 2)
        for shown, gates in zip(parts, times, strict=False):
            if gates is None:
                assert shown == "–"
            else:
                near(shown, getattr(gates, gate))
    half_life = row.half_life(variable)
    if abs(r) < 0.5 or half_life is None:
        assert line[5] == "–"
    elif line[5] == EN("learning.table.long"):
        assert half_life > 1000
    else:
        near(line[5], half_life)


def of_the_loop_is_true(said: str, holder, found) -> None:
    kind, put_in = one_of("learning.effect.loop", ("needed", "part", "free", "unclear"), said)
    near(put_in["loop"], found.loop)
    near(put_in["score"], found.score)
    r = holder.r[holder.holds]
    if kind == "unclear":
        assert abs(r) < 0.5
        return
    near(put_in["r"], r)
    near(put_in["cut"], found.loop_r[int(put_in["unit"]) - 1])
    kept = found.loop_r[holder.unit - 1] / r
    assert put_in["unit"] == str(holder.unit) and abs(r) >= 0.5
    assert {"needed": kept < 0.7, "part": 0.7 <= kept < 0.9, "free": kept >= 0.9}[kind]


def of_longer_tests_is_true(said: str, problem, found) -> None:
    kind, put_in = one_of("learning.effect.longer", ("steps", "stretches", "symbols", "numbers"), said)
    kinds = {"stream": "stretches", "counting": "numbers"}
    assert kind == kinds.get(problem.key, "symbols" if problem.grammar else "steps")
    for letter, (T, score) in zip("ab", found.longer, strict=True):
        near(put_in[f"score_{letter}"], score)
        assert int(put_in[letter]) == ((T - 1) // 2 if kind == "numbers" else T)
    assert kind == "numbers" or put_in["T"] == str(problem.T)
    assert kind != "numbers" or (put_in["T"], put_in["next"]) == ("8", "9")


def test_a_share_reads_as_all_or_nothing_only_where_it_is_and_as_each_language_writes_it():
    shares = [share(part, EN) for part in (0, 0.004, 0.5, 0.997, 1)]
    assert shares == ["0 %", "0.4 %", "50 %", "99.7 %", "100 %"]
    assert share(0.55, KO) == "55%"


def test_sequences_of_another_length_are_told_with_their_own_length():
    problem = problem_of("recall", 12)
    network = train(problem, Setup(H=2), 1, 5).network()
    rows = learned(network, batch_of(problem), "stored")
    assert "12 steps" in disturbed(rows, effects(network, problem), problem, EN)[-1]
    assert np.isfinite([row.mean for row in rows]).all()
