"""The answer to each item, computed from the cell written out by hand: question -> **answer**."""

import re
from dataclasses import replace
from math import tanh

import numpy as np
import pytest

from lstm_core.cell import step
from lstm_core.lessons.items.reading_code import PLACES
from lstm_core.lessons.question import CHOOSE, TRUTH
from lstm_core.reading import shipped
from lstm_core.reading.letters import LETTERS
from tests.conftest import ROOT
from tests.lstm_core.by_hand import at, by_hand, sigma


def which_way(change, near=1e-9, names=("smaller", "same", "larger")):
    """How a number changes, if by more than `near`."""
    down, level, up = names
    return level if abs(change) < near else up if change > 0 else down


def step_of(q, name="s"):
    """The numbers of unit 1 at another step that the question names."""
    return by_hand(q.experiment)[int(q.values[name]) - 1][0]


def apart(q):
    shut = int(q.values["s"]), 1
    changed = [abs(at(q, 0, k)["C"] - at(q, 0, k, shut=shut)["C"]) > 1e-9 for k in (1, 2)]
    return {(True, False): "one", (True, True): "both", (False, False): "none"}[tuple(changed)]


def silence(q):
    now = at(q)
    speaks, stays = abs(now["h"]) > 0.2, abs(now["C"] - now["C_prev"]) < 0.1
    return {
        (False, True): "silent_keeps", (False, False): "silent_forgets",
        (True, True): "speaks_keeps", (True, False): "speaks_spends",
    }[speaks, stays]  # fmt: skip


def changed_by_the_bias(q):
    longer, more = ("lasts_shorter", "", "lasts_longer"), ("less_written", "", "more_written")
    return which_way(given(q, "b"), names=longer if q.values["bias"] == "$b_f$" else more)


def noted(q):
    value = q.case.given["value"]
    return "none" if abs(value) > 1 else "candidate" if value < 0 else "any"


def which_product(q):
    now, value = at(q), q.case.given["value"]
    kept = now["f"] * now["C_prev"]
    products = {"kept": kept, "erased": now["C_prev"] - kept, "written": now["i"] * now["C_tilde"]}
    return min(products, key=lambda name: abs(products[name] - value))


def setting(q):
    now = at(q)
    return {
        (0, 1): "overwrite", (1, 0): "hold", (1, 1): "add", (0, 0): "clear"
    }[round(now["f"]), round(now["i"])]  # fmt: skip


def which_moves(q):
    now = at(q)
    f, i = (sigma(now[key] + 1) - sigma(now[key]) for key in ("z_f", "z_i"))
    return which_way(f - i, 0.002, ("input", "alike", "forget"))


def move_of_h(q):
    before, now = at(q)["h_prev"], at(q)["h"]
    return "flips" if before * now < 0 else "hardly" if abs(now - before) < 0.02 else "moves"


def over_h(q):
    """How the slope of the last C compares with the product of the forget gates."""
    apart = slope_of_C(q) - at(q, 1)["f"] ** int(q.values["n"])
    return which_way(apart, 0.005, ("smaller", "equal", "larger"))


def slope_of_C(q):
    """By how much the last C moves when C of the step of the question moves a little."""
    t, small = q.case.t, 1e-6
    base = by_hand(q.experiment)
    start = base[t - 1][0]
    tail = replace(q.experiment, x=q.experiment.x[t:])
    ends = []
    for C in (start["C"] + small, start["C"] - small):
        moved = replace(tail, C0=[C], h0=[start["o"] * tanh(C)])
        ends.append(by_hand(moved)[-1][0]["C"])
    return (ends[0] - ends[1]) / (2 * small)


# -- a plain RNN, written out ---------------------------------------------------------------------


def by_rnn(q, h, steps):
    """h of the plain RNN with the candidate's weights, after so many steps of the run."""
    (U, V), b = q.experiment.params.W[2, 0], q.experiment.params.b[2, 0]
    for (x,) in q.experiment.x[:steps]:
        h = tanh(U * h + V * x + b)
    return h


def which_of_two(q, rnn, lstm):
    return {(True, False): "rnn", (False, True): "lstm", (True, True): "both", (False, False): "neither"}[
        rnn, lstm
    ]


def holds(q):
    n, value = int(q.values["n"]), q.experiment.C0[0]
    left = by_rnn(q, value, n), by_hand(q.experiment)[n - 1][0]["C"]
    return which_of_two(q, *(each > value / 2 for each in left))


