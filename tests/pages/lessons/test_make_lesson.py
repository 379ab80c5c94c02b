"""A lesson put together on its page: the link, the code and the frame say it, the session stays as it was."""

import re
from unittest.mock import patch

import pytest
import segno

from lstm_core.words import LANGUAGES
from pages._ui.browser.qr import for_phones, qr_svg
from tests.collected import collected
from tests.nightly import sample
from tests.pages.apps import is_sound, link, opened, opened_by_menu, texts
from tests.pages.lessons.making import SCREEN, WORDS, framed, made, set_control


@pytest.mark.parametrize("language", sample(LANGUAGES, 1))
def test_everything_chosen_is_in_the_link_and_what_is_on_screen_stays(language):
    words, at = WORDS[language], opened("make_lesson", lang=language, **SCREEN)
    assert is_sound(at) and at.header[0].value == words("question.make_lesson")
    assert made(at) == f"/overview?b_f.1=-2.5&t=4&lang={language}" == at.get("link_button")[0].proto.url
    assert words("preset.latch.name") in texts(at) and words("make.changed") in texts(at)
    before = link(at)
    at.selectbox(key="make.page").select("cell_state").run()
    at.selectbox(key="make.language").select("ko").run()
    at.selectbox(key="make.view").select("presenter").run()
    for control, state in (("weights", "hidden"), ("step", "locked"), ("table", "hidden")):
        set_control(at, control, state)
    assert made(at) == "/cell_state?b_f.1=-2.5&t=4&hide=weights~table&lock=step&view=presenter&lang=ko"
    assert "view=embed" in framed(at) and "presenter" not in framed(at) and framed(at).startswith("<iframe ")
    set_control(at, "weights", "shown")
    assert "hide=table&" in made(at)
    after = link(at)
    assert is_sound(at) and after.pop("make") != before.pop("make") and after == before


def test_tours_questions_and_tasks_come_in_the_order_that_the_teacher_gives_them():
    at = opened("make_lesson", lang="en", **SCREEN)
    at.multiselect(key="make.item").set_value(["silent", "joined"]).run()
    at.multiselect(key="make.task").set_value(["repair"]).run()
    assert made(at) == "/?lesson=item.silent~item.joined~task.repair&lang=en"
    shown = [caption.value for caption in at.caption]
    at.number_input(key="make.number.1.item.joined").set_value(7).run()
    assert [caption.value for caption in at.caption] != shown  # the question, with the numbers of its variant
    at.button(key="make.up.2").click().run()
    assert made(at) == "/?lesson=item.silent~task.repair~item.joined.7&lang=en"
    at.radio(key="make.tour").set_value("short").run()
    at.multiselect(key="make.item").set_value(["joined"]).run()
    assert made(at) == "/?lesson=task.repair~item.joined.7~tour.short&lang=en"
    at.radio(key="make.tour").set_value(None).run()
    assert "tour" not in made(at) and is_sound(at)
    assert WORDS["en"]("make.own_experiment") in texts(at)


def test_a_task_with_locked_weights_is_told_to_the_teacher():
    at = opened("make_lesson", lang="en", make="page.overview~task.hold.1")
    assert not at.warning
    set_control(at, "weights", "locked")
    assert [warning.value for warning in at.warning] == [WORDS["en"]("make.weights_locked")]


def test_it_opens_on_the_page_that_the_teacher_came_from_and_keeps_what_was_put_together():
    at = opened_by_menu("output_gate", lang="en", **SCREEN)
    at.switch_page("pages/make_lesson.py").run()
    assert made(at).startswith("/output_gate")
    set_control(at, "unit", "locked")
    before = made(at)
    at.switch_page("pages/cell_state.py").run()
    assert is_sound(at) and not at.selectbox(key="preset").disabled
    at.switch_page("pages/make_lesson.py").run()
    assert made(at) == before and at.button_group(key="make.control.unit").value == "locked"


def test_a_reload_keeps_the_lesson_that_is_being_made():
    said = "page.overview~tour.short.1~item.silent.1~item.joined.7~hide.weights~view.presenter"
    at = opened("make_lesson", lang="en", make=said, **SCREEN)
    assert "item.joined.7" in made(at) and "hide=weights" in made(at)
    for reload in (opened, opened_by_menu):
        again = reload("make_lesson", **link(at))
        assert is_sound(again) and made(again) == made(at) and link(again) == link(at) and not again.toast
    assert "make" not in link(opened("cell_state", **{n: s for n, s in link(at).items() if n != "make"}))


@collected("make, link", [
    ("page.cell_state~item.silent.1~item.nothing.1", "/?lesson=item.silent"),
    ("page.hand_ins", "/overview?lang=en"),
])  # fmt: skip
def test_what_is_not_understood_of_a_lesson_being_made_is_told(make, link):
    at = opened("make_lesson", lang="en", make=make)
    assert made(at) == link and "make" in at.toast[0].value and not at.exception


@collected("rows, weights, said", [
    (10, 0, "make.long"), (40, 8, "make.no_code"),
])  # fmt: skip
def test_a_long_link_is_said_to_be_hard_to_scan_and_one_too_long_has_no_code(rows, weights, said):
    many = {f"x.{t}.{d}": f"0.{t}{d}7" for t in range(1, rows + 1) for d in (1, 2, 3, 4)}
    units = [(u, d) for u in (1, 2) for d in (1, 2, 3, 4)][:weights]
    many |= {f"V_{gate}.{u}.{d}": "0.12345678901234567" for gate in "fico" for u, d in units}
    at = opened("make_lesson", lang="en", preset="random", D="4", T="40", **many)
    assert WORDS["en"](said, n=len(made(at))) in texts(at) and not at.exception


def test_what_does_not_fit_into_a_link_is_said():
    at = opened_by_menu("trace", lang="en")
    rows = "x_1,x_2,x_3\n" + "0.5,1,0\n" * 41
    at.file_uploader(key="upload.sequence").upload("mine.csv", rows.encode(), "text/csv").run()
    at.switch_page("pages/make_lesson.py").run()
    assert WORDS["en"]("make.too_large") in texts(at) and not at.exception


# -- the code -------------------------------------------------------------------------------------


def test_the_code_holds_the_link():
    """As many dots are dark as where the library makes it anew."""
    address = "http://127.0.0.1:8501/?lesson=tour.short&lang=en"
    drawn = re.search(r'<path[^>]*class="qrline"[^>]*d="([^"]*)"', qr_svg(address))
    dark = sum(int(n) for n in re.findall(r"h(\d+)", drawn[1]))
    assert dark == sum(map(sum, segno.make_qr(address, error="l").matrix))


@collected("host", ["127.0.0.1", "localhost"])
def test_a_code_that_no_phone_can_open_is_mended_or_said_to_be_dead(host):
    link = f"http://{host}:8501/overview"
    own, option = "streamlit.net_util.get_internal_ip", "streamlit.get_option"
    with patch(own, return_value="192.168.0.7"), patch(option) as listens_on:
        listens_on.return_value = "0.0.0.0"
        assert for_phones(link) == (link.replace(host, "192.168.0.7"), "own_address")
        listens_on.return_value = "127.0.0.1"
        assert for_phones(link) == (link, "only_here")
    assert for_phones("https://school.example/overview") == ("https://school.example/overview", None)
