"""Files as nobody should bring them: the page says why, keeps the experiment, and goes on working."""

import json
import re
import tomllib

import numpy as np
import pytest

from lstm_core import LSTMParams
from lstm_core.workbench.intake import MAX_BYTES, MAX_D, MAX_H, MAX_T
from lstm_core.workbench.presets import preset
from tests.collected import collected
from tests.conftest import ROOT
from tests.faults.layer_corpus.archives import zipped
from tests.nightly import sample
from tests.pages.apps import PAGES, link, opened, opened_by_menu, screen, within

LAYER = preset("latch").params.to_json()

GOOD = {"sequence": b"1,0,0\n0,1,0\n", "params": LAYER.encode()}

FILES = {
    "sequence": {
        "empty": b"",
        "no rows": b"x_1,x_2,x_3\n",
        "cut off within a quote": b'x_1,x_2,x_3\n1,2,3\n4,5,"6',
        "cut off within a row": b"x_1,x_2,x_3\n1,2,3\n4,5",
        "cut off within a letter": "x_1,망".encode()[:-1],
        "UTF-16, cut off": "x_1\n1\n".encode("utf-16")[:-1],
        "one number or two": b"1,5\n2,5\n",
        "Latin-1": "x_1,café\n1,2\n".encode("latin-1"),
        "a million columns": b"," * 999_999 + b"1\n",
        "a million names": (",".join(f"x_{d}" for d in range(1, 180_000)) + "\n").encode(),
        "an address": b"x_1\nhttps://evil.example/?a=b\n",
        "an address without a scheme": b"x_1\nwww.evil.example\n",
        "a formula that calls": b"x_1\n=cmd|' /C calc'!A0\n",
        "infinity": b"x_1\n1e999\n",
        "text among numbers": b"x_1,x_2\n1,2\n3,four\n",
        "digits of another script": "x_1\n١٢\n".encode(),
        "markup": b"x_1\n<script>alert(1)</script>\n",
        "a bomb, zipped": zipped({"x.csv": b"1\n" * 5_000_000}),
        "too many bytes": b"1\n" * 2_100_000,
        "zeros": b"\0" * 1000,
    },
    "params": {
        "empty": b"",
        "cut off": LAYER[: len(LAYER) // 2].encode(),
        "NaN": LAYER.replace("[[[", "[[[NaN,", 1).encode(),
        "another encoding": LAYER.encode("utf-16"),
        "nested": b"[" * 500_000,
        "no units": json.dumps(json.loads(LAYER) | {"W": [[]] * 4, "b": [[]] * 4}).encode(),
        "a huge number": json.dumps(json.loads(LAYER) | {"b": [[int("9" * 300)]] * 4}).encode(),
        "a wrong precision": json.dumps(json.loads(LAYER) | {"dtype": "float16"}).encode(),
        "long text among numbers": LAYER.replace("[[[", '[[["' + "x" * 5_000_000 + '",', 1).encode(),
        "a pickle": b"\x80\x04\x95\x10\x00\x00\x00.",
    },
}  # fmt: skip


@collected("kind, name", sample([(kind, name) for kind, files in FILES.items() for name in files], 8))
def test_a_hostile_file_is_refused_the_experiment_stays_and_a_good_one_after_it_is_taken(kind, name):
    at = opened("trace", preset="leaky", lang="en", t="2", **{"b_f.1": "1.5"})
    before, shown = link(at), screen(at)

    def upload(content: bytes) -> None:
        file = f"mine.{'csv' if kind == 'sequence' else 'json'}"
        at.file_uploader(key=f"upload.{kind}").upload(file, content, "text/plain").run()

    upload(FILES[kind][name])
    assert not at.exception and not at.success and link(at) == before
    [message] = at.error
    # Markdown makes a link of an address, but not within a code span.
    assert "evil" not in re.sub("`[^`]*`", "", message.value)
    assert len(message.value) < 300 and "<" not in message.value and "{" not in message.value
    said_and_boxes = ("error", "file_uploader", "html")
    assert [seen for seen in screen(at) if seen[0] not in said_and_boxes] == [
        seen for seen in shown if seen[0] not in said_and_boxes
    ]
    upload(GOOD[kind])
    assert not at.exception and not at.error and len(at.success) == 1


def largest(at) -> int:
    """Bytes of the largest element on screen, which goes to the browser as one message."""
    elements = [element for part in (at.main, at.sidebar) for element in within(part)]
    return max(len(element.proto.SerializeToString()) for element in elements if hasattr(element, "proto"))


@pytest.mark.nightly
def test_all_pages_fit_into_a_message_with_the_largest_upload():
    """Streamlit refuses to send what is larger than `maxMessageSize`."""
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
    most = config["server"]["maxMessageSize"] * 1_000_000
    draw = np.random.default_rng(0)
    x = "\n".join(",".join(f"{value:.17g}" for value in row) for row in draw.normal(size=(MAX_T, MAX_D)))
    W, b = draw.normal(size=(4, MAX_H, MAX_H + MAX_D)) / MAX_H**0.5, draw.normal(size=(4, MAX_H))
    layer = LSTMParams(W.astype("float32"), b.astype("float32")).to_json()
    assert len(x) < MAX_BYTES["sequence"] and len(layer) < MAX_BYTES["params"]
    at = opened_by_menu("trace", lang="en")
    at.file_uploader(key="upload.sequence").upload("x.csv", x.encode(), "text/csv").run()
    at.file_uploader(key="upload.params").upload("layer.json", layer.encode(), "application/json").run()
    shown = at.session_state["experiment"]
    assert len(at.success) == 2 and (shown.H, shown.D, shown.T) == (MAX_H, MAX_D, MAX_T)
    for page in PAGES:
        at.switch_page(f"pages/{page}.py").run()
        assert not at.exception and 0 < largest(at) < most / 2
