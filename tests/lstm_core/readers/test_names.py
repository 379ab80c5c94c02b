"""Names out of a file: written, shown and made a part of a file's name, whatever they hold."""

import json
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from lstm_core.readers import read_layers
from lstm_core.readers.command import main
from lstm_core.readers.names import MOST_IN_FILE, MOST_SHOWN, in_file_name, printable, shown_name, writable

NAMES = st.text(st.characters(codec=None), max_size=700)


@given(NAMES)
def test_every_name_can_be_written_shown_and_put_into_the_name_of_a_file(name):
    assert writable(name).encode().decode() == writable(name)
    assert writable(writable(name)) == writable(name)
    assert shown_name(name).isprintable() and len(shown_name(name)) <= MOST_SHOWN
    assert printable(name).isprintable() and len(printable(name)) == len(name)
    part = in_file_name(writable(name))
    assert len(part.encode()) <= MOST_IN_FILE and not set(part) & set('/\\:*?<>|" \n\0') and part[:1] != "."


def test_a_usual_name_stays_as_it_is():
    for name in ("encoder.lstm_l0_reverse", "시퀀스.lstm", "a/b:0"):
        assert writable(name) == shown_name(name) == name
    assert in_file_name("encoder/lstm:0") == "encoder_lstm_0" and in_file_name("../..") == ""


def layers(*names: str) -> bytes:
    rows = {"W": [[[0, 0]]] * 4, "b": [[0]] * 4}
    return json.dumps({f"{name}.{part}": array for name in names for part, array in rows.items()}).encode()


LONG = ("a" * 480, "a" * 300 + "b" + "a" * 179, "\x1b[2J\n\u202e", "=1+1", "\ud800", "<b>")


def test_the_command_line_shows_and_writes_layers_of_any_name(tmp_path, capsys):
    paths = [str(tmp_path / f"{'n' * 100}{number}.json") for number in range(2)]
    for path in paths:
        Path(path).write_bytes(layers(*LONG))
    assert main(["--list", *paths]) == 0
    shown = [line for line in capsys.readouterr().out.splitlines() if "json: JSON" not in line]
    assert len(shown) == 2 * 2 * len(LONG)
    assert all(line.isprintable() and len(line) < MOST_SHOWN + 90 for line in shown)
    (tmp_path / "out").mkdir()
    (tmp_path / "x.csv").write_text("1\n2\n")
    for ending in (".json", ".npz", ".csv"):
        out = str(tmp_path / "out" / f"w{ending}")
        assert main([*paths, "--out", out, "--input", str(tmp_path / "x.csv")]) == 0
    made = sorted((tmp_path / "out").iterdir())
    assert len(made) == 3 * 2 * len(LONG) and all(len(path.name.encode()) < 250 for path in made)
    names = {str(np.load(path)["layer"]) for path in made if path.suffix == ".npz"}
    assert names == {layer.address for layer in read_layers(layers(*LONG))}


def test_a_layer_is_chosen_by_the_name_that_is_shown(tmp_path):
    path, out = tmp_path / "w.json", tmp_path / "one.json"
    path.write_bytes(layers(LONG[0], "b"))
    assert main([str(path), "--layer", shown_name(LONG[0]), "--out", str(out)]) == 0
    assert out.exists()
