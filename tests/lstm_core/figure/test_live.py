"""A figure over a notebook's kernel: what its views send and are answered, and what is left in Python."""

import json
import re
import sys

import pytest

from lstm_core.figure import Figure
from lstm_core.figure.live import MOST_VIEWS, OverKernel, experiment_of, module, widget
from lstm_core.figure.run import RunFigure
from lstm_core.workbench.focus import Focus
from lstm_core.workbench.presets import preset
from tests.collected import collected
from tests.lstm_core.figure.browsers import put_together

LATCH = preset("latch")


class View:
    """One view of a widget, as assets/figure/live.js sends and takes messages."""

    def __init__(self, kernel: OverKernel, name: str):
        self.kernel, self.name, self.seq = kernel, name, 0
        self.take()

    def take(self) -> None:
        shown = json.loads(json.dumps(self.kernel.shown()))
        self.turn, self.taken = shown["turn"], shown["taken"].get(self.name, 0)
        self.pictures = {name: drawn for name, *drawn in shown["pictures"]}
        self.panels = {name: specs for name, _, specs in shown["panels"]}

    def sends(self, kind: str, **parts):
        self.seq += 1
        digests = {name: digest for name, (_, digest) in self.pictures.items()}
        report = {"seq": self.seq, "turn": self.turn, "digests": digests} | parts
        return self.kernel.heard(json.loads(json.dumps({"view": self.name, kind: report})))


@pytest.fixture
def kernel():
    return OverKernel(Figure(LATCH, Focus(t=3)))


def test_it_has_the_walk_every_slider_and_nothing_that_a_notebook_lacks(kernel):
    view = View(kernel, "a")
    assert list(view.pictures) == ["cell", "walk", "strip"]
    assert list(view.panels) == ["t", "f", "i", "c", "o", "x", "start"]
    assert "data-grab" in view.pictures["strip"][0] and "walk-present" not in view.pictures["walk"][0]


def test_under_the_hand_pictures_follow_and_at_rest_the_experiment(kernel):
    view = View(kernel, "a")
    answer = view.sends("report", values={"b_f.1": -2.0})
    assert answer["view"] == "a" and kernel.figure.experiment == LATCH
    moved = Figure(LATCH.edited("b_f.1", -2.0), Focus(t=3), start=LATCH)
    sent, *_ = answer["answer"]["pictures"]["cell"]
    shown = sent if isinstance(sent, str) else put_together(view.pictures["cell"][0], sent)
    assert shown == moved.draw(exact=False)["cell"]
    assert view.sends("rests", values={"b_f.1": -2.0}, look={"t": 5}) is None
    assert kernel.figure.experiment.value("b_f.1") == -2.0 and kernel.figure.focus.t == 5
    view.take()
    assert view.taken == 2 and view.panels["t"][0][1] == 5
    [bias, *_] = view.panels["f"]
    assert bias[1] == -2.0 and bias[6] == LATCH.value("b_f.1"), "a double-click brings the first value back"


def test_each_view_counts_for_itself(kernel):
    first, second = View(kernel, "a"), View(kernel, "b")
    for _ in range(5):
        first.sends("rests", look={"t": 4})
    assert second.sends("report", look={"t": 6})["answer"]["look"]["t"] == 6
    second.take()
    first.take()
    assert (first.taken, second.taken) == (5, 0)
    for name in range(MOST_VIEWS + 5):
        first.name = f"v{name}"
        first.sends("rests", look={"t": 1})
    assert len(kernel.shown()["taken"]) == MOST_VIEWS


def test_another_experiment_voids_what_was_on_its_way(kernel):
    view = View(kernel, "a")
    kernel.give(Figure(preset("leaky")))
    assert view.sends("report", values={"b_f.1": 1.0}) is None
    view.sends("rests", values={"b_f.1": 1.0})
    assert kernel.figure.experiment == preset("leaky")


@collected("sent", [
    None, [], "x", {}, {"view": 1}, {"view": "a"}, {"view": "a", "report": 5}, {"view": "a", "rests": [1]},
    {"view": "a", "rests": {"turn": "another/0", "values": {"b_f.1": 1}}}, {"view": "x" * 500, "report": {}},
])  # fmt: skip
def test_what_is_no_report_changes_nothing(kernel, sent):
    before = kernel.figure
    assert kernel.heard(sent) is None and kernel.figure is before


def test_a_run_that_was_recorded_is_walked_and_nothing_moves():
    kernel = OverKernel(RunFigure(LATCH.trace()))
    view = View(kernel, "a")
    assert list(view.panels) == ["t"] and experiment_of(kernel.figure) is None
    assert view.sends("report", look={"t": 9}, values={"b_f.1": 1})["answer"]["look"]["t"] == 9


def test_without_anywidget_it_says_what_to_install(monkeypatch):
    from lstm_core.figure import live

    monkeypatch.setitem(sys.modules, "anywidget", None)
    live._widgets.cache_clear()
    with pytest.raises(ImportError, match=r"anywidget.*\[notebook\]"):
        Figure(LATCH).live()


def test_the_widget_gives_the_experiment_back_and_takes_another():
    pytest.importorskip("anywidget")
    seen = []
    live = widget(Figure(LATCH))
    live.observe(lambda change: seen.append(change["new"]), "value")
    turn = live.shown["turn"]
    live._heard(live, {"view": "a", "rests": {"seq": 1, "turn": turn, "values": {"b_f.1": 2.5}}}, [])
    assert live.value == seen[-1] == LATCH.edited("b_f.1", 2.5) and live.shown["taken"] == {"a": 1}
    live.value = preset("leaky")
    assert live.figure.experiment == preset("leaky") and live.shown["turn"] != turn
    with pytest.raises(Exception, match="expected Experiment, got int"):
        live.value = 5


def test_its_module_is_one_and_loads_nothing():
    text = module()
    assert text.startswith("export default { render(view) {")
    loads = r"^(import|export (?!default \{ render))|https?://(?!www\.w3\.org)"
    assert not re.search(loads, text, re.MULTILINE)
