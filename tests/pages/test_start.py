"""The first page: each chapter opens by its link and leads on, and old links open what they opened."""

import json

from lstm_core.lessons.story import CHAPTERS, begun
from lstm_core.words import LANGUAGES, Words
from lstm_core.workbench import brackets
from lstm_core.workbench.link import from_link
from lstm_core.workbench.presets import preset
from tests.collected import collected
from tests.nightly import sample
from tests.pages.apps import STORY, focus, is_sound, link, on_to, opened, opened_by_menu, screen, texts
from tests.pages.panels import rest

EN = Words("en")
LINE = preset(brackets.PRESET)


def experiment(at):
    told = {name: said for name, said in link(at).items() if name not in ("chapter", "did")}
    found = from_link(told)
    assert found.problems == ()
    return found.experiment


def card(at):
    """What the card of the chapter says."""
    return at.session_state["line"].figure.draw()["story"]


def on(at, **choice):
    """What a click in the card does."""
    return rest(at, choice | {"picture": "story"})


@collected("language", sample(LANGUAGES, 1))
@collected("n", sample(range(1, len(CHAPTERS) + 1), 5))
def test_each_chapter_opens_by_its_link(n, language):
    at = opened(STORY, lang=language, chapter=str(n))
    chapter = CHAPTERS[n - 1]
    assert is_sound(at) and not at.toast and at.header[0].value == Words(language)("question.start")
    assert Words(language)(f"story.{chapter.key}.do") in card(at)
    assert link(at)["chapter"] == str(n) and (experiment(at), focus(at)) == begun(chapter, LINE)
    assert screen(at) == screen(opened_by_menu(None, **link(at)))
    assert [(box.key, box.disabled) for box in at.selectbox] == [("language.switch", False)]


def test_the_story_is_played_from_chapter_to_chapter_and_tells_what_was_done():
    at = opened(STORY, lang="en")
    for n, moves in ((2, "pin_f"), (3, "pin_i"), (4, "pin_c"), (5, "pin_o"), (6, "x")):
        at = on(at, role="chapter", value=str(n))
        assert is_sound(at) and link(at)["chapter"] == str(n) and experiment(at) == LINE
        address = f"x.{focus(at).t}.2" if moves == "x" else f"{moves}.1.{focus(at).t}"
        at = rest(at, values={address: {"x": 1.0, "pin_c": -1.0}.get(moves, 0.0)})
        assert is_sound(at) and address in link(at)["did"] and "data-done" in card(at)
    at = on(at, role="chapter", value=str(len(CHAPTERS)))
    told = card(at)
    assert all(EN(f"story.{key}.title") in told for key in ("forget", "write", "sign", "show", "join"))
    assert screen(at) == screen(opened(STORY, **link(at)))  # the link tells all of it


def test_a_line_of_the_readers_own_is_read_and_goes_along():
    at = opened_by_menu(None, lang="en", chapter="2")
    at.text_input(key="story.line").set_value("f(abcd) <b>").run()
    own = brackets.written(LINE, "f(abcd) <b>")
    assert is_sound(at) and experiment(at) == own and focus(at).t == 4
    assert screen(at) == screen(opened(STORY, **link(at)))
    at.text_input(key="story.line").set_value("no bracket").run()
    assert experiment(at) == own and EN("story.line_bare") in texts(at)
    assert experiment(on_to(at, "forget_gate")) == own


def test_the_way_to_a_network_takes_the_line_along():
    at = opened_by_menu(None, lang="en", chapter="2")
    at.text_input(key="story.line").set_value("f(abcd) + g").run()
    at = on(at, role="chapter", value=str([chapter.key for chapter in CHAPTERS].index("learn") + 1))
    at = on(at, role="open", value="learn")
    assert is_sound(at) and at.session_state["page"] == "learning" and link(at)["learn"] == "text"
    assert "".join(at.session_state["experiment"].labels) == "f(abcd) + g"


def test_what_was_on_screen_before_the_story_comes_back_after_it():
    at = opened_by_menu("forget_gate", lang="en", preset="latch", t="4", **{"b_f.1": "-2.5"})
    before = link(at)
    at = on_to(at, STORY)
    assert is_sound(at) and experiment(at) == LINE
    assert link(on_to(at, "cell_state")) == before


@collected(
    "query, page",
    [({"preset": "latch", "v": "1", "b_f.1": "-2.5", "t": "4", "lang": "ko"}, "overview"),
     ({"lesson": "tour.short", "lang": "en"}, "overview"),
     ({"ask": "silent.1", "lang": "en"}, "output_gate")],
)  # fmt: skip
def test_an_old_link_to_the_bare_address_opens_what_it_opened(query, page):
    at = opened_by_menu(None, **query)
    assert is_sound(at) and at.session_state["page"] == page
    assert screen(at) == screen(opened(page, **query))


@collected("query", [{"chapter": "99"}, {"chapter": "2", "did": "<b>"}])
def test_a_broken_link_of_the_story_is_told_and_opens_a_chapter(query):
    at = opened(STORY, lang="en", **query)
    [message] = at.toast
    assert is_sound(at) and [*query][-1] in message.value and link(at)["chapter"] in ("1", "2")


def test_an_open_question_is_not_answered_by_the_story():
    at = on_to(opened_by_menu("output_gate", lang="en", ask="silent.1"), STORY)
    assert is_sound(at) and EN("ask.answer_first") in texts(at)
    assert not [one for one in at.get("bidi_component") if "story" in json.dumps(one.proto.json)]


@collected("page", sample(["overview", "gradient", "trace", "learning", "network", "lessons", "hand_ins"], 4))
def test_a_page_ends_in_a_next_step_but_not_within_a_lesson(page):
    said = EN("menu.next").split("{")[0]
    assert said in texts(opened(page, lang="en"))
    assert said not in texts(opened(page, lang="en", lesson="tour.long"))
