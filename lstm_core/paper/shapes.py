"""A picture as shapes of a deck that can be taken apart and changed: SVG -> **shapes** -> DrawingML.

Only what the pictures of this library are made of is known: groups that are moved and scaled, rectangles,
circles, lines, paths of straight pieces and quadratic curves, and text. Nothing fades out at an edge.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import escape
from itertools import count
from xml.etree.ElementTree import Element, fromstring

from ..view.palette import INK, MUTED

NAMESPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)

EMU = 12_700
"""English metric units of a point."""

FONT = "Calibri"
"""About as wide as the font that the pictures are laid out for, and on most computers that show decks."""

_ASCENT, _LINE = 0.95, 1.22  # of that font, in its size
_TOKEN = re.compile(r"[A-Za-z]|-?(?:\d+\.?\d*|\.\d+)")
_MOVED = re.compile(r"translate\(([-\d.]+) ([-\d.]+)\)(?: scale\(([-\d.]+)\))?")
_ADDRESS = re.compile(r"url\(#(.+)\)")
_INHERITED = (
    "fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "text-anchor", "font-size",
    "font-weight", "font-style",
)  # fmt: skip


@dataclass(frozen=True)
class _Pen:
    """Where the origin is, in EMU, how many EMU a unit has, how much of it is seen, and what is inherited."""

    x: float
    y: float
    unit: float
    opacity: float
    style: dict[str, str]

    def on(self, element: Element) -> _Pen:
        """The pen inside of an element."""
        said = {name: element.get(name, "") for name in _INHERITED if element.get(name)}
        if element.get("class") == "small" and "fill" not in said:
            said["fill"] = MUTED
        inside = replace(
            self, opacity=self.opacity * float(element.get("opacity", 1)), style={**self.style, **said}
        )
        if moved := _MOVED.fullmatch(element.get("transform", "")):
            x, y, by = float(moved[1]), float(moved[2]), float(moved[3] or 1)
            inside = replace(inside, x=self.x + x * self.unit, y=self.y + y * self.unit, unit=self.unit * by)
        return inside

    def at(self, x: float, y: float) -> tuple[int, int]:
        return round(self.x + x * self.unit), round(self.y + y * self.unit)


def shapes(svg: str, left: int, top: int, width: int, height: int, first: int) -> str:
    """The picture as one group, as large as the place allows and in its middle.

    left, top, width, height : of the place, in EMU. first : number of the group; its shapes have the next.
    """
    root = fromstring(svg)
    x, y, wide, high = map(float, root.get("viewBox", "").split())
    unit = min(width / wide, height / high)
    left, top = round(left + (width - wide * unit) / 2), round(top + (height - high * unit) / 2)
    numbers = count(first + 1)
    pen = _Pen(left - x * unit, top - y * unit, unit, 1.0, {"fill": INK})
    hatches = {
        one.get("id", ""): path.get("stroke", "")
        for one in root.iter()
        for path in one
        if _name(one) == "pattern"
    }
    body = "".join(_drawn(root, pen, hatches, numbers))
    box = _box(left, top, round(wide * unit), round(high * unit))
    child = box.replace("a:off", "a:chOff").replace("a:ext", "a:chExt")
    said = escape(root.get("aria-label", ""))
    return (
        f'<p:grpSp {NAMESPACES}><p:nvGrpSpPr><p:cNvPr id="{first}" name="LSTM" descr="{said}"/>'
        f"<p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm>{box}{child}</a:xfrm></p:grpSpPr>{body}</p:grpSp>"
    )


def _drawn(element: Element, pen: _Pen, hatches: dict[str, str], numbers: Iterator[int]) -> Iterator[str]:
    for one in element:
        name, inside = _name(one), pen.on(one)
        if name in ("g", "svg"):
            yield from _drawn(one, inside, hatches, numbers)
        elif name == "text":
            yield _text(one, inside, next(numbers))
        elif name in _OUTLINES and one.get("width") != "100%" and one.get("d") != "":
            look = _look(one, inside, hatches)
            if look:
                yield _shape(_OUTLINES[name](one, inside) + look, next(numbers))


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _shape(properties: str, number: int, text: str = "", kind: str = "") -> str:
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{number}"/><p:cNvSpPr{kind}/><p:nvPr/></p:nvSpPr>'
        f"<p:spPr>{properties}</p:spPr>{text}</p:sp>"
    )


def _box(left: int, top: int, width: int, height: int) -> str:
    return f'<a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/>'


# -- outlines -------------------------------------------------------------------------------------


def _rectangle(one: Element, pen: _Pen) -> str:
    x, y, wide, high, round_by = (float(one.get(name, 0)) for name in ("x", "y", "width", "height", "rx"))
    left, top = pen.at(x, y)
    box = _box(left, top, round(wide * pen.unit), round(high * pen.unit))
    share = round(100_000 * min(round_by / (min(wide, high) or 1), 0.5))
    corner = f'<a:avLst><a:gd name="adj" fmla="val {share}"/></a:avLst>' if share else "<a:avLst/>"
    return (
        f'<a:xfrm>{box}</a:xfrm><a:prstGeom prst="{"roundRect" if share else "rect"}">{corner}</a:prstGeom>'
    )


def _circle(one: Element, pen: _Pen) -> str:
    x, y, r = (float(one.get(name, 0)) for name in ("cx", "cy", "r"))
    left, top = pen.at(x - r, y - r)
    box = _box(left, top, *[round(2 * r * pen.unit)] * 2)
    return f'<a:xfrm>{box}</a:xfrm><a:prstGeom prst="ellipse"><a:avLst/></a:prstGeom>'


def _line(one: Element, pen: _Pen) -> str:
    x1, y1, x2, y2 = (one.get(name, "0") for name in ("x1", "y1", "x2", "y2"))
    return _path(f"M{x1} {y1}L{x2} {y2}", pen)


def _path(d: str, pen: _Pen) -> str:
    """A path of the commands M, L, H, V, Q and Z, which all are absolute."""
    pieces: list[tuple[str, list[tuple[int, int]]]] = []
    tokens, at, command = iter(_TOKEN.findall(d)), (0.0, 0.0), "M"
    for token in tokens:
        if token.isalpha():
            command = token
            if command == "Z":
                pieces.append(("close", []))
                continue
            token = next(tokens)
        points, number = [], float(token)
        if command == "H":
            points = [(number, at[1])]
        elif command == "V":
            points = [(at[0], number)]
        else:
            points = [(number, float(next(tokens)))]
        if command == "Q":
            points.append((float(next(tokens)), float(next(tokens))))
        at = points[-1]
        kind = {"M": "moveTo", "Q": "quadBezTo"}.get(command, "lnTo")
        pieces.append((kind, [pen.at(*point) for point in points]))
        command = "L" if command == "M" else command
    xs, ys = zip(*[point for _, points in pieces for point in points], strict=True)
    left, top = min(xs), min(ys)
    drawn = ""
    for kind, placed in pieces:
        said = "".join(f'<a:pt x="{x - left}" y="{y - top}"/>' for x, y in placed)
        drawn += f"<a:{kind}>{said}</a:{kind}>" if said else f"<a:{kind}/>"
    box = _box(left, top, max(xs) - left, max(ys) - top)
    size = f'w="{max(xs) - left}" h="{max(ys) - top}"'
    return (
        f"<a:xfrm>{box}</a:xfrm><a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/>"
        f'<a:rect l="0" t="0" r="r" b="b"/><a:pathLst><a:path {size}>{drawn}</a:path></a:pathLst>'
        "</a:custGeom>"
    )


_OUTLINES = {
    "rect": _rectangle,
    "circle": _circle,
    "line": _line,
    "path": lambda one, pen: _path(one.get("d", ""), pen),
    "polyline": lambda one, pen: _path(f"M{one.get('points', '')}", pen),
}


# -- looks ----------------------------------------------------------------------------------------


def _look(one: Element, pen: _Pen, hatches: dict[str, str]) -> str:
    """Fill and line of a shape; "" for one of which nothing is seen."""
    fill = _paint(pen.style.get("fill", "none"), pen.opacity * float(one.get("fill-opacity", 1)), hatches)
    line = _paint(pen.style.get("stroke", "none"), pen.opacity * float(one.get("stroke-opacity", 1)), hatches)
    if not fill and not line:
        return ""
    width = float(pen.style.get("stroke-width", 1)) * pen.unit
    dash = pen.style.get("stroke-dasharray", "")
    dashed = f'<a:prstDash val="{"sysDot" if dash[:1] in "012" else "dash"}"/>' if dash else ""
    cap = ' cap="rnd"' if pen.style.get("stroke-linecap") == "round" else ""
    none = "<a:noFill/>"
    return f'{fill or none}<a:ln w="{round(width)}"{cap}>{line + dashed if line else none}</a:ln>'


def _paint(colour: str, opacity: float, hatches: dict[str, str]) -> str:
    """The fill of a colour or of a hatch; "" for none. A pattern of white strokes is left out."""
    if found := _ADDRESS.fullmatch(colour):
        colour = hatches.get(found[1], "none")
        if colour in ("none", "#fff"):
            return ""
        return (
            f'<a:pattFill prst="wdUpDiag"><a:fgClr>{_colour(colour, opacity)}</a:fgClr>'
            f"<a:bgClr>{_colour('#fff', opacity)}</a:bgClr></a:pattFill>"
        )
    return (
        "" if colour == "none" or opacity == 0 else f"<a:solidFill>{_colour(colour, opacity)}</a:solidFill>"
    )


def _colour(colour: str, opacity: float) -> str:
    hexes = colour.removeprefix("#")
    hexes = hexes if len(hexes) == 6 else "".join(2 * one for one in hexes)
    seen = f'<a:alpha val="{round(100_000 * opacity)}"/>' if opacity < 1 else ""
    return f'<a:srgbClr val="{hexes.upper()}">{seen}</a:srgbClr>'


def _text(one: Element, pen: _Pen, number: int) -> str:
    """A line of text whose baseline begins, ends or has its middle at the point of the element."""
    size = float(pen.style.get("font-size", 16)) * pen.unit
    anchor = pen.style.get("text-anchor", "start")
    said = "".join(one.itertext()).replace("\u200b", "")
    wide = max(len(said), 1) * size
    x, y = pen.at(float(one.get("x", 0)), float(one.get("y", 0)))
    left = round(x - {"start": 0, "middle": wide / 2, "end": wide}[anchor])
    box = _box(left, round(y - _ASCENT * size), round(wide), round(_LINE * size))
    runs = _run(one.text, pen, size)
    for part in one:
        runs += _run(part.text, pen.on(part), size) + _run(part.tail, pen, size)
    side = {"start": "l", "middle": "ctr", "end": "r"}[anchor]
    body = '<a:bodyPr wrap="none" lIns="0" tIns="0" rIns="0" bIns="0"/>'
    return _shape(
        f'<a:xfrm>{box}</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/>', number,
        f'<p:txBody>{body}<a:p><a:pPr algn="{side}"/>{runs}</a:p></p:txBody>', ' txBox="1"',
    )  # fmt: skip


def _run(said: str | None, pen: _Pen, size: float) -> str:
    text = (said or "").replace("\u200b", "")
    if not text:
        return ""
    style = pen.style
    looks = [f'sz="{round(100 * size / EMU)}"']
    looks += ['b="1"'] if style.get("font-weight") in ("600", "700", "bold") else []
    looks += ['i="1"'] if style.get("font-style") == "italic" else []
    looks += ['baseline="-25000"'] if style.get("font-size", "").endswith("%") else []
    fill = _paint(style.get("fill", INK), pen.opacity, {}) or _paint(INK, pen.opacity, {})
    look = f'<a:rPr {" ".join(looks)}>{fill}<a:latin typeface="{FONT}"/></a:rPr>'
    return f"<a:r>{look}<a:t>{escape(text)}</a:t></a:r>"
