"""Pickles as nobody should send them, bare and in the zip of `torch.save`: name -> why refused, bytes."""

import io
import pickle
import struct
import zipfile

from .archives import Files

H, D = 2, 1

CALLS = [
    ("os", "system", "touch /tmp/was_run"), ("builtins", "eval", "1+1"), ("builtins", "getattr", "os"),
    ("subprocess", "Popen", "ls"), ("importlib", "import_module", "os"), ("io", "open", "/etc/passwd"),
    ("_pickle", "loads", "x"), ("torch.nn.modules.rnn", "LSTM", "1"), ("torch.hub", "load", "x"),
    ("__main__", "Model", "x"),
]  # fmt: skip
"""What a pickle may ask for: module, name and argument."""

FORMS = {
    "global": lambda m, n, a: b"\x80\x02c" + _line(m) + _line(n) + _text(a) + b"\x85R.",
    "stack_global": lambda m, n, a: b"\x80\x04" + _text(m) + _text(n) + b"\x93" + _text(a) + b"\x85R.",
    "inst": lambda m, n, a: b"\x80\x02(" + _text(a) + b"i" + _line(m) + _line(n) + b".",
    "obj": lambda m, n, a: b"\x80\x02(c" + _line(m) + _line(n) + _text(a) + b"o.",
    "newobj": lambda m, n, a: b"\x80\x02c" + _line(m) + _line(n) + _text(a) + b"\x85\x81.",
    "build": lambda m, n, a: b"\x80\x02c" + _line(m) + _line(n) + b")R}" + _text("x") + _text(a) + b"sb.",
}
"""And in which instructions."""


def _line(text: str) -> bytes:
    return text.encode() + b"\n"


def _text(text: str) -> bytes:
    return b"X" + struct.pack("<I", len(text.encode())) + text.encode()


def archive(data_pkl: bytes, storages: dict[str, bytes] | None = None, method=zipfile.ZIP_STORED) -> bytes:
    """A zip as torch.save writes it."""
    file = io.BytesIO()
    members = {"a/data.pkl": data_pkl, "a/version": b"3\n"}
    members |= {f"a/data/{key}": raw for key, raw in (storages or {}).items()}
    with zipfile.ZipFile(file, "w") as zipped:
        for name, content in members.items():
            member = zipfile.ZipInfo(name)  # of a fixed date, so that the same members make the same bytes
            member.compress_type = method
            zipped.writestr(member, content)
    return file.getvalue()


def tensor(key: str, count, offset, shape, strides, kind: str = "FloatStorage") -> bytes:
    """The instructions that build an array: a call of _rebuild_tensor_v2 on a storage."""
    sizes = b"(" + b"".join(map(_number, shape)) + b"t"
    steps = b"(" + b"".join(map(_number, strides)) + b"t"
    storage = [_text("storage"), b"ctorch\n", _line(kind), _text(key), _text("cpu"), _number(count)]
    call = b"ctorch._utils\n_rebuild_tensor_v2\n"
    return call + b"((" + b"".join(storage) + b"tQ" + _number(offset) + sizes + steps + b"\x89}tR"


def _number(value) -> bytes:
    return pickle.dumps(value, 2)[2:-1]


def state(**tensors: bytes) -> bytes:
    """A pickle of a dict of arrays."""
    return b"\x80\x02}(" + b"".join(_text(name) + made for name, made in tensors.items()) + b"u."


def layer(hidden=None, inputs=None, raw: dict[str, bytes] | None = None, kind="FloatStorage") -> bytes:
    """A file with one LSTM layer, whose two matrices are told as given."""
    hidden = hidden or ("0", 4 * H * H, 0, (4 * H, H), (H, 1))
    inputs = inputs or ("1", 4 * H * D, 0, (4 * H, D), (D, 1))
    content = state(weight_hh_l0=tensor(*hidden, kind), weight_ih_l0=tensor(*inputs, kind))
    return archive(content, raw or {"0": bytes(4 * 4 * H * H), "1": bytes(4 * 4 * H * D)})


