"""One hue is one thing, everywhere: quantities -> **palette** -> every picture.

The hues are those of Okabe & Ito, which people with any kind of colour vision tell apart. Each
quantity also has a dash and a marker, so that colour never stands alone.
"""

from functools import lru_cache

INK = "#1b1f24"
"""Near-black, for C and h, where a colour has to be a number: in Plotly's figures and in files."""

THEME_INK = "currentColor"
"""The same in an SVG that stands in the page: the theme's text colour, so that it fits light and dark."""

COLOURS = {
    "f": "#D55E00",
    "i": "#009E73",
    "C_tilde": "#E69F00",
    "o": "#0072B2",
    "C": INK,
    "h": INK,
    "x": "#8A63B8",
    "kept": "#7C8699",
    "erased": "#D55E00",
    "written": "#009E73",
}
"""Colour key of a quantity -> colour. Erased is the forget gate's work, written the input gate's."""

MUTED = "#808995"
"""The grey of axes, wires and less important text, which reads well on light and on dark."""

DASHES = {
    "f": "solid",
    "i": "dash",
    "C_tilde": "dashdot",
    "o": "dot",
    "C": "solid",
    "tanh_C": "dot",
    "h": "dash",
}
DASHARRAYS = {"solid": None, "dash": "7 4", "dashdot": "8 3 2 3", "dot": "2 3"}
"""Plotly's name of a dash -> the same as an SVG attribute."""

MARKERS = {
    "f": "circle", "i": "square", "C_tilde": "diamond", "o": "triangle-up",
    "C": "circle", "tanh_C": "x-thin-open", "h": "circle-open",
}  # fmt: skip

POSITIVE, NEGATIVE = "#5E4FA2", "#C2387A"
"""Ends of the diverging scale of signed values, in which exactly 0 is transparent."""


@lru_cache(2**10)
def faded(colour: str, alpha: float) -> str:
    """A `#rrggbb` colour with an opacity, as rgba(…)."""
    red, green, blue = (int(colour[k : k + 2], 16) for k in (1, 3, 5))
    return f"rgba({red},{green},{blue},{alpha:g})"


def readable_on(colour: str) -> str:
    """White or black, whichever reads better on a `#rrggbb` colour; black on anything fainter."""
    if not colour.startswith("#"):
        return "#101418"
    red, green, blue = (int(colour[k : k + 2], 16) for k in (1, 3, 5))
    return "#ffffff" if 0.299 * red + 0.587 * green + 0.114 * blue < 130 else "#101418"


STRONGEST = 0.6
"""The most opacity of a colour behind a number, at which the number, in ink, still reads well."""

SIGNED_SCALE = [
    [0, faded(NEGATIVE, STRONGEST)],
    [0.5, faded(NEGATIVE, 0)],
    [0.5, faded(POSITIVE, 0)],
    [1, faded(POSITIVE, STRONGEST)],
]
"""Plotly's colour scale of signed values: transparent at exactly 0."""


def gate_scale(gate: str) -> list:
    """Plotly's colour scale of a gate, from transparent at 0 to the gate's hue at 1."""
    return [[0, faded(COLOURS[gate], 0)], [1, COLOURS[gate]]]


PAPER = "var(--st-background-color, #fff)"
"""The background of the page. In a file it is white, as `TO_FILE` says."""

# Per cent of the hue in letters; the rest is ink. A bright hue needs more ink to be readable.
_HUE_IN_TEXT = {"f": 80, "i": 70, "C_tilde": 52, "o": 80, "x": 85, "kept": 75, "erased": 80, "written": 70}


def readable(colour_key: str | None) -> str:
    """The colour of letters in a quantity's hue, or for None in grey.

    It is mixed with the theme's ink, so that they read well on light and on dark.
    """
    colour = MUTED if colour_key is None else COLOURS[colour_key]
    share = 70 if colour_key is None else _HUE_IN_TEXT.get(colour_key)
    return THEME_INK if share is None else f"color-mix(in srgb, {colour} {share}%, {THEME_INK})"


def _mixed(colour: str, share: int) -> str:
    parts = (int(colour[k : k + 2], 16) * share + int(INK[k : k + 2], 16) * (100 - share) for k in (1, 3, 5))
    return "#" + "".join(f"{part // 100:02x}" for part in parts)


TO_FILE = {
    PAPER: "#fff",
    readable(None): _mixed(MUTED, 70),
    **{readable(key): _mixed(COLOURS[key], share) for key, share in _HUE_IN_TEXT.items()},
    THEME_INK: INK,
}
"""The theme's colours -> those of a file on white, in the order in which to replace them."""
