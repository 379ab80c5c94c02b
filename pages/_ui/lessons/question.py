"""Predict, lock, reveal: question -> **card** in place of the sliders -> answer -> verdict and why."""

import streamlit as st

from lstm_core.lessons.items import ITEMS, items_of
from lstm_core.lessons.question import CHOOSE, SEEDS, STEP, VALUE, Question
from lstm_core.lessons.verdict import Verdict
from lstm_core.view.lessons import CurveSheet, number_line
from lstm_core.view.typeset import read_out
from lstm_core.words import Words

from .. import session
from ..browser.curve import curve, drawing
from ..browser.picture import picture
from ..in_english import marked, marked_text
from . import lesson

_ANSWER, _VALUE, _PRESSED, _MOVED = "answer.choice", "answer.value", "answer.pressed", "answer.moved"


def question_card(words: Words) -> None:
    """What is asked, and how to answer; once the answer is locked, the truth and why."""
    asked, verdict = lesson.question(), lesson.verdict()
    st.caption(_place(words, asked))
    text = asked.text(words)
    with marked(text, "question"):
        st.markdown(f"## {text}")
    if lesson.open_question():
        _answering(words, asked)
    else:
        _revealed(words, asked, verdict)


def next_item(page: str) -> tuple[str, int]:
    """The item of a page that was answered least often, and the first seed of it that was not answered."""
    answered = lesson.record().predictions
    keys = [item.key for item in items_of(page)] or list(ITEMS)
    times = {key: sum(key == item for item, *_ in answered) for key in keys}
    key = min(keys, key=times.get)
    return key, next(seed for seed in SEEDS[1:] if (key, seed, "") not in answered)


def press(key: str) -> None:
    """Do what a key of the keyboard stands for: a digit chooses an option, "lock" locks the answer."""
    asked = lesson.open_question()
    if asked is None:
        return
    if key == "lock":
        _lock()
    elif asked.item.kind == CHOOSE and int(key) <= len(asked.options):
        st.session_state[_PRESSED] = asked.options[int(key) - 1]


def on() -> None:
    """Go to the next part of the lesson, or without a lesson to the next question of the page."""
    session.touch()
    if not _is_answered():
        return
    page = lesson.question().item.page
    forget()
    if lesson.part():
        lesson.close()
    else:
        lesson.ask(*next_item(page))


def forget() -> None:
    """Drop what was chosen, which is no answer to the next question."""
    for key in (_ANSWER, _VALUE, _MOVED):
        st.session_state.pop(key, None)


def _place(words: Words, asked: Question) -> str:
    taught = session.lesson()
    place = words("ask.variant", seed=asked.seed, level=asked.item.level)
    if len(taught.parts) > 1 and taught.at:
        place = f"{words('ask.part', n=taught.at, of=len(taught.parts))} · {place}"
    return place


def _answering(words: Words, asked: Question) -> None:
    if asked.item.kind == CHOOSE:
        if _PRESSED in st.session_state:
            # Assigned here, because the browser is not told of what a callback assigns that ends in a rerun.
            session.set_widget(_ANSWER, st.session_state.pop(_PRESSED))
        st.radio(
            words("ask.choose"),
            asked.options,
            format_func=lambda option: asked.option_label(words, option),
            index=None,
            key=_ANSWER,
            on_change=session.touch,
        )
    elif asked.item.kind == VALUE:
        low, high = asked.bounds
        st.slider(words("ask.value"), low, high, (low + high) / 2, STEP, key=_VALUE, on_change=_move)
    else:
        curve(words, CurveSheet.of(asked), _curve_key(asked), on_change=session.touch)
    with st.container(horizontal=True):
        st.button(
            words("ask.lock"),
            key="ask.lock",
            type="primary",
            disabled=_answer(asked) is None,
            on_click=_lock,
            help=words("ask.lock_help" if _answer(asked) is not None else "ask.answer_help"),
        )
        st.button(words("ask.skip"), key="ask.skip", on_click=_skip)