def bombs() -> Files:
    """Pickles that are small and would be large, or are none."""
    laughs = b"\x80\x02" + b"(" + _text("ha") + b"t" + b"q\x00" + b"h\x00h\x00\x86q\x00" * 200
    return {
        "doubled tuples": ("no_layer", laughs + b"."),
        "a key that takes for ever to hash": ("no_layer", b"\x80\x02}" + b")" + b"2\x86" * 60 + b"K\x01s."),
        "lists within lists": ("no_layer", b"\x80\x02" + b"]" * 200_000 + b"a" * 199_999 + b"."),
        "tuples within tuples": ("no_layer", b"\x80\x02)" + b"\x85" * 400_000 + b"."),
        "a list within itself": ("no_layer", b"\x80\x02]q\x00h\x00a."),
        "a memo far away": ("no_layer", b"\x80\x02Nr\xff\xff\xff\xff."),
        "a million instructions": ("instructions", b"\x80\x02" + b"N0" * 500_000 + b"N."),
        "marks": ("instructions", b"\x80\x02" + b"(" * 1_000_000 + b"."),
        "a text that claims gigabytes": ("unreadable", b"\x80\x04\x8d" + struct.pack("<Q", 1 << 40) + b"x."),
        "a number of a million digits": ("unreadable", b"\x80\x02L" + b"9" * 1_000_000 + b"L\n."),
        "a long number that claims gigabytes": (
            "unreadable", b"\x80\x02\x8b" + struct.pack("<i", 0x7FFFFFFF) + b"x."
        ),
        "a long number below nothing": ("unreadable", b"\x80\x02\x8b" + struct.pack("<i", -5) + b"x."),
        "no instruction": ("unreadable", b"\x80\x02\xff."),
        "no end": ("unreadable", b"\x80\x02N"),
        "a memo that is not there": ("nothing_to_work_on", b"\x80\x02h\x07."),
        "nested lists": ("empty_stack", b"\x80\x02" + b"](" * 100_000 + b"."),
        "nothing on the stack": ("empty_stack", b"\x80\x02."),
        "keys without values": ("no_value", b"\x80\x02}(K\x01u."),
        "extensions": ("instruction", b"\x80\x02\x82\x01."),
    }  # fmt: skip


def lies() -> Files:
    """Zip files whose arrays are not where they say."""
    big, wide = 1 << 40, (4 * H, H)
    half = tensor("0", 16, 0, wide, (H, 1))
    one = tensor("0", 1, 0, (4096, 1024), (0, 0))

    def many(count: int, made: bytes) -> bytes:
        names = [f"l{n}.weight_{kind}_l0" for n in range(count) for kind in ("hh", "ih")]
        return archive(state(**dict.fromkeys(names, made)), {"0": bytes(64)})

    return {
        "a storage of a terabyte": ("storage", layer(("0", big, 0, wide, (H, 1)))),
        "a storage that is too short": ("storage", layer(raw={"0": bytes(63), "1": bytes(32)})),
        "an offset beyond": ("storage", layer(("0", 16, 9, wide, (H, 1)))),
        "strides beyond": ("storage", layer(("0", 16, 0, wide, (1 << 30, 1)))),
        "a few numbers read again and again": ("storage", many(200, one)),
        "a shape of a terabyte": ("shape", layer(("0", 16, 0, (big, H), (H, 1)))),
        "a shape of nothing": ("shape", layer(("0", 16, 0, (0, 0), (1, 1)))),
        "halves that do not match": ("shape", layer(inputs=("1", 8, 0, (4, 2), (2, 1)))),
        "an offset below": ("place_no_number", layer(("0", 16, -1, wide, (H, 1)))),
        "strides below": ("place_no_number", layer(("0", 16, 15, wide, (-H, 1)))),
        "a shape of true": ("place_no_number", layer(("0", 16, 0, (True, H), (H, 1)))),
        "strides missing": ("strides", layer(("0", 16, 0, wide, (1,)))),
        "one number for a whole layer": (
            "units", layer(("0", 1, 0, (1 << 22, 1 << 20), (0, 0)), raw={"0": bytes(4), "1": bytes(32)})
        ),
        "a storage that is not there": ("missing", layer(("7", 16, 0, wide, (H, 1)))),
        "a storage that climbs": ("missing", layer(("../../version", 16, 0, wide, (H, 1)))),
        "a storage of an unknown type": ("other_storage", layer(kind="EvilStorage")),
        "a storage of whole numbers": (
            "dtype", layer(kind="LongStorage", raw={"0": bytes(128), "1": bytes(64)})
        ),
        "NaN": ("not_finite", layer(raw={"0": struct.pack("<f", float("nan")) * 16, "1": bytes(32)})),
        "half of a layer": ("incomplete", archive(state(weight_hh_l0=half), {"0": bytes(64)})),
        "an array without a storage": (
            "no_storage", archive(b"\x80\x02ctorch._utils\n_rebuild_tensor_v2\n(NNNNNNtR.")
        ),
        "a thousand layers": ("lstm_layers", many(1000, half)),
    }  # fmt: skip


def files() -> Files:
    """All of them."""
    made = {}
    for call in CALLS:
        for form, written in FORMS.items():
            why, content = "instruction" if form == "inst" else "not_weights", written(*call)
            made[f"{'.'.join(call[:2])} by {form}"] = (why, content)
            made[f"{'.'.join(call[:2])} by {form}, zipped"] = (why, archive(content))
    for name, (why, content) in bombs().items():
        made[f"pickle: {name}"] = (why, archive(content, method=zipfile.ZIP_DEFLATED))
    made["pickle: bare"] = ("not_weights", b"\x80\x02N.")
    return made | {f"torch: {name}": file for name, file in lies().items()}
