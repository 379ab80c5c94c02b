"""The boxes for a network and a sequence: file -> readers -> **network**, or a sentence on why not."""

from collections.abc import Iterable

import numpy as np
import streamlit as st

from lstm_core.readers.apart import read_apart, read_x_apart
from lstm_core.readers.embeddings import ids_of, one_hot
from lstm_core.readers.limits import IN_THE_APP, check_bytes
from lstm_core.readers.loaded_network import NOISE_STEPS, LoadedNetwork
from lstm_core.readers.sequence import Brought, columns_for, is_arrays, is_turned
from lstm_core.reading.own import can_read
from lstm_core.words import Words
from lstm_core.workbench.table import MOST_TABLE_BYTES, Table, read_table

from .. import session
from ..browser import upload_box
from ..browser.upload_box import given
from ..site import page_named
from . import loaded
from .example import example
from .said import plain

AXES = ("batch_first", "time_first")
"""What the first of three axes counts, sequences or steps."""


def file_box(words: Words) -> None:
    """The box for the file, what was said of it, and an example."""
    upload_box.in_words(words)
    key = f"network.file.{loaded.turn()}"
    st.file_uploader(
        words("network.file"), key=key, on_change=_take_files, args=(key,), accept_multiple_files=True,
        help=words("network.file_help", MB=IN_THE_APP.bytes // 1_000_000, H=IN_THE_APP.H, D=IN_THE_APP.D),
    )  # fmt: skip
    loaded.said("file")
    if loaded.network() is None:
        st.button(words("network.example"), key="network.example", on_click=_example)


def brought(words: Words, network: LoadedNetwork) -> None:
    """One row for the file and the sequence, which open their boxes."""
    with st.container(horizontal=True, key="network.brought"):
        with st.popover(words("network.another")):
            file_box(words)
        is_noise = network.brought is None and network.sequence is None
        with st.popover(words("network.sequence_button"), type="primary" if is_noise else "secondary"):
            sequence_box(words, network)
        st.button(words("network.leave"), key="network.leave", on_click=_leave)
        if can_read(network.file):
            st.page_link(page_named("reading", words), label=f"{words('reading.own.here')} →")
        if network.seen is not None and network.sequence is not None and network.seen.B > 1:
            session.set_widget("network.captured", network.sequence)
            st.number_input(
                words("network.captured_of", B=f"{network.seen.B:,}"), 1, network.seen.B, network.sequence,
                key="network.captured", on_change=_take_captured, width=180,
            )  # fmt: skip
        if network.brought is not None and network.brought.array.ndim == 3:
            _several(words, network.brought)


def _several(words: Words, brought: Brought) -> None:
    """The number of the sequence, and what the first two axes of the array are."""
    session.set_widget("network.number", brought.number)
    st.number_input(
        words("network.number_of", B=f"{brought.B:,}"), 1, brought.B, brought.number, key="network.number",
        on_change=_pick_one, width=180,
    )  # fmt: skip
    first, second = brought.array.shape[:2]
    said = dict(zip(AXES, ((first, second), (second, first)), strict=True))
    session.set_widget("network.axes", AXES[not brought.batch_first])
    st.segmented_control(
        words("network.axes"), AXES, required=True, key="network.axes", on_change=_pick_one,
        format_func=lambda axes: words("network.axes_say", B=f"{said[axes][0]:,}", T=f"{said[axes][1]:,}"),
    )  # fmt: skip


def sequence_box(words: Words, network: LoadedNetwork) -> None:
    """Where the sequence comes from: a table, a text, or noise."""
    kinds = ["captured"] * (network.seen is not None) + ["embedding"] * bool(network.embeddings)
    kinds += ["table", "text", "noise"]
    if st.session_state.get("network.sequence_kind") not in kinds:
        st.session_state["network.sequence_kind"] = kinds[0]
    st.segmented_control(
        words("network.sequence", D=network.D), kinds, required=True,
        format_func=lambda kind: words(f"network.from_{kind}"), key="network.sequence_kind",
    )  # fmt: skip
    kind = st.session_state["network.sequence_kind"]
    if network.brought is None and network.sequence is None:
        st.caption(words("network.noise_says", T=NOISE_STEPS, seed=network.seed))
    if kind == "captured":
        st.caption(words("network.captured_says"))
        st.button(words("network.run"), key="network.run_captured", on_click=_take_captured)
    elif kind == "embedding":
        _embedding_box(words, network)
    elif kind == "table":
        _table_box(words, network)
    elif kind == "text":
        st.text_input(words("network.alphabet", D=network.D), key="network.alphabet", max_chars=1100,
                      help=words("network.alphabet_help"))  # fmt: skip
        st.text_area(words("network.text"), key="network.text", max_chars=IN_THE_APP.T, height=90)
        st.button(words("network.run"), key="network.run_text", on_click=_take_text)
        loaded.said("sequence")
    else:
        st.number_input(words("sidebar.seed"), 1, 9999, network.seed, key="network.seed",
                        help=words("sidebar.seed_help"))  # fmt: skip
        st.button(words("network.run"), key="network.run_noise", on_click=_take_noise)
        loaded.said("sequence")


def _embedding_box(words: Words, network: LoadedNetwork) -> None:
    """Ids, or letters of an alphabet, whose vectors the layer reads."""
    found = network.embeddings[0]
    st.caption(
        words("network.embedding_says", name=plain(found.name), V=f"{len(found.vectors):,}", D=network.D)
    )
    st.text_area(words("network.ids"), key="network.ids", max_chars=IN_THE_APP.T * 8, height=90)
    st.text_input(
        words("network.id_letters"),
        key="network.id_letters",
        max_chars=1100,
        help=words("network.id_letters_help"),
    )
    st.button(words("network.run"), key="network.run_ids", on_click=_take_ids)
    loaded.said("sequence")


def _take_ids() -> None:
    session.touch()
    network = loaded.network()
    text, alphabet = (st.session_state.get(f"network.{name}") or "" for name in ("ids", "id_letters"))
    with loaded.taking("sequence"):
        ids, labels = ids_of(text, alphabet)
        _feed(network, network.embeddings[0].of(ids), session.words()("network.your_text"), labels)


def _table_box(words: Words, network: LoadedNetwork) -> None:
    key = f"network.table.{loaded.turn()}"
    st.file_uploader(
        words("network.table"), key=key, on_change=_take_table, args=(key,),
        help=words("network.table_help", T=IN_THE_APP.T, MB=MOST_TABLE_BYTES // 1_000_000),
    )  # fmt: skip
    loaded.said("sequence")
    table, turned = (st.session_state.get(f"network.{name}") for name in ("columns", "turned"))
    if st.session_state.get(key) is None:
        return
    if turned is not None and turned.shape[1] == network.D:
        st.button(
            words("network.turn", T=f"{len(turned):,}", D=network.D), key="network.turn", on_click=_turn,
            args=(st.session_state[key].name,),
        )  # fmt: skip
    if table is None:
        return
    if table.set_aside:
        st.caption(words("network.set_aside", names=", ".join(map(plain, table.set_aside[:12]))))
    mapping = f"network.mapping.{network.D}.{'.'.join(table.names)[:80]}"
    if len(table.names) != network.D or table.proposed(network.D) != tuple(range(network.D)):
        st.multiselect(
            words("network.mapping", D=network.D), list(range(len(table.names))),
            default=list(table.proposed(network.D)) if table.says(network.D) else [],
            max_selections=network.D, placeholder=words("network.pick_columns"),
            format_func=lambda column: table.names[column],
            key=mapping, on_change=_map, args=(key, table, mapping),
        )  # fmt: skip


def _take_files(key: str) -> None:
    session.touch()
    files = given(key)
    if not files:
        let_go = st.session_state.get(key)
        loaded.say("file", session.words()("network.let_go") if let_go else "")
        return
    weights = [file for file in files if not file.name.endswith(".data")] or files
    beside = {file.name: file.getvalue() for file in files if file is not weights[-1]}
    with loaded.taking("file"):
        for file in files:
            check_bytes(IN_THE_APP, file.size)
        found = read_apart(weights[-1].getvalue(), beside=beside)
        loaded.bring(LoadedNetwork.of(found, weights[-1].name))


def _example() -> None:
    session.touch()
    with loaded.taking("file"):  # refused where there is no room at present
        loaded.bring(example())


def _leave() -> None:
    session.touch()
    loaded.leave()


def _take_table(key: str) -> None:
    session.touch()
    file, network = next(iter(given(key)), None), loaded.network()
    st.session_state["network.columns"] = st.session_state["network.turned"] = None
    if file is None or network is None:
        loaded.say("sequence", "")
        return
    with loaded.taking("sequence"):
        check_bytes(IN_THE_APP, file.size)
        content = file.getvalue()
        if is_arrays(content):
            x, labels = read_x_apart(content, network.D), ()
            _offer_to_turn(x, network.D)
        else:
            table = st.session_state["network.columns"] = read_table(content, D=network.D)
            _offer_to_turn(table.values, network.D)
            x, labels = columns_for(table, network.D), table.labels
        _feed(network, x, file.name, labels)


def _offer_to_turn(x: np.ndarray, D: int) -> None:
    st.session_state["network.turned"] = x.T if is_turned(x, D) else None


def _turn(name: str) -> None:
    """Run on what was brought with its rows and columns exchanged."""
    session.touch()
    turned = st.session_state.get("network.turned")
    st.session_state["network.columns"] = st.session_state["network.turned"] = None
    if turned is not None:
        _feed(loaded.network(), turned, name)


def _map(key: str, table: Table, mapping: str) -> None:
    """Run on other columns of a table, unless it was the last thing seen of one that is no longer there.

    A browser sends the choice of columns once more when another file takes the place of their table.
    """
    session.touch()
    file = next(iter(given(key)), None)
    if file is not None and st.session_state.get("network.columns") is table:
        _feed(loaded.network(), table.values[:, st.session_state[mapping]], file.name, table.labels)


def _pick_one() -> None:
    session.touch()
    network = loaded.network()
    if network is None or network.brought is None:
        return
    batch_first = session.chosen("network.axes", AXES) != "time_first"
    same = batch_first == network.brought.batch_first
    with loaded.taking("sequence"):
        network.pick(int(st.session_state.get("network.number") or 1) if same else 1, batch_first)
        loaded.start()


def _take_text() -> None:
    session.touch()
    network = loaded.network()
    text, alphabet = (st.session_state.get(f"network.{name}") or "" for name in ("text", "alphabet"))
    with loaded.taking("sequence"):
        _feed(network, one_hot(text, alphabet, network.D), session.words()("network.your_text"), text)


def _take_captured() -> None:
    session.touch()
    network = loaded.network()
    if network.seen is not None:
        number = int(st.session_state.get("network.captured") or 1)
        network.take(min(max(number, 1), network.seen.B))
    loaded.start()


def _take_noise() -> None:
    session.touch()
    network = loaded.network()
    network.make_noise(int(st.session_state["network.seed"]))
    loaded.start()


def _feed(network: LoadedNetwork, x: np.ndarray, name: str, labels: Iterable[str] = ()) -> None:
    with loaded.taking("sequence"):
        network.feed(x, name, labels)
        loaded.start()
