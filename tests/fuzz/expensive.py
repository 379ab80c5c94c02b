"""Well-formed files that are built to be expensive: a few pieces, each of them again and again."""

import json

from hypothesis import strategies as st

from tests.faults.layer_corpus.archives import zipped
from tests.faults.layer_corpus.costly import COSTLY, LSTM, legacy
from tests.faults.layer_corpus.models import field, hdf5, onnx, tensor
from tests.faults.layer_corpus.pickles import _text, archive

_TIMES = st.sampled_from([1, 2, 10, 300, 5000])

_PICKLE = [
    b"h\x00", b"h\x01", b"h\x02", b"q\x00", b"q\x01", b"q\x02", b"0", b"2", b"(", b"t", b"l", b"d",
    b"e", b"u", b"s", b"a", b"\x85", b"\x86", b"\x87", b"R", b"\x81", b"Q", b"\x93", b"]", b"}", b")",
    b"N", b"\x88", b"K\x01", b"\x8f", b"\x90", b"\x91", b"b", b"1", _text("torch"), _text("a" * 400),
    _text("storage"), b"\x8a\x20" + b"\x7f" * 32, b"p9\n", b"g9\n",
    b"ctorch._utils\n_rebuild_tensor_v2\n", b"ctorch._tensor\n_rebuild_from_type_v2\n",
    b"ctorch\nFloatStorage\n", b"ccollections\nOrderedDict\n", b"ctorch._utils\n_rebuild_parameter\n",
]  # fmt: skip


@st.composite
def pickles(draw) -> bytes:
    """Instructions by the thousand, in a zip and in an old file."""
    made = b"\x80\x02Nq\x00)q\x01]q\x02"
    for _ in range(draw(st.integers(1, 6))):
        made += b"".join(draw(st.lists(st.sampled_from(_PICKLE), min_size=1, max_size=6))) * draw(_TIMES)
    made += b"."
    return draw(st.sampled_from([archive(made), legacy(made), legacy(b"\x80\x02}.", made)]))


@st.composite
def models(draw) -> bytes:
    """Fields by the thousand at every place of an ONNX model."""
    small = st.sampled_from(
        [
            field(1, b"W"), field(2, b"Y"), field(4, b"LSTM"), field(4, b"Identity"), field(1, 3),
            field(2, 10), field(8, b"W"), field(5, b"\x01\x80\x00"), field(9, bytes(8)),
            field(4, bytes(4)), field(14, 1), field(13, field(1, b"location")),
        ]
    )  # fmt: skip
    parts = b""
    for _ in range(draw(st.integers(1, 4))):
        one = b"".join(draw(st.lists(small, min_size=1, max_size=4))) * draw(_TIMES)
        for _ in range(draw(st.integers(0, 3))):
            one = field(draw(st.sampled_from([1, 5, 6, 7, 11])), one) * draw(st.sampled_from([1, 1, 2, 50]))
        parts += one[:1_000_000]
    W, R = tensor("W", (1, 8, 1), bytes(32)), tensor("R", (1, 8, 2), bytes(64))
    return onnx([W, R], more=parts)


@st.composite
def configs(draw) -> bytes:
    """Layers within layers and beside each other, with long names."""
    inner: object = [LSTM] * draw(_TIMES)
    for _ in range(draw(st.integers(0, 12))):
        kinds = ["Functional", "A" * 400, "aB" * 200, "Bidirectional", "TimeDistributed"]
        name, key = draw(st.sampled_from(kinds)), draw(st.sampled_from(["layers", "layers", "layer", "cell"]))
        times = draw(st.sampled_from([1, 1, 1, 2, 3]))
        inner = [{"class_name": name, "config": {"name": name, key: inner}}] * times
        if len(json.dumps(inner)) > 1_000_000:
            break
    config = json.dumps({"config": {"layers": inner}}).encode()
    place = draw(st.sampled_from(["layers/lstm", "/".join(["a1" * 30] * 10), "lstm"]))
    count = draw(st.sampled_from([1, 30, 300]))

    def fill(file):
        for number in range(count):
            group = file.create_group(f"{place}_{number}/cell/vars")
            group["0"], group["1"] = [[0.0] * 4], [[0.0] * 4]

    return zipped({"config.json": config, "model.weights.h5": hdf5(fill)})


@st.composite
def texts(draw) -> bytes:
    """JSON of few values, again and again."""
    values = st.sampled_from(["1", "1e5", "true", "[]", "[[1]]", "[[[1,2]]]", '"a"', "null", '{"W":true}'])
    parts = []
    for key in range(draw(st.integers(1, 4))):
        many = ",".join([draw(values)] * draw(_TIMES))
        parts.append(f'"{key}":[{many}]')
        for n in range(draw(st.integers(0, 3))):
            parts.append(f'"{draw(st.sampled_from("abW"))}{key}.{n}":{draw(values)}')
    text = "{" + ",".join(parts) + "}"
    for _ in range(draw(st.integers(0, 6))):
        name, many = "n" * draw(st.sampled_from([1, 90])), ",".join(["true"] * draw(_TIMES))
        text = f'{{"{name}":{text},"x":[{many}]}}'
    return text.encode()


@st.composite
def known(draw) -> bytes:
    """One of the kinds that once were expensive."""
    return COSTLY[draw(st.sampled_from(sorted(COSTLY)))](draw(st.sampled_from([1000, 30_000, 200_000])))


EXPENSIVE = pickles() | models() | configs() | texts() | known()