def overwritten(q):
    value = q.experiment.C0[0]
    now = by_rnn(q, q.experiment.h0[0], 1), at(q)["C"]
    return which_of_two(q, *(abs(each - value) > 0.1 for each in now))


def what_grows(q):
    C, slope = by_hand(q.experiment)[-1][0]["C"], slope_of_C(q)
    return {
        (True, False): "state", (False, True): "gradient", (True, True): "both", (False, False): "neither"
    }[C > 2, slope > 1.05]  # fmt: skip


# -- backpropagation: what moves when one number of the step moves a little ----------------------------


def moved(q, out, **start):
    """∂out/∂start at the step: C_prev moves, or a part of the step is given in place of what is computed."""
    small, ends = 1e-6, []
    now = at(q)
    for sign in (1, -1):
        parts = dict(now)
        for name in start:
            parts[name] += sign * small
        if "z_f" in start:
            parts["f"] = sigma(parts["z_f"])
        C = parts["C"] if "C" in start else parts["f"] * parts["C_prev"] + parts["i"] * parts["C_tilde"]
        ends.append({"C": C, "h": parts["o"] * tanh(C)}[out])
    return (ends[0] - ends[1]) / (2 * small)


# -- jobs of gates --------------------------------------------------------------------------------


def job(q):
    s, e = given(q, "s"), given(q, "e")
    return "store" if q.case.t == s else "show" if q.case.t == e else "hold"


def fault(q):
    now = at(q)
    if now["f"] < 0.6:
        return "forget"
    return "input" if now["i"] > 0.5 else "output" if now["o"] < 0.5 else "none"


def rule(q):
    now = at(q)
    f, i = round(2 * now["f"]) / 2, round(2 * now["i"]) / 2
    return {(1, 1): "sum", (0, 1): "latest", (0.5, 0.5): "mean", (1, 0): "shut"}[f, i]


# -- a unit that is disturbed ---------------------------------------------------------------------


def quiet(q):
    now = at(q)
    return "nothing" if abs(now["C"]) < 0.1 else "at_once" if now["o"] > 0.5 else "inside"


def spread(q):
    s = int(q.values["s"])
    before = by_hand(q.experiment)[s - 1]
    rest = replace(q.experiment, x=q.experiment.x[s:], C0=[0.0, before[1]["C"]], h0=[0.0, before[1]["h"]])
    changed = by_hand(rest)[q.case.t - s - 1]
    differs = tuple(abs(changed[k]["C"] - at(q, unit=k + 1)["C"]) > 0.02 for k in (0, 1))
    return {
        (True, False): "one", (True, True): "both", (False, True): "second", (False, False): "none"
    }[differs]  # fmt: skip


# -- the network that reads code ------------------------------------------------------------------


def read_by_hand(text, unit=None, at=0.0):
    """C after each letter (T, H), and p ∕ (1 − p) of each sign to come next at the end, step by step."""
    reader = shipped()
    H = reader.params.H
    h, C, rows = np.zeros(H), np.zeros(H), []
    for letter in text:
        x = [float(letter == sign) for sign in LETTERS]
        h, before = step(reader.params, x, h, C)
        if unit is not None:  # the output gate reads no C, so h can be mended after the step
            o = sigma((reader.params.W[3, unit] @ [*hx_before(rows, H), *x]) + reader.params.b[3, unit])
            before[unit], h[unit] = at, o * tanh(at)
        C = before
        rows.append((C, h))
    powers = np.exp(reader.W_y @ h + reader.b_y)
    return np.array([C for C, _ in rows]), powers / (powers.sum() - powers)


def hx_before(rows, H):
    return rows[-1][1] if rows else np.zeros(H)


def letters_of(q):
    return {place: q.values[place].replace("⏎", "\n") for place in PLACES}


def which_falls(q):
    unit, at = int(q.values["unit"]) - 1, float(q.values["held_at"].replace("−", "-"))
    free, held = (read_by_hand(q.values["read"], *hold)[1] for hold in ((), (unit, at)))
    change = {place: (held / free)[LETTERS.index(letter)] for place, letter in letters_of(q).items()}
    return min(change, key=change.get)


