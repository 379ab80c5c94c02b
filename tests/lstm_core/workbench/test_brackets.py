"""A line of text becomes two numbers a letter, whatever is typed, and the cell knows where it is inside."""

import unicodedata

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_core.workbench import brackets
from lstm_core.workbench.focus import Focus
from lstm_core.workbench.link import from_link, to_link
from lstm_core.workbench.presets import PRESETS, preset
from tests.collected import collected
from tests.nightly import examples


def test_the_preset_reads_its_own_line():
    experiment = preset(brackets.PRESET)
    assert brackets.written(experiment, experiment.labels) == experiment
    assert (brackets.inputs("a(b]") == [[0, 0], [1, 0], [0, 0], [0, 1]]).all()
    assert brackets.first_pair(experiment.labels) == (10, 24)


@collected(
    "line, pair",
    [("a(bcde)", (2, 7)), ("()(abc)", (3, 7)), ("(ab)", None), (")abc(", None), ("[가나다）", (1, 5)),
     ("((abc)d)", (1, 6))],
)  # fmt: skip
def test_the_first_pair_has_an_inside(line, pair):
    assert brackets.first_pair(line) == pair


@settings(max_examples=examples(40, 200))
@given(st.text(max_size=60))
def test_any_text_is_a_line_that_a_link_holds(text):
    line = brackets.split(text)
    assert len(line) <= brackets.MOST
    kinds = {unicodedata.category(c) for letter in line for c in letter if c not in "\n\t"}
    assert not kinds & {"Cc", "Cs", "Co"}
    if not line:
        with pytest.raises(ValueError, match="^line: "):
            brackets.written(preset(brackets.PRESET), line)
        return
    experiment = brackets.written(preset(brackets.PRESET), line)
    found = from_link(to_link(experiment, Focus(1), "en"))
    assert not found.problems and (found.experiment.x == experiment.x).all()
    assert found.experiment.labels in (experiment.labels, ())  # () where marks over letters make it too long


def test_a_text_without_end_is_cut():
    assert brackets.split("a\u0301" * 10**6) == ("a\u0301",) * brackets.MOST
    assert len(brackets.split("\u0301" * 10**6)) <= brackets.MOST and brackets.split("") == ()


@collected("line", ["a (b) c", "(a [b] c", "x(y)z(w)", ")(", "괄호 (안) 밖", "<b>(&amp;)"])
def test_c_is_large_inside_and_nothing_outside(line):
    C = brackets.written(preset(brackets.PRESET), line).trace().C[:, 0]
    inside, found = False, []
    for opens, closes in brackets.inputs(line):
        inside = (inside or bool(opens)) and not closes
        found.append(inside)
    assert (np.abs(C) > 0.5).tolist() == found


def test_the_nested_cell_counts_what_the_other_does_not():
    line = "(a (b) c)"
    deep = brackets.written(PRESETS["nested"], line).trace().C[:, 0]
    flat = brackets.written(PRESETS["brackets"], line).trace().C[:, 0]
    assert deep[6] == pytest.approx(1, abs=0.01) and abs(flat[6]) < 0.02
