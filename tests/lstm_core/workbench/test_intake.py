"""Files that readers bring: every form that is taken, and every reason to refuse one."""

import json
import string
from contextlib import suppress
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_core.export import to_csv
from lstm_core.params import LSTMParams
from lstm_core.words import texts
from lstm_core.workbench.experiment import LIMIT
from lstm_core.workbench.intake import MAX_BYTES, MAX_D, MAX_H, MAX_T, read_params, read_sequence
from lstm_core.workbench.presets import preset
from lstm_core.workbench.refused import Refused
from lstm_core.workbench.table import MOST_COLUMNS, MOST_STEPS, read_table
from tests.collected import collected
from tests.nightly import examples

X = [[0.5, -1.0], [0.25, 2.0], [1e-3, 0.0]]
PLAIN = "x_1,x_2\n0.5,-1\n0.25,2\n1e-3,0\n"


@collected("header", [True, False])
@collected("separator", [",", ";", "\t"])
@collected("line_end", ["\n", "\r\n", "\r"])
@collected("encoding", ["utf-8", "utf-8-sig"])
def test_a_sequence_is_taken_however_it_is_written(header, separator, line_end, encoding):
    text = PLAIN if header else PLAIN.partition("\n")[2]
    content = text.replace(",", separator).replace("\n", line_end).encode(encoding)
    for written in (content, content.rstrip()):
        np.testing.assert_array_equal(read_sequence(written), X)


SEQUENCES = {
    "blanks": b" x_1 , x_2\n 0.5 , -1\n0.25,\t2\n1e-3, 0 \n",
    "quotes": b'"x_1","x_2"\n"0.5","-1"\n"0.25","2"\n"1e-3","0"\n',
    "empty lines": b"\nx_1,x_2\n\n0.5,-1\n,\n0.25,2\n\n1e-3,0\n\n",
    "columns in another order": b"x_2,x_1\n-1,0.5\n2,0.25\n0,1e-3\n",
    "more columns": b"t,x_1,note,x_2,C\n1,0.5,=1+1,-1,9\n2,0.25,,2,nan\n3,1e-3,\xec\x85\x80,0,\n",
    "tabs, decimal commas": b"x_1\tx_2\n0,5\t-1\n0,25\t2\n1e-3\t0\n",
    "semicolons, decimal commas": b"x_1;x_2\n0,5;-1\n0,25;2\n1e-3;0\n",
    "semicolons, decimal commas, no header": b"0,5;-1\n0,25;2\n0,001;0\n",
    "a line for Excel": b"sep=;\r\nx_1;x_2\r\n0,5;-1\r\n0,25;2\r\n1e-3;0\r\n",
    "a Korean desktop": "x_1,x_2,메모\n0.5,-1,가\n0.25,2,나\n1e-3,0,다\n".encode("cp949"),
    "Unicode text of Excel": "x_1\tx_2\t메모\n0.5\t-1\t가\n0.25\t2\t나\n1e-3\t0\t다\n".encode("utf-16"),
    "numbers as people write them": b"x_1,x_2\n+.5,-1.\n2.5E-1,+2e0\n0.1e-02,-0\n",
}


@collected("form", SEQUENCES)
def test_sequences_are_taken(form):
    x = read_sequence(SEQUENCES[form])
    assert x.dtype == np.float64
    np.testing.assert_array_equal(x, X)


@pytest.mark.parametrize("excel", [False, True])
def test_our_own_trace_gives_back_its_inputs_bit_for_bit(excel):
    draw = np.random.default_rng(3).normal
    experiment = replace(preset("latch").resized(3, 2, 5), x=draw(size=(5, 2)))
    text = to_csv(experiment.trace())
    if excel:
        text = "\ufeff" + text.replace("\n", "\r\n")
    assert read_sequence(text.encode()).tobytes() == experiment.x.tobytes()


def long_numbers(*shape) -> np.ndarray:
    """Numbers that take as many characters as a float can."""
    return -np.nextafter(np.full(shape, 1.2345678901234567e-100), 0)


def test_the_largest_sequence_that_is_taken():
    line = ",".join(map(repr, long_numbers(MAX_D).tolist())) + "\n"
    content = (",".join(f"x_{d + 1}" for d in range(MAX_D)) + "\n" + line * MAX_T).encode()
    assert read_sequence(content).tobytes() == long_numbers(MAX_T, MAX_D).tobytes()
    assert refusal(read_sequence, content + line.encode()).reason == "too_long"


