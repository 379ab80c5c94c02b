"""The page of the network that reads code, without a browser: its link, its texts, what it writes."""

import json
import re
from html import unescape

from lstm_core.export import read_csv, to_csv
from lstm_core.lessons.items import make
from lstm_core.readers.loaded_network import LoadedNetwork
from lstm_core.reading import shipped
from lstm_core.words import LANGUAGES, Words
from pages._ui.reading.held import EXAMPLES, example
from tests.collected import collected
from tests.lstm_core.reading.character_models import SIGNS, arrays, file_of
from tests.nightly import sample
from tests.pages.apps import is_sound, link, opened
from tests.pages.lessons.reading import answer, asked, press
from tests.pages.panels import move_slider, rest, specs
from tests.pages.walks import sent_picture

UNIT = shipped().features()[0].unit
CODE = example("code")


def reads(**query: str):
    return opened("reading", lang="en", **query)


@collected("language", sample(LANGUAGES, 1))
def test_the_page_opens_on_the_bracket_unit_where_a_bracket_is_about_to_close(language):
    at = opened("reading", lang=language)
    assert is_sound(at) and at.header[0].value == Words(language)("question.reading")
    query, reading = link(at), shipped().read(CODE)
    closing = [reading.odds_of(")]}", t) for t in range(1, len(CODE) + 1)]
    assert int(query["watch"]) == UNIT and int(query["letter"]) == closing.index(max(closing)) + 1
    assert "read" not in query and "hold" not in query


def test_a_hand_holds_a_unit_which_the_link_brings_back():
    at = move_slider(reads(), f"C.{UNIT}", 0.5)
    assert is_sound(at) and link(at)["hold"] == f"{UNIT}~0.5"
    again = opened("reading", **link(at))
    assert is_sound(again) and specs(again)[f"C.{UNIT}"][1] == 0.5
    assert sent_picture(again, "reading.next")[0] == sent_picture(at, "reading.next")[0]
    free = rest(at, {"role": "hold", "value": "free"})
    assert is_sound(free) and "hold" not in link(free)


def test_an_example_and_a_text_of_ones_own_are_read():
    at = reads()
    for typed, read in (("f(<b>\r\n", "f(<b>\n"), ("", None)):
        at.text_area(key="reading.text").set_value(typed).run()
        assert is_sound(at) and link(at).get("read") == read
    for name in sample(EXAMPLES, 1):
        other = reads(read=example(name), letter="3", watch="5")
        assert is_sound(other) and link(other)["letter"] == "3" and link(other)["watch"] == "5"


@collected("query", [{"watch": "129"}, {"letter": "x"}, {"hold": "1"}, {"hold": "1~nan"}])
def test_what_a_link_says_wrongly_is_named_and_the_page_opens(query):
    at = reads(**query)
    assert not at.exception and next(iter(query)) in at.toast[0].value


def test_the_run_that_is_shown_goes_home_as_files_and_writes_on_freely_and_held():
    hold, reader = {UNIT: 0.25}, shipped()
    at = press(reads(hold=f"{UNIT}~0.25", letter="9999"), "reading.write")
    assert is_sound(at) and at.get("download_button") and link(at)["letter"] == str(len(CODE))
    free, held = reader.read(CODE, {}), reader.read(CODE, hold)
    frame = read_csv(to_csv(held.trace, UNIT))
    assert list(frame["label"]) == list(CODE) and (frame["C"] == 0.25).all()
    before = CODE.split("\n")[-1].strip()
    written = [reader.write(free, 200, 1), reader.write(held, 200, 1, hold)]
    # Streamlit takes blanks away where a line has nothing else.
    assert [block.value.split() for block in at.code] == [(before + text).split() for text in written]


def test_a_question_covers_the_network_until_it_is_answered_and_leaves_the_readers_text_alone():
    at = reads(read="x = f(a, b)", letter="3", hold=f"{UNIT}~0.5~3")
    before = link(at)
    assert before["hold"] == f"{UNIT}~0.5~3"
    press(at, "ask.predict")
    key, seed = asked(at)
    question = make(key, seed)
    assert key in ("read_unit", "read_held") and "read" not in link(at) and not at.get("download_button")
    assert at.info and "hold" not in specs(at)
    answer(at, question.truth)
    assert is_sound(at)
    markup = unescape(re.sub("<[^>]+>", "", sent_picture(at, "reading.read")[0][0]))
    assert (question.values.get("read") or question.values["line"]) in markup
    press(at, "ask.close")
    assert is_sound(at) and link(at) == before


def test_a_readers_own_network_reads_in_the_place_of_the_other_and_can_be_left():
    at = reads(read="(a)", hold=f"{UNIT}~0.5")
    at.session_state["network.loaded"] = LoadedNetwork.of(file_of(arrays()), "mine.npz")
    at.run()
    at.text_area(key="own_reader.signs").set_value("ab").run()
    press(at, "reading.own_read")
    assert at.error and "2 signs were named" in at.error[0].value
    at.text_area(key="own_reader.signs").set_value(json.dumps(list(SIGNS))).run()
    press(at, "reading.own_read")
    assert is_sound(at) and link(at)["read"] == "(a)" and link(at)["watch"] == "1" and "hold" not in link(at)
    assert "of your network" in sent_picture(at, "reading.read")[0][0]
    at = press(move_slider(at, "C.1", 0.5), "reading.write")
    assert is_sound(at) and len(at.code) == 2
    press(at, "reading.own_back")
    assert is_sound(at) and link(at)["watch"] == str(UNIT)
