"""A teacher puts a lesson together: experiment, parts, what is hidden -> **plan** -> link, QR code, files."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import streamlit as st

from lstm_core.figure.gallery import page_name
from lstm_core.lessons.items import ITEMS, make, suits
from lstm_core.lessons.lesson_link import CONTROLS, MOST_PARTS, OWN, VIEWS, Part
from lstm_core.lessons.own_run import word_of
from lstm_core.lessons.plan import LONG, SHOWN, Plan, fits, frame, framed, out_of_order, path, states_of
from lstm_core.lessons.question import SEEDS
from lstm_core.lessons.tasks import TASKS
from lstm_core.lessons.tours import TOURS
from lstm_core.view.diagram import cell_diagram
from lstm_core.words import KNOWN, Words
from lstm_core.workbench.process_memory import IN_A_BROWSER

from .. import session
from ..browser.picture import picture
from ..browser.qr import for_phones, qr_image, qr_svg
from ..site import ASSETS, page_named
from . import lesson, variants
from .paper import paper
from .planned import OPENS, plan, put

STYLE = ASSETS / "teaching.css"


_PICTURE = 190  # pixels high: small, because it only reminds of the experiment


# -- what the lesson begins with ------------------------------------------------------------------


def begins_with(words: Words) -> None:
    """The experiment on screen and the page, which the link holds if the plan has no parts."""
    st.subheader(words("make.begins"), anchor=False)
    experiment, focus = lesson.own()
    asked_about = any(part.run for part in plan().parts)
    if plan().parts and not asked_about:
        st.markdown(words("make.own_experiment"))
        return
    changed = not experiment.by_hand or experiment != session.original_of(experiment)
    name = words("make.uploaded" if not experiment.by_hand else f"preset.{experiment.preset}.name")
    said = words("make.changed" if changed else "make.unchanged")
    st.markdown(words("make.experiment", name=name, changed=said, t=focus.t, unit=focus.unit))
    if asked_about:
        st.markdown(words("make.asked_about"))
    elif not fits(plan(), experiment):
        st.warning(words("make.too_large"))
    picture(cell_diagram(experiment.trace(), focus.t, focus.unit, words), "make_picture", height=_PICTURE)
    st.page_link(page_named(plan().page, words), label=f"← {words('make.change')}")
    if not asked_about:
        _choice(words, "page", OPENS, lambda page: words(f"page.{page}"))


# -- what is to do --------------------------------------------------------------------------------


def to_do(words: Words) -> None:
    """The choice of a tour, questions and tasks, and of their order.

    Questions can also be asked of the run on screen.
    """
    st.subheader(words("make.to_do"), anchor=False)
    tours = [part.key for part in plan().parts if part.kind == "tour"]
    session.set_widget("make.tour", tours[0] if tours else None)
    st.radio(
        words("make.tour"), [None, *TOURS], horizontal=True, key="make.tour", on_change=_set_tour,
        format_func=lambda key: words(TOURS[key].name_key if key else "make.no_tour"),
    )  # fmt: skip
    _some(words, "item", ITEMS, partial(_item_name, words))
    word = word_of(lesson.own()[0])
    _some(words, OWN, [key for key in ITEMS if word and suits(key, word)], partial(_item_name, words))
    st.caption(words("make.own_says" if word else "make.no_run"))
    _some(words, "task", TASKS, lambda key: words(TASKS[key].name_key))
    if len(plan().parts) == MOST_PARTS:
        st.caption(words("make.full", most=MOST_PARTS))
    for k, part in enumerate(plan().parts):
        _part(words, k, part, word)
    if any(part.kind == "task" for part in plan().parts) and plan().state("weights") != SHOWN:
        st.warning(words("make.weights_locked"))
    if out_of_order(plan().asked_of(lesson.own()[0]).parts):
        st.warning(words("make.out_of_order"))


def _item_name(words: Words, key: str) -> str:
    return f"{words(f'page.{ITEMS[key].page}')}: {words(ITEMS[key].name_key)}"


def _some(words: Words, group: str, known, label) -> None:
    key = f"make.{group}"
    there = [part.key for part in plan().parts if part.group == group and part.key in known]
    session.set_widget(key, list(dict.fromkeys(there)))
    room = MOST_PARTS - sum(part.group != group for part in plan().parts)
    st.multiselect(
        words(f"make.{group}s"), list(known), format_func=label, key=key, on_change=_set_some,
        args=(group, known), max_selections=max(room, 1), disabled=not room,
        placeholder=words("make.choose"), select_all=False, wrap=True,
    )  # fmt: skip


def _part(words: Words, k: int, part: Part, word: str | None) -> None:
    """One part: its place, its name, its variant, and a button that moves it up.

    word : of the run on screen; None for a run that no question is asked of.
    """
    known = {"tour": TOURS, "item": ITEMS, "task": TASKS}[part.kind][part.key]
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"make_part_{k}"):
        st.markdown(f"{k + 1}. **{words(known.name_key)}**", width="stretch")
        if (part.has_variants or part.run) and not part.each:
            key = f"make.number.{k}.{part.group}.{part.key}"  # the same question may be there twice
            session.set_widget(key, part.number)
            st.number_input(
                words("make.variant"), SEEDS[0], SEEDS[-1], key=key, on_change=_change,
                args=(Plan.with_number, k, key), width=130, help=words("make.variant_help"),
            )  # fmt: skip
        if part.has_variants:
            key = f"make.each.{k}.{part.key}"
            session.set_widget(key, part.each)
            st.checkbox(
                words("make.each"),
                key=key,
                on_change=_change,
                args=(Plan.with_each, k, key),
                help=words("make.each_help"),
            )
            st.button(
                "+", key=f"make.another.{k}", on_click=_change, args=(Plan.with_another, k),
                help=words("make.another"), disabled=len(plan().parts) == MOST_PARTS,
            )  # fmt: skip
        st.button(
            "↑", key=f"make.up.{k}", on_click=_change, args=(Plan.raised, k), disabled=k == 0,
            help=words("make.up"),
        )  # fmt: skip
    if part.run and not (word and suits(part.key, word)):
        st.caption(words("make.no_place"))
    elif part.kind == "item":
        st.caption(make(part.key, part.number, word if part.run else "").text(words))
    elif part.kind == "task":
        st.caption(words(TASKS[part.key].aim_key))


# -- what students see ----------------------------------------------------------------------------


def seen(words: Words) -> None:
    """The choice of view and language, and of controls to hide or lock."""
    st.subheader(words("make.seen"), anchor=False)
    view, language = st.columns(2)
    with view:
        _choice(words, "view", VIEWS, lambda view: words(f"lesson.view.{view}"))
    with language:
        _choice(
            words, "language", (None, *KNOWN),
            lambda code: KNOWN[code].label if code else words("make.browsers_language"),
        )  # fmt: skip
    st.markdown(words("make.controls"))
    with st.container(key="make_controls"):
        for control in CONTROLS:
            with st.container(horizontal=True, vertical_alignment="center"):
                name, key = words(f"lesson.control.{control}"), f"make.control.{control}"
                st.markdown(name)
                session.set_widget(key, plan().state(control))
                st.segmented_control(
                    name, states_of(control), key=key, required=True,
                    format_func=lambda state: words(f"make.state.{state}"), label_visibility="collapsed",
                    on_change=_set_control, args=(control, key),
                )  # fmt: skip


def _choice(words: Words, name: str, options, label) -> None:
    key = f"make.{name}"
    session.set_widget(key, getattr(plan(), name))
    st.selectbox(
        words(f"make.{name}"), options, format_func=label, key=key, on_change=_set, args=(name, key, options)
    )  # fmt: skip


def on_paper(words: Words) -> None:
    """The same lesson as files to print, to project and to bring into another platform."""
    st.subheader(words("paper.heading"), anchor=False)
    here = for_phones(_address(plan()))[0].partition("?")[0].rstrip("/")
    paper(words, plan().asked_of(lesson.own()[0]), here)


def for_each(words: Words) -> None:
    """The files for a class in which each student has variants alone."""
    variants.for_each(words, plan().asked_of(lesson.own()[0]), for_phones(_address(plan()))[0])


# -- what comes of it -----------------------------------------------------------------------------


def result(words: Words) -> None:
    """The link, the QR code, and the HTML that shows the lesson in another page."""
    st.subheader(words("make.result"), anchor=False)
    link, said = for_phones(_address(plan()))
    if said:
        st.warning(words(f"make.{said}"))
    st.code(link, language=None, wrap_lines=True)
    st.link_button(words("make.try"), link, help=words("make.try_help"))
    svg = qr_svg(link)
    if svg is None:
        st.warning(words("make.no_code", n=len(link)))
    else:
        qr_image(svg, words("make.code"), "small")
        if len(link) > LONG:
            st.warning(words("make.long", n=len(link)))
        with st.container(horizontal=True):
            if st.button(words("make.large"), key="make.large"):
                _large(words, link, svg)
            st.download_button(
                words("make.download"), svg, "lesson.svg", "image/svg+xml", key="make.svg",
                on_click="ignore",
            )  # fmt: skip
    if plan().parts:
        _room(words)
    with st.expander(words("make.frame")):
        st.caption(words("make.frame_says"))
        html = frame(_address(framed(plan())), words("app.title"))
        st.code(html, language="html", wrap_lines=True)
        top = _here().removesuffix(f"/{words.language}")  # where the site has a folder for the language
        st.link_button(words("make.gallery"), f"{top}/{page_name(words.language)}")


def _room(words: Words) -> None:
    """Where the lesson becomes one that the whole class answers together; see pages/_ui/server/rooms."""
    if IN_A_BROWSER:  # the site, which has no server to keep a room
        st.caption(words("room.needs_server"))
        return
    address, _, query = _address(plan()).partition("?")
    link = f"{address.rstrip('/')}/room/new?{query}"
    st.link_button(words("room.open"), link, help=words("room.open_help"))


def _large(words: Words, link: str, svg: str) -> None:
    @st.dialog(words("make.scan"), width="large")
    def box():
        code, beside = st.columns([3, 1], vertical_alignment="center")
        with code:
            qr_image(svg, words("make.code"), "large")
        with beside:
            st.code(link, language=None, wrap_lines=True)

    box()


def _address(wanted: Plan) -> str:
    """The whole link, with the address under which this browser has opened the app."""
    return _here() + path(wanted, *lesson.own())


def _here() -> str:
    """The address that all pages share, as this browser has opened the app."""
    return (st.context.url or "").partition("?")[0].partition("#")[0].rpartition("/")[0]


# -- what the widgets do --------------------------------------------------------------------------


def _set(name: str, key: str, options) -> None:
    if st.session_state[key] in options:  # None may be one of them, for the language of the browser
        put(replace(plan(), **{name: st.session_state[key]}))


def _set_tour() -> None:
    key = session.chosen("make.tour", TOURS)
    put(plan().with_parts("tour", [key] if key else []))


def _set_some(group: str, known) -> None:
    wanted = [key for key in st.session_state[f"make.{group}"] if key in known]
    changed = plan().with_parts(group, wanted)
    put(changed.in_order_of_steps(lesson.own()[0]) if group == OWN else changed)


def _change(change: Callable[..., Plan], k: int, key: str | None = None) -> None:
    """Change part k of the plan, to what the widget of a key is set to where there is one."""
    put(change(plan(), k, *([] if key is None else [st.session_state[key]])))


def _set_control(control: str, key: str) -> None:
    state = st.session_state[key] or SHOWN
    if state in states_of(control):
        put(plan().with_control(control, state))
