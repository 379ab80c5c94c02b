"""The layers of a file: **map**, choice of one, all side by side, and what the file leaves unsaid."""

import streamlit as st

from lstm_core.readers.loaded_network import LoadedNetwork
from lstm_core.readers.names import MOST_SHOWN, shown_name
from lstm_core.readers.orders import ALL_ORDERS, KNOWN, Reading
from lstm_core.rounding import text
from lstm_core.view.network import layer_map, lives, steps_text
from lstm_core.words import Words

from .. import session
from ..browser.picture import picture
from . import loaded
from .said import plain


def layers(words: Words, network: LoadedNetwork) -> None:
    """The map, whose boxes choose a layer, and a list where there are several."""
    file = network.file
    addresses = [layer.address for layer in file.layers]
    if len(addresses) > 1 or len(addresses[0]) > MOST_SHOWN:
        left, right = st.columns([4, 9], gap="medium", vertical_alignment="center")
        with right:
            picture(
                layer_map(file.layers, network.chosen, words), key="network.map", on_choose=chosen_in_picture
            )
        with left:
            _list(words, network, addresses)
    _order(words, network)
    for note in network.layer.notes:
        if note != "order_taken" or not network.layer.order:
            st.warning(words(f"network.note.{note}"))
    for left_out in file.left_out:
        st.warning(f"{words('network.left_out')} {left_out.said(words, plain)}")


def _list(words: Words, network: LoadedNetwork, addresses: list[str]) -> None:
    """The same as a list, and whether all layers run one after the other."""
    session.set_widget("network.layer", network.chosen)
    shown = {address: shown_name(address) for address in addresses}
    if len(set(shown.values())) < len(shown):  # long names that differ where they are cut
        shown = {address: f"{k}. {name}" for k, (address, name) in enumerate(shown.items(), start=1)}
    st.selectbox(
        words("network.layer"), addresses, key="network.layer", on_change=_pick, format_func=shown.get
    )
    if len({layer.name for layer in network.file.layers}) > 1 and network.seen is None:
        session.set_widget("network.whole", network.whole)
        st.checkbox(
            words("network.whole"), key="network.whole", on_change=_whole, help=words("network.whole_help")
        )


def _order(words: Words, network: LoadedNetwork) -> None:
    """Which block is which gate, where the file does not say it, and what each order makes of the layer."""
    taken = network.layer.order
    if not taken:
        return
    box = st.expander(words("network.order_taken"), key="network.order_box",
                      on_change="rerun")  # fmt: skip
    if not box.open:
        return
    with box:
        session.set_widget("network.order", taken)
        st.selectbox(
            words("network.order"), ALL_ORDERS, key="network.order", on_change=_reorder,
            format_func=lambda order: _spaced(order) + (f" · {KNOWN[order]}" if order in KNOWN else ""),
        )  # fmt: skip
        has_h = network.theirs is not None
        names = ["order", "users", "b_f", "f", "C", *["h"] * has_h]
        rows = [[words(f"network.order_{name}") for name in names], ["---"] * len(names)]
        for reading in network.readings():
            cells = _cells(reading)[: len(names)]
            rows.append([f"**{cell}**" for cell in cells] if reading.order == taken else cells)
        st.markdown("\n".join("| " + " | ".join(cells) + " |" for cells in rows))
        st.caption(words("network.order_with_h" if has_h else "network.order_without_h"))


def _cells(reading: Reading) -> list[str]:
    difference = "–" if reading.difference is None else f"{reading.difference:.2g}"
    return [
        _spaced(reading.order), KNOWN.get(reading.order, "–"), text(reading.b_f), text(reading.f),
        text(reading.largest), difference + " ✓" * reading.agrees,
    ]  # fmt: skip


def _spaced(order: str) -> str:
    """As in "i, f, C̃, o", with spaces at which no line breaks."""
    return ",\u00a0".join(order).replace("c", "C̃")


def _reorder() -> None:
    session.touch()
    loaded.network().reorder(session.chosen("network.order", ALL_ORDERS) or loaded.network().layer.order)


def data_of(words: Words, network: LoadedNetwork) -> str:
    """What runs: the reader's data, or noise that is not."""
    if network.sequence is not None and network.seen is not None:
        return words("network.data_captured", k=network.sequence, B=f"{network.seen.B:,}")
    own = network.brought
    if own is not None and own.array.ndim == 3:
        return words("network.data_one_of", name=plain(own.name), k=own.number, B=f"{own.B:,}")
    if own is not None:
        return words("network.data_own", name=plain(own.name))
    return words("network.data_noise", seed=network.seed)


def side_by_side(words: Words, network: LoadedNetwork) -> None:
    """The picture, under what it is of and the medians in one line."""
    found = network.lives()
    on = network.side_by_side_on
    st.markdown(
        words("network.lives_says", steps=" → ".join(steps_text(one.quartiles()[1]) for one in found))
    )
    st.caption(words(f"network.lives_{on}", data=data_of(words, network)))
    picture(lives(found, network.chosen, words), key="network.lives", on_choose=chosen_in_picture)


def where(words: Words, network: LoadedNetwork) -> str:
    """What is on screen, in the words of the file."""
    return words(
        "network.where", data=data_of(words, network), layer=plain(shown_name(network.chosen)),
        file=plain(network.name),
        kind=network.file.kind,
        T=f"{len(network.inputs()):,}", H=f"{network.layer.H:,}",
    )  # fmt: skip


def chosen_in_picture(choice: dict) -> None:
    """A click on a layer of a picture chooses it."""
    network, number = loaded.network(), choice.get("index", 0)
    if choice.get("role") == "layer" and network and 1 <= number <= len(network.file.layers):
        _choose(network.file.layers[number - 1].address)


def _pick() -> None:
    _choose(st.session_state["network.layer"])


def _choose(address: str) -> None:
    session.touch()
    network = loaded.network()
    if address != network.chosen:
        network.choose(address)
        loaded.start()


def _whole() -> None:
    session.touch()
    loaded.network().run_whole(st.session_state["network.whole"])
    loaded.start()
