"""A lesson to print: exercises -> **worksheet** for students, **answer_key** for the teacher -> HTML."""

from collections.abc import Sequence
from html import escape
from string import ascii_uppercase

from ..explain import Place
from ..lessons.question import CHOOSE, DRAW, GRADIENT, VALUE, Question
from ..lessons.tasks.task import Task
from ..lessons.verdict import judge
from ..paths import direct_path
from ..quantities import QUANTITIES
from ..rounding import text
from ..view.diagram import cell_diagram
from ..view.origin import explanation_panel
from ..words import Words
from ..workbench.opening import first_look
from .document import document, inline, on_paper
from .exercises import Exercise
from .question_picture import covered_picture, drawn_answer
from .task_tables import aim, solution, task_tables

_FOLLOWS = {"kept": "C", "written": "C", "tanh_C": "h", "z_f": "f"}
"""Hidden quantity -> what the question goes on to ask, so that the arithmetic is shown up to there."""


def worksheet(todo: Sequence[Exercise], words: Words, title: str, paper: str = "A4") -> str:
    """The sheet for students: each question with its picture, which hides the answer, and room to answer.

    title : what the teacher calls the lesson. Raises ValueError for a paper that there is not.
    """
    head = (
        f'<p class="who">{words("paper.name")} <span></span> {words("paper.date")} <span></span></p>'
        f"<h1>{escape(title)}</h1>"
    )
    body = head
    for n, one in enumerate(todo, 1):
        asked = _asked(one.question, words, n, one.beside) if one.question else _task(one, words, n)
        body += _section(n, one, asked, words)
    return document(title, body, words.language, "worksheet", paper)


def answer_key(todo: Sequence[Exercise], words: Words, title: str, paper: str = "A4") -> str:
    """The right answers of the same sheet, each computed from the run, with the arithmetic that leads to it.

    Under it stands what each wrong answer shows. The arguments are those of `worksheet`.
    """
    name = words("paper.key_of", title=title)
    body = f"<h1>{escape(name)}</h1>"
    for n, one in enumerate(todo, 1):
        told = _answer(one.question, words) if one.question else _solution(one, words)
        body += _section(n, one, told, words, "key")
    return document(name, body, words.language, "worksheet", paper)


def _section(n: int, one: Exercise, body: str, words: Words, kind: str = "sheet") -> str:
    told = inline(words(one.known.name_key))
    if one.question or (one.task and one.task.seeded):
        told += f" <small>{words('paper.variant', seed=one.seed)}</small>"
    return f'<section class="{kind}"><h2>{n}. {told}</h2>{body}</section>'


# -- questions ------------------------------------------------------------------------------------


def _asked(asked: Question, words: Words, n: int, beside: Sequence[Question]) -> str:
    picture = covered_picture(asked, words, f"q{n}", beside)
    kind = "curve" if asked.item.kind == DRAW else "picture"
    figure = f'<figure class="{kind}">{picture}</figure>' if picture else ""
    return f"<p>{inline(asked.text(words))}</p>{figure}{_room(asked, words)}"


def _room(asked: Question, words: Words) -> str:
    """Where the answer goes."""
    why = f'<p class="line">{words("paper.because")} <span></span></p><p class="line"><span></span></p>'
    if asked.item.kind == CHOOSE:
        options = "".join(f"<li>{inline(asked.option_label(words, option))}</li>" for option in asked.options)
        return f'<ol class="options">{options}</ol>{why}'
    if asked.item.kind == VALUE:
        return f'<p class="line">{words("paper.answer")} <span></span></p><p class="line"><span></span></p>'
    return ""


def _answer(asked: Question, words: Words) -> str:
    said = judge(asked, asked.truth)
    if asked.item.kind == CHOOSE:
        truth = f"{_letter(asked, said.truth)}. {asked.option_label(words, str(said.truth))}"
    else:
        truth = str(said.values["truth"])
    parts = [
        f"<p>{inline(asked.text(words))}</p>",
        f'<p class="right">{words("paper.right")} <b>{inline(truth)}</b></p>',
        f"<p>{inline(words(said.why_key, **said.values))}</p>",
    ]
    if asked.item.kind == DRAW:
        parts.append(f'<figure class="curve">{drawn_answer(asked, words)}</figure>')
    # The style keeps this on one page, so that no curve is parted from its question.
    head = f'<div class="answered">{"".join(parts)}</div>'
    return head + _arithmetic(asked, words) + _wrong(asked, words)


def _letter(asked: Question, option) -> str:
    return ascii_uppercase[asked.options.index(option)]


def _arithmetic(asked: Question, words: Words) -> str:
    """How the run comes from the numbers of the question to the answer."""
    hidden = [key for key in asked.item.hidden if key in QUANTITIES and QUANTITIES[key].in_trace]
    keys = [*hidden, *(_FOLLOWS[key] for key in hidden if key in _FOLLOWS)]
    case = asked.case
    panels = [
        on_paper(explanation_panel(case.trace, Place(key, case.t, case.unit), words))
        for key in dict.fromkeys(keys)
    ]
    if GRADIENT in asked.item.hidden:
        gates = " × ".join(text(f) for f in case.trace.f[case.t :, case.unit - 1].tolist())
        product = text(float(direct_path(case.trace, case.unit)[case.t]))
        panels.append(f'<p class="product">{words("paper.direct_path")} {gates} ≈ {product}</p>')
    if not panels:
        return ""
    return f'<p class="so">{words("paper.in_the_run", t=case.t)}</p><div class="sums">{"".join(panels)}</div>'


def _wrong(asked: Question, words: Words) -> str:
    """What each wrong answer shows."""
    told = []
    for key in asked.options or asked.beliefs:
        answer = key if asked.item.kind == CHOOSE else asked.beliefs[key]
        said = judge(asked, answer)
        if said.right:
            continue
        name = said.values["answer"]
        if asked.item.kind == CHOOSE:
            name = f"{_letter(asked, answer)}. {asked.option_label(words, key)}"
        told.append(f"<li><b>{inline(name)}</b> {inline(words(said.why_key, **said.values))}</li>")
    return f'<p class="so">{words("paper.wrong")}</p><ul class="wrong">{"".join(told)}</ul>'


# -- tasks ----------------------------------------------------------------------------------------


def _task(one: Exercise, words: Words, n: int) -> str:
    task = _of(one)
    start = task.start(one.seed)
    picture = on_paper(cell_diagram(start.trace(), first_look(start), 1, words, prefix=f"q{n}"))
    lines = '<p class="line"><span></span></p>' * 3
    return (
        f'{aim(task, words)}<figure class="picture">{picture}</figure>{task_tables(task, start, words)}'
        f"<p>{words('paper.change')}</p>{lines}"
    )


def _solution(one: Exercise, words: Words) -> str:
    task = _of(one)
    rows = "".join(
        f"<tr><td><code>{escape(address)}</code></td><td>{was}</td><td><b>{now}</b></td></tr>"
        for address, was, now in solution(task, one.seed)
    )
    head = "".join(f"<th>{words(f'paper.{key}')}</th>" for key in ("number", "before", "after"))
    return f"{aim(task, words)}<p>{words('paper.one_way')}</p><table><tr>{head}</tr>{rows}</table>"


def _of(one: Exercise) -> Task:
    assert one.task is not None  # only called for exercises that are tasks
    return one.task
