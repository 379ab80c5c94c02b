"""The time strip on the pages: that of the experiment, no higher than its room, and open to choices."""

import pytest

from lstm_core.view.typeset import emphasised
from lstm_core.words import Words
from tests.collected import collected
from tests.lstm_core.view.strips import Strip
from tests.nightly import sample
from tests.pages.apps import experiment, focus, is_sound, opened
from tests.pages.walks import WALKED, choosing, picture


def strip(at, page: str) -> Strip:
    return Strip(picture(at, f"strip.{page}"))


@pytest.mark.parametrize("page", sample(WALKED, 3))
def test_it_shows_the_run_of_the_experiment(page):
    at = opened(page, lang="ko", preset="random", t="4", unit="2", **{"b_f.2": "-1.5"})
    drawn = strip(at, page)
    assert drawn.focus.get("aria-valuenow") == "4"
    C = experiment(at).trace().C[:, 1].tolist()
    assert [repr(value) for value in C] in [numbers for _, numbers in drawn.says()]


@collected("D", sample(["4", "3", "1"], 1))
@collected("page", WALKED)
def test_it_fits_under_the_diagram_on_one_screen(page, D):
    at = opened(page, lang="en", preset="random", D=D)
    assert strip(at, page).height <= 240


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
