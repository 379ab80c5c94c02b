"""What of a lesson is on the screens of a room: slide, phase -> **HTML**, with the answer covered or not.

Every phone of a class gets the same, so it is drawn once.
"""

import json
from functools import lru_cache
from html import escape
from typing import Any
from urllib.parse import urlencode

from ..lessons.beliefs import OTHER, misconception_of
from ..lessons.lesson_link import LessonLink, to_query
from ..lessons.question import CHOOSE, DRAW, STEP, VALUE, Question
from ..lessons.verdict import judge
from ..paper.document import inline
from ..paper.question_picture import covered_picture, told_picture
from ..paper.stop_picture import stop_picture
from ..rounding import text
from ..view.lessons import CurveSheet, sheet_data
from ..words import Words
from .room import END, LOBBY, OPEN, SHOWN, Room
from .slides import ITEM, STOP, Slide
from .tally import BINS, RIGHT, ends_of

_PREFIX = "slide"
"""Of the ids in a picture; one slide is on screen at a time."""


def slide_html(room: Room, language: str, leads: bool, own: Any = None) -> str:
    """What is on a screen of the room now.

    leads : on the projector, which shows bars; else on a phone, which has what answers.
    own : the answer that this phone gave, once the truth is known; None for none.
    """
    if room.slide is None:
        return _between(room, language, leads)
    html = _slide(room.slide, room.phase, language, leads)
    if room.asks and room.phase == SHOWN and own is not None:
        html += _verdict(room.slide.question, own, Words(language))
    return html


def _between(room: Room, language: str, leads: bool) -> str:
    words = Words(language)
    when, screen = {LOBBY: "lobby", END: "end"}[room.phase], "projector" if leads else "phone"
    return f"<p>{inline(words(f'room.{when}_{screen}'))}</p>"


@lru_cache(256)
def _slide(slide: Slide, phase: str, language: str, leads: bool) -> str:
    words = Words(language)
    head = f"<h2>{inline(words(slide.title_key))}</h2>"
    if slide.kind == STOP:
        picture = _figure(stop_picture(slide.stop, words, _PREFIX))
        return f"{head}<p>{inline(words(slide.stop.show_key))}</p>{picture}"
    if slide.kind != ITEM:
        return f"{head}<p>{inline(words(slide.task.aim_key))}</p>{_to_task(slide, words)}"
    asked = slide.question
    told = phase == SHOWN
    if told:
        picture = told_picture(asked, words, _PREFIX, narrow=not leads)
    else:
        picture = covered_picture(asked, words, _PREFIX, narrow=not leads)
    if asked.item.kind == DRAW and not told and not leads:
        picture = ""  # the sheet to draw on takes its place
    answers = _bars(asked, words, told) if leads else "" if told else _controls(asked, words, phase)
    why = f"<p>{inline(_why(asked, words))}</p>" if told and leads else ""
    return f'{head}<p class="asked">{inline(asked.text(words))}</p>{_figure(picture)}{answers}{why}'


def _figure(picture: str) -> str:
    return f'<figure class="picture">{picture}</figure>' if picture else ""


def _to_task(slide: Slide, words: Words) -> str:
    """A task is worked on in the app itself."""
    query = urlencode(to_query(LessonLink((slide.part,))) | {"lang": words.language})
    link = f"{slide.task.page}?{query}"
    return f'<p><a class="go" target="_blank" href="{escape(link)}">{inline(words("room.to_task"))}</a></p>'


def notes_html(room: Room, words: Words) -> str:
    """What only the teacher reads: the notes of a stop or the answer to a question, and what comes next."""
    told = []
    if room.slide and room.slide.kind == STOP:
        told = [words(key) for key in room.slide.stop.note_keys]
    elif room.slide and room.asks:
        asked = room.slide.question
        told = [words("ask.it_is", truth=_said(asked, asked.truth, words)), _why(asked, words)]
    if room.at < len(room.slides):
        told.append(words("room.then", title=words(room.slides[room.at].title_key)))
    return "".join(f"<p>{inline(one)}</p>" for one in told)


