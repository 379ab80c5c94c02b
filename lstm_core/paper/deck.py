"""A tour as an editable **deck** for PowerPoint, Impress and Keynote: stops -> slides -> .pptx.

A question takes two slides, asked and told, so that a class predicts before it sees. Figures are shapes that
can be changed, and each slide has the link to its place in the app. Notes stand where only the
teacher sees them. Needs python-pptx, which is loaded when a deck is written.
"""

import io
import re
from collections.abc import Iterable
from string import ascii_uppercase
from typing import Any
from xml.etree.ElementTree import Element, fromstring

from ..lessons.items import make
from ..lessons.lesson_link import LessonLink, Part, to_query
from ..lessons.question import CHOOSE, Question
from ..lessons.tasks import TASKS
from ..lessons.tours import Tour
from ..lessons.verdict import judge
from ..rounding import text
from ..view.diagram import to_file
from ..words import Words
from .bank_entry import end_of
from .document import inline
from .question_picture import covered_picture, told_picture
from .shapes import EMU, FONT, shapes
from .stop_picture import stop_picture
from .tour_notes import notes

_INCH = 72 * EMU
_WIDE, _HIGH = 13.333, 7.5  # inches
_LEFT, _ACROSS = 0.6, 12.13
_SVG = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
_TITLE_ONLY = 5  # of the layouts that python-pptx begins with


def deck(tour: Tour, words: Words, address: str) -> bytes:
    """The whole tour as one file. address : of the app, for the links, without a slash at its end.

    Raises ImportError where python-pptx is not installed.
    """
    from pptx import Presentation  # the one writer that needs it

    made: Any = Presentation()
    made.slide_width, made.slide_height = _emu(_WIDE), _emu(_HIGH)
    made.core_properties.title, made.core_properties.author = words(tour.name_key), ""
    writer = _Writer(made, words, address)
    for number, stop in enumerate(tour.stops, 1):
        link = LessonLink((Part("tour", tour.key, number),), at=1)
        slide = writer.slide(words(stop.title_key), words(stop.show_key), link)
        writer.figure(slide, stop_picture(stop, words, "stop"), 2.1, 4.7)
        writer.note(slide, [f"{head}: {_plain(said)}" for head, said in notes(stop, words)])
        if stop.item:
            writer.question(make(stop.item, stop.seed))
        if stop.task:
            task = Part("task", stop.task, stop.seed)
            writer.slide(
                words(TASKS[stop.task].name_key), words(TASKS[stop.task].aim_key), LessonLink((task,), at=1)
            )
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


class _Writer:
    """Adds slides to a deck."""

    def __init__(self, made: Any, words: Words, address: str) -> None:
        self.made, self.words, self.address = made, words, address

    def slide(self, title: str, told: str, link: LessonLink) -> Any:
        """A slide with a title, a text under it, and the link at the bottom."""
        from pptx.enum.text import PP_ALIGN

        slide = self.made.slides.add_slide(self.made.slide_layouts[_TITLE_ONLY])
        head = slide.shapes.title
        head.left, head.top, head.width, head.height = map(_emu, (_LEFT, 0.3, _ACROSS, 0.75))
        _write(head.text_frame, [inline(title)], 30, bold=True)
        head.text_frame.paragraphs[0].alignment = PP_ALIGN.LEFT
        self.text(slide, [inline(told)], (_LEFT, 1.05, _ACROSS, 0.9), 18)
        query = to_query(link) | {"lang": self.words.language}
        place = "&".join(f"{name}={value}" for name, value in query.items())
        foot = self.text(slide, [self.words("paper.open")], (_LEFT, 6.95, 4, 0.4), 12)
        foot.paragraphs[0].runs[0].hyperlink.address = f"{self.address}/?{place}"
        return slide

    def text(self, slide: Any, lines: Iterable[str], place: tuple[float, ...], size: int) -> Any:
        """A box of text, each line HTML; place : left, top, width and height in inches."""
        frame = slide.shapes.add_textbox(*map(_emu, place)).text_frame
        _write(frame, list(lines), size)
        return frame

    def figure(self, slide: Any, pictures: str, top: float, height: float) -> None:
        """SVG pictures, one below the other, in a place of this height. Nothing for ""."""
        from pptx.oxml import parse_xml

        found = _SVG.findall(pictures)
        heights = [_share(one) for one in found]
        for one, share in zip(found, heights, strict=True):
            high = height * share / sum(heights)
            last = max((shape.shape_id for shape in slide.shapes), default=1)
            drawn = shapes(to_file(one), _emu(_LEFT), _emu(top), _emu(_ACROSS), _emu(high), 1000 + last)
            slide.shapes._spTree.append(parse_xml(drawn))
            top += high

    def note(self, slide: Any, lines: Iterable[str]) -> None:
        slide.notes_slide.notes_text_frame.text = "\n".join(lines)

    def question(self, asked: Question) -> None:
        """A slide that asks, and one that tells."""
        words = self.words
        options = asked.options if asked.item.kind == CHOOSE else ()
        why = judge(asked, asked.truth)
        told = inline(words(why.why_key, **why.values))
        truth = asked.truth if isinstance(asked.truth, str) else text(end_of(asked.truth))
        it_is = words("ask.it_is", truth=asked.option_label(words, truth) if options else truth)
        link = LessonLink((Part("item", asked.item.key, asked.seed),), at=1)
        for is_told in (False, True):
            slide = self.slide(words(asked.item.name_key), asked.text(words), link)
            picture = (told_picture if is_told else covered_picture)(asked, words, "asked")
            self.figure(slide, picture, 2.1, 3.2)
            below = 5.4 if picture else 2.4
            lines = []
            for key, one in zip(ascii_uppercase, options, strict=False):
                line = f"{key}  {inline(asked.option_label(words, one))}"
                lines.append(f"<b>✓ {line}</b>" if is_told and one == asked.truth else line)
            half = _ACROSS / 2
            self.text(slide, lines, (_LEFT, below, half if is_told else _ACROSS, 1.5), 16)
            if is_told:
                self.text(slide, [f"<b>{inline(it_is)}</b>", told], (_LEFT + half, below, half, 1.5), 16)
            self.note(slide, [_plain(inline(it_is)), _plain(told)])


def _emu(inches: float) -> int:
    return round(inches * _INCH)


def _share(svg: str) -> float:
    """How high a picture is that is as wide as all others."""
    _, _, wide, high = map(float, svg.partition('viewBox="')[2].partition('"')[0].split())
    return high / wide


def _write(frame: Any, lines: list[str], size: int, bold: bool = False) -> None:
    """Lines of HTML as paragraphs."""
    frame.word_wrap = True
    for k, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if k == 0 else frame.add_paragraph()
        for said, tags in _runs(fromstring(f"<p>{line}</p>"), frozenset()):
            run = paragraph.add_run()
            run.text = said
            run.font.size, run.font.name = size * EMU, "Consolas" if "code" in tags else FONT
            run.font.bold, run.font.italic = bold or "b" in tags, "i" in tags
            if "sub" in tags:
                run.font._element.set("baseline", "-25000")


def _runs(element: Element, tags: frozenset[str]) -> Iterable[tuple[str, frozenset[str]]]:
    if element.text:
        yield element.text, tags
    for one in element:
        yield from _runs(one, tags | {one.tag})
        if one.tail:
            yield one.tail, tags


def _plain(html: str) -> str:
    return "".join(fromstring(f"<p>{html}</p>").itertext())
