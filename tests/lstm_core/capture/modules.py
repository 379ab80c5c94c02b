"""Stand-ins for what capture needs of PyTorch: tensors, packed sequences and modules with hooks.

The numbers of their layers come from a loop over units and steps that shares nothing with the library. With
the framework itself such models are captured by test_capture.py, where it is installed.
"""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np


class Tensor:
    def __init__(self, array):
        self.array = np.asarray(array)
        self.dtype = f"torch.{self.array.dtype.name}"

    def detach(self):
        return self

    cpu = detach

    def float(self):
        return Tensor(self.array.astype(np.float32))

    def numpy(self):
        return self.array


def packed(sequences: list[np.ndarray]):
    """As pack_padded_sequence of sequences of different lengths makes it: longest first, row by row."""
    order = sorted(range(len(sequences)), key=lambda b: -len(sequences[b]))
    longest = len(sequences[order[0]])
    rows, sizes = [], []
    for t in range(longest):
        there = [sequences[b][t] for b in order if t < len(sequences[b])]
        rows += there
        sizes.append(len(there))
    back = np.argsort(order)
    return SimpleNamespace(
        data=Tensor(np.array(rows)), batch_sizes=Tensor(np.array(sizes)), unsorted_indices=Tensor(back)
    )


class Module:
    """The part of torch.nn.Module that is used. children : name -> module."""

    def __init__(self, children=None):
        self.children, self.training, self.hooks = children or {}, True, []

    def named_modules(self, prefix=""):
        yield prefix, self
        for name, child in self.children.items():
            yield from child.named_modules(f"{prefix}.{name}" if prefix else name)

    def modules(self):
        return [module for _, module in self.named_modules()]

    def eval(self):
        for module in self.modules():
            module.training = False

    def register_forward_hook(self, hook, with_kwargs=False):
        assert with_kwargs
        self.hooks.append(hook)
        return SimpleNamespace(remove=lambda: self.hooks.remove(hook))

    def __call__(self, *given, **named):
        output = self.forward(*given, **named)
        for hook in self.hooks:
            hook(self, given, named, output)
        return output


def _step(weights, x, h, C):
    """One step of one sequence, unit by unit, gates in PyTorch's order i, f, g, o."""
    H = len(h)
    z = [
        sum(weights["weight_ih"][r][d] * x[d] for d in range(len(x)))
        + sum(weights["weight_hh"][r][j] * h[j] for j in range(H))
        + weights["bias_ih"][r] + weights["bias_hh"][r]
        for r in range(4 * H)
    ]  # fmt: skip
    squash = lambda value: 1 / (1 + np.exp(-value))  # noqa: E731
    C = np.array([squash(z[H + k]) * C[k] + squash(z[k]) * np.tanh(z[2 * H + k]) for k in range(H)])
    return np.array([squash(z[3 * H + k]) * np.tanh(C[k]) for k in range(H)]), C