# -- phones ---------------------------------------------------------------------------------------


def _controls(asked: Question, words: Words, phase: str) -> str:
    """What answers a question on a phone; after it is closed it stays in sight and takes nothing."""
    off = "" if phase == OPEN else " disabled"
    if asked.item.kind == CHOOSE:
        return (
            '<div class="options">'
            + "".join(
                f'<button type="button" data-answer="{escape(json.dumps(option))}"{off}>'
                f"{inline(asked.option_label(words, option))}</button>"
                for option in asked.options
            )
            + "</div>"
        )
    send = f'<button type="button" class="send" disabled>{inline(words("ask.lock"))}</button>'
    if asked.item.kind == VALUE:
        low, high = asked.bounds or (0.0, 1.0)
        return (
            f'<label class="value">{inline(words("ask.value"))} <output>?</output>'
            f'<input type="range" min="{low:g}" max="{high:g}" step="{STEP}" value="{(low + high) / 2:g}"'
            f"{off}></label>{send}"
        )
    data = sheet_data(CurveSheet.of(asked), words, locked=phase != OPEN)
    return f'<div class="sheet" data-sheet="{escape(json.dumps(data))}"></div>{send}'


def _verdict(asked: Question, own: Any, words: Words) -> str:
    """What a phone's own answer was worth, and why."""
    verdict = judge(asked, own)
    sign = "✓" if verdict.right else "✗"
    said = _said(asked, verdict.answer, words)
    told = [words("ask.you_said", answer=said)]
    if not verdict.right:
        told.append(words("ask.it_is", truth=_said(asked, asked.truth, words)))
    told.append(words(verdict.why_key, **verdict.values))
    kind, heading = "right" if verdict.right else "wrong", inline(words(verdict.heading_key))
    return (
        f'<div class="verdict {kind}"><p><b>{sign} {heading}</b></p>'
        f"{''.join(f'<p>{inline(one)}</p>' for one in told)}</div>"
    )


def _said(asked: Question, answer: Any, words: Words) -> str:
    if asked.item.kind == CHOOSE:
        return asked.option_label(words, answer)
    return ", ".join(map(text, answer if isinstance(answer, tuple | list) else [answer]))


# -- the projector --------------------------------------------------------------------------------


def _bars(asked: Question, words: Words, told: bool) -> str:
    """A row for each answer that is counted, whose bar and number the browser fills in."""
    rows = []
    for name, label, right in _rows(asked, words, told):
        sign = '<span class="sign">✓</span>' if told and right else ""
        rows.append(
            f'<li data-row="{escape(name)}"{" class=right" if told and right else ""}>'
            f'<span class="label">{inline(label)}{sign}</span>'
            '<span class="bar" data-round="1"></span><span class="bar" data-round="2"></span></li>'
        )
    return f'<ol class="bars {asked.item.kind}">{"".join(rows)}</ol>'


def _rows(asked: Question, words: Words, told: bool) -> list[tuple[str, str, bool]]:
    """Name of each row in a tally, what it says, and whether it is the right one."""
    if asked.item.kind == CHOOSE:
        return [(one, asked.option_label(words, one), one == asked.truth) for one in asked.options]
    if asked.item.kind == VALUE:
        found = []
        for bar in range(BINS):
            low, high = ends_of(asked, bar)
            is_it = isinstance(asked.truth, float) and (low <= asked.truth < high or asked.truth == high)
            found.append((str(bar), f"{text(low)} … {text(high)}", is_it))
        return found
    if not told:
        return []
    names = [(RIGHT, words("room.right"), True)]
    names += [(belief, _idea(asked, belief, words), False) for belief in asked.beliefs]
    return [*names, (OTHER, words("room.other"), False)]


def _idea(asked: Question, belief: str, words: Words) -> str:
    shown = misconception_of(asked.item, belief)
    return words(f"misconception.{shown}") if shown else words("room.slip")


def _why(asked: Question, words: Words) -> str:
    verdict = judge(asked, asked.truth)
    return words(verdict.why_key, **verdict.values)
