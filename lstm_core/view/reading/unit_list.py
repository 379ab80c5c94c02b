"""All units as a list: what each follows -> **unit_list** -> HTML; a click on a row chooses its unit."""

from collections.abc import Sequence

from ...words import Words
from .. import svg


def unit_list(
    rows: Sequence[tuple[int, str, Sequence[str]]], columns: Sequence[str], chosen: int, words: Words
) -> str:
    """A table with a row for each unit.

    rows : unit (from 1), what it follows, and its numbers as they are shown. columns : the names of all of
    these. chosen : the unit in focus.
    """
    head = "".join(svg.tag("th", svg.escaped(name), scope="col") for name in columns)
    body = "".join(
        svg.tag("tr",
            svg.tag(
                "th",
                svg.tag(
                    "button", str(unit), type="button", data_role="unit", data_unit=unit,
                    aria_label=words("heatmap.unit", unit=unit),
                ),
                scope="row",
            )
            + svg.tag("td", svg.escaped(follows))
            + "".join(svg.tag("td", number, class_="number") for number in numbers),
            class_="here" if unit == chosen else None, data_role="unit", data_unit=unit, data_key=f"u{unit}",
        )
        for unit, follows, numbers in rows
    )  # fmt: skip
    table = svg.tag("table", svg.tag("thead", svg.tag("tr", head)) + svg.tag("tbody", body))
    return svg.tag(
        "div", table, class_="unit-list", data_key="units", tabindex=0, role="region",
        aria_label=words("reading.units"),
    )  # fmt: skip
