"""A page drawn before its scripts are there: page, query, language -> **markup** at the places of the app.

It is what the app shows a moment later: the heading and the pictures of the figure that the link tells of, in
the app's own style sheets. A reader sees it, and can neither click into it nor hear it twice.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from streamlit import config

from lstm_core.figure import Figure
from lstm_core.figure.pages import PICTURES, figure_of
from lstm_core.lessons.items import ITEMS, items_of
from lstm_core.lessons.opened import Opened, opened, stop_of, stop_on, task_of
from lstm_core.lessons.tours import TOURS
from lstm_core.view.svg import escaped
from lstm_core.words import Words

from ..edit.sidebar import ORDINARY
from ..look.walk import height
from ..site import ASSETS

GIVES_WAY = (*PICTURES, "learning", "reading")
"""The pages that open the page of a lesson's part in their place."""

_COLOURS = ("primaryColor", "backgroundColor", "secondaryBackgroundColor", "textColor", "borderColor")


@dataclass(frozen=True)
class Drawn:
    """A page as it is first seen.

    about : what it is about, in a sentence or two. body : what stands in the page until the app is there.
    """

    page: str
    language: str
    title: str
    about: str
    body: str


def drawn(page: str, query: Mapping[str, str], language: str) -> Drawn:
    """The page of an address. Never raises: what a query does not say rightly is left out.

    page : "" for the address without a page. language : of a reader whose link names none.
    """
    seen = opened(query, page, GIVES_WAY)
    words = Words(seen.language or language)
    figure = None
    if seen.page in PICTURES:
        figure = figure_of(
            seen.page, seen.experiment, seen.focus, seen.lesson, words.language, story=seen.story
        )
        if figure.covers and seen.page in ("start", "why_forget", "gradient"):  # as `heading.waits` has it
            figure = None
    title = f"{words(f'page.{seen.page}')} · {words('app.title')}"
    body = _over_the_app(_places(words, seen, figure), seen, figure)
    return Drawn(seen.page, words.language, title, _about(words, seen.page), body)


def _about(words: Words, page: str) -> str:
    try:
        return words(f"about.{page}")
    except KeyError:  # a page for which nobody wrote any
        return words(f"question.{page}")


def _over_the_app(places: str, seen: Opened, figure: Figure | None) -> str:
    """The element that covers the app until that is drawn.

    Its style sheets reach nothing beside it, and no script of the app takes its pictures for its own.
    """
    # A page has more below its pictures, and so a bar to scroll by, but not on a projector.
    scrolls = ":host { overflow-y: auto; }" if seen.focus.present else ""
    present, lesson = seen.focus.present, seen.lesson
    modes = ("present",) * present + ("embed",) * (lesson.view == "embed") + ("alone",) * lesson.figure_alone
    styles = _theme() + _styles(modes) + scrolls
    names = " ".join(name for name in figure.pictures if name != "goal") if figure else ""
    return (
        f'<div id="first" aria-hidden="true" tabindex="-1" data-pictures="{names}">'
        f'<template shadowrootmode="closed"><style>{styles}</style>'
        f'<div class="stMain" inert><div class="stMainBlockContainer">{places}</div></div>'
        f"</template></div><script>{_script()}</script>"
    )


@cache
def _styles(modes: tuple[str, ...]) -> str:
    """The style sheets of the app that say where things stand, and before them what Streamlit itself says."""
    names = ["first/first", "style", *modes, "figure/picture"]
    return "".join((ASSETS / f"{name}.css").read_text("utf-8") for name in names)


@cache
def _script() -> str:
    return (ASSETS / "first" / "first.js").read_text("utf-8")


@cache
def _theme() -> str:
    """The colours of both themes, under the names by which Streamlit gives them to components."""
    radius = config.get_option("theme.baseRadius")
    shared = (
        f'--st-font: "Source Sans", sans-serif; --st-button-radius: {radius}; --st-base-radius: {radius};'
    )
    return (
        f":host {{ {shared} {_colours('light')} }}"
        f"@media (prefers-color-scheme: dark) {{ :host {{ {_colours('dark')} }} }}"
    )


def _colours(scheme: str) -> str:
    said = {
        name: config.get_option(f"theme.{scheme}.{name}") or config.get_option(f"theme.{name}")
        for name in _COLOURS
    }
    properties = {re.sub("[A-Z]", lambda letter: f"-{letter[0].lower()}", name): said[name] for name in said}
    return f"color-scheme: {scheme}; " + " ".join(
        f"--st-{name}: {value};" for name, value in properties.items()
    )


# -- the places of a page -------------------------------------------------------------------------


