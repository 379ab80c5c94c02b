"""The command line: files of layers and a sequence -> traces, weights, workbooks as files."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from ..compact import COMPACT_ABOVE, numbers_in_table
from ..trace import column_of
from .command_input import input_of
from .files_of_runs import content, json_of
from .formats import read_file
from .gru import GRUTrace
from .in_lines import layers_said, moved_said, units_said
from .layer import Layer, LayerFile
from .limits import ANY_SIZE, IN_THE_APP, MOST_SECONDS, Limits
from .names import in_file_name, shown_name
from .outputs import output_of
from .ranking import ORDERS
from .refusals import Refused
from .run import LayerRun, run_layers
from .time_limit import time_limit
from .two_files import moved

ENDINGS = (".csv", ".npz", ".xlsx", ".parquet", ".json")


def main(arguments: Sequence[str]) -> int:
    """Do what the arguments say; 0 where all went well, 1 where a file was refused, 2 for wrong arguments."""
    parser = _parser()
    options = parser.parse_args(arguments)
    out = None if options.out is None else Path(options.out)
    if not (options.list or options.units or options.against or out is not None):
        parser.error("say --list, --units, --against, or where the trace goes: --out trace.csv")
    if out is not None and out.suffix not in ENDINGS:
        parser.error(f"--out ends in one of {', '.join(ENDINGS)}")
    limits = ANY_SIZE if options.any_size else IN_THE_APP
    refused = False
    written: set[Path] = set()
    for name in options.files:
        try:
            with time_limit(None if options.any_size else MOST_SECONDS):
                file = _file(name, options, limits)
            if options.list:
                print(f"{name}: {file.kind}", *layers_said(file), sep="\n")
            if options.against is not None:
                _compare(file, options, limits)
            if options.units:
                _tell(file, options, limits)
            if out is not None:
                _write(name, file, options, out, limits, written)
        except (ValueError, OSError) as error:
            refused = True
            print(f"{name}: {error}", file=sys.stderr)
    return int(refused)


_EXAMPLES = """for example:
  lstm-gates model.pt --list
  lstm-gates run.npz --units --unit 12
  lstm-gates model.pt --layer lstm --input x.csv --out trace.csv
  lstm-gates app        (the app in the browser)
