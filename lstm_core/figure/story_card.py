"""The card of a chapter: figure -> its sentence, what the hand may do, the answer, **the way on** as HTML.

It is a picture of the figure as all others, so the answer follows under the hand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..lessons.story import CHAPTERS, RECAP, Story, answer, redone
from ..view import svg
from ..view.typeset import emphasised
from ..words import Words

if TYPE_CHECKING:
    from .figure import Figure


def story_card(figure: Figure, exact: bool = True) -> str:
    """The chapter that is open, and the buttons to all others."""
    story, words = figure.story, figure.words
    if story is None or figure.covers:  # the answer to what was done would tell of the run
        return ""
    here = story.here
    says, do = (
        svg.tag("p", _line(words(f"story.{here.key}.{part}")), class_=part) for part in ("says", "do")
    )
    told = _recap(figure, story) if story.chapter == RECAP else _answer(figure, story)
    # What was done in the recap comes before the step that follows it.
    body = says + told + do if story.chapter == RECAP else says + do + told
    button = ""
    if here.page:
        button = svg.tag(
            "button", _line(words(f"story.{here.key}.button")), type="button", class_="main",
            data_role="open", data_value=here.key, data_key="open",
        )  # fmt: skip
    card = svg.tag("div", body + button, class_="told", data_key=f"told-{here.key}")
    return svg.tag("section", card + _ways(words, story), class_="story", data_key="story")


def _answer(figure: Figure, story: Story) -> str:
    said = answer(story.here, figure.experiment, figure.focus, figure.words)
    mark = svg.tag("span", "✓", class_="mark", aria_hidden="true") if said.done else ""
    is_done = "true" if said.done else None
    return svg.tag("p", mark + _line(said.text), class_="answer", data_done=is_done, data_key="answer")


def _recap(figure: Figure, story: Story) -> str:
    done = redone(story, figure.experiment, figure.words)
    if not done:
        return svg.tag("p", _line(figure.words("story.recap.nothing")), class_="answer", data_key="answer")
    items = "".join(
        svg.tag(
            "li", f"<b>{_line(figure.words(chapter.title_key))}.</b> {_line(said.text)}", data_key=chapter.key
        )
        for chapter, said in done
    )
    return svg.tag("ul", items, class_="answer", data_key="answer")


def _ways(words: Words, story: Story) -> str:
    """Back, the chapters by number, and on: on is the largest, because it is what most readers look for."""
    here = story.chapter
    numbers = "".join(
        svg.tag(
            "button", str(n), type="button", data_role="chapter", data_value=n, data_key=f"chapter-{n}",
            title=words(chapter.title_key), aria_label=f"{n}. {words(chapter.title_key)}",
            aria_current="step" if n == here else None,
        )
        for n, chapter in enumerate(CHAPTERS, 1)
    )  # fmt: skip
    group = svg.tag(
        "span",
        numbers,
        role="group",
        aria_label=words("story.chapters"),
        class_="numbers",
        data_key="numbers",
    )
    back = _way(words("story.back"), here - 1, "◀ {}", "back") if here > 1 else ""
    on = (
        _way(words("story.again"), 1, "↺ {}", "on")
        if here == RECAP
        else _way(words("story.next"), here + 1, "{} ▶", "on")
    )
    return svg.tag("div", back + group + on, class_="ways", data_key="ways")


def _way(name: str, chapter: int, form: str, key: str) -> str:
    return svg.tag(
        "button", _line(form.format(name)), type="button", class_=key, data_role="chapter",
        data_value=chapter, data_key=key,
    )  # fmt: skip


def _line(text: str) -> str:
    return emphasised(text)
