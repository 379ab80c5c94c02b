"""Embeddings beside a layer in its file: found by their names, and read by ids or by letters."""

import io

import numpy as np
import pytest

from lstm_core.readers import Refused, read_file
from lstm_core.readers.apart import read_apart
from lstm_core.readers.command import main
from lstm_core.readers.embeddings import Embedding, ids_of
from tests.collected import collected
from tests.lstm_core.readers.layer_files import FOLDER

TABLE = np.arange(10.0).reshape(5, 2)
LSTM = {"weight_ih_l0": (12, 2), "weight_hh_l0": (12, 3), "bias_ih_l0": (12,), "bias_hh_l0": (12,)}


def file(**more) -> bytes:
    made = io.BytesIO()
    np.savez(made, **{f"rnn.{name}": np.ones(shape) for name, shape in LSTM.items()}, **more)
    return made.getvalue()


@collected(
    "more, names",
    [
        ({"encoder.embedding.weight": TABLE}, ["encoder.embedding"]),
        ({"layers/embedding/vars/0": TABLE}, ["layers/embedding"]),
        ({"word_embedding/word_embedding/embeddings:0": TABLE}, ["word_embedding/word_embedding"]),
        ({"embed.weight": TABLE, "embed.bias": np.ones(5)}, []),
        ({"embed.weight": TABLE.T}, []),
        ({"embed.weight": TABLE.astype(np.int64)}, []),
        ({"embed.weight": TABLE * np.nan}, []),
        ({"output.weight": TABLE}, []),
    ],
)
def test_a_table_of_vectors_is_found_by_its_name_and_its_width(more, names):
    found = read_file(file(**more)).embeddings
    assert [one.name for one in found] == names
    assert all(np.array_equal(one.vectors, TABLE) for one in found)


def test_it_comes_through_the_process_that_reads_the_file():
    [found] = read_apart(file(**{"embed.weight": TABLE})).embeddings
    assert found.name == "embed" and np.array_equal(found.vectors, TABLE)


def test_ids_and_letters_become_the_vectors_of_their_rows():
    table = Embedding("e", TABLE)
    for text, alphabet in (("4 0, 2;", ""), ("eac", "abcde")):
        ids, labels = ids_of(text, alphabet)
        assert table.of(ids).tolist() == TABLE[[4, 0, 2]].tolist()
        assert labels == (tuple(text) if alphabet else ("4", "0", "2"))


@collected(
    "text, alphabet, reason",
    [("", "", "empty"), ("1 x", "", "no_id"), ("-1", "", "no_id"), ("1.5", "", "no_id"),
     ("az", "abc", "letter"), ("5", "", "id"), ("1 " * 5001, "", "steps"), ("1" * 70_000, "", "steps")],
)  # fmt: skip
def test_what_is_no_id_is_refused(text, alphabet, reason):
    with pytest.raises(Refused) as refused:
        Embedding("e", TABLE).of(ids_of(text, alphabet)[0])
    assert refused.value.reason == reason


def test_the_command_line_runs_ids(tmp_path, capsys):
    weights, out = tmp_path / "w.npz", tmp_path / "t.npz"
    weights.write_bytes(file(**{"embedding.weight": TABLE}))
    assert main([str(weights), "--ids", "4 0 2", "--out", str(out)]) == 0
    with np.load(out) as made:
        assert np.array_equal(made["x"], TABLE[[4, 0, 2]]) and made["labels"].tolist() == ["4", "0", "2"]
    assert main([str(FOLDER / "torch_double.pt"), "--ids", "1", "--out", str(out)]) == 1
    assert "no embedding" in capsys.readouterr().err
