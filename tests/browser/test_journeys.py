"""Journeys through the running app in a real browser, as a newcomer takes them."""

from urllib.parse import urlencode

import pandas as pd
import pytest
from playwright.sync_api import Error

from lstm_core.export import read_csv, to_frame
from lstm_core.params import LSTMParams
from lstm_core.rounding import shown_ledger, text
from lstm_core.words import LANGUAGES, Words
from lstm_core.workbench.opening import opening
from lstm_core.workbench.presets import preset
from pages._ui import site
from tests.browser.conftest import reading
from tests.browser.window import LAPTOP, PHONE
from tests.pages.apps import PAGES

WORDS = {code: Words(code) for code in LANGUAGES}

TEACHING = {"lang": "ko", "preset": "latch", "b_f.1": "-2.5", "t": "4"}
LINK = "/forget_gate?" + urlencode(TEACHING)


def shown_numbers(experiment, t, unit=1) -> set[str]:
    ledger = shown_ledger(experiment.trace(), t, unit)
    return {text(value) for value in (ledger.C_prev, ledger.kept, ledger.erased, ledger.C)}


def test_a_teachers_link_opens_on_a_server_that_nobody_has_opened_yet(browser, cold_app):
    with reading(browser, cold_app) as reader:
        reader.open(LINK)
        assert reader.heading() == WORDS["ko"]("question.forget_gate")
        assert "Page not found" not in reader.page.content()
        assert shown_numbers(preset("latch").edited("b_f.1", -2.5), 4) <= set(reader.numbers())
        assert reader.value("b_f.1") == -2.5
        assert reader.path() == "/forget_gate" and reader.link() == TEACHING | {"v": "1"}
        rooms = reader.page.get_by_test_id("stTopNavSection").all_inner_texts()
        assert [room.split("\n")[0] for room in rooms] == [WORDS["ko"](f"menu.{room}") for room in site.MENU]
        here = reader.page.get_by_test_id("stTopNavSection").first
        assert here.evaluate("e => getComputedStyle(e).fontWeight") == "600"  # the group of this page
        for page in site.PAGES:
            assert reader.menu(WORDS["ko"](f"page.{page}")).is_visible()


def test_an_edit_changes_numbers_and_link_and_survives_reload(reader):
    reader.open("/forget_gate?lang=en")
    before = reader.numbers()
    reader.nudge("b_f.1", "Home")
    edited, bias = reader.numbers(), reader.value("b_f.1")
    assert bias <= -12 and float(reader.link()["b_f.1"]) == bias
    experiment, focus = opening("forget_gate")
    shown = shown_numbers(experiment.edited("b_f.1", bias), focus.t)
    assert edited != before and shown <= set(edited)
    reader.reload()
    assert reader.shows(edited) and reader.value("b_f.1") == bias


def test_back_leads_to_the_page_before(reader):
    reader.open(LINK)
    before = reader.numbers()
    reader.choose_page(WORDS["ko"]("page.cell_state"))
    reader.wait_for_link(lambda link: link == TEACHING | {"v": "1"})
    for _ in range(2):  # the menu's own entry, without parameters, is one more
        if reader.path() != "/forget_gate":
            reader.back()
    assert reader.path() == "/forget_gate" and reader.shows(before) and reader.link() == TEACHING | {"v": "1"}


def test_the_language_can_be_switched_and_nothing_else_changes(reader):
    reader.open(LINK)
    numbers = reader.numbers()
    reader.speak("English")
    reader.page.get_by_role("heading", name=WORDS["en"]("question.forget_gate")).wait_for()
    assert sorted(reader.numbers()) == sorted(numbers)  # words may stand in another order
    assert reader.link() == TEACHING | {"v": "1", "lang": "en"}


def test_an_error_and_a_request_to_another_host_would_not_go_unnoticed(reader):
    reader.open("/overview")
    reader.page.evaluate("() => fetch('http://elsewhere.example/x').catch(() => console.error('broken'))")
    assert any("broken" in error for error in reader.errors)
    assert any("elsewhere.example" in error for error in reader.errors)  # the policy stops it and says so
    with pytest.raises(Error):
        reader.page.goto("http://elsewhere.example/x")
    assert reader.foreign_requests == ["http://elsewhere.example/x"]
    reader.foreign_requests.clear()
    reader.errors.clear()


# -- files ----------------------------------------------------------------------------------------


def test_the_trace_goes_home_as_csv(reader):
    reader.open("/trace?lang=ko&preset=random&H=3&t=2&U_f.1.2=0.123456789012345")
    reader.nudge("b_f.1", "ArrowRight")
    content = reader.download("csv")
    # The last digit may differ between two builds of NumPy.
    expected = to_frame(reader.experiment().trace())
    pd.testing.assert_frame_equal(read_csv(content.decode()), expected, rtol=1e-12, atol=1e-12)
    assert reader.download("csv_excel") == b"\xef\xbb\xbf" + content


def test_the_parameters_go_home_as_json_and_come_back(reader):
    reader.open("/trace?lang=en&preset=leaky&b_f.1=-1.25")
    content = reader.download("json")
    assert LSTMParams.from_json(content.decode()) == reader.experiment().params
    reader.open("/trace?lang=en&preset=random")
    reader.upload("params", "mine.json", content)
    reader.wait_for_link(lambda link: link.get("H") == "1")
    reader.numbers()
    assert reader.experiment().params == LSTMParams.from_json(content.decode())


# -- every page at every width ---------------------------------------------------------------------


@pytest.mark.parametrize(("language", "on_phone"), [("en", "dark"), ("ko", "light")])
def test_no_page_scrolls_sideways_and_each_follows_the_colour_scheme(browser, app, language, on_phone):
    """Each page is opened on a phone, then widened to a laptop with the other colour scheme."""
    on_laptop = "light" if on_phone == "dark" else "dark"
    with reading(browser, app, **PHONE, color_scheme=on_phone) as reader:
        for page in PAGES:
            reader.page.set_viewport_size(PHONE["viewport"])
            reader.page.emulate_media(color_scheme=on_phone)
            reader.open(f"/{page}?" + urlencode({"lang": language, "preset": "random", "t": "3"}))
            for device, size, scheme in [("phone", PHONE, on_phone), ("laptop", LAPTOP, on_laptop)]:
                reader.page.set_viewport_size(size["viewport"])
                reader.page.emulate_media(color_scheme=scheme)
                reader.page.wait_for_timeout(150)  # the pictures take the room that there is
                assert reader.heading() == WORDS[language](f"question.{page}")
                assert reader.side_scroll() <= 0, (page, device)
                assert reader.is_light() == (scheme == "light"), (page, device)
