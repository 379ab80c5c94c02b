"""What a file of a student claims: nothing that it says of itself is believed, and nothing counts twice."""

import csv
import io
import json
import zipfile
from collections import Counter

import pytest

from lstm_core.lessons.classroom import summary, summary_csv
from lstm_core.lessons.hand_in import JSON_NAME, HandIn, read_zip, to_zip
from lstm_core.lessons.items import ITEMS, make
from lstm_core.lessons.question import CHOOSE
from lstm_core.lessons.record import Attempt, Prediction
from lstm_core.lessons.record_json import from_json, to_json
from lstm_core.lessons.tasks import TASKS
from lstm_core.lessons.verdict import RIGHT
from lstm_core.workbench.presets import preset
from lstm_core.workbench.refused import Refused
from tests.collected import collected
from tests.lstm_core.by_hand import variants
from tests.lstm_core.lessons.hand_ins import members_of, with_json, work
from tests.nightly import sample
from tests.pages.apps import link, opened
from tests.pages.lessons.dropping import WORDS, drop, messages, table
from tests.pages.lessons.reading import press, record
from tests.pages.lessons.tab import given_back, stored

CHOSEN = [key for key, item in ITEMS.items() if item.kind == CHOOSE]


def data_of(hand_in: HandIn) -> dict:
    return json.loads(members_of(to_zip(hand_in))[JSON_NAME])


def answered(key: str, seed: int, option: str) -> str:
    """What stands in the file for an option."""
    return json.loads(to_json([Prediction(key, seed, option)], []))["predictions"][0]["answer"]


@collected("key", sample(CHOSEN, 4))
def test_no_word_of_a_file_is_right_in_many_variants(key):
    """Somebody who writes the same answer to every variant is right about as often as by chance."""
    asked = variants(key, range(1, 25))
    options = len(asked[0].options)
    codes = {q.seed: {o: answered(key, q.seed, o) for o in q.options} for q in asked}
    right = Counter(codes[q.seed][q.truth] for q in asked)
    assert len(right) == options and max(right.values()) < 24 / options + 9
    assert all(len(set(of_seed.values())) == options for of_seed in codes.values())
    for k in range(options):
        given = [Prediction(key, q.seed, q.options[k]) for q in asked]
        back, *_ = from_json(to_json(given, []))
        assert [p.answer for p in back] == [p.answer for p in given]


def forged() -> dict[str, tuple[str, dict]]:
    """Files that claim what was not so: what they do -> why they are refused, what is in them."""
    one = data_of(work(predictions=(Prediction("silent", 1, make("silent", 1).truth),)))
    named = [one["predictions"][0] | {"answer": make("silent", 1).truth}]
    two = data_of(work())
    again = {name: two | {name: [*two[name], dict(two[name][0])]} for name in ("predictions", "tasks")}
    every = [
        {"item": "silent", "seed": 1, "run": 0, "answer": answered("silent", 1, option)}
        for option in make("silent", 1).options
    ]
    return {
        "name the option": ("field", one | {"predictions": named}),
        "come from the version before": ("other_version", two | {"version": 2}),
        "answer a variant twice": ("twice", again["predictions"]),
        "solve a task twice": ("twice", again["tasks"]),
        "give every option": ("twice", one | {"predictions": every}),
    }


@collected("what", forged())
def test_a_file_that_claims_what_was_not_so_is_refused(what):
    why, data = forged()[what]
    with pytest.raises(Refused) as caught:
        read_zip(with_json(data))
    assert caught.value.reason == why


def packed_anew(content: bytes, k: int) -> bytes:
    """The same work in a zip of other bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1 + k % 9) as archive:
        archive.writestr(JSON_NAME, members_of(content)[JSON_NAME] + " " * k)
    return out.getvalue()


def test_the_same_work_many_times_counts_once_and_that_is_said():
    one = to_zip(HandIn("Ada", (Prediction("silent", 1, "speaks_spends"),), (), preset("latch")))
    at = opened("hand_ins", lang="en")
    drop(at, *((f"{k}.zip", packed_anew(one, k)) for k in range(20)))
    assert [row[0] for row in table(at)] == ["Ada"] and WORDS["en"]("hand_ins.again", n=19) in messages(at)


def test_hints_and_tries_stand_in_the_table_as_what_the_student_says():
    tried = Attempt("hold", 1, TASKS["hold"].solution().params, hints=0, tries=1)
    rows = summary([work(predictions=(Prediction("silent", 1, None),), attempts=(tried,))])
    item, task = csv.DictReader(io.StringIO(summary_csv(rows)))
    assert not {"hints", "tries"} & set(task)
    assert (task["hints_said"], task["tries_said"]) == ("0", "1")
    assert (item["hints_said"], item["tries_said"]) == ("", "")


def test_a_solution_that_was_shown_does_not_count_after_a_reload():
    at = opened("forget_gate", lang="en", lesson="task.hold")
    for _ in range(3):
        press(at, "task.hint")
    press(at, "task.solution")
    again = given_back(opened("forget_gate", **link(at)), stored(at))
    press(again, "task.check")
    assert ("hold", 1) in record(again).solutions_seen and record(again).hints["hold", 1] == 3
    assert all(attempt.outcome != RIGHT for attempt in record(again).attempts.values())


@collected("sign", "＝＋－＠=+-@")
def test_no_name_begins_a_formula_in_the_table_of_a_class(sign):
    hand_in = read_zip(to_zip(work(name=f"{sign}HYPERLINK(1)")))
    rows = list(csv.reader(io.StringIO(summary_csv(summary([hand_in])))))
    assert {row[0] for row in rows[1:]} == {"HYPERLINK(1)"}
    forced = summary_csv(summary([HandIn(f"{sign}1", hand_in.predictions, (), hand_in.experiment)]))
    assert {row[0] for row in list(csv.reader(io.StringIO(forced)))[1:]} == {f"'{sign}1"}
