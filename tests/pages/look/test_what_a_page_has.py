"""What a reader would miss on a page: its equations, the unit in focus, the life of a part, a length."""

import re

import pytest

from lstm_core.memory import life_of_part
from lstm_core.quantities import quantities_of
from lstm_core.rounding import text
from lstm_core.view.typeset import emphasised
from lstm_core.words import LANGUAGES, Words
from tests.collected import collected
from tests.nightly import sample
from tests.pages.apps import experiment, is_sound, link, opened
from tests.pages.panels import looks, move_slider, rest
from tests.pages.walks import choosing, picture

EQUATIONS = {
    "forget_gate": ("z_f", "f", "kept", "erased"),
    "input_gate": ("z_i", "i", "z_c", "C_tilde", "written"),
    "cell_state": ("kept", "erased", "written", "C"),
    "output_gate": ("z_o", "o", "h"),
    "overview": ("f", "i", "C_tilde", "o", "C", "h"),
}
"""Page -> what it explains by an equation."""


def letters(latex: str) -> str:
    """LaTeX without its colours and braces."""
    return re.sub(r"\\textcolor\{#\w+\}|[{}]", "", latex)


@collected("page", EQUATIONS)
def test_what_a_page_explains_has_its_equation_there(page):
    at = opened(page, lang="en", preset="latch")
    written = letters("".join(one.value for one in at.latex))
    for key in EQUATIONS[page]:
        quantity = quantities_of(experiment(at).params)[key]
        assert letters(f"{quantity.symbol} &= {quantity.formula}") in written, key


@pytest.mark.parametrize("unit", [1, 2])
def test_the_ledger_above_the_table_is_that_of_the_unit_in_focus(unit):
    at = opened("trace", lang="en", preset="random", t="4", unit=str(unit))
    trace, said = experiment(at).trace(), re.sub(r"<[^>]*>", "", picture(at, "ledger.trace"))
    assert said.startswith(f"At step 4, unit {unit} ")
    assert text(float(trace.C[3, unit - 1])) in said and text(float(trace.C[3, 2 - unit])) not in said


@pytest.mark.parametrize("t", [2, 3, 9])
@pytest.mark.parametrize("language", sample(LANGUAGES, 1))
def test_the_life_of_a_part_is_told_until_the_step_in_focus(language, t):
    words, at = Words(language), opened("cell_state", lang=language, preset="latch", t="2")
    at = choosing(at, {"role": "band", "value": "2", "t": 2})
    at = rest(at, look={"t": t})
    trace = experiment(at).trace()
    life = life_of_part(trace, 1, 2, t)
    values = {"s": 2, "t": t, "written": text(life.written, sign=True), "left": text(life.left, sign=True)}
    if t > 2:
        values |= {"n": t - 2, "worst_t": life.worst_t, "worst_f": text(life.worst_f)}
    told = words("provenance.life" if t > 2 else "provenance.born", **values)
    assert is_sound(at) and emphasised(told) in picture(at, "strip.cell_state")


def test_the_input_of_why_forget_is_as_long_as_its_slider_says():
    at = opened("why_forget", lang="en", preset="runaway")
    before = looks(at)["length"]
    longer = move_slider(at, "length", before + 30)
    assert (
        is_sound(longer)
        and looks(longer)["length"] == before + 30
        and link(longer)["length"] == f"{before + 30:g}"
    )
    assert "length" not in looks(opened("gradient", lang="en"))
