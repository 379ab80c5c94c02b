"""Courses as files: there and back, the shipped ones, and hostile ones, each refused in one sentence."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import asdict

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_core.training import PROBLEMS, Setup, course_from_npz, course_to_npz, train
from lstm_core.training.course_file import MAX_BYTES
from lstm_core.training.plan import plan_of
from lstm_core.training.setup import CELLS
from tests.collected import collected
from tests.fixtures import make_courses
from tests.nightly import examples

SMALL = course_to_npz(train(PROBLEMS["parity"], Setup(H=2), 1, 12))
NAMES = ["header", "losses", "norms", "scored_at", "scores", "snapshot_at", "snapshots"]


def arrays_of(content=SMALL):
    with np.load(io.BytesIO(content)) as arrays:
        return dict(arrays)


def file_of(arrays):
    out = io.BytesIO()
    np.savez_compressed(out, **arrays)
    return out.getvalue()


def with_header(**changed):
    arrays = arrays_of()
    header = json.loads(arrays["header"].tobytes()) | changed
    return file_of(arrays | {"header": np.frombuffer(json.dumps(header).encode(), np.uint8)})


def with_member(name, content):
    """The small file, one member of which has other bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(SMALL)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(info.filename, content if info.filename == f"{name}.npy" else old.read(info))
    return out.getvalue()


def refused(content):
    with pytest.raises(ValueError, match=r"^\w+: expected .+, got .+") as refusal:
        course_from_npz(content)
    assert "\n" not in str(refusal.value) and len(str(refusal.value)) < 300


@pytest.mark.parametrize("cell", CELLS)
def test_there_and_back(cell):
    course = train(PROBLEMS["stream"], Setup(cell=cell, H=2, batch=3), 7, 21)
    content = course_to_npz(course)
    again = course_from_npz(content)
    assert (again.problem, again.setup, again.seed) == (course.problem, course.setup, course.seed)
    for name in NAMES[1:]:
        np.testing.assert_array_equal(getattr(again, name), getattr(course, name))
    assert course_to_npz(again) == content
    assert again.network().params == course.network().params


@pytest.mark.parametrize("name", make_courses.EXAMPLES)
def test_what_is_shipped_is_what_its_script_makes(name):
    """Trained anew for its first updates: in the long run another processor's rounding leads elsewhere."""
    plan = make_courses.EXAMPLES[name]
    problem = plan.problem
    content = (make_courses.FOLDER / f"{name}.npz").read_bytes()
    course = course_from_npz(content)
    assert course_to_npz(make_courses.in_single(course)) == content and plan_of(course) == plan
    if name in PROBLEMS:
        assert (plan.setup, plan.updates) == (problem.setup, problem.updates)
    assert course.reached() is not None and course.scores[-1] >= problem.score
    anew = train(problem, plan.setup, course.seed, 40)
    np.testing.assert_allclose(anew.losses, course.losses[:40], rtol=1e-6)
    np.testing.assert_allclose(anew.norms, course.norms[:40], rtol=1e-5)
    at = int(course.snapshot_at[course.snapshot_at <= 40][-1])
    np.testing.assert_allclose(anew.network(at).weights, course.network(at).weights, atol=1e-6)
    batch = problem.test()
    y = course.network().read_out(course.network().run(batch.x).h)
    assert problem.score_of(y, batch) >= problem.score


@pytest.mark.parametrize("name", make_courses.CONTRASTS)
def test_what_questions_ask_about_is_what_its_script_makes(name):
    problem, setup, seed = make_courses.CONTRASTS[name]
    course = course_from_npz((make_courses.FOLDER / f"{name}.npz").read_bytes())
    assert (course.problem, course.setup, course.seed) == (problem, setup, seed)
    assert course.updates == problem.updates and course.reached() is None
    anew = train(problem, setup, seed, 20)
    np.testing.assert_allclose(anew.losses, course.losses[:20], rtol=1e-6)


