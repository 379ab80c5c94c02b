"""The walk through one step in a real browser: what is shown is what was computed, by mouse and by key."""

import re
from decimal import Decimal
from urllib.parse import urlencode

import numpy as np
import pytest

from lstm_core.explain import Place
from lstm_core.rounding import shown_ledger, text
from lstm_core.words import LANGUAGES
from lstm_core.workbench.focus import PHASES, Focus
from lstm_core.workbench.link import to_link
from lstm_core.workbench.presets import preset
from tests.browser.walking import (
    NUMBERS,
    RANDOM,
    diagram,
    open_walk,
    press,
    read,
    says,
    shows_origin,
    tab_to,
)

LEDGER = ("C_prev", "kept", "erased", "written", "C")
NUMBER = r"([+−]?\d+\.\d\d)"


def drawn(seed: int):
    """A random experiment: H, D from 1 to 3, every number another."""
    random = np.random.default_rng(seed)
    experiment = preset("random", seed).resized(*random.integers(1, 4, 2), T=5)
    for address in experiment.addresses():
        experiment = experiment.edited(address, round(random.normal(0, 1.3), 2))
    return experiment, int(random.integers(1, 6)), int(random.integers(1, experiment.H + 1))


# -- every number ---------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", [3, 14, 15, 92, 65, 35])
def test_every_number_of_a_random_experiment_is_that_of_its_trace(reader, seed):
    experiment, t, unit = drawn(seed)
    language = "ko" if seed % 2 else "en"
    trace, ledger = experiment.trace(), shown_ledger(experiment.trace(), t, unit)
    open_walk(reader, "/overview?" + urlencode(to_link(experiment, Focus(t, unit), language)))
    for phase in (None, *PHASES):
        if phase:
            press(reader, "ArrowRight", phase=phase)
        says(reader, trace, t, unit, phase, language)
        found = diagram(reader).evaluate(NUMBERS)
        for key, step, place, shown in found:
            value = getattr(trace, key)[t - 1, place - 1]
            if key in LEDGER and place == unit:
                value = getattr(ledger, key)
            signed = text(value, sign=key in ("written", "C_tilde"))  # after × without its plus
            # In the caption's sum the sign of what is written stands before the number, between two spaces.
            allowed = {signed, signed.removeprefix("+")} | ({signed[1:]} if key == "written" else set())
            assert step == t and shown in allowed, (key, place)
        # Of a number that is drawn more than once the first is the one on the rail, with its sign.
        once = {(key, place): read(shown) for key, _, place, shown in reversed(found)}
        assert {key for key, _ in once} == {"x", "h_prev", "f", "i", "C_tilde", "o", "tanh_C", "h", *LEDGER}
        assert {place for key, place in once if key == "x"} == set(range(1, experiment.D + 1))
        assert {place for key, place in once if key == "h_prev"} == set(range(1, experiment.H + 1))
        C_prev, kept, erased, written, C = (once[key, unit] for key in LEDGER)
        assert kept + erased == C_prev and kept + written == C
        lines = diagram(reader).locator(".caption text").all_text_contents()
        if phase:
            check_caption(" ".join(lines), phase)


def check_caption(caption: str, phase):
    products = re.findall(rf"{NUMBER}\s×\s\(?{NUMBER}\)?\s([=≈])\s{NUMBER}", caption)
    for a, b, sign, c in products:
        off = abs(read(a) * read(b) - read(c))
        assert off <= Decimal("0.005") if sign == "=" else off >= Decimal("0.005")
    sums = re.findall(rf"{NUMBER}\s([+−]\s?\d+\.\d\d)\s=\s{NUMBER}", caption)
    assert all(read(a) + read(b.replace(" ", "").replace("\u00a0", "")) == read(c) for a, b, c in sums)
    assert len(products) == (phase in ("erase", "write", "show")) and len(sums) == (phase == "write")


# -- where does it come from? ---------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_keyboard_alone_walks_asks_and_goes_on_and_its_focus_is_seen(reader, language):
    trace = preset("random").trace()
    open_walk(reader, RANDOM.replace("=en", f"={language}"))
    for phase in PHASES:
        press(reader, "ArrowRight", phase=phase)
    says(reader, trace, 5, 1, "show", language)
    press(reader, "ArrowRight", phase=PHASES[0], t="6")
    press(reader, "Home", phase="all")
    says(reader, trace, 6, 1, None, language)
    tab_to(reader, "Tab", lambda focus: focus["quantity"] == "f" and not focus["panel"])
    reader.page.keyboard.press("Enter")
    shows_origin(reader, trace, Place("f", 6, 1), language)
    tab_to(reader, "Shift+Tab", lambda focus: focus["quantity"] == "z_f" and focus["panel"])
    reader.page.keyboard.press("Enter")
    shows_origin(reader, trace, Place("z_f", 6, 1), language)
    press(reader, "ArrowRight", phase=PHASES[0])


def test_keys_in_quick_succession_all_count(reader):
    open_walk(reader, RANDOM + "&phase=concatenate")
    for _ in range(4):
        reader.page.keyboard.press("ArrowRight")
    reader.wait_for_link(lambda link: link.get("phase") == "write")