@collected("content, x", [(b"1e6,-1e6,1e-400", [[LIMIT, -LIMIT, 0.0]]), (b"7", [[7.0]])])
def test_numbers_at_the_bounds_are_taken_and_one_is_a_sequence(content, x):
    np.testing.assert_array_equal(read_sequence(content), x)


# -- refusals -----------------------------------------------------------------------------------

REFUSED_SEQUENCES = {
    "too_many_bytes": [b"1\n" * (MAX_BYTES["sequence"] // 2 + 1)],
    "encoding": [b"x_1\n\xff\xfe\n", "x_1\n1\n".encode("utf-16")[:-1], b"x_1\n1\0\n", b"PK\x03\xff"],
    "ambiguous": [b"1,5", b"1,5\n-2,25\n", b" 0 , 1\r\n1,0\r\n"],
    "empty": [b"", b"\n\r\n\t", b"\xef\xbb\xbf", b"\n" * 100_000, b",,,", b";\n;\n", b'" ",\n'],
    "no_rows": [b"x_1", b"x_1\n\n\n", b"t,unit,x_1\n1,2,0.5\n"],
    "not_csv": [b'x_1\n"1\n2\n', b'x_1\n"1"2\n', b"x_1\n" + b"9" * 200_000],
    "too_long": [b"x_1\n" + b"1\n" * (MAX_T + 1), b"\n" * 1_100_000 + b"1"],
    "too_wide": [
        b",".join([b"1"] * (MAX_D + 1)), ",".join(f"x_{d + 1}" for d in range(MAX_D + 1)).encode() + b"\n1",
    ],
    "no_columns": [
        b"a,b\n1,2\n", b"x1,x2\n1,2\n", b"x_0\n1\n", b"x_01\n1\n", b"X_1\n1\n", "x_\u0661\n1".encode(),
        b"nan,1\n1,2\n", b"{}", b"=cmd()", b"x_99999\n1", b"1,\n2,\n", b"0x10,1\n",
    ],
    "columns": [b"x_2\n1\n", b"x_1,x_3\n1,2\n", b"x_1,x_1\n1,2\n"],
    "batch": [b"sequence,t,unit,x_1\n1,1,1,0.5\n"],
    "ragged": [b"x_1,x_2\n1\n", b"x_1,x_2\n1,2,3\n", b"1,2\n3\n", b"t,unit,x_1\n1,1,0.5\n2\n"],
    "not_a_number": [
        b"x_1\nnan\n", b"x_1\ninf\n", b"x_1\n0x10\n", b"x_1\n1_0\n", b"x_1\n=1+1\n", "x_1\n\u0661\n".encode(),
        "x_1\n\u22121\n".encode(), b"x_1;x_2\n0,5;1.5\n", b"x_1\n1j\n", b"1\n" + b"x" * 100_000,
    ],
    "empty_cell": [b"x_1,x_2\n1,\n", b'x_1,x_2\n" ",1\n'],
    "too_big": [b"x_1\n1000000.1\n", b"x_1\n-1e7\n", b"1e999", b"-1e9999", b"1\n" + b"9" * 100_000],
}  # fmt: skip


def layer(H=1, D=1, **changes) -> bytes:
    """The JSON of a layer, with some of its fields changed."""
    data = json.loads(LSTMParams(np.full((4, H, H + D), 0.5), np.full((4, H), -1.0)).to_json()) | changes
    return json.dumps({name: value for name, value in data.items() if value != "left out"}).encode()


REFUSED_PARAMS = {
    "too_many_bytes": [b" " * (MAX_BYTES["params"] + 1)],
    "encoding": [b"\xff\xfe", b"{}\0"],
    "empty": [b"", b" \n"],
    "not_json": [b"{", b"x_1\n1\n", b"[" * 2000, b'{"a":' * 2000, b"1" + b"0" * 5000],
    "not_params": [b"{}", b"[]", b"null", b"NaN", b'["lstm-params"]', b'{"format": "lstm"}'],
    "other_params": [
        layer(version=2), layer(version="1"), layer(gates=["i", "f", "g", "o"]), layer(gates="fico"),
        layer(gates="left out"), layer(version="left out"),
    ],
    "shapes": [
        layer(W="left out"), layer(b="left out"), layer(W=[]), layer(b=[[0]] * 3), layer(W=[[[0.5]]] * 4),
        layer(W=None), layer(b="0.5"), layer(W=[[["1", 2]]] * 4), layer(b=[[float("nan")]] * 4),
        layer(b=[[10**400]] * 4), layer(b=[[0], [0], [0], [0, 1]]), layer(W={"__reduce__": "id"}),
        layer(b=[[1e300]] * 4, dtype="float32"), layer(b=[[True]] * 4),
        layer(W=[[["x" * 200_000, *[""] * 50_000]]] * 4),
    ],
    "dtype": [layer(dtype="float16"), layer(dtype=["float64"]), layer(dtype=None)],
    "switch": [layer(forget_gate="no"), layer(forget_gate=1), layer(coupled="true"), layer(coupled=0)],
    "coupled": [layer(forget_gate=False, coupled=True)],
    "peepholes": [
        layer(peepholes=[[0]] * 4), layer(peepholes=[["0"]] * 3), layer(peepholes=0),
        layer(peepholes=[[float("nan")]] * 3), layer(peepholes=[[1e39]] * 3, dtype="float32"),
    ],
    "too_many": [
        b"[" * 100_000, b'{"a":' * 100_000, b"[" + b"{}," * 1_000_000 + b"{}]",
        b"[" + b"0," * 4_000_000 + b"0]", layer(H=2 * MAX_H, D=1),
    ],
    "too_large": [layer(H=MAX_H + 1), layer(D=MAX_D + 1)],
    "too_big": [layer(b=[[1.1e6]] * 4), layer(W=[[[0, -1e308]]] * 4), layer(peepholes=[[1e7]] * 3)],
}  # fmt: skip


def details_named_in_texts(reason: str) -> set[str]:
    """What the English message of a refusal names; the rules see that the Korean one names the same."""
    message = texts("en")[f"upload.refused.{reason}"]
    return {name for _, name, _, _ in string.Formatter().parse(message) if name}


def refusal(read, content: bytes) -> Refused:
    with pytest.raises(Refused) as caught:
        read(content)
    return caught.value


REFUSED_TABLES = {
    "empty": [b"\n\n"], "no_rows": [b"a,b\n"], "no_numbers": [b'a,b\n"1,5","2,5"\n'],
    "ragged": [b"a,b\n1,2\n1\n"], "not_a_number": [b"a,b\n1,2\n1,x\n"], "empty_cell": [b"a,b\n1,2\n1,\n"],
    "too_big": [b"a\n1e99\n"], "too_long": [b"1\n" * (MOST_STEPS + 1)], "encoding": [b"\x00\x01\x02"],
    "too_wide": [b",".join([b"1"] * (MOST_COLUMNS + 1))], "too_many_bytes": [b"1\n" * 3_000_000],
    "ambiguous": [b"1,5\n0,1\n"],
}  # fmt: skip
REFUSED = {read_sequence: REFUSED_SEQUENCES, read_params: REFUSED_PARAMS, read_table: REFUSED_TABLES}


@collected(
    "read, reason, content",
    [
        (read, reason, content)
        for read, refused in REFUSED.items()
        for reason, contents in refused.items()
        for content in contents
    ],
)
def test_what_is_no_sequence_no_layer_and_no_table_is_refused(read, reason, content):
    refused = refusal(read, content)
    assert refused.reason == reason and set(refused.details) >= details_named_in_texts(reason)


def test_every_refusal_in_the_texts_was_met_above():
    met = {"pin", "too_many_pins"}.union(*REFUSED.values())
    told = {key for key in texts("en") if key.startswith("upload.refused.")}
    assert told == {f"upload.refused.{reason}" for reason in met}


@pytest.mark.parametrize(
    ("content", "details"),
    [
        (b"x_1,x_2\n1,2\n1\n", {"line": 3, "got": 1, "expected": 2}),
        (b"x_1\n1\n2\nthree\n", {"line": 4, "cell": "three"}),
        (b"x_1\n\n1\n\ntwo\n", {"line": 5, "cell": "two"}),
        (b"1\n2\n" * MAX_T, {"got": 2 * MAX_T, "most": MAX_T}),
        (b"x_1,x_3\n1,2\n", {"expected": "x_1 … x_2"}),
        (b"1e7", {"most": "1000000"}),
    ],
)
def test_a_refusal_says_where_and_what(content, details):
    assert refusal(read_sequence, content).details == details


@collected(
    "cell",
    [
        "<script>alert(1)</script>", "![x](//x.example/y)", "[a](b)", "**b**", "`x`", "$x^2$", "| a |",
        "a\u202eb", "x" * 9999, "`" * 30, "https://evil.example", "www.evil.example",
    ],
)  # fmt: skip
def test_what_a_refusal_quotes_is_short_and_no_markup(cell):
    quoted = refusal(read_sequence, f'1\n"{cell}"\n'.encode()).details["cell"]
    assert len(quoted) <= 21 and quoted.isprintable() and not set(quoted) & set("`*_[]<>$\\|#~")


# -- parameters ---------------------------------------------------------------------------------


def test_our_own_params_come_back_also_with_the_mark_of_a_windows_editor():
    params = preset("random").with_variant("peephole").params
    for before in (b"", b"\xef\xbb\xbf"):
        assert read_params(before + params.to_json().encode()) == params


def test_the_largest_layer_that_is_taken():
    """With every number there can be, each as long as it can be."""
    H, D = MAX_H, MAX_D
    largest = LSTMParams(long_numbers(4, H, H + D), long_numbers(4, H), True, long_numbers(3, H))
    content = largest.to_json().encode()
    assert 0.8 * MAX_BYTES["params"] < len(content) <= MAX_BYTES["params"]
    assert read_params(content) == largest


@pytest.mark.parametrize(("H", "D"), [(MAX_H + 1, 1), (1, MAX_D + 1), (MAX_H, MAX_D + 1)])
def test_a_layer_just_beyond_the_limits_is_refused_by_its_size(H, D):
    refused = refusal(read_params, layer(H=H, D=D))
    assert refused.reason == "too_large" and (refused.details["H"], refused.details["D"]) == (H, D)


# -- tables with headers of any name -------------------------------------------------------------


def test_columns_keep_their_names_and_one_of_dates_is_set_aside():
    table = read_table("날짜;온도;습도\n2024-01-01;0,5;-1\n2024-01-02;1,25;2e-1\n".encode("utf-8-sig"))
    assert table.names == ("온도", "습도") and table.set_aside == ("날짜",)
    assert table.values.tolist() == [[0.5, -1], [1.25, 0.2]]


def test_inputs_are_proposed_by_name_and_else_by_place():
    table = read_table(b"x_2,time,x_1\n1,2,3\n")
    assert table.proposed(2) == (2, 0) and table.proposed(1) == (2,) and table.proposed(3) == (0, 1, 2)
    assert read_table(b"a,b\n1,2\n").proposed(3) == (0, 1)


def test_of_the_trace_csv_the_rows_of_unit_1_are_read_and_their_inputs_alone():
    trace = preset("random").trace()
    table = read_table(to_csv(trace).encode())
    assert table.names == ("x_1", "x_2") and table.values.tolist() == trace.x.tolist()


def test_pairs_of_whole_numbers_are_two_numbers_where_two_are_wanted():
    table = read_table(b"1,5\n0,1\n", D=2)
    assert table.values.tolist() == [[1, 5], [0, 1]] and table.names == ("1", "2") and not table.set_aside


def test_a_notebook_hears_a_sentence():
    with pytest.raises(Refused, match="Line 3: `x` is not a number."):
        read_table(b"a,b\n1,2\n1,x\n")


# -- anything at all ----------------------------------------------------------------------------

files = st.one_of(
    st.binary(max_size=60),
    st.text(alphabet='x_123,;\n\r" .e-+t\u0661', max_size=60).map(str.encode),
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(max_size=4),
        lambda inner: st.lists(inner, max_size=4),
    ).map(lambda value: layer(W=value)),
)


@settings(max_examples=examples(30, 300))
@given(files)
def test_any_file_is_taken_within_the_limits_or_refused(content):
    with suppress(Refused):
        x = read_sequence(content)
        assert x.ndim == 2 and 1 <= len(x) <= MAX_T and 1 <= x.shape[1] <= MAX_D and (abs(x) <= LIMIT).all()
    with suppress(Refused):
        params = read_params(content)
        assert params.H <= MAX_H and params.D <= MAX_D and (abs(params.W) <= LIMIT).all()
    with suppress(Refused):
        table = read_table(content)
        assert table.values.shape[1] == len(table.names) > 0 and np.isfinite(table.values).all()
