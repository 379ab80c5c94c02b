"""A lesson put together on its page: the link, the code and the frame say it, the session stays as it was."""

import re
from unittest.mock import patch

import pytest

from lstm_core.words import LANGUAGES, Words
from pages._ui.browser.qr import for_phones, qr_svg
from tests.nightly import sample
from tests.pages.apps import is_sound, link, opened, opened_by_menu, texts
from tests.pages.lessons.making import SCREEN, WORDS, framed, made, set_control


@pytest.mark.parametrize("language", sample(LANGUAGES, 1))
def test_it_begins_with_the_experiment_on_screen(language):
    words, at = WORDS[language], opened("make_lesson", lang=language, **SCREEN)
    assert is_sound(at) and at.header[0].value == words("question.make_lesson")
    assert made(at) == f"/overview?b_f.1=-2.5&t=4&lang={language}"
    said = texts(at)
    assert words("preset.latch.name") in said and words("make.changed") in said
    assert "bidi_component" in said and at.get("link_button")[0].proto.url == made(at)


@pytest.mark.parametrize("language", sample(LANGUAGES, 1))
def test_everything_chosen_is_in_the_link_and_what_is_on_screen_stays(language):
    at = opened("make_lesson", lang=language, **SCREEN)
    before = link(at)
    at.selectbox(key="make.page").select("cell_state").run()
    at.selectbox(key="make.language").select("ko").run()
    at.selectbox(key="make.view").select("presenter").run()
    set_control(at, "weights", "hidden")
    set_control(at, "step", "locked")
    set_control(at, "table", "hidden")
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
    at.number_input(key="make.number.1.item.joined").set_value(7).run()
    at.button(key="make.up.2").click().run()
    assert made(at) == "/?lesson=item.silent~task.repair~item.joined.7&lang=en"
    at.radio(key="make.tour").set_value("short").run()
    at.multiselect(key="make.item").set_value(["joined"]).run()
    assert made(at) == "/?lesson=task.repair~item.joined.7~tour.short&lang=en"
    at.radio(key="make.tour").set_value(None).run()
    assert "tour" not in made(at) and is_sound(at)
    assert WORDS["en"]("make.own_experiment") in texts(at)


def test_a_question_is_shown_with_the_numbers_of_its_variant():
    at = opened("make_lesson", lang="en")
    at.multiselect(key="make.item").set_value(["keep_share"]).run()
    one = [caption.value for caption in at.caption]
    at.number_input(key="make.number.0.item.keep_share").set_value(2).run()
    assert [caption.value for caption in at.caption] != one and "{" not in str(one)


def test_a_task_with_locked_weights_is_told_to_the_teacher():
    at = opened("make_lesson", lang="en", make="page.overview~task.hold.1")
    said = WORDS["en"]("make.weights_locked")
    assert said not in [warning.value for warning in at.warning]
    set_control(at, "weights", "locked")
    assert not at.exception and said in [warning.value for warning in at.warning]


def test_what_was_put_together_is_there_when_the_teacher_comes_back():
    at = opened_by_menu("make_lesson", lang="en", **SCREEN)
    at.multiselect(key="make.item").set_value(["silent"]).run()
    set_control(at, "unit", "locked")
    before = made(at)
    at.switch_page("pages/cell_state.py").run()
    assert is_sound(at) and not at.selectbox(key="preset").disabled
    at.switch_page("pages/make_lesson.py").run()
    assert made(at) == before and at.multiselect(key="make.item").value == ["silent"]
    assert at.button_group(key="make.control.unit").value == "locked"


