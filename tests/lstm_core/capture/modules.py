"""Stand-ins for what capture needs of PyTorch: tensors, packed sequences and modules with hooks.

Their layers are computed here once more, in PyTorch's order of gates. With the framework itself such models
are captured by test_capture.py, where it is installed.
"""

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
    steps = [
        [sequences[b][t] for b in order if t < len(sequences[b])] for t in range(len(sequences[order[0]]))
    ]
    return SimpleNamespace(
        data=Tensor(np.concatenate(steps)),
        batch_sizes=Tensor([len(rows) for rows in steps]),
        unsorted_indices=Tensor(np.argsort(order)),
    )


def unpacked(given) -> list[np.ndarray]:
    sizes = given.batch_sizes.array
    steps = np.split(given.data.array, np.cumsum(sizes[:-1]))
    return [np.array([rows[b] for rows in steps if b < len(rows)]) for b in given.unsorted_indices.array]


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


class Layer(Module):
    """Weights under PyTorch's names. blocks : of gates. widths : ending of the names -> inputs."""

    def __init__(self, blocks, H, widths, seed):
        super().__init__()
        self.H, self.batch_first, self.weights = H, False, {}
        rng = np.random.default_rng(seed)
        for end, D in widths.items():
            for name, shape in (("weight_ih", D), ("weight_hh", H), ("bias_ih", None), ("bias_hh", None)):
                size = blocks * H if shape is None else (blocks * H, shape)
                self.weights[f"{name}{end}"] = rng.normal(size=size)

    def state_dict(self):
        return {name: Tensor(array) for name, array in self.weights.items()}

    def sums(self, end, x, h):
        """Of all gates (B, blocks, H): what they read of x, and what they read of h."""
        w = self.weights
        of_x = x @ w[f"weight_ih{end}"].T + w[f"bias_ih{end}"]
        of_h = h @ w[f"weight_hh{end}"].T + w[f"bias_hh{end}"]
        return (of.reshape(len(x), -1, self.H) for of in (of_x, of_h))

    def lstm(self, end, x, h, C):
        """One step of a batch, gates i, f, g, o."""
        i, f, g, o = sum(self.sums(end, x, h)).swapaxes(0, 1)
        C = sigma(f) * C + sigma(i) * np.tanh(g)
        return sigma(o) * np.tanh(C), C


def sigma(z):
    return 1 / (1 + np.exp(-z))


class LSTM(Layer):
    """A stack of layers in one or two directions, over packed sequences or a batch."""

    def __init__(self, D, H, levels=1, pair=False, batch_first=False, seed=0):
        self.ways = ("", "_reverse")[: 1 + pair]
        ends = {level: [f"_l{level}{way}" for way in self.ways] for level in range(levels)}
        widths = {end: len(self.ways) * H if level else D for level in ends for end in ends[level]}
        super().__init__(4, H, widths, seed)
        self.levels, self.batch_first = [*ends.values()], batch_first

    def one(self, x, h0, C0):
        """One sequence (T, D): outputs (T, …) and the last h of each layer."""
        states, last = iter(zip(h0, C0, strict=True)), []
        for ends in self.levels:
            outputs = []
            for end in ends:
                (h, C), order, found = next(states), -1 if end.endswith("_reverse") else 1, []
                for row in x[::order]:
                    [h], [C] = self.lstm(end, row[None], h[None], C[None])
                    found.append(h)
                last.append(h)
                outputs.append(np.array(found[::order]))
            x = np.concatenate(outputs, axis=-1)
        return x, last

    def forward(self, input, hx=None):
        is_packed, alone = hasattr(input, "batch_sizes"), False
        if is_packed:
            sequences = unpacked(input)
        else:
            alone = input.array.ndim == 2
            x = input.array[:, None] if alone else input.array
            sequences = list(x if self.batch_first and not alone else x.swapaxes(0, 1))
        layers = sum(map(len, self.levels))
        states = [np.zeros((layers, len(sequences), self.H))] * 2
        if hx is not None:
            states = [state.array[:, None] if alone else state.array for state in hx]
        done = [self.one(x, states[0][:, b], states[1][:, b]) for b, x in enumerate(sequences)]
        h, ends = [output for output, _ in done], np.array([last for _, last in done]).swapaxes(0, 1)
        if is_packed:
            output = packed(h)
        elif alone:
            output, ends = Tensor(h[0]), ends[:, 0]
        else:
            output = Tensor(np.stack(h, axis=0 if self.batch_first else 1))
        return output, (Tensor(ends), Tensor(ends))


class LSTMCell(Layer):
    def __init__(self, D, H, seed=0):
        super().__init__(4, H, {"": D}, seed)

    def forward(self, input, hx=None):
        x = np.atleast_2d(input.array)
        given = [np.zeros((len(x), self.H))] * 2 if hx is None else [state.array for state in hx]
        after = self.lstm("", x, *map(np.atleast_2d, given))
        return tuple(Tensor(state.reshape(*input.array.shape[:-1], self.H)) for state in after)


class GRU(Layer):
    """One layer, over a batch (T, B, D); gates in PyTorch's order r, z, n."""

    def __init__(self, D, H, seed=0):
        super().__init__(3, H, {"_l0": D}, seed)

    def forward(self, input, hx=None):
        h = np.zeros((input.array.shape[1], self.H)) if hx is None else hx.array[0]
        found = []
        for row in input.array:
            of_x, of_h = (of.swapaxes(0, 1) for of in self.sums("_l0", row, h))
            r, z = sigma(of_x[:2] + of_h[:2])
            h = (1 - z) * np.tanh(of_x[2] + r * of_h[2]) + z * h
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
