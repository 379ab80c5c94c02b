"""Words within a refusal, such as what is broken in a file: each by a key, by which a page translates it."""

from __future__ import annotations

PHRASES = {
    # kinds of files
    "hdf5": "HDF5 file",
    "onnx": "ONNX model",
    "pickle": "pickle",
    "pytorch": "PyTorch file",
    "npz": ".npz file",
    "zip": "zip archive",
    "archive": "archive of weights",
    "keras": "Keras model",
    "safetensors": "safetensors file",
    # HDF5
    "endless_groups": "its groups stand within each other without an end",
    "no_shape": "the shape of an array can't be read",
    "no_type": "the type of an array can't be read",
    "no_attribute": "an attribute can't be read",
    "short_attribute": "an attribute is shorter than it says",
    "no_link": "a link can't be read",
    "outside": "it points outside of itself",
    "newer": "its form is newer than what is read here",
    "other_addresses": "its addresses are counted in another way than h5py does",
    "no_header": "an object has no header",
    "long_message": "a message is longer than what it stands in",
    "lost_header": "a header goes on nowhere",
    "no_table": "a group has no table",
    "no_names": "a group has no names",
    "endless_group": "a group goes on without an end",
    "no_members": "a group has no members",
    "lost_text": "a text is not where it should be",
    "text_outside": "a text is not in its heap",
    # ONNX
    "no_field_number": "a field has no number",
    "cut_number": "a number is cut off",
    "long_field": "a field is longer than what it stands in",
    "other_field": "it uses a kind of field that ONNX does not",
    "endless_number": "a whole number does not end",
    "many_axes": "a tensor has more than eight axes",
    "no_length": "the length of an axis is no number",
    "no_place": "the place of numbers in another file is no whole number",
    "deep_graphs": "its graphs stand within each other too deep",
    "no_direction": "the direction of an LSTM can't be read",
    # safetensors
    "long_header": "its header is longer than the file, or than a header can be",
    "header_no_json": "its header is no JSON",
    "header_no_arrays": "its header is no list of arrays",
    "shared_place": "two of its arrays share a place",
    "no_array": "an entry of its header is no array",
    "said_twice": "its header says something twice",
    "hole": "some of its bytes belong to no array",
    # pickle
    "endless": "it does not end",
    "empty_stack": "its stack is empty",
    "no_mark": "a mark is missing",
    "mark_taken": "a mark is taken away",
    "mark_kept": "a mark is kept",
    "no_value": "a key has no value",
    "name_no_text": "a name is no text",
    "no_tuple": "arguments are no tuple",
    "long_number": "a whole number in it is longer than any that weights need",
    # safetensors, pickle
    "wrong_place": "the place of {name} is not as long as its shape says, or outside of the file",
    "unreadable": "an instruction in it can't be read",
    "nothing_to_work_on": "{name} finds nothing to work on",
    # zip, NumPy
    "same_name": "two members are called {name}",
    "missing": "{name} is missing",
    "bytes_in": "bytes in {name}",
    "short_member": "{name} is shorter than it says",
    "not_unpacked": "it can't be unpacked",
    "not_as_long": "{name} is not as long as its shape says",
    "no_npy_header": "the header of {name} can't be read",
    "no_numbers": "{name} is no array of numbers",
    # PyTorch
    "pickles": "it holds more than one pickle",
    "no_storages": "its list of storages can't be read",
    "other_pickle": "a pickle that torch.save did not write",
    "no_storage": "an array has no storage",
    "place_no_number": "the place of an array is no whole number",
    "strides": "an array does not have a stride for each axis",
    "other_storage": "a storage is described in no way that PyTorch uses",
    # Keras
    "config_no_json": "its configuration is no JSON",
    "config_no_object": "its configuration is no object",
    # shapes, and what there is too much of
    "rows_columns": "(rows, columns)",
    "lstm_layers": "LSTM layers",
    "members": "members",
    "arrays": "arrays",
    "bytes_of_config": "bytes of configuration",
    "instructions": "pickle instructions",
    "fields": "fields",
    "nodes": "nodes and tensors",
    "layers": "layers",
    "parts": "parts",
    "bytes_of_text": "bytes of text",
    "letters_of_name": "letters in the name of an array or a class",
    # JSON
    "deep_lists": "its lists stand within each other too deep",
    "no_object": "it is a list or a single value",
    "else_than_numbers": "{name} holds something else than numbers",
    "ragged": "the rows of {name} are not of one length",
    "json_at": "it is no JSON from line {line}, column {column} on",
    "not_utf8": "it is no text in UTF-8",
    "no_number": "{name} is no number",
    "own_field": "one of {names} is not as the lstm-params format has it",
    # what stands in place of a name
    "none": "none",
    "rnn": "a plain RNN",
    "gru": "a GRU",
    "model_input": "an input of the model",
    "gate_function": "gate function",
    "candidate_function": "activation of the candidate",
    "memory_function": "activation of the memory",
    "activation": "activation",
    # sequences
    "npy_numbers": "the array does not hold the numbers that it says",
    "not_csv": "its rows or quotes do not end",
    "empty": "it is empty",
    "columns": "it has {got} columns, and {expected} are needed",
    "names_alone": "it holds names alone",
    "row": "row {number} does not hold {expected} numbers",
}
"""The phrases in English. They stand within a sentence of `refusals.SENTENCES`."""


class Phrase:
    """Words within a refusal: `str()` is English, and a page says them by `key` and `values`."""

    def __init__(self, key: str, **values):
        self.key = key
        self.values = {name: shown(value) for name, value in values.items()}

    def __str__(self) -> str:
        return PHRASES[self.key].format(**self.values)


def shown(value) -> str:
    """A number or a text from a file as it stands in a sentence: cut, and printable."""
    if isinstance(value, int) and abs(value) < 10**15:
        return f"{value:,}"
    text = "".join(letter if letter.isprintable() else "?" for letter in str(value)[:200])
    return text if len(text) <= 120 else text[:117] + "…"
