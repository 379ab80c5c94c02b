"""A tour as one file for a projector: stops -> **slides**, with the teacher's notes below each."""

from ..lessons.tours import Stop, Tour
from ..words import Words
from .document import document, inline
from .stop_picture import stop_picture
from .tour_notes import notes

_KEYS = """
addEventListener("keydown", event => {
  const by = {ArrowRight: 1, PageDown: 1, " ": 1, ArrowLeft: -1, PageUp: -1}[event.key];
  if (!by || event.altKey || event.ctrlKey || event.metaKey) return;
  const slides = [...document.querySelectorAll("section")];
  const here = slides.findLastIndex(slide => slide.getBoundingClientRect().top < innerHeight / 2);
  slides[Math.min(Math.max(here + by, 0), slides.length - 1)].scrollIntoView();
  event.preventDefault();
});
"""
"""The arrow keys go from slide to slide. Without JavaScript the file is scrolled."""


def slides(tour: Tour, words: Words, paper: str = "A4", font: bytes | None = None) -> str:
    """The whole tour as one HTML file: each slide fills the window, and its notes come into view below it.

    Printed, each slide has a page of its own with its notes. Raises ValueError for a paper that there is not.

    font : see `document`. A projector's computer may have none that looks alike.
    """
    count = len(tour.stops)
    body = "".join(_slide(stop, f"{n}/{count}", f"s{n}", words) for n, stop in enumerate(tour.stops, 1))
    return document(
        words(tour.name_key), body, words.language, "slides", paper, wide=True, script=_KEYS, font=font
    )


def _slide(stop: Stop, place: str, prefix: str, words: Words) -> str:
    told = "".join(f"<dt>{head}</dt><dd>{said}</dd>" for head, said in notes(stop, words))
    return (
        f'<section><div class="slide"><p class="place">{place}</p><h1>{inline(words(stop.title_key))}</h1>'
        f"<p>{inline(words(stop.show_key))}</p><figure>{stop_picture(stop, words, prefix)}</figure></div>"
        f'<dl class="notes">{told}</dl></section>'
    )