class LSTM(Module):
    """A stack of layers in one or two directions, over packed sequences or a batch."""

    def __init__(self, D, H, levels=1, pair=False, batch_first=False, seed=0):
        super().__init__()
        self.D, self.H, self.levels, self.pair, self.batch_first = D, H, levels, pair, batch_first
        rng, self.weights = np.random.default_rng(seed), {}
        for level in range(levels):
            width = D if level == 0 else H * (1 + pair)
            for end in ("", "_reverse")[: 1 + pair]:
                for name, shape in (
                    ("weight_ih", (4 * H, width)),
                    ("weight_hh", (4 * H, H)),
                    ("bias_ih", (4 * H,)),
                    ("bias_hh", (4 * H,)),
                ):
                    self.weights[f"{name}_l{level}{end}"] = rng.normal(size=shape)

    def state_dict(self):
        return {name: Tensor(array) for name, array in self.weights.items()}

    def of(self, level, end):
        names = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
        return {name: self.weights[f"{name}_l{level}{end}"] for name in names}

    def one(self, x, h0, C0):
        """One sequence (T, D): outputs (T, …) and the last h of each layer."""
        ends = []
        for level in range(self.levels):
            outputs = []
            for way, end in enumerate(("", "_reverse")[: 1 + self.pair]):
                k = level * (1 + self.pair) + way
                h, C, given = h0[k], C0[k], []
                for row in x[::-1] if way else x:
                    h, C = _step(self.of(level, end), row, h, C)
                    given.append(h)
                ends.append(h)
                outputs.append(np.array(given[::-1] if way else given))
            x = np.concatenate(outputs, axis=-1)
        return x, ends

    def forward(self, input, hx=None):
        layers = self.levels * (1 + self.pair)
        is_packed = hasattr(input, "batch_sizes")
        if is_packed:
            sizes, rows, order = input.batch_sizes.array, input.data.array, input.unsorted_indices.array
            starts = np.cumsum([0, *sizes[:-1]])
            sequences = [
                np.array([rows[s + b] for s, n in zip(starts, sizes, strict=True) if b < n]) for b in order
            ]
        else:
            array = input.array
            one = array.ndim == 2
            sequences = [array] if one else list(array if self.batch_first else array.swapaxes(0, 1))
        B = len(sequences)
        states = [np.zeros((layers, B, self.H))] * 2 if hx is None else [state.array for state in hx]
        if hx is not None and not is_packed and one:
            states = [state[:, None] for state in states]
        done = [self.one(x, states[0][:, b], states[1][:, b]) for b, x in enumerate(sequences)]
        ends = np.array([end for _, end in done]).swapaxes(0, 1)
        if is_packed:
            output = packed([h for h, _ in done])
        elif one:
            output, ends = Tensor(done[0][0]), ends[:, 0]
        else:
            h = np.array([h for h, _ in done])
            output = Tensor(h if self.batch_first else h.swapaxes(0, 1))
        return output, (Tensor(ends), Tensor(ends))


class LSTMCell(Module):
    def __init__(self, D, H, seed=0):
        super().__init__()
        rng = np.random.default_rng(seed)
        shapes = {"weight_ih": (4 * H, D), "weight_hh": (4 * H, H), "bias_ih": (4 * H,), "bias_hh": (4 * H,)}
        self.H, self.weights = H, {name: rng.normal(size=shape) for name, shape in shapes.items()}

    def state_dict(self):
        return {name: Tensor(array) for name, array in self.weights.items()}

    def forward(self, input, hx=None):
        x = np.atleast_2d(input.array)
        h, C = (
            (np.zeros((len(x), self.H)),) * 2 if hx is None else (np.atleast_2d(state.array) for state in hx)
        )
        after = [_step(self.weights, *row) for row in zip(x, h, C, strict=True)]
        return tuple(
            Tensor(np.array([one[k] for one in after]).reshape(*input.array.shape[:-1], self.H))
            for k in (0, 1)
        )


class GRU(Module):
    """One layer, over a batch (T, B, D), unit by unit; gates in PyTorch's order r, z, n."""

    def __init__(self, D, H, seed=0):
        super().__init__()
        self.D, self.H, self.batch_first = D, H, False
        rng = np.random.default_rng(seed)
        shapes = {"weight_ih": (3 * H, D), "weight_hh": (3 * H, H), "bias_ih": 3 * H, "bias_hh": 3 * H}
        self.weights = {f"{name}_l0": rng.normal(size=shape) for name, shape in shapes.items()}

    def state_dict(self):
        return {name: Tensor(array) for name, array in self.weights.items()}

    def forward(self, input, hx=None):
        x, H, w = input.array, self.H, self.weights
        h = np.zeros((x.shape[1], H)) if hx is None else hx.array[0]
        found = []
        for row in x:
            a = row @ w["weight_ih_l0"].T + w["bias_ih_l0"]
            b = h @ w["weight_hh_l0"].T + w["bias_hh_l0"]
            r, z = (1 / (1 + np.exp(-(a + b)[:, k * H : (k + 1) * H])) for k in (0, 1))
            n = np.tanh(a[:, 2 * H :] + r * b[:, 2 * H :])
            h = (1 - z) * n + z * h
            found.append(h)
        return Tensor(np.stack(found)), Tensor(h[None])


class RNN(Module):
    def state_dict(self):
        return {}


class Model(Module):
    """Runs what `call` does with its modules."""

    def __init__(self, call, **children):
        super().__init__(children)
        self.call = call

    def forward(self, *given, **named):
        return self.call(self.children, *given, **named)


for _kind in (Module, LSTM, LSTMCell, GRU, RNN, Model):
    _kind.__module__ = "torch.nn.modules.stand_in"
