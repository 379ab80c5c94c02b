"""Moodle's own importer reads our files, run by PHP alone; `MOODLE` names a checkout of Moodle.

`tests/fixtures/moodle_import.php` answers what the importer asks of the rest of Moodle. A sparse checkout of
`question` and `lib/xmlize.php` is enough.
"""

import json
import os
import shutil
import subprocess
from base64 import b64decode
from pathlib import Path

import pytest

from lstm_core.lessons.items import ITEMS, make
from lstm_core.lessons.lesson_link import Part
from lstm_core.lessons.question import CHOOSE
from lstm_core.lessons.tasks import TASKS
from lstm_core.paper import exercises, gift, moodle_xml
from lstm_core.paper.bank_entry import end_of, wrong_numbers
from lstm_core.words import LANGUAGES, Words

SCRIPT = Path(__file__).parents[2] / "fixtures" / "moodle_import.php"
BANK = [*(Part("item", key, 2) for key in ITEMS), *(Part("task", key) for key in TASKS)]
NEEDED = "PHP, and MOODLE naming a checkout of Moodle"
WRITERS = {"xml": moodle_xml, "gift": gift}


def imported(file: Path, form: str) -> dict:
    options = ["-d", "display_errors=stderr", "-d", "error_reporting=1"]
    command = ["php", *options, str(SCRIPT), os.environ["MOODLE"], form, str(file)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.nightly
@pytest.mark.skipif(not (shutil.which("php") and os.environ.get("MOODLE")), reason=NEEDED)
@pytest.mark.parametrize("form", WRITERS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_moodle_itself_takes_every_question_and_marks_it_as_the_run_does(language, form, tmp_path):
    file = tmp_path / f"bank.{form}"
    file.write_text(WRITERS[form](exercises(BANK), Words(language), "A/B <course>"), "utf-8")
    read = imported(file, form)
    assert read["problems"] == []
    questions = [one for one in read["questions"] if one["qtype"] != "category"]
    wanted = [part for part in BANK if form == "xml" or part.kind == "item"]
    for question, part in zip(questions, wanted, strict=True):
        if part.kind == "task":
            assert question["qtype"] == "essay" and question["graderinfo"]["text"]
            assert float(question["defaultmark"]) == len(TASKS[part.key].condition_keys)
            continue
        asked = make(*part.place)
        assert question["fraction"].count(1) == 1 and all(one["text"] for one in question["feedback"])
        right = question["fraction"].index(1)
        if asked.item.kind == CHOOSE:
            assert question["qtype"] == "multichoice" and right == asked.options.index(asked.truth)
            assert len(question["answer"]) == len(asked.options)
        else:
            assert question["qtype"] == "numerical" and len(question["answer"]) == 1 + len(
                wrong_numbers(asked)
            )
            assert float(question["answer"][right]) == pytest.approx(end_of(asked.truth), abs=1e-4)
            assert {float(one) for one in question["tolerance"]} == {asked.item.tolerance}
    pictures = [b64decode(one["cell.svg"]) for one in dict(read["files"]).values()] if read["files"] else []
    assert len(pictures) == sum("@@PLUGINFILE@@/cell.svg" in one["questiontext"] for one in questions)
    assert all(b"<svg" in one for one in pictures) and (pictures or form == "gift")
