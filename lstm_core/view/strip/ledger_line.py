"""The ledger of the step in focus in one line, which is also the key to its bars: trace -> **HTML text**."""

from html import escape

from ...rounding import shown_ledger, text
from ...trace import LSTMTrace
from ...words import Words
from .. import svg
from ..palette import readable
from ..svg import paint
from ..typeset import marked, runs
from .rows import LEDGER

_WIDE, _HIGH = 13, 11
_HATCHING = "M0 5L5 0M0 11L11 0M4 11L13 2M10 11L13 8"


def ledger_line(
    trace: LSTMTrace, unit: int, t: int, words: Words, step: str = "", key: str = "strip.ledger"
) -> str:
    """What was kept, erased and written at the step in focus, each number behind a sample of its bar.

    unit, t : count from 1. step : the step as a sentence names it; "" for its number. key : of the text. The
        numbers add up as shown; a covered one is "?".
    """
    ledger = shown_ledger(trace, t, unit)
    shown = {key: text(getattr(ledger, key), sign=key == "written") for key in ("C_prev", *LEDGER)}
    said = words(key, t=step or t, unit=unit, **{name: marked(name, value) for name, value in shown.items()})
    pieces = (escape(piece) if key is None else _number(key, piece) for piece, key in runs(said))
    return svg.tag("p", "".join(pieces), class_="ledger-line", data_key="ledger-line")


def _number(key: str, shown: str) -> str:
    """A number in bold, behind a sample of its bar where it has one."""
    colour = readable(key) if key in ("kept", "erased", "written") else None
    number = svg.tag("b", escape(shown), style=f"color:{colour}" if colour else None)
    return svg.tag("span", _sample(key, shown) + number, class_="entry")


def _sample(key: str, shown: str) -> str:
    """Solid for what is kept, hatched and hollow for what is erased, an arrow for what is written."""
    if key not in ("kept", "erased", "written"):
        return ""
    down = key == "written" and shown.startswith("−")
    hollow = {"fill": "none", "stroke": paint("erased"), "stroke_width": 1}
    body = {
        "kept": svg.tag("rect", width=_WIDE, height=_HIGH, fill=paint("kept")),
        "erased": svg.tag("rect", x=0.5, y=0.5, width=_WIDE - 1, height=_HIGH - 1, **hollow)
        + svg.tag("path", d=_HATCHING, **hollow),
        "written": svg.tag("path", d="M1 0H12L6.5 11Z" if down else "M1 11H12L6.5 0Z", fill=paint("written")),
    }[key]
    return svg.tag("svg", body, class_="sample", viewBox=f"0 0 {_WIDE} {_HIGH}", width=_WIDE, height=_HIGH)