def which_follows(q):
    line, shown = q.values["line"], [int(n) for n in re.findall(r"\((\d+)\)", q.values["letters"])]
    C = read_by_hand(line)[0]
    depth = np.cumsum([(letter in "([{") - (letter in ")]}") for letter in line]) > 0
    assert ", ".join(str(t) for t in shown if depth[t - 1]) == q.values["is_inside"]
    apart = {}
    for place in PLACES:
        of = C[:, int(q.values[f"{place}_unit"]) - 1]
        assert listed(q, place) == pytest.approx([of[t - 1] for t in shown], abs=0.006)
        higher = np.mean(of[depth][:, None] > of[~depth])
        apart[place] = max(higher, 1 - higher)
    return max(apart, key=apart.get)


def rows(q):
    experiment = q.experiment
    return experiment.H, experiment.H + experiment.D


def listed(q, name):
    return [float(number.replace("−", "-")) for number in q.values[name].split(", ")]


def drawn(q):
    return tuple(at(q, k)["C"] for k in (1, 2, 3, 4))


def given(q, name):
    return float(q.values[name].replace("−", "-"))


def moved_gate(q):
    bias = q.experiment.params.b[0, 0]
    # h of earlier steps changes with the bias too, so the whole run is made again
    change = at(q, bias=bias - 0.5 * given(q, "g"))["f"] - at(q)["f"]
    return which_way(change, 0.01, ("shuts", "stays", "opens"))


def curve(q, name):
    """The loss at the update of the question as a share of the first ten, and the score, out of the file."""
    with np.load(ROOT / "assets" / "courses" / f"{name}.npz") as file:
        n, losses, scores = int(q.values["n"]), file["losses"], file["scores"]
        return losses[n - 10 : n].mean() / losses[:10].mean(), scores[file["scored_at"] <= n][-1]


def by_score(score):
    """The option that names the score, as the words of the options have it."""
    return "nearly_all" if score >= 0.9 else "some" if 0.3 <= score <= 0.8 else "few" if score < 0.2 else None


def by_loss(fell):
    return "falls" if fell < 0.25 else "halves" if fell < 0.7 else "stays"


