"""Why a file is not taken: a reason with its details, and the sentence for it in English.

A page says the same in its own languages by the reason: `Refused.reason` is a key of SENTENCES.
"""

from __future__ import annotations

from .phrases import Phrase, shown

SAVE_STATE_DICT = "import torch; torch.save(model.state_dict(), 'weights.pt')"
"""What turns a model in memory into a file that can be read without running anything of it."""

SENTENCES = {
    # the file as a whole
    "empty": "The file is empty.",
    "no_file": "There is no ordinary file of the name {name}.",
    "unknown": (
        "The file is none that is read here: PyTorch (.pt, .pth), safetensors, Keras (.keras, .h5), ONNX, "
        "NumPy (.npz) or JSON."
    ),
    "broken": "The file is broken, or is no real {kind}: {what}.",
    "too_large": (
        "The file has {got} bytes and at most {most} are read here; on your own machine "
        "`python -m lstm_core FILE --any-size --list` reads it."
    ),
    "unpacked": (
        "What is read of the file would unpack to more than {most} bytes; on your own machine "
        "`python -m lstm_core FILE --any-size --list` reads it."
    ),
    "too_many": "The file holds more than {most} {what}, which no file of weights needs.",
    "took_too_long": (
        "Reading the file took more than {seconds} seconds and was stopped; no file of weights needs "
        "that. On your own machine `python -m lstm_core FILE --list --any-size` reads it without a limit."
    ),
    "too_much_memory": (
        "Reading the file took more than {most} bytes of memory and was stopped; no file of weights of this "
        "size needs that."
    ),
    "reader_failed": (
        "The reader failed on this file, and nothing of it was taken. Save the weights in another format, "
        "such as safetensors or .npz, and try that; the failure was written down for those who run this app."
    ),
    "no_room": (
        "This would take {got} bytes of memory, and the server has no room for that at present. Try again in "
        "a minute, with fewer layers at once or a shorter sequence, or use `python -m lstm_core` on your own "
        "machine."
    ),
    "line_full": "Many files are being read at this moment; drop yours again in a minute.",
    "one_array": (
        "An .npy file holds one array without a name; save them together, np.savez('layer.npz', "
        "weight_ih_l0=…, weight_hh_l0=…, …)."
    ),
    "no_layer": "The file holds no LSTM layer; its arrays: {names}.",
    "no_layer_known": "None of the LSTM layers in the file can be read: {first}",
    # PyTorch
    "not_weights": (
        "The file needs {name}, which is more than weights, and nothing of it was run; where the model is "
        f"in memory, save the weights alone: {SAVE_STATE_DICT}."
    ),
    "torchscript": (
        "The file is a program of TorchScript, and nothing of it was run; where PyTorch is, save its "
        "weights alone: import torch; torch.save(torch.jit.load('model.pt').state_dict(), 'weights.pt')."
    ),
    "instruction": "The pickle in the file uses the instruction {name}, which no state dict needs.",
    "big_endian": "The file was written on a big-endian machine; save it again on another.",
    "storage": "The numbers of {array} are not where the file says, or not as many.",
    "projection": "The LSTM {layer} projects its h to fewer numbers (proj_size), as no cell here does.",
    "not_lstm": "{layer} has {blocks} rows of weights for a unit, as {kind} has, and is no LSTM.",
    "incomplete": "The layer {layer} is not complete: {array} is missing.",
    # every kind
    "shape": "The array {array} of layer {layer} has shape {got}, where {expected} was expected.",
    "dtype": "The array {array} holds type {got}; float16, bfloat16, float32 and float64 are read.",
    "too_far": "The weights of layer {layer} reach {got}; no trained weight is above {most}.",
    "switch": (
        "The array {array} of layer {layer} has to be one True or False; it has type {dtype} and shape "
        "{shape}."
    ),
    "nothing_written": (
        "The layer {layer} says that it has no forget gate and that its input gate is 1 − f; nothing could "
        "ever be written."
    ),
    "not_finite": "The weights of layer {layer} hold NaN, an infinity or a number too large for {dtype}.",
    "units": (
        "The layer {layer} has {got} units and at most {most} are read here; on your own machine "
        "`python -m lstm_core FILE --any-size --list` reads it."
    ),
    "inputs": (
        "The layer {layer} has {got} inputs and at most {most} are read here; on your own machine "
        "`python -m lstm_core FILE --any-size --list` reads it."
    ),
    "activation": "The layer {layer} uses {got} as its {which}; the cell here has σ for gates, else tanh.",
    # zip, HDF5
    "path": "The archive names {name}, which leads out of it.",
    "compressed": "{name} is compressed in a way that is not read here.",
    "link": "The HDF5 file has at {name} a link or data outside of it, which is not followed.",
    "packed": "The HDF5 file keeps {name} in packed pieces, as Keras never does; save it again with Keras.",
    "stacked_cells": "The layer {layer} is several cells in one (StackedRNNCells), which is not read.",
    "hard_default": (
        "The file is of Keras 1, whose gates are hard_sigmoid unless the model says otherwise, and this file "
        "does not say; if they are σ, say so: recurrent_activation='sigmoid'."
    ),
    # ONNX
    "computed": (
        "The {what} of the ONNX layer {layer} is computed by {by} when the model runs; export it with its "
        "constants folded."
    ),
    "external": (
        "The numbers of {array} are in another file, {name}; give that file too (beside={{{name}: …}}, "
        "on the command line --beside FILE)."
    ),
    "clip": "The ONNX layer {layer} cuts its numbers off at {got} (clip), which this cell does not do.",
    "opset": "The ONNX model uses operators of version {got}; 7 to 22 and their like are read.",
    # named arrays
    "order": "The order of the gates has to name i, f, c and o once each, as in 'ifco'; got {got}.",
    "forget_bias": (
        "A kernel whose rows are inputs and h together is TensorFlow 1's, which adds a forget bias that it "
        "stores nowhere; say it: forget_bias=1.0 is the usual one."
    ),
    "json": "The JSON text holds more than {most} numbers; save them with np.savez instead.",
    "not_json": "The text is no JSON object of named arrays: {what}.",
    # text
    "alphabet": "The alphabet has {got} different letters, where {expected} are needed, one for each input.",
    "letter": "Letter {number} of the text, {letter}, is not in the alphabet.",
    "labels": "The names of the steps: {letters} letters or {lines} lines, where {expected} are needed.",
    # running
    "no_such_layer": "The file has no layer {name}; it has {names}.",
    "chain": "The layer {layer} takes {expected} inputs, and what comes before it gives {got}.",
    "merge": "What the two directions of {layer} give is not merged, so no layer can follow it.",
    "x_shape": (
        "Layer {layer} takes {expected} inputs a step, which is the last axis of the input; this one has "
        "shape {got}."
    ),
    "x_type": "The input holds {got}, and no numbers.",
    "x_empty": "The input has no steps: its shape is {got}.",
    "x_not_finite": "The input holds NaN or an infinity, first at step {t} in input {d}.",
    "x_turned": (
        "The input has {got} columns and {expected} rows, so its steps seem to stand side by side; turn "
        "it, so that a row is a step and a column an input."
    ),
    "x_several": (
        "The array has shape {got} and holds several sequences, and one at a time is shown here: bring one "
        "of them, of shape (T, {expected})."
    ),
    "which_axis": (
        "The input has shape {got}: {first} sequences of {second} steps (say --batch-first), or {second} "
        "sequences of {first} steps (say --time-first)?"
    ),
    "steps": "The input has {got} steps and at most {most} are run here.",
    "record": "{T} steps of {H} units are more than the {most} numbers of each kind that a run may record.",
    "states": "The states before the first step have to be one for each of the {expected} layers, got {got}.",
    "table": "A table of {got} cells is more than the {most} that are written; choose a unit or the .npz.",
    "no_pyarrow": (
        "A Parquet file is written by pyarrow, which is not installed here: pip install pyarrow, or take "
        "the .npz, which needs nothing more."
    ),
    "not_comparable": "To be compared, numbers of shape {expected} are needed, got {got}.",
    "not_comparable_numbers": "What is to be compared holds NaN or an infinity, first at step {t}.",
    "sequence": "The table can't be read: {what}.",
}


class Refused(ValueError):
    """A file, or a run of it, that is not taken. `str()` is one sentence in English.

    reason : a key of SENTENCES.
    details : what the sentence names: a Phrase, another Refused, or a text that is cut and made printable.
    """

    def __init__(self, reason: str, **details):
        self.reason = reason
        self.details = {
            name: value if isinstance(value, (Phrase, Refused)) else shown(value)
            for name, value in details.items()
        }
        super().__init__(SENTENCES[reason].format(**self.details))


def broken(kind: str, what: str, **values) -> Refused:
    """The refusal of a file that is no real one of its kind. kind, what : keys of PHRASES."""
    return Refused("broken", kind=Phrase(kind), what=Phrase(what, **values))
