"""Labels of the steps of a reader's own network: from a text, a table and the command line, to its files."""

import io

import numpy as np
import pytest

from lstm_core.export import read_csv
from lstm_core.readers import Refused, read_file, read_layers, run_layers
from lstm_core.readers.apart import read_apart
from lstm_core.readers.command import main
from lstm_core.readers.embeddings import one_hot
from lstm_core.readers.excerpt import experiment_around
from lstm_core.readers.limits import IN_THE_APP
from lstm_core.readers.loaded_network import LoadedNetwork
from lstm_core.readers.sequence import read_label_file, read_labelled_x
from lstm_core.readers.summary import between
from lstm_core.workbench.table import read_table
from tests.collected import collected
from tests.lstm_core.readers.layer_files import FOLDER, TEXTS, captured_run

TEXT = "ab\nba b"


def loaded() -> LoadedNetwork:
    """A layer of two inputs, on a text of two letters and a few more that stand for the first."""
    network = LoadedNetwork.of(read_file(FOLDER / "torch_checkpoint.pt"), "torch_checkpoint.pt")
    x = one_hot(TEXT.replace("\n", "a").replace(" ", "a"), "ab", 2)
    network.feed(x, "text", TEXT)
    return network


def test_the_letters_of_a_text_name_its_steps_until_there_is_another_sequence():
    network = loaded()
    assert network.run().trace.labels == tuple(TEXT) == network.labels
    with pytest.raises(Refused):
        network.feed(np.ones((3, 5)), "other.csv", "xyz")
    assert network.run().trace.labels == tuple(TEXT)
    network.feed(np.ones((3, 2)), "other.csv")
    assert network.run().trace.labels == () == network.labels
    network = loaded()
    network.make_noise(2)
    assert network.run().trace.labels == () == network.labels


def test_a_layer_that_reads_from_the_end_has_each_label_at_the_step_that_it_reads():
    layers = read_layers(FOLDER / "keras_now_pair.keras")
    forwards, reverse = run_layers(layers, np.arange(8.0).reshape(4, 2), labels="abcd")
    assert forwards.trace.labels == tuple("abcd") and reverse.trace.labels == tuple("dcba")
    frame = reverse.to_frame(1)
    assert frame["t"].tolist() == [1, 2, 3, 4] and frame["label"].tolist() == list("abcd")


def test_a_part_of_a_run_and_what_opens_on_other_pages_have_their_labels():
    run = loaded().run()
    assert between(run.trace, 2, 4).labels == tuple(TEXT[1:4])
    experiment, t = experiment_around(run, 3)
    assert experiment.labels == tuple(TEXT) and t == 3


def test_a_captured_run_comes_through_the_process_that_reads_it_and_starts_where_its_model_did():
    file = read_apart(captured_run())
    network = LoadedNetwork.of(file, "run.npz")
    for number, text in enumerate(TEXTS, start=1):
        network.take(number)
        seen = network.layer.seen.sequence(number)
        run = network.run()
        assert run.trace.labels == tuple(text) and len(seen.x) == len(text)
        assert np.array_equal(run.trace.C_prev[0], seen.C0) and np.array_equal(run.trace.h_prev[0], seen.h0)
    network.choose("second")
    assert network.sequence == 3 and np.array_equal(network.inputs(), network.layer.seen.sequence(3).x)
    network.feed(np.ones((2, 2)), "other.csv")
    assert network.sequence is None and not network.run().trace.C_prev[0].any()
    with pytest.raises(Refused):
        network.take(4)
    assert network.sequence is None and network.inputs().tolist() == [[1, 1], [1, 1]]
    network.evict()
    assert network.layer_bytes() == 0


TABLES = [
    (b"x_1,label,x_2\n1,3,2\n3, ,4\n5,a,6\n", ("3", " ", "a")),
    ("x_1;x_2;label\n1,5;2;1,5\n3;4;a,b\n5;6;한\n".encode(), ("1,5", "a,b", "한")),
    (b"x_1,x_2,label\n1,2,'=1\n3,4,O'Brien\n5,6,'-\n", ("=1", "O'Brien", "-")),
    (b'x_1,x_2,label\r\n1,2,"\n"\r\n3,4,\r\n5,6,"a""b"\r\n', ("\n", "", 'a"b')),
]


@collected("content, labels", TABLES)
def test_a_column_label_of_a_table_names_the_steps(content, labels):
    table = read_table(content)
    assert table.labels == labels and table.names == ("x_1", "x_2") and table.set_aside == ()
    assert table.values[1:, :].tolist() == [[3, 4], [5, 6]]


def test_a_column_label_of_numbers_names_the_steps_and_can_be_an_input_too():
    table = read_table(b"a,label\n1.5,0\n2.5,1\n")
    assert table.names == ("a", "label") and table.labels == ("0", "1")
    assert read_table(b"1.5,0\n2.5,1\n").labels == () == read_table(b"a,b\n1,x\n").labels


@collected("content, labels", [
    (b"x_1,x_2,label\n1,2,a\n3,4,b\n", ("a", "b")), (b"label,first,second\n1,1,2\nb,3,4\n", ("1", "b")),
])  # fmt: skip
def test_the_command_line_reads_a_column_label(content, labels):
    x, found = read_labelled_x(io.BytesIO(content), 2, IN_THE_APP)
    assert x.tolist() == [[1, 2], [3, 4]] and found == labels


def test_the_command_line_writes_the_labels_that_it_was_given_if_they_are_as_many(tmp_path, capsys):
    x, text, out = (tmp_path / name for name in ("x.npy", "names.txt", "trace.csv"))
    np.save(x, np.ones((3, 2)))
    run = [str(FOLDER / "torch_double.pt"), "--input", str(x), "--out", str(out)]
    text.write_text("abcd\nef\n")
    assert main([*run, "--labels", str(text)]) == 1 and not out.exists()
    assert "7 letters or 2 lines, where 3 are needed" in capsys.readouterr().err
    for content, labels in (("=한 \n", ["=", "한", " "]), ("the\ncat\n\n", ["the", "cat", ""])):
        text.write_text(content, "utf-8")
        assert main([*run, "--labels", str(text)]) == 0
        assert read_csv(out.read_text("utf-8"))["label"].tolist()[::3] == labels
    assert main(run) == 0 and "label" not in read_csv(out.read_text("utf-8"))


@collected("content", [b"\xff\xfe\xfa", b"a" * 4_000_001])
def test_a_text_that_is_none_or_too_large_is_refused(content):
    with pytest.raises(Refused):
        read_label_file(io.BytesIO(content), 3)
