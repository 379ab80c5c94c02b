"""The pictures from the RNN to the LSTM: each adds one part, and the RNN's own box stays in all of them."""

import xml.etree.ElementTree as ET

import pytest

from lstm_core.quantities import GATE_KEYS, QUANTITIES
from lstm_core.view.growth import STAGES, growth
from lstm_core.view.palette import COLOURS
from lstm_core.words import LANGUAGES, Words


def pictures(language="en"):
    drawn = growth(Words(language)).replace("&#8203;", "")
    root = ET.fromstring(f"<div>{drawn}</div>")[1]
    return {figure[0].get("data-stage"): figure for figure in root}


def boxes(figure) -> dict[str, float]:
    """Colour key of each box -> the width of its frame."""
    frames = {e.get("stroke"): float(e.get("stroke-width")) for e in figure.iter("rect")}
    return {key: frames[COLOURS[key]] for key in GATE_KEYS.values() if COLOURS[key] in frames}


def test_each_stage_adds_one_part_to_the_one_before():
    for before, after in zip(STAGES, STAGES[1:], strict=False):
        assert after.parts[:-1] == before.parts
    assert STAGES[0].parts == ("C_tilde",) and set(STAGES[-1].parts) == {*GATE_KEYS.values(), "C"}


def test_the_boxes_drawn_are_the_parts_and_the_new_one_has_the_thickest_frame():
    for stage in STAGES:
        found = boxes(pictures()[stage.key])
        assert found.keys() == set(stage.parts) - {"C"}
        if stage.parts[-1] in found:
            assert max(found, key=found.get) == stage.parts[-1]


def test_each_equation_has_the_quantities_of_its_stage_and_the_last_is_that_of_the_table():
    for stage in STAGES:
        named = {piece for piece in stage.equation if piece in QUANTITIES} & {*GATE_KEYS.values()}
        assert named <= set(stage.parts)
    assert [piece for piece in STAGES[-1].equation if piece in QUANTITIES] == [
        "C",
        "f",
        "C_prev",
        "i",
        "C_tilde",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_listens_is_told_what_is_new(language):
    words = Words(language)
    for stage in STAGES:
        label = pictures(language)[stage.key][0].get("aria-label")
        assert words(f"growth.{stage.key}.title") in label and words(f"growth.{stage.key}.says") in label
    assert "1999/2000" in words("growth.forget.title") and "1997" in words("growth.input.title")
