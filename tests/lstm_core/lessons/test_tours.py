"""The tours: minutes, order, pages, links, and what their texts say of the runs they show."""

import re

import numpy as np
import pytest

from lstm_core.lessons.items import ITEMS
from lstm_core.lessons.tasks import TASKS
from lstm_core.lessons.tours import TOURS
from lstm_core.paths import cell_jacobian, direct_path
from lstm_core.rnn import rnn_forward, state_jacobian
from lstm_core.rounding import text
from lstm_core.words import LANGUAGES, texts
from lstm_core.workbench.focus import ALL, PHASES
from tests.collected import collected

STOPS = {stop.key: stop for tour in TOURS.values() for stop in tour.stops}
WITHOUT_PHASES = {"why_forget", "gradient", "trace", "learning", "reading"}
"""Pages without the diagram of an experiment."""

ROWS = range(1, 13)
"""The ideas that the design lists."""


def test_the_long_tour_teaches_every_idea_and_the_short_one_most():
    taught = {key: {row for stop in tour.stops for row in stop.rows} for key, tour in TOURS.items()}
    assert taught["long"] == set(ROWS) and taught["short"] >= {1, 3, 5, 6, 7, 8, 9, 10, 11, 12}
    assert {stop.key for stop in TOURS["short"].stops} < {stop.key for stop in TOURS["long"].stops}
    for tour in TOURS.values():
        firsts = [stop.rows[0] for stop in tour.stops if stop.rows]
        assert firsts == sorted(firsts)


@collected("key", STOPS)
def test_a_stop_is_set_up_by_a_link_that_is_understood_and_asks_what_belongs_on_its_page(key):
    stop, link = STOPS[key], STOPS[key].link
    assert not link.problems and link.language is None and not link.focus.present
    assert link.focus.t == int(stop.query["t"]) <= link.experiment.T
    assert link.focus.phase in (*PHASES, ALL) or stop.page in WITHOUT_PHASES
    assert not (stop.item and stop.task)
    assert not stop.item or ITEMS[stop.item].page == stop.page or stop.page in WITHOUT_PHASES
    assert not stop.task or TASKS[stop.task].page == stop.page


@collected("language", LANGUAGES)
def test_every_stop_has_a_note_that_asks(language):
    for stop in STOPS.values():
        ask, they_will_say = (texts(language)[key] for key in stop.note_keys)
        assert ask.endswith("?") and they_will_say.startswith("“") and "”" in they_will_say


# -- what the texts say ---------------------------------------------------------------------------


def run(key):
    stop = STOPS[key]
    return stop.link.experiment, stop.link.experiment.trace(), stop.link.focus.t - 1


def test_join_stands_just_inside_the_brackets_and_makes_a_list_of_three():
    experiment, trace, _ = run("join")
    assert (experiment.H, experiment.D, trace.hx.shape[-1]) == (1, 2, 3)
    assert experiment.preset == "brackets" and experiment.labels[9] == "(" and trace.h_prev[10, 0] > 0.6


def test_keep_stands_at_the_reset_flag():
    experiment, trace, t = run("keep")
    assert experiment.x[t, 2] == 1 and trace.f[t, 0] < 0.05
    assert abs(trace.erased[t, 0]) > 0.9 * abs(trace.C_prev[t, 0]) and (trace.f[:t] > 0.95).all()


def test_learned_has_twelve_steps_and_one_set_of_weights():
    experiment, trace, _ = run("learned")
    assert experiment.preset == "random" and trace.T == 12 and trace.params.W.ndim == 3


def test_why_gate_shows_h_that_does_not_follow():
    experiment, trace, t = run("why_gate")
    assert not experiment.params.forget_gate and experiment.x[t, 0] == -1 == -experiment.x[t - 1, 0]
    assert trace.o[t, 0] > 0.5 and trace.tanh_C[t, 0] > 0.999 and trace.h[t, 0] > 0.7
    assert (np.diff(trace.C[:t, 0]) > 0).all()


def test_then_now_shows_a_memory_that_climbs_and_an_h_that_stands_still():
    experiment, focus = STOPS["then_now"].link.experiment, STOPS["then_now"].link.focus
    long = experiment.tiled(focus.length)
    without, gated = (long.with_variant(cell).trace() for cell in ("1997", "lstm"))
    rounds = range(experiment.T - 1, focus.length, experiment.T)
    assert focus.length == 200 and len(rounds) == 10 and (np.diff(without.C[rounds, 0]) > 3).all()
    assert abs(gated.C).max() < 2 and without.C[-1, 0] > 20 * abs(gated.C).max()
    assert np.ptp(without.h[experiment.T :, 0]) < 0.001 and (without.tanh_C[experiment.T :] > 0.999).all()
    for h in gated.h[:, 0].reshape(10, experiment.T):
        assert h.max() > 0.5 and h.min() < -0.5
    np.testing.assert_array_equal(without.o, gated.o)
    assert without.o.min() > 0.7 and {-1.0, 1.0} == set(experiment.x[:, 0])


def test_candidate_stands_at_a_negative_value_that_is_stored():
    experiment, trace, t = run("candidate")
    assert experiment.x[t, 0] < 0 and experiment.x[t, 1] == 1 and trace.C_tilde[t, 0] < 0
    assert list(np.flatnonzero(experiment.x[:, 1])).index(t) == 1


def test_update_keeps_erases_and_writes_much_in_one_step():
    _, trace, t = run("update")
    ledger = [trace.C_prev, trace.kept, trace.erased, trace.written, trace.C]
    C_prev, kept, erased, written, C = (float(row[t, 0]) for row in ledger)
    assert min(kept / C_prev, erased / C_prev, written) > 0.35
    told = re.findall(r"0\.\d\d", texts("en")["tour.update.show"])
    assert told == [text(number) for number in (C_prev, kept, erased, written, C)]
    gates = re.findall(r"0\.\d\d", texts("en")["tour.update.ask"])
    assert gates == [text(trace.f[t, 0]), text(trace.i[t, 0])]


def test_show_and_voice_hold_the_memory_while_h_is_silent():
    experiment, trace, t = run("show")
    first, second = np.flatnonzero(experiment.x[:, 1])
    assert t == first and trace.h[second, 0] > 0.95 * trace.h[first, 0]
    assert trace.C[second, 0] > 0.95 * trace.C[first, 0]
    _, trace, t = run("voice")
    assert abs(trace.h[t, 0]) < 0.05 and trace.C[t, 0] > 0.5


def test_gradient_shrinks_at_every_step_where_the_direct_path_is_all():
    experiment, trace, _ = run("gradient")
    back = cell_jacobian(trace)[:, 0, 0]
    assert (np.diff(back) > 0).all() and back[:-1] == pytest.approx(back[1:] * trace.f[:, 0])
    assert not experiment.params.U_f.any()


def test_paths_has_most_left_over_all_paths_and_least_in_the_plain_rnn():
    experiment, trace, t = run("paths")
    direct, full = direct_path(trace, 1)[t + 1], cell_jacobian(trace, 1)[t + 1, 0]
    rnn = state_jacobian(rnn_forward(trace.params, trace.x, trace.h_prev[0]), 1)[t + 1, 0]
    assert t == 0 and abs(rnn) < direct < 0.005 and full > 0.1 and experiment.params.W[:, :, :2].any()


def test_bias_stands_where_the_forget_gate_has_no_weights():
    experiment, trace, _ = run("bias")
    assert not experiment.params.W_f.any() and experiment.params.b_f[0] == 2
