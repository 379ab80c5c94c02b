"""A teacher's way: put a lesson together, hand out its link, look at what the class handed in."""

from playwright.sync_api import expect

from lstm_core.lessons.hand_in import HandIn, to_zip
from lstm_core.lessons.sample_class import sample_class
from lstm_core.words import Words
from tests.browser.conftest import reading

EN, KO = Words("en"), Words("ko")


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


def test_within_another_page_the_lesson_stands_alone(reader):
    reader.open("/?lesson=tour.short&view=embed&lang=en")
    for _ in range(2):
        expect(reader.page.get_by_test_id("stHeader")).to_be_hidden()
        expect(reader.page.locator("svg.cell:visible").first).to_be_visible()
        reader.reload()
    reader.page.locator(".st-key-tour-next button:visible").click()
    reader.wait_for_link(lambda link: link["lesson"] == "tour.short.2" and link["view"] == "embed")
    expect(reader.page.get_by_test_id("stHeader")).to_be_hidden()


def test_files_of_a_class_become_a_table(reader):
    reader.open("/lessons?lang=en")
    reader.page.get_by_label(EN("hand_in.name")).fill("Cho")
    reader.page.get_by_label(EN("hand_in.name")).press("Enter")
    reader.settle()
    own = reader.download("hand_in-download")
    reader.open("/hand_ins?lang=en")
    made_up = sample_class(["Ada", "민지"])
    files = [
        {"name": f"{k}.zip", "mimeType": "application/zip", "buffer": to_zip(one)}
        for k, one in enumerate([*made_up, HandIn("Bo <b>", (), (), made_up[0].experiment)])
    ]
    files.append({"name": "own.zip", "mimeType": "application/zip", "buffer": own})
    files.append({"name": "evil.zip", "mimeType": "application/zip", "buffer": b"PK\x03\x04 no zip"})
    reader.page.locator("input[type=file]").set_input_files(files)
    table = reader.page.get_by_role("region", name=EN("hand_ins.table"))
    expect(table.get_by_role("rowheader")).to_have_text(["Ada", "민지", "Bo b", "Cho"])
    expect(reader.page.get_by_text(EN("hand_in.refused.not_zip"))).to_be_visible()
    expect(table.get_by_role("row").nth(1)).to_contain_text("✗")
    assert EN("hand_in.outcome.missed") in table.get_by_role("row").nth(1).inner_text()
    expect(reader.page.locator(".class-bars")).to_be_visible()
    table.get_by_role("button", name=EN("hand_in.outcome.missed")).first.click()
    expect(reader.page.locator(".st-key-class_answer svg.cell:visible")).to_be_visible()
    content = reader.download("class-csv").decode()
    assert content.startswith("name,kind,key") and "민지,item,open_or_shut" in content
    assert reader.side_scroll() <= 0
