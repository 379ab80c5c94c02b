"""The editable deck of a tour, opened again: its slides, what the teacher alone reads, what is drawn."""

import io
from xml.etree import ElementTree

import pytest

from lstm_core.lessons.items import make
from lstm_core.lessons.lesson_link import Part, from_address
from lstm_core.lessons.tours import TOURS
from lstm_core.paper import deck
from lstm_core.paper.deck import _plain
from lstm_core.paper.document import inline
from lstm_core.paper.question_picture import covered_picture, told_picture
from lstm_core.view.diagram import to_file
from lstm_core.words import LANGUAGES, Words
from tests.collected import collected
from tests.nightly import sample

HOST = "https://lstm.school.example/app"


def said(words: Words, key: str, **values) -> str:
    return _plain(inline(words(key, **values)))


def texts_of(picture: str) -> list[str]:
    """The lines of text that an SVG shows."""
    texts = ElementTree.fromstring(to_file(picture)).iter("{http://www.w3.org/2000/svg}text")
    found = ["".join(one.itertext()).replace("\u200b", "") for one in texts]
    return [one for one in found if one]


def drawn_on(slide) -> list[str]:
    groups = [one for one in slide.shapes if one.shape_type == 6]
    return [one.text_frame.text for group in groups for one in group.shapes if one.text_frame.text]


def links_on(slide) -> list[str]:
    frames = [shape.text_frame for shape in slide.shapes if shape.has_text_frame]
    runs = [run for frame in frames for paragraph in frame.paragraphs for run in paragraph.runs]
    return [run.hyperlink.address for run in runs if run.hyperlink.address]


@collected("key, language", sample([("short", LANGUAGES[0]), ("long", LANGUAGES[-1])], 1))
def test_a_deck_has_every_stop_its_question_asked_and_told_and_the_notes_apart(key, language):
    pptx = pytest.importorskip("pptx")
    words, tour = Words(language), TOURS[key]
    made = pptx.Presentation(io.BytesIO(deck(tour, words, HOST)))
    slides = iter(made.slides)
    for number, stop in enumerate(tour.stops, 1):
        slide = next(slides)
        seen = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
        assert slide.shapes.title.text_frame.text == said(words, stop.title_key)
        assert said(words, stop.show_key) in seen and drawn_on(slide)
        note = slide.notes_slide.notes_text_frame.text
        for hidden in stop.note_keys:
            assert said(words, hidden) in note and said(words, hidden) not in " ".join(seen)
        [link] = links_on(slide)
        assert link.startswith(HOST) and f"lang={language}" in link
        assert from_address(link).parts == (Part("tour", key, number),)
        if stop.item:
            asked, open_, told = make(stop.item, stop.seed), next(slides), next(slides)
            for one, picture in ((open_, covered_picture), (told, told_picture)):
                svg = picture(asked, words, "x")
                assert drawn_on(one) == (texts_of(svg) if svg else [])
                assert from_address(links_on(one)[0]).parts == (Part("item", stop.item, stop.seed),)
            assert "✓" not in str([one.text_frame.text for one in open_.shapes if one.has_text_frame])
        if stop.task:
            assert from_address(links_on(next(slides))[0]).parts == (Part("task", stop.task, stop.seed),)
    assert next(slides, None) is None
    for slide in made.slides:
        for shape in slide.shapes:
            assert shape.left >= 0 and shape.left + shape.width <= made.slide_width
            assert shape.top >= 0 and shape.top + shape.height <= made.slide_height
