"""The story of the first page: **chapters**, each one sentence, one thing to do with the hand, one answer.

One experiment goes through all of them, a line of text read by a cell that knows whether it is inside
brackets. What the hand did is read off the run alone, so an answer is true of whatever was done. A chapter
asks for something and never blocks.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from ..labels import IN_A_SENTENCE, shown
from ..reading import shipped as shipped_reader
from ..reading.reader import Reading, Unit
from ..rounding import shown_ledger, text
from ..training.shipped import shipped
from ..words import Words
from ..workbench import brackets
from ..workbench.experiment import Experiment
from ..workbench.focus import ALL, MIN_LENGTH, Focus
from ..workbench.presets import preset

INSIDE = 0.5
"""A memory above it says that the cell is inside brackets."""

READ_BY_LEARNED = "text"
"""The training whose network learns to follow brackets, and quotes too."""


@dataclass(frozen=True)
class Chapter:
    """One place of the story.

    at : where it begins: at the "start" of the line, "before" the bracket that opens, where it "opens", or
        "inside".
    phase : that is lit. moves : what the addresses begin with of what a hand moves there; "" for nothing.
    pictures : of its figure, from top to bottom. page : that its button opens, under the link `query`.
    """

    key: str
    at: str = "inside"
    phase: str = ALL
    moves: str = ""
    pictures: tuple[str, ...] = ("story", "cell", "strip")
    page: str = ""
    query: Mapping[str, str] = field(default_factory=dict)

    @property
    def title_key(self) -> str:
        return f"story.{self.key}.title"


CHAPTERS = (
    Chapter("run", "before"),
    Chapter("forget", phase="erase", moves="pin_f"),
    Chapter("write", "opens", "write", "pin_i"),
    Chapter("sign", "opens", "candidate", "pin_c"),
    Chapter("show", phase="show", moves="pin_o"),
    Chapter("join", phase="concatenate", moves="x"),
    Chapter("why", "start", pictures=("story", "sides")),
    Chapter("learn", pictures=("story", "learned"), page="learning", query={"learn": READ_BY_LEARNED}),
    Chapter("hold", pictures=("story", "found"), page="reading"),
    Chapter("recap", pictures=("story", "strip"), page="overview", query={"preset": "nested", "t": "12"}),
)
"""The chapters in their order. A link counts them from 1."""

RECAP = len(CHAPTERS)


@dataclass(frozen=True)
class Story:
    """Where a reader is. chapter : its number. deeds : key of a chapter -> address and number moved there."""

    chapter: int = 1
    deeds: Mapping[str, tuple[str, float]] = field(default_factory=dict)

    @property
    def here(self) -> Chapter:
        return CHAPTERS[self.chapter - 1]


@dataclass(frozen=True)
class Answer:
    """What a chapter says to what was done. done : whether it is what the chapter asked for."""

    text: str
    done: bool


def line_of(experiment: Experiment) -> Experiment:
    """The experiment of the story before a hand moved anything: the preset, reading the line on screen.

    The preset's own line where the one on screen is no line, or has nothing inside brackets.
    """
    own, line = preset(brackets.PRESET), experiment.labels
    if experiment.preset == own.preset and brackets.first_pair(line):
        return brackets.written(own, line)
    return own


def begun(chapter: Chapter, experiment: Experiment) -> tuple[Experiment, Focus]:
    """What a chapter begins with: the line on screen, nothing moved, at the letter that it is about."""
    line = line_of(experiment)
    pair = brackets.first_pair(line.labels)
    assert pair, "line_of has a pair"
    opens, closes = pair
    t = {"start": 1, "before": max(opens - 2, 1), "opens": opens, "inside": (opens + closes) // 2}[chapter.at]
    return line, Focus(t, phase=chapter.phase, length=max(line.T, MIN_LENGTH))


def answer(chapter: Chapter, experiment: Experiment, focus: Focus, words: Words) -> Answer:
    """What the chapter says to the run as it is."""
    say = _ANSWERS.get(chapter.key)
    if say is None:
        return Answer("", False)
    values, done = say(experiment, focus, words)
    key = f"story.{chapter.key}"
    said = words(f"{key}.answer", **values)
    return Answer(f"{said} {words(f'{key}.done', **values)}" if done else said, done)


def deed(chapter: Chapter, experiment: Experiment, focus: Focus, words: Words) -> tuple[str, float] | None:
    """The number that a hand moved, with its address, where it did what the chapter asks for."""
    if not chapter.moves or not answer(chapter, experiment, focus, words).done:
        return None
    if chapter.moves == "x":
        moved = [
            a
            for a in experiment.input_addresses(focus.t)
            if experiment.value(a) != line_of(experiment).value(a)
        ]
        return (moved[0], experiment.value(moved[0])) if moved else None
    address = f"{chapter.moves}.1.{focus.t}"
    return (address, experiment.pins[address]) if address in experiment.pins else None


def redone(story: Story, experiment: Experiment, words: Words) -> list[tuple[Chapter, Answer]]:
    """What a reader made the cell do: each deed done again to the line, alone, with what comes of it."""
    found = []
    for chapter in CHAPTERS:
        if chapter.key in story.deeds:
            again = _again(chapter, story.deeds[chapter.key], experiment)
            if again and (said := answer(chapter, *again, words)).done:
                found.append((chapter, said))
    return found


def _again(
    chapter: Chapter, done: tuple[str, float], experiment: Experiment
) -> tuple[Experiment, Focus] | None:
    """The run with one number moved, and where to look; None where the run has no such number."""
    line, (address, value) = line_of(experiment), done
    try:
        moved = line.pinned(address, value) if chapter.moves != "x" else line.edited(address, value)
    except (KeyError, ValueError):
        return None
    t = address.split(".")[1 if chapter.moves == "x" else 2]
    return moved, Focus(int(t))


def link_of(chapter: Chapter, experiment: Experiment) -> dict[str, str]:
    """The parameters under which the button of a chapter opens its page."""
    if chapter.key != "hold":
        return dict(chapter.query)
    reading, unit = found(experiment)
    inside = begun(chapter, experiment)[1].t
    return {"read": reading.text, "letter": str(inside), "watch": str(unit.unit)}


def found(experiment: Experiment) -> tuple[Reading, Unit]:
    """The line as the network reads it that learned to read code, and its unit that follows brackets best."""
    reader = shipped_reader()
    number = next(feature.unit for feature in reader.features() if feature.name == "brackets")
    text = "".join(label[:1] for label in line_of(experiment).labels)  # the network reads a sign a step
    return reader.read(text), reader.units[number - 1]


# -- the answers: what they say in numbers, and whether it was done -------------------------------


def _run(experiment: Experiment, focus: Focus, words: Words):
    trace, t = experiment.trace(), focus.t
    ledger = shown_ledger(trace, t, 1)
    values = {
        "label": shown(experiment.labels[t - 1], IN_A_SENTENCE) if experiment.labels else str(t),
        "kept": text(ledger.kept), "C_prev": text(ledger.C_prev),
        "written": text(ledger.written), "C": text(ledger.C), "f": text(float(trace.f[t - 1, 0])),
        "side": words("story.inside" if ledger.C > INSIDE else "story.outside"),
    }  # fmt: skip
    shuts = bool(experiment.x[t - 1, 1]) and ledger.C_prev > INSIDE
    return values, shuts and float(trace.f[t - 1, 0]) < 0.1 and ledger.C <= INSIDE


def _forget(experiment: Experiment, focus: Focus, words: Words):
    trace = experiment.trace()
    ledger = shown_ledger(trace, focus.t, 1)
    values = {"erased": text(ledger.erased), "C_prev": text(ledger.C_prev), "C": text(ledger.C)}
    had = abs(ledger.C_prev) > 0.3
    emptied = had and ledger.erased / ledger.C_prev >= 0.9 and abs(ledger.C) < INSIDE
    return values | {"f": text(float(trace.f[focus.t - 1, 0]))}, emptied


def _write(experiment: Experiment, focus: Focus, words: Words):
    trace, free = experiment.trace(), experiment.unpinned().trace()
    t = focus.t
    ledger, before = shown_ledger(trace, t, 1), shown_ledger(free, t, 1)
    values = {"written": text(ledger.written), "before": text(before.written), "C": text(ledger.C)}
    nothing = abs(before.written) > 0.3 and abs(ledger.written) < 0.05 and abs(ledger.C) < INSIDE
    return values | {"i": text(float(trace.i[t - 1, 0]))}, nothing


def _sign(experiment: Experiment, focus: Focus, words: Words):
    trace = experiment.trace()
    ledger, candidate = shown_ledger(trace, focus.t, 1), float(trace.C_tilde[focus.t - 1, 0])
    values = {"candidate": text(candidate), "written": text(ledger.written, sign=True), "C": text(ledger.C)}
    return values, ledger.written < -0.3 and ledger.C < 0


def _show(experiment: Experiment, focus: Focus, words: Words):
    trace, t = experiment.trace(), focus.t
    C, h, o = (float(getattr(trace, key)[t - 1, 0]) for key in ("C", "h", "o"))
    values = {"C": text(C), "h": text(h), "o": text(o), "squeezed": text(math.tanh(C))}
    return values, abs(C) > 0.3 and abs(h) < 0.05


def _join(experiment: Experiment, focus: Focus, words: Words):
    t = focus.t
    f, usual = (float(one.trace().f[t - 1, 0]) for one in (experiment, line_of(experiment)))
    opens, closes = (float(value) for value in experiment.x[t - 1])
    h = float(experiment.trace().h_prev[t - 1, 0])
    values = {"h": text(h), "opens": text(opens), "closes": text(closes), "f": text(f), "usual": text(usual)}
    return values, abs(f - usual) > 0.3


def _why(experiment: Experiment, focus: Focus, words: Words):
    long = experiment.unpinned().tiled(focus.length)
    without, gated = (float(long.with_variant(name).trace().C[-1, 0]) for name in ("1997", "lstm"))
    values = {"n": str(focus.length), "without": text(without), "gated": text(gated)}
    again = focus.length >= 2 * experiment.T
    return values, again and without - gated > INSIDE


def _learn(experiment: Experiment, focus: Focus, words: Words):
    course = shipped(READ_BY_LEARNED)
    share = f"{100 * float(course.scores[-1]):.0f}"
    first = f"{100 * float(course.scores[0]):.0f}"
    return {"updates": f"{course.updates:,}", "share": share, "first": first}, False


def _hold(experiment: Experiment, focus: Focus, words: Words):
    reading, unit = found(experiment)
    of_cell = line_of(experiment).trace().C[:, 0] > INSIDE
    right = int((unit.is_inside(reading.trace.C[:, unit.unit - 1]) == of_cell).sum())
    reader = shipped_reader()
    held, of = reader.measured["held"], next(one for one in reader.features() if one.name == "brackets")
    return {
        "unit": str(unit.unit), "right": str(right), "n": str(len(of_cell)), "auc": text(of.auc),
        "control": text(of.control), "factor": text(held["factor"]), "places": str(held["places"]),
    }, False  # fmt: skip


_ANSWERS: dict[str, Callable[[Experiment, Focus, Words], tuple[dict[str, str], bool]]] = {
    "run": _run, "forget": _forget, "write": _write, "sign": _sign, "show": _show, "join": _join, "why": _why,
    "learn": _learn, "hold": _hold,
}  # fmt: skip