def _places(words: Words, seen: Opened, figure: Figure | None) -> str:
    """The heading, and under it the pictures; see `look/page_layout.py`, of a chapter `pages/start.py`."""
    if seen.story:
        listens = [""] * bool(figure and "cell" not in figure.pictures)  # it has a place; see `heading.py`
        parts = [_heading(words, seen), *listens, *(_pictures(seen, figure) if figure else ())]
        return _keyed("start", "".join(f"<div>{part}</div>" for part in parts))
    right = [f"{_heading(words, seen)}<noscript><p>{_text(words('app.no_script'))}</p></noscript>"]
    if seen.page == "overview" and not seen.focus.present:
        variant = seen.experiment.variant
        said = words("app.says" if variant == ORDINARY else f"variant.{variant}_says")
        right.append(f'<div class="cell-says">{_text(said)}</div>')
    if told := _stop_says(words, seen):
        right.append(_keyed("stop_above", f"<p>{told}</p>"))
    if figure:
        heard = stop_of(seen.lesson) or seen.focus.present or seen.lesson.ask or items_of(seen.page)
        listens = "cell" not in figure.pictures and heard  # what listens has a place; see `heading.py`
        right += [""] * bool(listens) + _pictures(seen, figure)
    pictures = _keyed("layout_pictures", "".join(f"<div>{one}</div>" for one in right))
    if seen.page not in GIVES_WAY:
        return pictures
    controls = _keyed("layout_question" if seen.lesson.ask else "layout_controls", "")
    columns = "".join(f'<div data-testid="stColumn">{column}</div>' for column in (controls, pictures))
    return _keyed("layout", f'<div data-testid="stHorizontalBlock">{columns}</div>')


def _pictures(seen: Opened, figure: Figure) -> list[str]:
    """The pictures of a figure, each in a place of its own, or those of one large picture in one."""
    most = height(seen.focus.present, bool(stop_on(seen.lesson, seen.page)))
    places = {"ledger": f"ledger-{seen.page}"}
    shown = {}
    for name, markup in figure.draw(exact=False).items():
        style = f' style="--most: {most}"' if name == "cell" else ""
        if name != "goal" or seen.story:  # elsewhere it stands at the controls
            shown[name] = f'<div class="picture"{style}>{markup}</div>'
    if "cell" in shown:
        shown["cell"] = _keyed(f"diagram-{seen.page}", shown["cell"])
        places["cell"] = "cell" if seen.story else "diagram"
    elif not seen.story and seen.page != "trace":
        return [_keyed("pictures", "".join(shown.values()))]
    return [_keyed(places.get(name, name), one) for name, one in shown.items()]


def _heading(words: Words, seen: Opened) -> str:
    """The title and beside it the buttons, which leave it less room; see `heading.py`."""
    stop, here = stop_of(seen.lesson), stop_on(seen.lesson, seen.page)
    name = seen.lesson.ask and ITEMS[seen.lesson.ask.key].name_key  # a page's own question may answer it
    title = words(here.title_key) if here else words(name or f"question.{seen.page}")
    parts = [f"<div><h2>{_text(title)}</h2></div>"]
    asks, alone = seen.lesson.ask is not None, seen.lesson.figure_alone
    if seen.page == "overview" and not stop and not alone:
        shows = not asks and seen.lesson.shows("variant")
        parts.append(f'<div class="beside">{_keyed("beside_heading", "<div></div>" * shows)}</div>')
    if not asks and not alone and (here.item if here and here.item else items_of(seen.page)):
        parts.append(_button("ask-predict", words("ask.predict")))
    if here and here.task:
        parts.append(_button("tour-task", words("tour_bar.task")))
    if stop:
        parts += _tour_bar(words, seen)
    return _keyed("heading", "".join(parts))


def _tour_bar(words: Words, seen: Opened) -> list[str]:
    """Where in a tour the reader is, between its buttons; see `lessons/tour.py`."""
    part = seen.lesson.part
    if part is None:
        return []
    tour, number = TOURS[part.key], part.number
    place = words("tour_bar.place", n=number, of=len(tour.stops), minutes=tour.minutes[number - 1])
    for_all = seen.focus.present or seen.lesson.view == "student"
    notes = [] if for_all else [_button("tour-notes", words("tour_bar.notes"))]
    on = _button("tour-done", "✓") if number == len(tour.stops) else _button("tour-next", "▶")
    return [*notes, _button("tour-back", "◀"), f"<p>{_text(place)}</p>", on, _button("tour-leave", "✕")]


def _stop_says(words: Words, seen: Opened) -> str:
    """What the stop of a tour or a task says, which phones and projectors show above the pictures."""
    if here := stop_on(seen.lesson, seen.page):
        return _text(words(here.show_key))
    task = task_of(seen.lesson)
    return f"<b>{_text(words(task.name_key))}</b> {_text(words(task.aim_key))}" if task else ""


def _button(key: str, label: str) -> str:
    return _keyed(key, f'<button type="button">{_text(label)}</button>')


def _keyed(key: str, inside: str) -> str:
    """A container of a key, by which the app's own style sheets know it."""
    return f'<div class="st-key-{key}">{inside}</div>'


def _text(markdown: str) -> str:
    """A line of Markdown as HTML; these have nothing but bold letters in them."""
    return re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", escaped(markdown))
