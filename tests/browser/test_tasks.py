"""A student alone: begins a task, solves it with the keyboard, reloads, and hands it in."""

import pytest
from playwright.sync_api import expect

from lstm_core.lessons.hand_in import read_zip
from lstm_core.lessons.tasks import TASKS
from lstm_core.words import Words
from tests.browser.conftest import reading
from tests.browser.window import PHONE

EN = Words("en")
STORED = "sessionStorage.getItem('lstm.record')"


def press(reader, key: str, name: str = "Enter") -> None:
    """A button of the page, from the keyboard."""
    button = reader.page.locator(f".st-key-{key} button:visible").first
    button.focus()
    button.press(name)


def to_lessons(reader) -> None:
    reader.page.get_by_text(EN("menu.class"), exact=True).first.click()
    reader.page.get_by_text(EN("page.lessons"), exact=True).first.click()
    reader.page.wait_for_url("**/lessons*")
    reader.settle()


def test_a_task_is_solved_with_the_keyboard_outlives_a_reload_and_is_handed_in(reader):
    reader.open("/lessons?lang=en")
    press(reader, "begin-task-hold")
    reader.page.wait_for_url("**/forget_gate*")
    card = reader.page.locator(".st-key-task")
    expect(card).to_contain_text(EN(TASKS["hold"].aim_key))
    reader.settle()
    press(reader, "task-check")
    expect(card).to_contain_text("✗")
    press(reader, "task-see-held")
    reader.wait_for_link(lambda link: link["t"] == "3")
    reader.nudge("b_f.1", "End")
    bias = reader.value("b_f.1")
    expect(card).to_contain_text(EN("task_card.stale"))
    press(reader, "task-check")
    expect(card).to_contain_text(EN("verdict.passed"))
    reader.page.wait_for_function(f"() => {STORED} && {STORED}.includes('\"tries\":2')")

    reader.reload()
    expect(card).to_contain_text(EN("verdict.passed"))
    to_lessons(reader)
    expect(reader.page.locator(".st-key-task_hold")).to_contain_text("✓")
    # typed, and the file asked for without leaving the field first
    reader.page.locator(".st-key-hand_in-name input").fill("Kim Min-ji")
    reader.page.locator(".st-key-hand_in-make button").click()
    handed_in = read_zip(reader.download("hand_in-download"))
    assert handed_in.name == "Kim Min-ji" and handed_in.experiment.value("b_f.1") == bias
    [attempt] = handed_in.attempts
    assert attempt.report.passed and (attempt.task, attempt.tries) == ("hold", 2)


@pytest.mark.parametrize("path", ["/lessons?lang=ko", "/overview?lang=ko&lesson=task.repair.1"])
def test_on_a_phone_nothing_sticks_out(browser, app, path):
    with reading(browser, app, **PHONE) as phone:
        phone.open(path)
        assert phone.side_scroll() == 0
