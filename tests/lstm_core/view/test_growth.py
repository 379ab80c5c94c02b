"""The pictures from the RNN to the LSTM: each adds one part, and the RNN's own box stays in all of them."""

import xml.etree.ElementTree as ET
from itertools import pairwise

from lstm_core.quantities import GATE_KEYS, QUANTITIES
from lstm_core.view.growth import STAGES, growth
from lstm_core.view.palette import COLOURS
from lstm_core.words import LANGUAGES, Words
from tests.collected import collected


@collected("language", LANGUAGES)
def test_each_picture_has_the_boxes_of_its_stage_the_new_one_framed_thickest_and_says_what_is_new(language):
    words = Words(language)
    root = ET.fromstring(f"<div>{growth(words).replace('&#8203;', '')}</div>")[1]
    for stage, figure in zip(STAGES, root, strict=True):
        frames = {e.get("stroke"): float(e.get("stroke-width")) for e in figure.iter("rect")}
        found = {key: frames[COLOURS[key]] for key in GATE_KEYS.values() if COLOURS[key] in frames}
        assert found.keys() == set(stage.parts) - {"C"}
        assert stage.parts[-1] not in found or max(found, key=found.get) == stage.parts[-1]
        label = figure[0].get("aria-label")
        assert words(f"growth.{stage.key}.title") in label and words(f"growth.{stage.key}.says") in label
    assert "1999/2000" in words("growth.forget.title") and "1997" in words("growth.input.title")


def test_each_stage_adds_one_part_and_its_equation_has_no_gate_that_comes_later():
    for before, after in pairwise(STAGES):
        assert after.parts[:-1] == before.parts
    assert STAGES[0].parts == ("C_tilde",) and set(STAGES[-1].parts) == {*GATE_KEYS.values(), "C"}
    for stage in STAGES:
        assert {*stage.equation} & {*GATE_KEYS.values()} <= set(stage.parts)
    last = [piece for piece in STAGES[-1].equation if piece in QUANTITIES]
    assert last == ["C", "f", "C_prev", "i", "C_tilde"]
