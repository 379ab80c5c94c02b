"""What a teacher says at each stop: tour -> **tour_notes** -> one sheet to print."""

from ..lessons.items import ITEMS
from ..lessons.tasks import TASKS
from ..lessons.tours import Stop, Tour
from ..words import Words
from .document import document, inline


def tour_notes(tour: Tour, words: Words, paper: str = "A4") -> str:
    """Each stop with its minutes, what to show and to ask, and what students will say: one side of paper.

    Raises ValueError for a paper that there is not.
    """
    title = words("paper.of_tour", tour=words(tour.name_key))
    stops, begun = "", 0
    for n, (stop, minutes) in enumerate(zip(tour.stops, tour.minutes, strict=True), start=1):
        stops += _stop(n, stop, f"{begun}–{words('paper.minutes', n=begun + minutes)}", words)
        begun += minutes
    body = f'<h1>{inline(title)}</h1><div class="stops">{stops}</div>'
    return document(title, body, words.language, "tour_notes", paper)


def notes(stop: Stop, words: Words) -> list[tuple[str, str]]:
    """What only the teacher reads at a stop, as HTML: its heading, and what to ask or will be said."""
    told = [words(key) for key in stop.note_keys]
    found = list(zip((words("paper.ask"), words("paper.answers")), map(inline, told), strict=True))
    if known := (ITEMS.get(stop.item) or TASKS.get(stop.task)):
        found.append((words("paper.question"), inline(words(known.name_key))))
    return found


def _stop(n: int, stop: Stop, when: str, words: Words) -> str:
    where = f"{when} · {inline(words(f'page.{stop.page}'))}"
    head = f"<h2>{n}. {inline(words(stop.title_key))} <small>{where}</small></h2>"
    (ask, asked), (answers, said), *question = notes(stop, words)
    asked += "".join(f" <small>{name}: {text}</small>" for name, text in question)
    told = ((words("paper.show"), inline(words(stop.show_key))), (ask, asked), (answers, said))
    return f"<section>{head}{''.join(f'<p><b>{name}:</b> {text}</p>' for name, text in told)}</section>"
