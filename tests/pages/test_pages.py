"""Every page opens in every language, by link and by menu, and shows what its link says."""

from itertools import cycle, product

import pytest

from lstm_core import words
from lstm_core.figure.what_changed import what_changed
from lstm_core.rounding import shown_ledger, text
from lstm_core.view import svg
from lstm_core.words import KNOWN, LANGUAGES, Words
from lstm_core.workbench.link import to_link
from lstm_core.workbench.opening import opening
from lstm_core.workbench.presets import DEFAULT, preset
from tests.collected import collected
from tests.nightly import by_night, sample
from tests.pages import apps
from tests.pages.apps import PAGES, experiment, focus, is_sound, link, opened, opened_by_menu, screen, texts

WORDS = {code: Words(code) for code in KNOWN}

TEACHING = {"lang": "ko", "preset": "latch", "b_f.1": "-2.5", "t": "4", "v": "1"}


@collected("language", KNOWN if by_night() else LANGUAGES)
@collected("page", PAGES)
def test_a_bare_link_shows_the_opening_of_its_page(page, language):
    at = opened(page, lang=language)
    assert is_sound(at) and at.header[0].value == WORDS[language](f"question.{page}")
    shown, first = opening(page)
    assert link(at) == to_link(shown, first, language)
    assert WORDS[language](f"preset.{shown.preset}.caption") in texts(at) and not at.toast


@pytest.mark.nightly
@collected("language", KNOWN)
@collected("page", [*apps.LESSON_PAGES, *apps.TRAINING_PAGES, apps.STORY])
def test_a_page_without_an_experiment_opens_in_each_language(page, language):
    at = opened(page, lang=language)
    assert is_sound(at) and at.header[0].value == WORDS[language](f"question.{page}") and not at.toast


@collected("query", [TEACHING, {"lang": "en"}])
@collected("page", sample(PAGES, 3))
def test_a_page_shows_the_same_by_link_by_menu_and_by_the_link_that_it_writes(page, query):
    at, by_menu = opened(page, **query), opened_by_menu(page, **query)
    assert is_sound(by_menu) and link(at) == link(by_menu) and query.items() <= link(at).items()
    assert screen(at) == screen(by_menu) == screen(opened(page, **link(at)))


def test_what_stands_in_for_a_missing_text_is_marked_as_english(monkeypatch):
    korean, lacks = words.texts("ko"), ["question.trace", "prose.trace", "page.trace"]
    for key in lacks:
        monkeypatch.setitem(korean, key, words.InEnglish(words.texts("en")[key]))
    shown = "".join(str(one.proto) for one in apps.within(opened("trace", lang="ko").main))
    assert all(f"lang-en-{place}" in shown for place in ("title", "prose")) and "h1 lang" in shown
    assert 'lang="en"' in svg.text(0, 0, Words("ko")("page.trace"))


@collected("page", sample([page for page in PAGES if page != "trace"], 3))
def test_pages_show_the_numbers_of_the_linked_experiment(page):
    at = opened(page, **TEACHING)
    linked = preset("latch").edited("b_f.1", -2.5)
    assert is_sound(at) and experiment(at) == linked
    ledger = shown_ledger(linked.trace(), 4, 1)
    for number in (ledger.C_prev, ledger.kept, ledger.erased, ledger.written, ledger.C):
        assert text(number) in texts(at) or text(number, sign=True) in texts(at)


@collected("page", sample(PAGES, 2))
def test_what_was_changed_is_said_and_the_question_of_the_preset_is_not_asked(page):
    at = opened(page, lang="en", **{"b_f.1": "-2.5"})
    back, changed = WORDS["en"]("changed.back"), texts(at)
    said = what_changed(preset("latch"), experiment(at), focus(at).t, 1, WORDS["en"])
    assert said.startswith("$b_f$ 5.00 → −2.50: at step ") and said in changed
    assert back in changed and WORDS["en"]("preset.latch.notice") not in changed
    at.button(key="changed.back").click().run()
    assert is_sound(at) and experiment(at) == preset("latch") and back not in texts(at)


UNUSUAL = {
    "the cell of 1997": {"preset": "runaway"},
    "the cell of 1997 from another": {"preset": "latch", "cell": "1997"},
    "coupled gates": {"preset": "random", "cell": "coupled"},
    "peepholes": {"preset": "random", "cell": "peephole", "p_f.2": "-0.5", "p_o.1": "1.25", "unit": "2"},
    "peepholes and coupled gates": {"preset": "latch", "cell": "peephole-coupled", "p_f.1": "2"},
    "one step": {"preset": "latch", "T": "1"},
    "the smallest": {"preset": "random", "H": "1", "D": "1", "T": "1"},
    "the largest": {"preset": "random", "H": "4", "D": "4", "T": "40"},
    "another seed": {"preset": "random", "seed": "9999"},
    "a state before the first step": {"preset": "latch", "h0.1": "0.5", "C0.1": "-3", "t": "1"},
    "the second unit at the last step": {"preset": "random", "t": "12", "unit": "2"},
    "saturated": {"preset": "latch", "b_f.1": "1000000", "V_c.1.1": "-1000000"},
    "large memory": {"preset": "runaway", "C0.1": "-999999.5"},
    "tiny": {"preset": "latch", "b_f.1": "5e-324"},
}


@collected("name, page", product(UNUSUAL, PAGES) if by_night() else zip(UNUSUAL, cycle(PAGES), strict=False))
def test_unusual_experiments_open_on_every_page(name, page):
    at = opened(page, lang="en", **UNUSUAL[name])
    assert is_sound(at) and not at.toast
    assert UNUSUAL[name].items() <= link(at).items()


@collected(
    "locale, query, language",
    [("ko-KR", {}, "ko"), ("KO", {}, "ko"), ("de-DE", {}, "en"), ("kok-IN", {}, "en"), (None, {}, "en"),
     ("ko-KR", {"lang": "en"}, "en"), ("en-US", {"lang": "ko"}, "ko")],
)  # fmt: skip
def test_the_language_is_that_of_the_link_or_else_of_the_browser(locale, query, language):
    at = opened("overview", locale, **query)
    assert link(at)["lang"] == language and at.header[0].value == WORDS[language]("question.overview")


@collected("page", sample(PAGES, 2))
def test_the_switch_changes_every_word_and_nothing_else(page):
    at = opened(page, **TEACHING)
    for language in ("en", "ko"):
        at.selectbox(key="language.switch").select(language).run()
        assert is_sound(at) and link(at) == TEACHING | {"lang": language}
        assert screen(at) == screen(opened(page, **TEACHING | {"lang": language}))


def test_a_broken_link_opens_all_the_same_and_one_message_says_what_was_left_out():
    at = opened("forget_gate", preset="nope", **{"![x](http://x.example/y.png)": "1"})
    [message] = at.toast
    assert is_sound(at) and experiment(at) == preset(DEFAULT)
    assert message.value == WORDS["en"]("link.problems").format(names="preset, …")
    assert is_sound(at.run()) and not at.toast
