"""The marks of a class, as HTML: course -> **table** of points, difficulty and discrimination."""

from ...lessons.marks import Course, outcome_text
from ...lessons.variants import part_name
from ...rounding import text
from ...words import Words
from ..svg import escaped, tag


def marks_table(course: Course, words: Words) -> str:
    """Students down, the parts of the lesson across, then the sum; names are escaped.

    A student who handed nothing in has empty cells. A point is shown with what it is for, as a title.
    """
    worth = course.marked[0].points if course.marked else ()
    head = [tag("th", escaped(words("hand_ins.student")), scope="col")]
    for n, (part, most) in enumerate(zip(course.parts, worth, strict=False), 1):
        name = words("marks.column", n=n, name=part_name(part, words), points=f"{most:g}")
        head.append(tag("th", tag("span", escaped(name), class_="upright"), scope="col"))
    said = words("marks.sum", points=f"{sum(worth):g}")
    head.append(tag("th", tag("span", escaped(said), class_="upright"), scope="col"))
    body = []
    for one in course.marked:
        cells = [
            tag("td", f"{got:g}" if one.files else "&#8203;", title=outcome_text(work, words))
            for got, work in zip(one.got, one.works, strict=True)
        ]
        cells.append(tag("td", tag("strong", f"{one.total:g}") if one.files else "–"))
        name = one.student.name or one.student.number or words("hand_in.anonymous")
        body.append(tag("tr", tag("th", escaped(name), scope="row") + "".join(cells)))
    statistics = course.statistics()
    feet = []
    for key in ("difficulty", "discrimination"):
        numbers = [getattr(one, key) for one in statistics]
        cells = [tag("td", "–" if number is None else escaped(text(number))) for number in numbers]
        row = tag("th", escaped(words(f"marks.{key}")), scope="row") + "".join(cells) + tag("td", "&#8203;")
        feet.append(tag("tr", row))
    table = tag("thead", tag("tr", "".join(head))) + tag("tbody", "".join(body)) + tag("tfoot", "".join(feet))
    return tag("div", tag("table", table), class_="class-table", tabindex=0, role="region",
               aria_label=words("marks.heading"))  # fmt: skip
