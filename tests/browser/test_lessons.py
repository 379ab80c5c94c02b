"""Lessons: a task is solved and handed in, a teacher makes a lesson and looks at a class, a tour by keys."""

import pytest
from playwright.sync_api import expect

from lstm_core.lessons.hand_in import HandIn, read_zip, to_zip
from lstm_core.lessons.items import ITEMS
from lstm_core.lessons.question import CHOOSE
from lstm_core.lessons.sample_class import sample_class
from lstm_core.lessons.tasks import TASKS
from lstm_core.lessons.tours import TOURS
from lstm_core.words import LANGUAGES, Words
from tests.browser.conftest import reading

EN, KO = Words("en"), Words("ko")
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
def test_on_a_phone_nothing_sticks_out(phone, path):
    phone.open(path)
    assert phone.side_scroll() == 0


def choose(reader, key: str, label: str) -> None:
    """An entry of a select box."""
    reader.page.locator(f".st-key-{key} [role=combobox]").click()
    reader.page.get_by_role("option", name=label, exact=True).click()
    reader.settle()


def set_control(reader, control: str, state: str) -> None:
    reader.page.locator(f".st-key-make-control-{control}").get_by_text(state, exact=True).click()
    reader.settle()


def test_a_lesson_is_put_together_and_a_student_finds_it_so(browser, app, reader):
    reader.open("/forget_gate?lang=en&preset=leaky&b_f.1=-1.5&t=3")
    reader.page.get_by_test_id("stTopNavSection").last.click()
    reader.page.get_by_text(EN("page.make_lesson"), exact=True).click()
    expect(reader.page.locator("h2").first).to_have_text(EN("question.make_lesson"))
    reader.settle()
    set_control(reader, "preset", EN("make.state.locked"))
    set_control(reader, "weights", EN("make.state.hidden"))
    choose(reader, "make-language", "한국어")
    made = reader.page.locator(".st-key-make_result code").first
    address = f"{app}/forget_gate?preset=leaky&b_f.1=-1.5&hide=weights&lock=preset&lang=ko"
    expect(made).to_have_text(address)
    with reader.page.context.expect_page() as tab:
        reader.page.get_by_role("link", name=EN("make.try")).click()
    opened = tab.value.url.replace("/?", "?")  # a server of files adds the / to a page
    assert opened.startswith(f"{app}/forget_gate?preset=leaky")
    tab.value.close()
    reader.page.get_by_role("button", name=EN("make.large")).click()
    code = reader.page.locator(".qr-large")
    expect(code).to_be_visible()
    box = code.bounding_box()
    assert box["width"] == box["height"] >= 560 and box["y"] + box["height"] <= 768
    with reading(browser, app) as student:
        student.open(address.removeprefix(app))
        for _ in range(2):
            assert student.heading() == KO("question.forget_gate")
            assert student.page.locator(".st-key-preset input").is_disabled()
            groups = student.page.locator('[class*="st-key-group-"]')
            expect(groups).to_contain_text(KO("group.x"))
            expect(groups).not_to_contain_text(KO("group.f"))
            student.reload()


def test_files_of_a_class_become_a_table(reader):
    reader.open("/hand_ins?lang=en")
    made_up = sample_class(["Ada", "민지"])
    handed_in = [*made_up, HandIn("Bo <b>", (), (), made_up[0].experiment)]
    files = {f"{k}.zip": to_zip(one) for k, one in enumerate(handed_in)} | {"evil.zip": b"PK\x03\x04 no zip"}
    reader.page.locator("input[type=file]").set_input_files(
        [{"name": name, "mimeType": "application/zip", "buffer": file} for name, file in files.items()]
    )
    table = reader.page.get_by_role("region", name=EN("hand_ins.table"))
    expect(table.get_by_role("rowheader")).to_have_text(["Ada", "민지", "Bo b"])
    expect(reader.page.get_by_text(EN("hand_in.refused.not_zip"))).to_be_visible()
    table.get_by_role("button", name=EN("hand_in.outcome.missed")).first.click()
    expect(reader.page.locator(".st-key-class_answer svg.cell:visible")).to_be_visible()
    content = reader.download("class-csv").decode()
    assert content.startswith("name,kind,key") and "민지,item,open_or_shut" in content
    assert reader.side_scroll() <= 0


def test_the_short_tour_by_keys_alone(reader):
    reader.open("/?lang=en&lesson=tour.short.1")
    stops = TOURS["short"].stops
    for number, stop in enumerate(stops, start=1):
        expect(reader.page.locator(".st-key-heading h2")).to_have_text(EN(stop.title_key))
        reader.wait_for_link(lambda link, n=number: link["lesson"] == f"tour.short.{n}")
        reader.settle()
        reader.page.locator(".picture.live").first.wait_for(state="attached")  # it hears keys
        assert reader.path() == f"/{stop.page}"
        if stop.item:
            predicts(reader, stop)
        if number < len(stops):
            reader.page.keyboard.press("n")


def predicts(reader, stop):
    """Asks the stop's question, answers it with the first choice or a move of the slider, and reads why."""
    reader.page.keyboard.press("q")
    card = reader.page.locator(".st-key-layout_question")
    expect(card).to_contain_text(EN("ask.choose"))
    reader.settle()
    if ITEMS[stop.item].kind == CHOOSE:
        reader.page.keyboard.press("1")
        expect(card.get_by_role("radio").first).to_be_checked()
    else:
        card.get_by_role("slider").focus()
        reader.page.keyboard.press("ArrowRight")
    reader.settle()
    reader.page.keyboard.press("l")
    expect(card.locator(".st-key-verdict")).to_be_visible()
    reader.settle()


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_a_phone_a_question_stands_first_and_the_buttons_of_a_tour_in_one_row(phone, language):
    phone.open(f"/forget_gate?lang={language}&ask=open_or_shut.1")
    question = phone.page.locator(".st-key-layout_question").bounding_box()
    pictures = phone.page.locator(".st-key-layout_pictures").bounding_box()
    assert question["y"] + question["height"] <= pictures["y"] and phone.side_scroll() == 0
    for stop in (9, 10):
        phone.open(f"/?lang={language}&lesson=tour.long.{stop}")
        phone.page.locator(".narrow svg.cell").wait_for()
        phone.settle()
        first, last = (
            phone.page.locator(f".st-key-{key} button:visible").first.bounding_box()
            for key in ("ask-predict", "tour-leave")
        )
        assert abs(first["y"] - last["y"]) < 4, (stop, first, last)
        assert last["x"] + last["width"] <= 390 and last["width"] >= 30


def test_in_front_of_a_class_questions_are_off_until_a_key_turns_them_on(reader):
    reader.page.goto(f"{reader.address}/forget_gate?lang=en&present=1")
    reader.page.locator("h2").wait_for()
    expect(reader.page.locator(".st-key-ask-predict")).to_be_hidden()
    reader.page.locator("svg.cell").first.wait_for()
    reader.page.keyboard.press("q")
    expect(reader.page.locator(".st-key-layout_question")).to_contain_text(EN("ask.choose"))
