"""Files that readers bring: file -> intake -> experiment, or a message and an experiment as before."""

from dataclasses import replace

import streamlit as st

from lstm_core.lessons.lesson_link import BROUGHT
from lstm_core.words import Words
from lstm_core.workbench.harmless import one_line
from lstm_core.workbench.intake import (
    MAX_BYTES,
    MAX_D,
    MAX_H,
    MAX_T,
    read_inputs,
    read_params,
    read_pins,
)
from lstm_core.workbench.refused import Refused

from .. import session
from ..browser import upload_box
from ..browser.upload_box import given
from ..lessons import lesson
from .step_labels import is_lost_in_link


def uploads(words: Words) -> None:
    """Two upload boxes: an input sequence as CSV, and parameters as JSON."""
    taught = session.lesson()
    # An upload needs a cookie, and browsers send none from a frame in a page of another site.
    if taught.view == "embed":
        return
    if lesson.question() or not all(map(taught.allows, BROUGHT)):
        return
    st.subheader(words("upload.heading"), anchor=False)
    limits = {"T": MAX_T, "D": MAX_D, "H": MAX_H}
    upload_box.in_words(words)
    for column, kind, ending in zip(st.columns(2), ("sequence", "params"), ("csv", "json"), strict=True):
        with column:
            st.file_uploader(
                words(f"upload.{kind}"), type=ending, key=f"upload.{kind}", on_change=_take, args=(kind,),
                help=words(f"upload.{kind}_help", MB=MAX_BYTES[kind] // 1_000_000, **limits),
            )  # fmt: skip
            said = st.session_state.get(f"upload.{kind}.said")
            if said:
                good, keys = said
                message = " ".join(words(key, **details) for key, details in keys)
                (st.success if good else st.error)(message)


def _take(kind: str) -> None:
    session.touch()
    file = next(iter(given(f"upload.{kind}")), None)
    if file is None:
        st.session_state.pop(f"upload.{kind}.said", None)
        return
    try:
        if file.size > MAX_BYTES[kind]:
            raise Refused("too_many_bytes", most=MAX_BYTES[kind] // 1_000_000)
        said = (True, (_sequence if kind == "sequence" else _params)(file.getvalue()))
    except Refused as refusal:
        said = (False, [(f"upload.refused.{refusal.reason}", refusal.details), ("upload.kept", {})])
    st.session_state[f"upload.{kind}.said"] = said


def _sequence(content: bytes) -> list:
    table, experiment = read_inputs(content), session.experiment()
    x, labels, how = table.values, table.labels, table.how
    written = {
        "encoding": how.encoding,
        "separator": how.separator.replace("\t", "Tab"),
        "decimal": how.decimal,
    }
    said = [("upload.took_sequence", {"T": x.shape[0], "D": x.shape[1]}), ("upload.written", written)]
    if x.shape[1] != experiment.D:
        experiment = experiment.resized(D=x.shape[1])
        said.append(("upload.grown_inputs", {"D": x.shape[1]}))
    if labels:
        said.append(("upload.took_labels", {"n": sum(map(bool, labels))}))
    experiment = replace(experiment, x=x, labels=labels)
    if is_lost_in_link(experiment):
        said.append(("steps.no_link", {}))
    session.change(experiment)
    return said


def _params(content: bytes) -> list:
    params, experiment = read_params(content), session.experiment()
    # A link holds numbers but not their precision, so what it restores is float64; so is what is read here.
    params = replace(params, W=params.W.astype(float), b=params.b.astype(float))
    said = [("upload.took_params", {"H": params.H, "D": params.D})]
    if params.D != experiment.D:
        said.append(("upload.cut_inputs", {"D": params.D}))
    experiment = replace(experiment.unpinned().resized(H=params.H, D=params.D), params=params)
    pins = read_pins(content)
    try:
        experiment = experiment.with_pins(pins)
    except KeyError as error:
        raise Refused("pin", address=one_line(error.args[0])) from None
    except ValueError as error:
        raise Refused("pin", address=one_line(str(error).partition(":")[0])) from None
    if pins:
        said.append(("upload.took_pins", {"n": len(pins)}))
    session.change(experiment)
    return said