ANSWERS = {
    "joined": lambda q: q.experiment.H + q.experiment.D,
    "joined_sum": lambda q: at(q)["z_f"],
    "same_input": lambda q: which_way(at(q)["f"] - step_of(q)["f"]),
    "not_a_gate": noted,
    "how_many": lambda q: q.experiment.H,
    "units_apart": apart,
    "torch_bias": lambda q: listed(q, "ih")[1] + listed(q, "hh")[1],
    "keras_bias": lambda q: listed(q, "bias")[1],
    "open_or_shut": lambda q: {0: "loses_all", 1: "keeps_all"}.get(round(at(q)["f"], 1), "halves"),
    "keep_share": lambda q: at(q)["f"] * at(q)["C_prev"],
    "gate_on_what": lambda q: at(q)["f"] * at(q)["C_prev"],
    "gate_between": lambda q: sigma(at(q)["z_f"]),
    "gate_tanh": lambda q: tanh(at(q)["z_f"]) * at(q)["C_prev"],
    "candidate_sign": lambda q: tanh(at(q)["z_c"]),
    "write_value": lambda q: at(q)["i"] * at(q)["C_tilde"],
    "c_or_h": lambda q: at(q)["o"] * tanh(at(q)["C"]),
    "silent": silence,
    "next_memory": lambda q: at(q)["f"] * at(q)["C_prev"] + at(q)["i"] * at(q)["C_tilde"],
    "draw_hold": drawn,
    "draw_fade": lambda q: tuple(at(q)["C"] * at(q)["f"] ** k for k in (1, 2, 3, 4)),
    "gate_1997": lambda q: at(q)["C_prev"] + at(q)["i"] * at(q)["C_tilde"],
    "draw_1997": lambda q: tuple(at(q)["C"] + k * at(q)["i"] * at(q)["C_tilde"] for k in (1, 2, 3, 4)),
    "gradient_path": lambda q: at(q)["f"] ** int(q.values["n"]),
    "bias_of_one": changed_by_the_bias,
    "update_bias": lambda q: given(q, "b") - given(q, "rate") * given(q, "g"),
    "update_gate": moved_gate,
    "clipping": lambda q: given(q, "g") / given(q, "norm"),
    "curve_bias": lambda q: by_score(curve(q, {"0": "recall_bias0", "1": "recall"}[q.values["bias"]])[1]),
    "curve_rnn": lambda q: by_loss(curve(q, {"20": "recall_rnn", "8": "near_rnn"}[q.values["T"]])[0]),
    "curve_stream": lambda q: by_score(
        curve(q, {"1997": "stream_1997", "2000": "stream"}[q.values["year"]])[1]
    ),
    "share_left": lambda q: sigma(q.experiment.params.b[0, 0]) ** int(q.values["n"]),
    "which_product": which_product,
    "elementwise": lambda q: at(q, unit=2)["f"] * at(q, unit=2)["C_prev"],
    "sum_to_one": lambda q: at(q)["i"],
    "which_setting": setting,
    "which_moves": which_moves,
    "through_h": lambda q: which_way(
        q.experiment.params.W[0, 0, 0] * (at(q)["h_prev"] - step_of(q)["h_prev"])
    ),
    "rnn_step": lambda q: tanh(at(q)["z_c"]),
    "coupled": lambda q: at(q)["f"] * at(q)["C_prev"] + (1 - at(q)["f"]) * at(q)["C_tilde"],
    "output_layer": lambda q: q.case.given["w"] * at(q)["h"] + q.case.given["v"],
    "matrix_size": lambda q: rows(q)[0] * rows(q)[1],
    "parameters": lambda q: 4 * (rows(q)[0] * rows(q)[1] + rows(q)[0]),
    "batch_shape": lambda q: int(q.values["B"]) * q.experiment.H,
    "climbs": lambda q: int(q.values["n"]) * at(q)["i"] * at(q)["C_tilde"],
    "stuck": move_of_h,
    "settles": lambda q: at(q)["i"] * at(q)["C_tilde"] / (1 - at(q)["f"]),
    "rnn_back": lambda q: q.experiment.params.W[2, 0, 0] ** int(q.values["n"]),
    "path_through_h": over_h,
    "gradient_size": lambda q: which_way(abs(slope_of_C(q)) - 1, 0.005, ("shrinks", "one", "grows")),
    "rnn_holds": holds,
    "rnn_overwrites": overwritten,
    "rnn_against_lstm": lambda q: (at(q)["f"] / q.experiment.params.W[2, 0, 0]) ** int(q.values["n"]),
    "explodes": lambda q: q.experiment.params.W[2, 0, 0] ** int(q.values["n"]),
    "lstm_step_back": lambda q: at(q, 1)["f"] + at(q, 1)["i"] * q.experiment.params.W[2, 0, 0] * at(q)["o"],
    "what_grows": what_grows,
    "back_to_C": lambda q: q.case.given["g"] * moved(q, "C", C_prev=1),
    "back_to_f": lambda q: q.case.given["g"] * moved(q, "C", f=1),
    "back_from_h": lambda q: q.case.given["g"] * moved(q, "h", C=1),
    "back_to_z": lambda q: q.case.given["g"] * moved(q, "C", z_f=1),
    "job_at_step": job,
    "job_gone_wrong": fault,
    "job_of_rule": rule,
    "read_held": which_falls,
    "read_unit": which_follows,
    "one_answer": lambda q: int(q.values["K"]),
    "many_answers": lambda q: q.experiment.T * int(q.values["K"]),
    "which_h": lambda q: q.case.given["w"] * by_hand(q.experiment)[-1][0]["h"] + q.case.given["v"],
    "code_line": lambda q: at(q)["f"] * at(q)["C_prev"] + at(q)["i"] * at(q)["C_tilde"],
    "code_order": lambda q: at(q)["o"] * tanh(at(q)["C_prev"]),
    "code_output": lambda q: q.experiment.T * int(q.values["B"]) * q.experiment.H,
    "code_split": lambda q: (
        sigma(listed(q, "z")[1]) * q.experiment.C0[0] + sigma(listed(q, "z")[0]) * tanh(listed(q, "z")[2])
    ),
    "unit_silent": quiet,
    "unit_read": lambda q: -q.case.given["w_1"] * at(q)["h"],
    "unit_spreads": spread,
}


def assert_by_hand(q, within: float = 1e-8) -> None:
    """The truth of a question is the answer by hand; a choice among numbers shows it in two decimals."""
    answer = ANSWERS[q.item.key](q)
    if q.item.claims:
        assert q.truth == answer
    elif q.item.kind == CHOOSE:
        assert float(q.labels[TRUTH].replace("−", "-")) == pytest.approx(answer, abs=0.00501)
    else:
        assert q.truth == pytest.approx(answer, abs=within), f"the truth is {q.truth}, by hand {answer}"