"""


_SWITCH, _FILE = {"action": "store_true"}, {"metavar": "FILE"}

_OPTIONS: tuple[tuple[str, str, dict], ...] = (
    ("--list", "show the layers in each file", _SWITCH),
    ("--layer", "the layer to run, by the name that --list shows; else all of the file", {"metavar": "NAME"}),
    ("--stack", "run all layers of the file, each on what the one before it gives", _SWITCH),
    ("--input", "the sequence, .csv, .npy or .npz: a step a row, a column for each input", {"metavar": "X"}),
    ("--against", "tell which units moved from this file to that one, on one sequence", _FILE),
    ("--ids", "the sequence as ids of an embedding in the file, as in '3 1 4'", {"metavar": "TEXT"}),
    ("--h0", "the state before the first step, .csv, .npy or .npz: a row a layer that runs", _FILE),
    ("--C0", "the state before the first step, .csv, .npy or .npz: a row a layer that runs", _FILE),
    (
        "--sequence",
        "which sequence, from 1, where --input holds several, or the file what its layers read",
        {"type": int, "metavar": "K"},
    ),
    (
        "--batch-first",
        "the first of three axes of the input counts sequences, the second steps",
        {"action": "store_true", "default": None},
    ),
    (
        "--time-first",
        "the first of three axes counts steps, the second sequences",
        {"action": "store_false", "dest": "batch_first", "default": None},
    ),
    ("--labels", "names for the steps: a text of as many letters as steps, or of as many lines", _FILE),
    ("--out", f"where the trace goes; by its ending {', '.join(ENDINGS[:-1])}, or .json: weights", _FILE),
    (
        "--form",
        "of .csv and .parquet: a row for each step and unit, or nothing twice; without it compact "
        f"above {COMPACT_ABOVE:,} numbers",
        {"choices": ("long", "compact")},
    ),
    (
        "--units",
        "tell how long the units of each layer remember, and which come first in this order",
        {"nargs": "?", "const": ORDERS[0], "choices": (*ORDERS, "output", "label")},
    ),
    (
        "--label",
        "with --units: compare C with these steps",
        {"action": "append", "default": [], "metavar": "NAME"},
    ),
    ("--unit", "of one unit alone, from 1 (--units, .csv and .parquet)", {"type": int, "metavar": "K"}),
    (
        "--beside",
        "a file that an ONNX model keeps its numbers in",
        {"action": "append", "default": [], "metavar": "FILE"},
    ),
    ("--order", "the order of the gates, for arrays that have names alone", {"metavar": "ifco"}),
    ("--any-size", "lift the limits on files, layers, runs and time", _SWITCH),
)
"""Name, help, and what else argparse is told of it."""


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "lstm-gates",
        description="Run the LSTM layers of a file and write every number on the way.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "files", nargs="+", metavar="FILE", help="PyTorch, safetensors, Keras, ONNX, .npz or JSON"
    )
    axes = parser.add_mutually_exclusive_group()
    for name, says, more in _OPTIONS:
        of = axes if name.endswith("-first") else parser
        of.add_argument(name, help=says, **more)
    return parser


def _file(name: str, options, limits: Limits) -> LayerFile:
    return read_file(
        name,
        limits=limits,
        beside={Path(path).name: path for path in options.beside},
        order=options.order,
    )


def _chosen(file: LayerFile, name: str | None) -> list[Layer]:
    """The layers of an address, or of a name that several share."""
    layers = [layer for layer in file.layers if name is None or layer.address == name]
    layers = layers or [layer for layer in file.layers if name in (layer.name, shown_name(layer.address))]
    if not layers:
        raise Refused("no_such_layer", name=name, names=", ".join(layer.address for layer in file.layers))
    return layers


def _write(name: str, file: LayerFile, options, out: Path, limits: Limits, written: set[Path]) -> None:
    chosen = _chosen(file, options.layer)
    several, many = len(chosen) > 1, len(options.files) > 1
    if out.suffix == ".json":
        for layer in chosen:
            _save(_place(out, name, layer, several, many, written), json_of(layer))
        return
    for run, *_ in _runs(file, options, limits):
        ending, is_compact, why = _form(run, out.suffix, options)
        place = _place(out.with_suffix(ending), name, run.layer, several, many, written)
        _save(place, content(run, ending, options.unit, is_compact))
        if why:
            print(f"{place}: {why}", file=sys.stderr)


def _tell(file: LayerFile, options, limits: Limits) -> None:
    """Print what the units of the chosen layers remember."""
    for run, *_ in _runs(file, options, limits):
        if options.unit is not None:
            column_of(options.unit, run.layer.H)  # a ValueError for one that is not there
        read_by = output_of(file, run.layer)
        for line in units_said(run, options.units, options.label, options.unit, read_by):
            print(line)


def _compare(file: LayerFile, options, limits: Limits) -> None:
    """Print which units of the chosen layers moved to another file."""
    other = _file(options.against, options, limits)
    for run, stack, x, (h0, C0) in _runs(file, options, limits):
        print(*moved_said(run.layer, moved(run, stack, other, x, h0, C0)), sep="\n")


def _runs(file: LayerFile, options, limits: Limits) -> Iterator[tuple[LayerRun, list[Layer], Any, list]]:
    """The runs of the chosen layers, each with the layers that ran, on what, and from which states."""
    chosen = _chosen(file, options.layer)
    for stack in _stacks(file, chosen, options.stack):
        x, labels, (h0, C0) = input_of(file, stack, options, limits)
        runs = run_layers(stack, x, h0, C0, limits, labels)
        yield from ((run, stack, x, [h0, C0]) for run in runs if run.layer in chosen)


def _stacks(file: LayerFile, chosen: list[Layer], whole: bool) -> list[list[Layer]]:
    """What has to run so that the chosen layers do: the whole stack, or those of their name."""
    if whole:
        return [list(file.layers)]
    names = dict.fromkeys(layer.name for layer in chosen)
    return [[layer for layer in file.layers if layer.name == name] for name in names]


def _form(run: LayerRun, ending: str, options) -> tuple[str, bool, str]:
    """The ending that was asked for, or another one; whether it is compact; and why, where nobody said it."""
    if isinstance(run.trace, GRUTrace):
        return ending, False, ""
    count = numbers_in_table(run.trace, options.unit)
    by_size = options.form is None and count > COMPACT_ABOVE
    if ending not in (".csv", ".parquet") or not (by_size or options.form == "compact"):
        return ending, False, ""
    reason = f"a row for each step and unit would be {count:,} numbers (--form long writes them)"
    if ending == ".csv":
        return ".npz", True, f"compact, with a whole array for each quantity and no CSV: {reason}"
    return ending, True, f"compact, with a column for each quantity and unit: {reason}" * by_size


def _place(out: Path, name: str, layer: Layer, several: bool, many: bool, written: set[Path]) -> Path:
    """Where a run is written to: of `many` files or `several` layers each has its own name in it."""
    place = out
    if several or many:
        parts = [Path(name).stem] * many + [layer.address] * several
        plain = in_file_name(".".join(parts))
        place = out.with_name(f"{out.stem}.{plain}{out.suffix}")
    count = 1
    while place in written:
        count += 1
        place = place.with_name(f"{out.stem}.{count}{out.suffix}")
    written.add(place)
    return place


def _save(place: Path, made: bytes) -> None:
    place.write_bytes(made)
    print(place)