def _revealed(words: Words, asked: Question, verdict: Verdict | None) -> None:
    if not lesson.tells_answers():
        st.markdown(words("ask.in"))
        st.button(words("ask.on"), key="ask.on", type="primary", on_click=on)
        return
    if verdict is None:
        st.markdown(words("ask.skipped"))
    else:
        sign = ":green[✓]" if verdict.right else ":orange[✗]"
        with st.container(key="verdict"):
            st.markdown(f"### {sign} {words(verdict.heading_key)}")
        compared(words, asked, verdict)
        marked_text(words(verdict.why_key, **verdict.values), "why")
    with st.container(horizontal=True):
        st.button(words("ask.on"), key="ask.on", type="primary", on_click=on)
        st.button(words("ask.another"), key="ask.another", help=words("ask.another_help"), on_click=_another)
        if not lesson.still_to_ask() and asked.item.has_cell:
            st.button(
                words("ask.vary"), key="ask.vary", help=words("ask.vary_help"), on_click=_close, args=(True,)
            )
        if not lesson.part():
            st.button(words("ask.close"), key="ask.close", on_click=_close)


def compared(words: Words, asked: Question, verdict: Verdict) -> None:
    """The prediction beside the truth, in words or drawn."""
    if asked.item.kind == VALUE:
        picture(number_line(verdict.answer, verdict.truth, asked.bounds, words), key="ask.line")
    for sentence in _in_words(words, asked, verdict):
        st.markdown(sentence)
    if asked.item.kind not in (CHOOSE, VALUE):
        curve(words, CurveSheet.of(asked), _curve_key(asked), drawn=verdict.answer, truth=verdict.truth)


def _in_words(words: Words, asked: Question, verdict: Verdict) -> list[str]:
    if asked.item.kind == CHOOSE:
        said = words("ask.you_said", answer=asked.option_label(words, verdict.answer))
        truth = words("ask.it_is", truth=asked.option_label(words, verdict.truth))
        return [truth] if verdict.right else [said, truth]
    return [words("verdict.value", **verdict.values)] if asked.item.kind == VALUE else []


def told(words: Words, asked: Question, verdict: Verdict | None) -> str:
    """The truth and the reason, for those who listen, once the answer is locked."""
    if verdict is None:
        return ""
    sentences = [*_in_words(words, asked, verdict), words(verdict.why_key, **verdict.values)]
    return read_out(" ".join(one if one.endswith(".") else f"{one}." for one in sentences))


def leave() -> None:
    """Put the question away, answered or not; one that belongs to a lesson stays."""
    if not lesson.part():
        lesson.close()
        forget()


def _curve_key(asked: Question) -> str:
    return f"ask.curve.{asked.item.key}.{asked.seed}"


# -- what the widgets do --------------------------------------------------------------------------


def _answer(asked: Question):
    """The answer chosen so far; None where nothing is chosen."""
    if asked.item.kind == CHOOSE:
        chosen = st.session_state.get(_ANSWER)
        return chosen if chosen in asked.options else None
    if asked.item.kind == VALUE:
        # A slider stands somewhere from the start, which is no answer before the reader has moved it.
        return st.session_state.get(_VALUE) if st.session_state.get(_MOVED) else None
    return drawing(_curve_key(asked), CurveSheet.of(asked))


def _move() -> None:
    session.touch()
    st.session_state[_MOVED] = True


def _lock() -> None:
    asked = lesson.open_question()
    answer = _answer(asked) if asked else None
    if answer is not None:
        session.touch()
        lesson.lock(answer)
        forget()


def reveal() -> None:
    """Lock the answer that was chosen, or show the truth without one; the question stays on screen."""
    session.touch()
    if _answer(lesson.open_question()) is not None:
        _lock()
    else:
        lesson.reveal()


def _skip() -> None:
    session.touch()
    if lesson.open_question():
        lesson.skip()
        forget()


def _is_answered() -> bool:
    """Whether there is a question whose answer is locked.

    Its buttons are on screen only then. But a browser can also press those of an earlier question.
    """
    return lesson.question() is not None and lesson.open_question() is None


def _another() -> None:
    session.touch()
    if not _is_answered():
        return
    asked = session.lesson().ask
    answered = lesson.record().predictions
    seeds = [seed for seed in SEEDS[1:] if (asked.key, seed, asked.run) not in answered]
    lesson.ask(asked.key, next((seed for seed in seeds if seed > asked.number), seeds[0]), asked.run)
    forget()


def _close(keep: bool = False) -> None:
    session.touch()
    if not _is_answered():
        return
    lesson.close(keep)
    forget()
