"""Pickles as nobody should send them, bare and within the zip of `torch.save`: name -> bytes."""

from __future__ import annotations

import io
import pickle
import struct
import zipfile

H, D = 2, 1

CALLS = [
    ("os", "system", "touch /tmp/was_run"), ("posix", "system", "touch /tmp/was_run"),
    ("nt", "system", "calc"),
    ("builtins", "eval", "1+1"), ("builtins", "exec", "x = 1"), ("__builtin__", "eval", "1+1"),
    ("builtins", "__import__", "os"), ("builtins", "open", "/etc/passwd"), ("builtins", "getattr", "os"),
    ("builtins", "compile", "1"), ("builtins", "breakpoint", ""), ("builtins", "input", ""),
    ("subprocess", "Popen", "ls"), ("subprocess", "check_output", "ls"), ("importlib", "import_module", "os"),
    ("runpy", "run_path", "/tmp/x.py"), ("socket", "create_connection", "x"), ("ctypes", "CDLL", "libc.so.6"),
    ("shutil", "rmtree", "/tmp/x"), ("webbrowser", "open", "x"), ("pickle", "loads", "x"),
    ("_pickle", "loads", "x"),
    ("marshal", "loads", "x"), ("code", "interact", "x"), ("pty", "spawn", "sh"), ("timeit", "timeit", "1"),
    ("functools", "partial", "x"), ("operator", "attrgetter", "x"), ("sys", "exit", "1"), ("io", "open", "x"),
    ("urllib.request", "urlopen", "x"), ("multiprocessing", "Process", "x"), ("threading", "Thread", "x"),
    ("torch.nn.modules.rnn", "LSTM", "1"), ("torch.jit", "load", "x"), ("torch.hub", "load", "x"),
    ("__main__", "Model", "x"), ("__torch__.net", "Net", "x"), ("tempfile", "mktemp", "x"),
    ("gc", "collect", ""),
]  # fmt: skip

FORMS = {
    "global": lambda m, n, a: b"\x80\x02c" + _line(m) + _line(n) + _text(a) + b"\x85R.",
    "stack_global": lambda m, n, a: b"\x80\x04" + _text(m) + _text(n) + b"\x93" + _text(a) + b"\x85R.",
    "inst": lambda m, n, a: b"\x80\x02(" + _text(a) + b"i" + _line(m) + _line(n) + b".",
    "obj": lambda m, n, a: b"\x80\x02(c" + _line(m) + _line(n) + _text(a) + b"o.",
    "newobj": lambda m, n, a: b"\x80\x02c" + _line(m) + _line(n) + _text(a) + b"\x85\x81.",
    "build": lambda m, n, a: b"\x80\x02c" + _line(m) + _line(n) + b")R}" + _text("x") + _text(a) + b"sb.",
}


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
    number = _number
    sizes = b"(" + b"".join(map(number, shape)) + b"t"
    steps = b"(" + b"".join(map(number, strides)) + b"t"
    storage = (
        b"("
        + _text("storage")
        + b"ctorch\n"
        + _line(kind)
        + _text(key)
        + _text("cpu")
        + number(count)
        + b"tQ"
    )
    call = b"ctorch._utils\n_rebuild_tensor_v2\n"
    return call + b"(" + storage + number(offset) + sizes + steps + b"\x89}tR"


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


def bombs() -> dict[str, bytes]:
    """Pickles that are small and would be large."""
    laughs = b"\x80\x02" + b"(" + _text("ha") + b"t" + b"q\x00" + b"h\x00h\x00\x86q\x00" * 200
    nested_key = b"\x80\x02}" + b")" + b"2\x86" * 60 + b"K\x01s."
    return {
        "doubled tuples": laughs + b".",
        "a key that takes for ever to hash": nested_key,
        "nested lists": b"\x80\x02" + b"](" * 100_000 + b"." ,
        "lists within lists": b"\x80\x02" + b"]" * 200_000 + b"a" * 199_999 + b".",
        "tuples within tuples": b"\x80\x02)" + b"\x85" * 400_000 + b".",
        "a list within itself": b"\x80\x02]q\x00h\x00a.",
        "a dict within itself": b"\x80\x02}q\x00" + _text("a") + b"h\x00s.",
        "a million instructions": b"\x80\x02" + b"N0" * 500_000 + b"N.",
        "marks": b"\x80\x02" + b"(" * 1_000_000 + b".",
        "a text that claims gigabytes": b"\x80\x04\x8d" + struct.pack("<Q", 1 << 40) + b"x.",
        "bytes that claim more than there are": b"\x80\x04\x8e" + struct.pack("<Q", 1 << 62) + b"x.",
        "a bytearray that claims gigabytes": b"\x80\x05\x96" + struct.pack("<Q", 1 << 33) + b"x.",
        "a number of a million digits": b"\x80\x02L" + b"9" * 1_000_000 + b"L\n.",
        "a long number that claims gigabytes": b"\x80\x02\x8b" + struct.pack("<i", 0x7FFFFFFF) + b"x.",
        "a long number below nothing": b"\x80\x02\x8b" + struct.pack("<i", -5) + b"x.",
        "a frame that claims gigabytes": b"\x80\x04\x95" + struct.pack("<Q", 1 << 50) + b"N.",
        "a memo far away": b"\x80\x02Nr\xff\xff\xff\xff.",
        "a memo that is not there": b"\x80\x02h\x07.",
        "nothing on the stack": b"\x80\x02.",
        "a mark on the stack": b"\x80\x02(.",
        "keys without values": b"\x80\x02}(K\x01u.",
        "extensions": b"\x80\x02\x82\x01.",
        "buffers outside": b"\x80\x05\x97.",
        "text of another kind": b"\x80\x02X\x02\x00\x00\x00\xff\xfe.",
        "no instruction": b"\x80\x02\xff.",
        "a version of tomorrow": b"\x80\x09N.",
        "no end": b"\x80\x02N",
    }  # fmt: skip