def test_the_largest_course_fits():
    setup = Setup(cell="peephole", H=32)
    course = train(PROBLEMS["text"], setup, 1, 1)
    N, P = 20_000, 80
    rows = np.random.default_rng(1).normal(size=(P, course.snapshots.shape[1]))
    course = course.__class__(
        course.problem, setup, 1, "finished", *np.random.default_rng(2).random((2, N)),
        10 * np.arange(N // 10 + 1), np.zeros(N // 10 + 1),
        np.linspace(0, N, P).astype(int), rows,
    )  # fmt: skip
    content = course_to_npz(course)
    assert len(content) < MAX_BYTES and course_from_npz(content).updates == N


@pytest.mark.parametrize(
    "content",
    [b"", b"x", b"PK\x03\x04", SMALL[:-30], SMALL[100:], bytes(MAX_BYTES + 1), SMALL + b"\0" * MAX_BYTES],
    ids=["empty", "text", "start", "end missing", "start missing", "long", "long tail"],
)
def test_refuses_what_is_no_such_file(content):
    refused(content)


def test_refuses_missing_doubled_and_additional_members():
    arrays = arrays_of()
    refused(file_of({name: arrays[name] for name in NAMES[:-1]}))
    refused(file_of(arrays | {"more": np.zeros(1)}))
    out = io.BytesIO(SMALL)
    with zipfile.ZipFile(out, "a") as file, pytest.warns(UserWarning):
        file.writestr("losses.npy", b"again")
    refused(out.getvalue())


@pytest.mark.parametrize("name", NAMES)
def test_refuses_objects_and_never_loads_them(name):
    class Loud:
        def __reduce__(self):
            return (pytest.fail, ("it was unpickled",))

    out = io.BytesIO()
    np.lib.format.write_array(out, np.array([Loud()], dtype=object), allow_pickle=True)
    refused(with_member(name, out.getvalue()))


@collected("name", NAMES)
@collected(
    "other",
    [
        lambda a: a.astype(np.float32),
        lambda a: a.astype(complex),
        lambda a: a[None],
        lambda a: a[..., :0],
        lambda a: np.asfortranarray(np.zeros((3, 4))),
        lambda a: np.zeros(200_000, a.dtype),
    ],
)
def test_refuses_arrays_of_another_kind_or_size(name, other):
    arrays = arrays_of()
    refused(file_of(arrays | {name: other(arrays[name])}))


@pytest.mark.parametrize("shape", ["(10**9, 10**9)", "(99999999999999,)", "(-1,)", "(12,)*999", "()", "'12'"])
def test_what_an_array_says_of_itself_is_not_believed(shape):
    header = "{'descr': '<f8', 'fortran_order': False, 'shape': %s, }" % shape  # noqa: UP031
    header = header.ljust(117) + "\n"
    magic = b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header.encode()
    refused(with_member("losses", magic + bytes(96)))


def test_a_member_that_unpacks_to_very_much_is_refused_unread():
    bomb = with_member("losses", bytes(50_000_000))
    assert len(bomb) < 100_000
    refused(bomb)


@pytest.mark.parametrize("name", ["losses", "norms", "scores", "snapshots"])
@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_refuses_numbers_that_no_training_gives(name, value):
    arrays = arrays_of()
    arrays[name].flat[-1] = value
    refused(file_of(arrays))


def test_refuses_arrays_that_contradict_each_other():
    arrays = arrays_of()
    refused(file_of(arrays | {"norms": arrays["norms"][:-1]}))
    refused(file_of(arrays | {"scores": arrays["scores"] + 1.5}))
    refused(file_of(arrays | {"losses": -arrays["losses"]}))
    refused(file_of(arrays | {"scored_at": arrays["scored_at"] + 1}))
    refused(file_of(arrays | {"snapshot_at": arrays["snapshot_at"][::-1]}))
    refused(file_of(arrays | {"snapshot_at": arrays["snapshot_at"] * 2}))
    refused(file_of(arrays | {name: arrays[name][:-1] for name in ("snapshots", "snapshot_at")}))


@collected(
    "changed",
    [
        {"format": "other"}, {"version": 2}, {"version": None}, {"problem": "none"}, {"problem": 3},
        {"T": 1e9}, {"T": 61}, {"T": None}, {"seed": -1}, {"seed": 1.5}, {"ended": "so"}, {"ended": []},
        {"setup": {}}, {"setup": None}, {"more": 1}, {"setup": {"cell": "lstm"}},
        {"setup": asdict(Setup()) | {"H": 10**9}}, {"setup": asdict(Setup()) | {"H": 3}},
    ],
)  # fmt: skip
def test_refuses_headers_that_cannot_be(changed):
    refused(with_header(**changed))


@pytest.mark.parametrize("text", [b"{", b"[]", b"\xff\xfe", b"[" * 3000, b"1" * 3900, b'{"format": NaN}'])
def test_refuses_headers_that_are_none(text):
    refused(file_of(arrays_of() | {"header": np.frombuffer(text, np.uint8)}))


@settings(max_examples=examples(30, 200))
@given(st.data())
def test_a_file_with_any_bytes_changed_is_read_or_refused(data):
    content = bytearray(SMALL)
    for _ in range(data.draw(st.integers(1, 5))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        course_from_npz(bytes(content))
    except ValueError as refusal:
        assert "\n" not in str(refusal)
