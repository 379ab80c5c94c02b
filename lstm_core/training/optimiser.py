"""How weights follow their gradient: gradient -> **optimiser** -> weights.

All weights of a network are one vector here, and so is their gradient.
"""

import numpy as np


def sgd(weights, gradient, memory, rate):
    """Plain descent: a step of `rate` times the gradient. Remembers nothing."""
    return weights - rate * gradient, memory


def adam(weights, gradient, memory, rate):
    """Adam (Kingma & Ba, ICLR 2015): each weight's step is measured by the size of its own gradients.

    weights, gradient : (N,). memory : what the last call returned, None at first: how many updates there
    were, and the running means of the gradient and of its square. Returns new weights and new memory.
    """
    n, mean, square = memory or (0, 0.0, 0.0)
    n += 1
    mean = 0.9 * mean + 0.1 * gradient
    square = 0.999 * square + 0.001 * gradient**2
    unbiased, spread = mean / (1 - 0.9**n), np.sqrt(square / (1 - 0.999**n))  # both began at 0
    return weights - rate * unbiased / (spread + 1e-8), (n, mean, square)


OPTIMISERS = {"adam": adam, "sgd": sgd}


def clipped(gradient: np.ndarray, most: float) -> tuple[np.ndarray, float]:
    """The gradient, shortened to the norm `most` where it is longer (0 leaves it), and its norm before.

    Pascanu, Mikolov & Bengio, "On the difficulty of training recurrent neural networks", ICML 2013. The
    millionth below keeps a gradient of 0 from being divided by, and is that of PyTorch.
    """
    norm = float(np.sqrt(gradient @ gradient))
    return (gradient * min(1.0, most / (norm + 1e-6)) if most else gradient), norm