def test_a_reload_keeps_the_lesson_that_is_being_made():
    at = opened("make_lesson", lang="en", **SCREEN)
    at.radio(key="make.tour").set_value("short").run()
    at.multiselect(key="make.item").set_value(["silent", "joined"]).run()
    at.number_input(key="make.number.2.item.joined").set_value(7).run()
    at.selectbox(key="make.view").select("presenter").run()
    set_control(at, "weights", "hidden")
    before, address = made(at), link(at)
    for reload in (opened, opened_by_menu):
        again = reload("make_lesson", **address)
        assert is_sound(again) and made(again) == before and link(again) == address
        assert not again.toast
    other = opened("cell_state", **{name: said for name, said in address.items() if name != "make"})
    assert "make" not in link(other)


def test_what_is_not_understood_of_a_lesson_being_made_is_told():
    at = opened("make_lesson", lang="en", make="page.cell_state~item.silent.1~item.nothing.1")
    assert made(at) == "/?lesson=item.silent" and "make" in at.toast[0].value and not at.exception
    at = opened("make_lesson", lang="en", make="page.hand_ins")
    assert made(at).startswith("/overview") and "make" in at.toast[0].value and not at.exception


def test_it_opens_on_the_page_that_the_teacher_came_from():
    at = opened_by_menu("output_gate", lang="en")
    at.switch_page("pages/make_lesson.py").run()
    assert made(at).startswith("/output_gate")


def test_a_long_link_is_said_to_be_hard_to_scan_and_one_too_long_has_no_code():
    many = {f"x.{t}.{d}": f"0.{t}{d}7" for t in range(1, 41) for d in range(1, 5)}
    some = dict(list(many.items())[:30])
    at = opened("make_lesson", lang="en", preset="random", D="4", T="40", **some)
    assert WORDS["en"]("make.long", n=len(made(at))) in texts(at) and not at.exception
    weights = {f"V_{g}.{u}.{d}": "0.12345678901234567" for g in "fico" for u in (1, 2) for d in (1, 2, 3, 4)}
    at = opened("make_lesson", lang="en", preset="random", D="4", T="40", **many, **weights)
    assert WORDS["en"]("make.no_code", n=len(made(at))) in texts(at) and not at.exception
    assert WORDS["en"]("make.long", n=300) not in texts(opened("make_lesson", lang="en"))


def test_what_does_not_fit_into_a_link_is_said():
    at = opened_by_menu("trace", lang="en")
    rows = "x_1,x_2,x_3\n" + "0.5,1,0\n" * 41
    at.file_uploader(key="upload.sequence").upload("mine.csv", rows.encode(), "text/csv").run()
    at.switch_page("pages/make_lesson.py").run()
    assert WORDS["en"]("make.too_large") in texts(at) and not at.exception


# -- the code -------------------------------------------------------------------------------------


def test_the_code_holds_the_link():
    """The dots are those of the link, as the library makes them anew."""
    import segno

    address = "http://127.0.0.1:8501/?lesson=tour.short&lang=en"
    modules = segno.make_qr(address, error="l").matrix
    drawn = re.search(r'<path[^>]*class="qrline"[^>]*d="([^"]*)"', qr_svg(address)) or re.search(
        r'stroke="#000"[^>]*d="([^"]*)"', qr_svg(address)
    )
    dark = sum(int(n) for n in re.findall(r"h(\d+)", drawn[1]))
    assert dark == sum(map(sum, modules))


@pytest.mark.parametrize("language", sample(LANGUAGES, 1))
@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_a_code_that_no_phone_can_open_is_mended_or_said_to_be_dead(host, language):
    link = f"http://{host}:8501/overview?lang={language}"
    with (
        patch("streamlit.net_util.get_internal_ip", return_value="192.168.0.7"),
        patch("streamlit.get_option") as option,
    ):
        option.return_value = "0.0.0.0"
        assert for_phones(link) == (link.replace(host, "192.168.0.7"), "own_address")
        option.return_value = "127.0.0.1"
        assert for_phones(link) == (link, "only_here")
    assert Words(language)("make.only_here") != Words(language)("make.own_address")
    assert for_phones("https://school.example/overview") == ("https://school.example/overview", None)
