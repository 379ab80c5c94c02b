"""What a reader would miss on a page: equations, strip, ledger, a length; and what of it fits the window."""

import re
import xml.etree.ElementTree as ET

from lstm_core.memory import life_of_part
from lstm_core.quantities import quantities_of
from lstm_core.rounding import shown_ledger, text
from lstm_core.view.diagram import ARRANGEMENTS
from lstm_core.view.typeset import emphasised
from lstm_core.words import Words
from tests.collected import collected
from tests.lstm_core.view.strips import Strip
from tests.nightly import sample
from tests.pages.apps import experiment, focus, is_sound, link, on_to, opened, opened_by_menu
from tests.pages.panels import looks, move_slider, on_line, rest
from tests.pages.walks import WALKED, choosing, picture

EN = Words("en")

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


# -- the strip ------------------------------------------------------------------------------------


@collected("page", sample(WALKED, 2))
def test_the_strip_shows_the_run_of_the_experiment_and_fits_under_the_diagram_on_one_screen(page):
    at = opened(page, lang="ko", preset="random", t="4", unit="2", D="4", **{"b_f.2": "-1.5"})
    strip = Strip(picture(at, f"strip.{page}"))
    assert strip.focus.get("aria-valuenow") == "4" and strip.height <= 240
    C = experiment(at).trace().C[:, 1].tolist()
    assert [repr(value) for value in C] in [numbers for _, numbers in strip.says()]


def framed(at) -> str | None:
    """The outline of the band that was chosen."""
    strip = Strip(picture(at, "strip.cell_state"))
    return strip.one(strip.plot, **{"data-key": "frame"}).get("d")


@collected("t", sample([2, 9, 3], 2))
def test_a_band_is_framed_and_its_life_is_told_until_the_step_in_focus(t):
    at = opened("cell_state", lang="en", preset="latch", t="3")
    assert emphasised(EN("provenance.choose")) in picture(at, "strip.cell_state") and not framed(at)
    at = choosing(at, {"role": "band", "value": "2", "t": 12})
    assert is_sound(at) and focus(at).t == 12 and framed(at)
    rest(at, look={"t": t})
    life = life_of_part(experiment(at).trace(), 1, 2, t)
    values = {"s": 2, "t": t, "written": text(life.written, sign=True), "left": text(life.left, sign=True)}
    if t > 2:
        values |= {"n": t - 2, "worst_t": life.worst_t, "worst_f": text(life.worst_f)}
    told = EN("provenance.life" if t > 2 else "provenance.born", **values)
    assert is_sound(at) and emphasised(told) in picture(at, "strip.cell_state")


def test_the_input_of_why_forget_is_as_long_as_its_slider_says():
    at = opened("why_forget", lang="en", preset="runaway")
    length = looks(at)["length"] + 30
    move_slider(at, "length", length)
    assert is_sound(at) and looks(at)["length"] == length and link(at)["length"] == f"{length:g}"


# -- all numbers ----------------------------------------------------------------------------------


@collected("unit", [1, 2])
def test_the_ledger_of_the_step_and_unit_in_focus_stands_above_the_table_and_follows_the_hand(unit):
    at = opened("trace", lang="en", preset="random", t="4", unit=str(unit))
    [followed, _] = on_line(at, look={"t": 6})["pictures"]["ledger"]
    rest(at, look={"t": 6})
    sums = shown_ledger(experiment(at).trace(), 6, unit)
    numbers = {key: text(getattr(sums, key)) for key in ("C_prev", "kept", "erased", "C")}
    numbers["written"] = text(sums.written, sign=True)
    assert is_sound(at) and picture(at, "ledger.trace") == followed
    assert re.sub(r"<[^>]*>", "", followed) == EN("strip.ledger", t=6, unit=unit, **numbers)
    [row] = ET.fromstring(picture(at, "table"))[0].findall("tbody/tr[@aria-current='step']")
    told = {cell.get("data-quantity"): cell.text for cell in row}
    assert row.get("data-key") == f"6.{unit}" and numbers.items() <= told.items()


# -- what fits ------------------------------------------------------------------------------------


def test_only_the_arrangement_that_fits_is_sent_once_the_window_has_said_which_it_is():
    def sent(at, page: str) -> list[str]:
        return re.findall(r'<div class="(\w+)" data-key="\w+" data-lazy', picture(at, f"diagram.{page}"))

    at = opened_by_menu("forget_gate", lang="en")
    assert sent(at, "forget_gate") == list(ARRANGEMENTS)  # as long as nobody knows, both are sent
    for fits in ARRANGEMENTS:
        at = choosing(at, {"role": "room", "value": fits})
        assert is_sound(at) and sent(at, "forget_gate") == [fits]
    assert sent(on_to(at, "overview"), "overview") == [fits]
