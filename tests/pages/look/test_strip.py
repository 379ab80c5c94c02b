"""The time strip on the pages: that of the experiment, no higher than its room, and open to choices."""

import json

import pytest

from lstm_core.quantities import QUANTITIES
from lstm_core.rounding import ShownNumbers, text
from lstm_core.view.typeset import emphasised
from lstm_core.words import Words
from tests.collected import collected
from tests.lstm_core.view.strips import Strip
from tests.pages.apps import experiment, focus, is_sound, link, opened
from tests.pages.walks import WALKED, choosing, picture


def strip(at, page: str) -> Strip:
    return Strip(picture(at, f"strip.{page}"))


@pytest.mark.parametrize("page", WALKED)
def test_it_shows_the_run_of_the_experiment(page):
    at = opened(page, lang="ko", preset="random", t="4", unit="2", **{"b_f.2": "-1.5"})
    drawn = strip(at, page)
    assert drawn.focus.get("aria-valuenow") == "4"
    C = experiment(at).trace().C[:, 1].tolist()
    assert [repr(value) for value in C] in [numbers for _, numbers in drawn.says()]


@collected("D", ["1", "3", "4"])
@collected("page", WALKED)
def test_it_fits_under_the_diagram_on_one_screen(page, D):
    at = opened(page, lang="en", preset="random", D=D)
    assert strip(at, page).height <= 240


def test_a_step_comes_into_focus():
    at = opened("forget_gate", lang="en", preset="latch", t="3")
    at = choosing(at, {"role": "step", "t": 9})
    assert is_sound(at) and focus(at).t == 9 and link(at)["t"] == "9"
    assert strip(at, "forget_gate").focus.get("aria-valuenow") == "9"


@pytest.mark.parametrize("key", ["f", "C", "kept", "erased", "written"])
def test_a_number_says_where_it_comes_from(key):
    at = opened("forget_gate", lang="en", preset="random", t="3", unit="2")
    drawn = strip(at, "forget_gate")
    assert key in {e.get("data-quantity") for e in drawn.plot.iter()} <= {None, *QUANTITIES}
    at = choosing(at, {"quantity": key, "t": 7, "unit": 2})
    assert is_sound(at) and (focus(at).t, focus(at).unit) == (7, 2)
    assert text(ShownNumbers(experiment(at).trace()).at(key, 7, 2)) in picture(at, "why")


def test_a_band_says_what_became_of_it_and_is_framed():
    at = opened("cell_state", lang="en", preset="latch", t="3")
    assert emphasised(Words("en")("provenance.choose")) in picture(at, "strip.cell_state")
    before = strip(at, "cell_state")
    assert not before.one(before.plot, **{"data-key": "frame"}).get("d")
    at = choosing(at, {"role": "band", "value": "2", "t": 12})
    assert is_sound(at) and focus(at).t == 12
    assert "Written at step 2" in picture(at, "strip.cell_state")
    after = strip(at, "cell_state")
    assert after.one(after.plot, **{"data-key": "frame"}).get("d")


NONSENSE = [
    {},
    {"role": "step"},
    {"role": "step", "t": 10**6},
    {"role": "band", "value": "99", "t": 2},
    {"role": "band", "value": "x", "t": 1},
    {"role": "band"},
    {"quantity": "nope", "t": 2},
    {"role": "other", "t": 2},
]


@pytest.mark.parametrize("choice", NONSENSE, ids=json.dumps)
def test_whatever_else_comes_breaks_nothing(choice):
    at = opened("cell_state", lang="en", preset="latch", t="3")
    at = choosing(at, choice)
    assert is_sound(at) and 1 <= focus(at).t <= 16
