"""The notebooks run from top to bottom, without Jupyter and without the network."""

import json
import re
from collections.abc import Mapping

import pytest

from lstm_core.rounding import text
from tests.conftest import ROOT

FOLDER = ROOT / "assets" / "notebooks"


def cells_of(name: str) -> list[str]:
    """The code of a notebook, which is stored without what a machine printed."""
    cells = json.loads((FOLDER / f"{name}.ipynb").read_text("utf-8"))["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    assert not any(cell["outputs"] for cell in code)
    return ["".join(cell["source"]) for cell in code]


def run(name: str, monkeypatch, answers: Mapping[str, str] | None = None) -> dict:
    """The names that a notebook leaves behind.

    answers : name -> what is put in place of the value that the notebook gives it.
    """
    monkeypatch.chdir(FOLDER)
    names: dict = {}
    for source in cells_of(name):
        for answered, value in (answers or {}).items():
            source = re.sub(rf"^{answered} = .*$", f"{answered} = {value}", source, flags=re.MULTILINE)
        exec(compile(source, name, "exec"), names)
    return names


@pytest.mark.nightly  # it makes and judges 2,400 questions
def test_the_study_finds_the_planted_effect_and_none_where_there_is_none(monkeypatch):
    names = run("evidence", monkeypatch)
    for time, (effect, (low, high), p) in names["results"].items():
        planted = names["planted"][time]
        assert abs(effect - planted) < 0.75 * (high - low) and low > 0 and p < 0.05  # three standard errors
    assert names["coverage"] > 0.9 and names["false_alarms"] < 0.1 and names["power"] > 0.8
    assert names["table"].count("\n") == 1 + len(names["people"])


def shows_its_run(name: str, names: dict) -> bool:
    """Whether the cell that ends in a run shows the walk through it."""
    last = [source.rstrip().splitlines()[-1] for source in cells_of(name)]
    [line] = [line for line in last if line.startswith("RunFigure(") or line == "runs[0].trace"]
    return eval(line, names)._repr_html_().startswith("<iframe")


def test_the_one_for_a_network_says_what_it_promises(capsys, monkeypatch):
    names = run("your_network", monkeypatch)
    assert names["proof"].agrees and shows_its_run("your_network", names)
    assert "encoder.lstm" in capsys.readouterr().out and len(names["frame"])


def test_the_walk_has_every_gate_the_ledger_the_provenance_and_the_gradient(capsys, monkeypatch):
    names = run("one_step", monkeypatch)
    trace, t, said = names["trace"], names["t"], capsys.readouterr().out
    assert shows_its_run("one_step", names)
    for name in ("f", "i", "C", "h", "o"):
        assert names[name] == pytest.approx(getattr(trace, name)[t - 1])
        assert f"{text(names[name][0])}" in said
    # Every part of the ledger is large at this step, or the walk would show nothing.
    assert min(abs(names[part][0]) for part in ("kept", "erased", "written")) > 0.2
    for row in names["ledgers"]:
        assert row.kept + row.written == pytest.approx(row.C) and text(row.C) in said
    assert names["parts"].sum() == pytest.approx(trace.C[-1, 0]) and "written at step 2" in said
    assert names["gradient"].count('stroke-width="3"') == 3
    assert not names["paths"].only_direct  # all paths and the direct one are two lines


RIGHT = {
    "answer_kept": "kept.truth",
    "answer_memory": "memory.truth",
    "changes_hold": "dict(hold.solved)",
    "changes_store": "dict(store.solved)",
}


def test_the_practical_judges_what_a_student_answers(capsys, monkeypatch):
    number = 4321
    names = run("practical", monkeypatch, RIGHT | {"number": str(number)})
    assert list(names["done"].values()) == [True] * 4 and "4 of 4" in capsys.readouterr().out
    assert names["kept"].seed == number
    wrong = {"answer_kept": "-kept.truth", "answer_memory": "memory.truth + 0.5", "changes_hold": "{}"}
    names = run("practical", monkeypatch, RIGHT | wrong)
    assert list(names["done"].values()) == [False, False, False, True]


def test_the_practical_tells_no_answer_before_it_is_given(capsys, monkeypatch):
    names = run("practical", monkeypatch)
    said = capsys.readouterr().out
    assert "0 of 4" in said and said.count("in place of None") == 2
    for question in (names["kept"], names["memory"]):
        assert text(question.truth) not in said
        assert text(question.truth) not in names["at"](question, covered=True).draw()["cell"]
    # What is to be guessed about one bias: f stays large, and of the memory almost nothing is left.
    before, after = names["before"].trace(), names["after"].trace()
    assert after.f.mean() > 0.8 and abs(after.C[-1, 0]) < 0.2 * abs(before.C[-1, 0])
