"""How fast the core is: lstm_core beside a naive NumPy loop and, where it is installed, PyTorch.

    python tests/benchmark/core.py [--rounds 15]

Prints one Markdown table, in µs per step, all in float64. All columns of a row take turns, round by
round, so that whatever else runs meanwhile falls on all of them; the best round counts. Each way ends
with every gate, C and h of the run, and is checked against `forward` before it is timed. The largest
case records 0.8 GB: how fast fresh memory is handed out decides there.
"""

import argparse
import platform
import sys
from pathlib import Path
from time import perf_counter

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2]))

from lstm_core import LSTMParams, backward, forward

try:
    import torch
except ImportError:
    torch = None

SIZES = [(12, 2, 2), (100, 8, 16), (1000, 32, 64), (1000, 64, 256)]  # T, D, H
BATCHES = [1, 32]
COLUMNS = ["forward", "backward", "naive NumPy", "PyTorch loop", "nn.LSTM + gates"]


def naive_numpy(params, x):
    """Four products a step, plain sigmoid, every gate kept in a list."""

    def sigmoid(z):
        return 1 / (1 + np.exp(-z))

    (W_f, W_i, W_c, W_o), (b_f, b_i, b_c, b_o) = params.W, params.b
    h = C = np.zeros((*x.shape[1:-1], params.H), x.dtype)
    steps = []
    for x_t in x:
        hx = np.concatenate([h, x_t], axis=-1)
        f = sigmoid(hx @ W_f.T + b_f)
        i = sigmoid(hx @ W_i.T + b_i)
        C_tilde = np.tanh(hx @ W_c.T + b_c)
        o = sigmoid(hx @ W_o.T + b_o)
        C = f * C + i * C_tilde
        h = o * np.tanh(C)
        steps.append((f, i, C_tilde, o, C, h))
    return [np.stack(quantity) for quantity in zip(*steps, strict=True)]


def torch_layer(params):
    """nn.LSTM with the weights of `params`, in PyTorch's order i, f, g, o."""
    H = params.H
    W, b = (np.concatenate([a[1], a[0], a[2], a[3]]) for a in (params.W, params.b))
    layer = torch.nn.LSTM(params.D, H, dtype=torch.float64)
    for name, value in {"weight_hh": W[:, :H], "weight_ih": W[:, H:], "bias_ih": b, "bias_hh": 0 * b}.items():
        getattr(layer, f"{name}_l0").data.copy_(torch.from_numpy(value))
    return layer


def torch_loop(layer, x):
    """One product a step for the inputs and one for h, every gate kept in a list."""
    U, V, b = layer.weight_hh_l0.T, layer.weight_ih_l0.T, layer.bias_ih_l0 + layer.bias_hh_l0
    h = C = x.new_zeros(*x.shape[1:-1], layer.hidden_size)
    steps = []
    for x_t in x:
        z_i, z_f, z_g, z_o = (x_t @ V + h @ U + b).chunk(4, dim=-1)
        f, i, C_tilde, o = torch.sigmoid(z_f), torch.sigmoid(z_i), torch.tanh(z_g), torch.sigmoid(z_o)
        C = f * C + i * C_tilde
        h = o * torch.tanh(C)
        steps.append((f, i, C_tilde, o, C, h))
    return [torch.stack(quantity) for quantity in zip(*steps, strict=True)]


def torch_layer_then_gates(layer, x):
    """nn.LSTM tells h alone; the gates follow from it at once, and C step by step."""
    h, _ = layer(x)
    h_prev = torch.cat([torch.zeros_like(h[:1]), h[:-1]])
    z = x @ layer.weight_ih_l0.T + h_prev @ layer.weight_hh_l0.T + layer.bias_ih_l0 + layer.bias_hh_l0
    z_i, z_f, z_g, z_o = z.chunk(4, dim=-1)
    f, i, C_tilde, o = torch.sigmoid(z_f), torch.sigmoid(z_i), torch.tanh(z_g), torch.sigmoid(z_o)
    written, C = i * C_tilde, torch.empty_like(h)
    before = torch.zeros_like(h[0])
    for t in range(len(x)):
        before = torch.addcmul(written[t], f[t], before, out=C[t])
    return [f, i, C_tilde, o, C, h]


def measure(T, D, H, B, rounds):
    """Best µs per step of each column; None where PyTorch is missing."""
    random = np.random.default_rng(0)
    W, b = random.normal(0, 1 / np.sqrt(H + D), (4, H, H + D)), random.normal(0, 1, (4, H))
    params, x = LSTMParams(W, b), random.normal(size=(T, D) if B == 1 else (T, B, D))
    trace = forward(params, x)
    dh, dC = np.ones_like(trace.h), np.ones_like(trace.C[-1])
    ways = {
        "forward": lambda: forward(params, x),
        "backward": lambda: backward(trace, dh, dC),
        "naive NumPy": lambda: naive_numpy(params, x),
    }
    if torch is not None:
        layer, x_torch = torch_layer(params), torch.from_numpy(x)
        ways["PyTorch loop"] = lambda: torch_loop(layer, x_torch)
        ways["nn.LSTM + gates"] = lambda: torch_layer_then_gates(layer, x_torch)

    truth = [trace.f, trace.i, trace.C_tilde, trace.o, trace.C, trace.h]
    for way in list(ways)[2:]:
        for ours, theirs in zip(truth, ways[way](), strict=True):
            np.testing.assert_allclose(np.asarray(theirs), ours, rtol=0, atol=1e-4, err_msg=way)

    repeats = max(1, 300 // T)  # a short run is timed several times over
    best = dict.fromkeys(COLUMNS)
    for _ in range(rounds):
        for way, run in ways.items():
            start = perf_counter()
            for _ in range(repeats):
                run()
            took = (perf_counter() - start) / (T * repeats) * 1e6
            best[way] = min(took, best[way] or took)
    return best


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--rounds", type=int, default=15, help="rounds; the best one counts")
    chosen = options.parse_args()
    if torch is not None:
        torch.set_grad_enabled(False)

    version = f"PyTorch {torch.__version__}" if torch is not None else "PyTorch not installed"
    print(f"float64, µs per step, Python {platform.python_version()}, NumPy {np.__version__}, {version}\n")
    print("| T, D, H | batch |", " | ".join([*COLUMNS, "forward / naive", "forward / PyTorch loop"]), "|")
    print("|---|--:|" + "--:|" * (len(COLUMNS) + 2))
    for T, D, H in SIZES:
        for B in BATCHES:
            rounds = chosen.rounds if B * H < 1000 else max(1, chosen.rounds // 3)
            best = measure(T, D, H, B, rounds)
            cells = ["not installed" if best[name] is None else f"{best[name]:.1f}" for name in COLUMNS]
            for other in ("naive NumPy", "PyTorch loop"):
                known = best[other] is not None
                cells.append(f"{best['forward'] / best[other]:.2f}" if known else "not installed")
            print(f"| {T}, {D}, {H} | {B} |", " | ".join(cells), "|", flush=True)


if __name__ == "__main__":
    main()
