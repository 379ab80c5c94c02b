"""The layer as a plain loop over its equations, and what it learned read off that loop, to check against."""

import numpy as np


def sigma(z):
    return 1 / (1 + np.exp(-z))


def run(network, x, hold=None, h_read=None) -> dict[str, np.ndarray]:
    """Gates, C and h of a batch x (T, B, D), (T, B, H) each.

    hold : (unit from 1, number), at which C of the unit, in the plain RNN h, is held. h_read : (H,), what
    gates and candidate read in place of h.
    """
    params = network.params
    B, H = x.shape[1], params.H
    h, C, rows = np.zeros((B, H)), np.zeros((B, H)), []
    k, number = (hold[0] - 1, hold[1]) if hold else (None, 0.0)
    p_f, p_i, p_o = np.zeros((3, H)) if params.peepholes is None else params.peepholes
    if hold:
        C[:, k] = number
        h[:, k] = number if network.plain else h[:, k]
    for x_t in x:
        read = h if h_read is None else np.tile(h_read, (B, 1))
        z_f, z_i, z_c, z_o = (
            np.hstack([read, x_t]) @ W.T + b for W, b in zip(params.W, params.b, strict=True)
        )
        if network.plain:
            h = np.tanh(z_c)
            if hold:
                h[:, k] = number
            rows.append({"h": h, "memory": h})
            continue
        f = sigma(z_f + p_f * C) if params.forget_gate else np.ones((B, H))
        i = 1 - f if params.coupled else sigma(z_i + p_i * C)
        C = f * C + i * np.tanh(z_c)
        if hold:
            C[:, k] = number
        o = sigma(z_o + p_o * C)
        h = o * np.tanh(C)
        rows.append({"f": f, "i": i, "o": o, "C": C, "h": h, "memory": C})
    return {name: np.array([row[name] for row in rows]) for name in rows[0]}


def score(problem, network, batch, h, T=None) -> float:
    """The share of right sequences (of stretches of T steps in a stream), counted one by one."""
    y, T = h @ network.W_y.T + network.b_y, T or problem.T
    right = []
    for b in range(y.shape[1]):
        for first in range(0, len(y), T):
            steps = range(first, min(first + T, len(y)))
            right.append(all(_is_right(problem, y[t, b], batch, t, b) for t in steps if batch.counts[t, b]))
    return sum(right) / len(right)


def _is_right(problem, y, batch, t, b) -> bool:
    if problem.tolerance is not None:
        return bool(abs(y - batch.target[t, b]).max() <= problem.tolerance)
    can_come = {k for k, chance in enumerate(batch.chances[t, b]) if chance > 0}
    return set(np.argsort(-y, kind="stable")[: len(can_come)].tolist()) == can_come


def moments(batch, variable) -> tuple[list, list, list]:
    """(t, b) from 0 where a variable is held, where it takes another value, and where a number is asked."""
    held, stored, asked = [], [], []
    values = batch.variables[variable]
    for b in range(values.shape[1]):
        for t in range(len(values)):
            if not batch.lasts[t, b]:
                break
            is_asked = batch.chances is None and batch.counts[t, b]
            if is_asked:
                asked.append((t, b))
            if np.isnan(values[t, b]):
                continue
            before = values[t - 1, b] if t else 0.0
            if values[t, b] != before:
                stored.append((t, b))
            elif t and not is_asked:
                held.append((t, b))
    return held, stored, asked


def mean(values, places, unit) -> float:
    return sum(values[t, b, unit - 1] for t, b in places) / len(places)


def pace(values, places, unit) -> float:
    """The geometric mean."""
    return float(np.exp(sum(np.log(values[t, b, unit - 1]) for t, b in places) / len(places)))


def correlation(memory, batch, variable, unit) -> float:
    known = ~np.isnan(batch.variables[variable])
    a, b = memory[..., unit - 1][known], batch.variables[variable][known]
    return float(np.corrcoef(a, b)[0, 1]) if a.std() and b.std() else 0.0