def lies() -> dict[str, bytes]:
    """Zip files whose arrays are not where they say."""
    big = 1 << 40
    wide = (4 * H, H)
    named = "_rebuild_tensor_v2"
    return {
        "a storage of a terabyte": layer(hidden=("0", big, 0, wide, (H, 1))),
        "a shape of a terabyte": layer(hidden=("0", 16, 0, (big, H), (H, 1))),
        "an offset beyond": layer(hidden=("0", 16, 9, wide, (H, 1))),
        "an offset below": layer(hidden=("0", 16, -1, wide, (H, 1))),
        "an offset that is no number": layer(hidden=("0", 16, "1", wide, (H, 1))),
        "strides beyond": layer(hidden=("0", 16, 0, wide, (1 << 30, 1))),
        "strides below": layer(hidden=("0", 16, 15, wide, (-H, 1))),
        "strides missing": layer(hidden=("0", 16, 0, wide, (1,))),
        "a shape below": layer(hidden=("0", 16, 0, (-8, -2), (H, 1))),
        "a shape of nothing": layer(hidden=("0", 16, 0, (0, 0), (1, 1))),
        "a shape of true": layer(hidden=("0", 16, 0, (True, H), (H, 1))),
        "one number for a whole layer": layer(
            hidden=("0", 1, 0, (1 << 22, 1 << 20), (0, 0)), raw={"0": bytes(4), "1": bytes(32)}
        ),
        "a storage that is not there": layer(hidden=("7", 16, 0, wide, (H, 1))),
        "a storage that climbs": layer(hidden=("../../version", 16, 0, wide, (H, 1))),
        "a storage that is too short": layer(raw={"0": bytes(63), "1": bytes(32)}),
        "a storage that is too long": layer(raw={"0": bytes(6400), "1": bytes(32)}),
        "a storage of an unknown type": layer(kind="EvilStorage"),
        "a storage of whole numbers": layer(kind="LongStorage", raw={"0": bytes(128), "1": bytes(64)}),
        "NaN": layer(raw={"0": struct.pack("<f", float("nan")) * 16, "1": bytes(32)}),
        "infinity": layer(raw={"0": struct.pack("<f", float("inf")) * 16, "1": bytes(32)}),
        "halves that do not match": layer(inputs=("1", 8, 0, (4, 2), (2, 1))),
        "half of a layer": archive(state(weight_hh_l0=tensor("0", 16, 0, wide, (H, 1))), {"0": bytes(64)}),
        "one bias of two": archive(
            state(
                weight_hh_l0=tensor("0", 16, 0, wide, (H, 1)), weight_ih_l0=tensor("0", 16, 0, wide, (H, 1)),
                bias_ih_l0=tensor("0", 16, 0, (8,), (1,)),
            ), {"0": bytes(64)},
        ),
        "an array without a storage": archive(b"\x80\x02ctorch._utils\n" + _line(named) + b"(NNNNNNtR."),
        "an array of nothing": archive(b"\x80\x02ctorch._utils\n" + _line(named) + b")R."),
        "a thousand layers": archive(
            state(
                **{f"l{n}.weight_hh_l0": tensor("0", 16, 0, wide, (H, 1)) for n in range(1000)},
                **{f"l{n}.weight_ih_l0": tensor("0", 16, 0, wide, (H, 1)) for n in range(1000)},
            ), {"0": bytes(64)},
        ),
        "a few numbers read again and again": archive(
            state(
                **{f"l{n}.weight_hh_l0": tensor("0", 1, 0, (4096, 1024), (0, 0)) for n in range(200)},
                **{f"l{n}.weight_ih_l0": tensor("0", 1, 0, (4096, 1024), (0, 0)) for n in range(200)},
            ), {"0": bytes(4)},
        ),
        "more units than may be": layer(
            ("0", 1, 0, (4100, 1025), (0, 0)), ("0", 1, 0, (4100, 1), (0, 0)), raw={"0": bytes(4)}
        ),
    }  # fmt: skip


def corpus() -> dict[str, bytes]:
    """All of them."""
    files = {}
    for module, name, argument in CALLS:
        for form, made in FORMS.items():
            content = made(module, name, argument)
            files[f"{module}.{name} by {form}"] = content
            files[f"{module}.{name} by {form}, zipped"] = archive(content)
    for name, content in bombs().items():
        files[f"pickle: {name}"] = content
        files[f"pickle: {name}, zipped"] = archive(content, method=zipfile.ZIP_DEFLATED)
        magic = pickle.dumps(0x1950A86A20F9469CFC6C, 2) + pickle.dumps(1001, 2) + pickle.dumps({}, 2)
        files[f"pickle: {name}, in an old file"] = magic + content
    return files | {f"torch: {name}": content for name, content in lies().items()}
