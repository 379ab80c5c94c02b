"""What a teacher says at each stop: tour -> **tour_notes** -> one sheet to print."""

from __future__ import annotations

from ..lessons.items import ITEMS
from ..lessons.tasks import TASKS
from ..lessons.tours import Stop, Tour
from ..words import Words
from .document import document, inline


def tour_notes(tour: Tour, words: Words, paper: str = "A4") -> str:
    """A row for each stop: its minutes, what to show and to ask, and what students will say.

    Raises ValueError for a paper that there is not.
    """
    title = words("paper.of_tour", tour=words(tour.name_key))
    heads = ("paper.show", "paper.ask", "paper.answers")
    head = "<th></th>" + "".join(f"<th>{words(key)}</th>" for key in heads)
    rows, begun = "", 0
    for stop, minutes in zip(tour.stops, tour.minutes, strict=True):
        rows += _row(stop, f"{begun}–{words('paper.minutes', n=begun + minutes)}", words)
        begun += minutes
    body = f"<h1>{inline(title)}</h1><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    return document(title, body, words.language, "tour_notes", paper)


def notes(stop: Stop, words: Words) -> list[tuple[str, str]]:
    """What only the teacher reads at a stop, as HTML: its heading, and what to ask or will be said."""
    told = [words(key) for key in stop.note_keys]
    found = list(zip((words("paper.ask"), words("paper.answers")), map(inline, told), strict=True))
    if known := (ITEMS.get(stop.item) or TASKS.get(stop.task)):
        found.append((words("paper.question"), inline(words(known.name_key))))
    return found


def _row(stop: Stop, when: str, words: Words) -> str:
    (_, ask), (_, answers), *question = notes(stop, words)
    asked = "".join(f"<p><small>{head}: {name}</small></p>" for head, name in question)
    where = f"<b>{inline(words(stop.title_key))}</b><br>{when}<br>{words(f'page.{stop.page}')}"
    cells = (where, inline(words(stop.show_key)), f"{ask}{asked}", answers)
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"
