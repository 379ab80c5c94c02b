"""Links as nobody should send them: three hundred query strings, the same on every run."""

import random
from itertools import cycle
from urllib.parse import quote

from lstm_core.workbench.experiment import HAND_D, HAND_H, HAND_T
from lstm_core.workbench.focus import MAX_LENGTH

NUMBERS = [
    "NaN", "-inf", "Infinity", "1e308", "-1e308", "1e309", "1e999", "9" * 400, "1e7", "0x1F", "1_000", "1,5",
    "١٢", "१", "４.２", "𝟙", "½", "²", "−1", "1 000", "1e", "--1", "٫5", "true", "null", "[1]", "{}", "",
    " ", "\x00", "1\n2", "<script>alert(1)</script>", "'\"><img src=x onerror=alert(1)>", "=1+1", "${7*7}",
    "{{7*7}}", "%", "%2e%2e/", "../../etc/passwd", "; rm -rf /", "x" * 100_000, "1" * 100_000,
]  # fmt: skip

ADDRESSES = ["b_f.1", "U_i.1.1", "V_c.1.2", "x.5.1", "h0.1", "C0.1", "pin_f.1", "pin_o.1.3"]
KEYWORDS = ["preset", "v", "lang", "phase", "forget_gate", "present"]

STRANGERS = [
    "b_f.0", "b_f.-1", "b_f.99999", "b_f.1.1.1", "W.1", "__class__", "__init__.1", "session_state", "б_f.1",
    "<script>alert(1)</script>", "![x](//x.example)", "b_f.١", "망각", "\u202eb_f.1", "n" * 100_000,
    "constructor", "__proto__", "b_f.1;b_f.2", "b_f[1]", "$x$", ":red[x]", "\x00", "x.1e3.1", "pin_z.1",
]  # fmt: skip

WORDS = [
    "Latch", "nope", "latch\x00", "../latch", "2", "0", "-1", "1.0", "en-US", "xx", "tlh", "한국어",
    "ALL", "no", "<b>", "null", "undefined", "true", "١", "x" * 100_000,
]  # fmt: skip

VALID = {("forget_gate", "0"), ("present", "0")}

MOST = {
    "H": HAND_H, "D": HAND_D, "T": HAND_T, "t": HAND_T, "unit": HAND_H, "seed": 9999, "length": MAX_LENGTH,
}  # fmt: skip
"""What a whole number of a link may be at most."""


def hostile_links(how_many: int = 300) -> list[str]:
    """Query strings; in each, at least one parameter is none that can be used."""
    draw = random.Random(5)
    links: dict[str, None] = {}
    for kind in cycle([_number, _size, _word, _stranger, _repeated, _many, _mixed]):
        links["&".join(f"{quote(name)}={quote(value)}" for name, value in kind(draw))] = None
        if len(links) == how_many:
            return list(links)


def _number(draw):
    return [(draw.choice(ADDRESSES), draw.choice(NUMBERS))]


def _size(draw):
    name = draw.choice(list(MOST))
    beyond = str(MOST[name] + draw.choice([1, 7, 10**6, 10**30]))
    return [(name, draw.choice([*NUMBERS, beyond, "-1", "0.5"]))]


def _word(draw):
    name = draw.choice(KEYWORDS)
    return [(name, draw.choice([word for word in WORDS if (name, word) not in VALID]))]


def _stranger(draw):
    return [(draw.choice(STRANGERS), draw.choice(["1", *NUMBERS]))]


def _repeated(draw):
    """The same parameter many times over; the last one is the broken one."""
    name = draw.choice([*ADDRESSES, *MOST])
    return [(name, "1")] * draw.choice([2, 50]) + [(name, draw.choice(NUMBERS))]


def _many(draw):
    return [(f"{draw.choice(ADDRESSES)}.{k}", draw.choice(NUMBERS[:40])) for k in range(500)]


def _mixed(draw):
    """What is valid stands among what is not."""
    valid = [("preset", "leaky"), ("b_f.1", "-2.5"), ("t", "3"), ("lang", "ko")]
    broken = [(draw.choice(STRANGERS), draw.choice(NUMBERS)) for _ in range(draw.randint(1, 6))]
    return draw.sample(valid + broken, len(valid) + len(broken))
