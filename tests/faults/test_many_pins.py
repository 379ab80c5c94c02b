"""Pins by the thousand in the parameters that somebody brings: refused at the door, and drawn in one line."""

import json

from lstm_core.workbench.experiment import MOST_PINS, Experiment
from lstm_core.workbench.presets import preset
from tests.pages.apps import opened

LAYER = json.loads(preset("latch").to_json())


def brought(pins: dict) -> tuple:
    at = opened("trace", preset="latch", lang="en")
    content = json.dumps(LAYER | {"pins": pins}).encode()
    at.file_uploader(key="upload.params").upload("mine.json", content, "application/json").run()
    return at, at.session_state["experiment"]


def pins(count: int) -> dict[str, float]:
    """As many pins of one unit, more than a run has steps if need be."""
    return {f"pin_{gate}.1.{t}": 0.5 for t in range(1, 1 + count // 4) for gate in "fico"}


def test_more_pins_than_sliders_can_set_are_refused_before_they_are_looked_at(monkeypatch):
    monkeypatch.setattr(Experiment, "pinned", None)
    monkeypatch.setattr(Experiment, "with_pins", None)
    at, experiment = brought(pins(30_000))
    assert not at.exception and str(MOST_PINS) in at.error[0].value and experiment == preset("latch")


def test_pins_are_put_in_at_once_and_not_one_after_the_other(monkeypatch):
    made = []
    check = Experiment.__post_init__

    def counted(self):
        made.append(self)
        check(self)

    monkeypatch.setattr(Experiment, "__post_init__", counted)
    assert len(preset("latch").with_pins(pins(64)).resized(T=16).pins) == 64 and len(made) < 12


def test_many_pins_are_one_line_and_one_button():
    at, experiment = brought(pins(64))
    assert not at.exception and not at.error and len(experiment.pins) == 64
    many = opened("overview", lang="en", preset="latch", **dict.fromkeys(pins(44), "0.5"))
    few = opened("overview", lang="en", preset="latch", **dict.fromkeys(pins(8), "0.5"))
    of_pins = [[one for one in at.button if one.key.startswith("unpin.")] for at in (many, few)]
    assert [len(found) for found in of_pins] == [1, 8] and "44" in of_pins[0][0].label
    of_pins[0][0].click().run()
    assert not many.exception and not many.session_state["experiment"].pins
