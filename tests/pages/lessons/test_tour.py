"""The guided tours: each stop in each language shows what it says, and buttons lead from one to the next."""

import json

from lstm_core.lessons.tours import TOURS
from lstm_core.words import LANGUAGES, Words
from tests.collected import collected
from tests.nightly import examples, sample
from tests.pages.apps import experiment, is_sound, link, opened, opened_by_menu
from tests.pages.lessons.reading import asked, press, record, said
from tests.pages.panels import rest, trigger

STOPS = [(tour, number + 1) for tour in TOURS for number in range(len(TOURS[tour].stops))]


@collected("language", sample(LANGUAGES, 1))
@collected("tour, number", sample(STOPS, 4))
def test_a_link_to_a_stop_opens_it(tour, number, language):
    stop, words = TOURS[tour].stop(number), Words(language)
    at = opened_by_menu(None, lang=language, lesson=f"tour.{tour}.{number}")
    assert is_sound(at) and at.header[0].value == words(stop.title_key)
    assert experiment(at) == stop.link.experiment
    # Beside the controls for a laptop, and above the pictures for a phone or a wall; the style hides one.
    assert said(at).count(words(stop.show_key)) == 2
    assert at.session_state["page"] == stop.page
    shown, wanted = at.session_state["focus"], stop.link.focus
    assert (shown.t, shown.unit, shown.phase) == (wanted.t, wanted.unit, wanted.phase)
    for key in stop.note_keys:
        assert words(key) in said(at)


def test_a_tour_goes_on_back_and_ends():
    stops = TOURS["short"].stops
    at = opened_by_menu(None, lang="en", lesson=f"tour.short.{len(stops) - 1}")
    press(at, "tour.next")
    assert at.session_state["page"] == stops[-1].page and experiment(at) == stops[-1].link.experiment
    assert link(at)["lesson"] == f"tour.short.{len(stops)}"
    names = {button.key: button.label for button in at.button}
    for name in ("back", "done", "leave"):  # read out; the style sheet shows a sign
        assert names[f"tour.{name}"] == Words("en")(f"tour_bar.{name}")
    press(at, "tour.back")
    assert at.session_state["page"] == stops[-2].page
    press(at, "tour.leave")
    assert "lesson" not in link(at) and is_sound(at)


def test_a_stop_asks_its_own_question_and_comes_back():
    at = opened_by_menu(None, lang="en", lesson="tour.short.2")
    stop = TOURS["short"].stop(2)
    press(at, "ask.predict")
    assert asked(at) == (stop.item, stop.seed) and link(at)["lesson"] == "tour.short.2"
    press(at, "ask.skip")
    assert experiment(at) == stop.link.experiment and at.header[0].value == Words("en")(stop.title_key)


def test_who_wanders_off_keeps_the_tour_and_can_go_on():
    at = opened_by_menu(None, lang="en", lesson="tour.short.2")
    at.switch_page("pages/trace.py").run()
    assert at.header[0].value == Words("en")("question.trace")
    press(at, "tour.next")
    assert at.session_state["page"] == TOURS["short"].stop(3).page


def test_what_a_reader_changed_at_a_stop_survives_a_reload():
    at = opened("forget_gate", lang="en", lesson="tour.short.2", preset="latch", t="3", **{"b_f.1": "1.5"})
    assert experiment(at).value("b_f.1") == 1.5 and at.session_state["focus"].t == 3
    press(at, "reset")
    assert experiment(at) == TOURS["short"].stop(2).link.experiment


def hears(at) -> list[tuple]:
    """What listens on this page, and what the keys mean to it."""
    shown = [one for one in at.get("bidi_component") if one.proto.component_name.endswith(".picture")]
    return [(one, meant) for one in shown if (meant := json.loads(one.proto.json)[3])]


def press_key(at, key: str):
    """A key of the keyboard, as the browser reports it: to the figure, or to what listens without one."""
    heard, meant = next((one, meant[key]) for one, meant in hears(at) if key in meant)
    choice = {"role": "key", "value": meant}
    return trigger(at, heard, "chosen", choice) if heard.key == "lesson.keys" else rest(at, choice)


def test_one_key_of_a_clicker_leads_through_a_whole_tour_with_its_questions():
    stops = TOURS["short"].stops
    first = len(stops) - examples(4, len(stops))
    at = opened_by_menu(None, lang="en", lesson=f"tour.short.{first + 1}", present="1")
    for stop in stops[first:]:
        assert at.session_state["page"] == stop.page and experiment(at) == stop.link.experiment
        for answered in (False, True)[: 2 * bool(stop.item)]:
            press_key(at, "PageDown")
            assert asked(at) == (stop.item, stop.seed) and is_sound(at)
            assert ((stop.item, stop.seed, "") in record(at).predictions) is answered
        press_key(at, "PageDown")
    assert at.session_state["page"] == "lessons" and is_sound(at)


def test_escape_closes_the_origin_of_a_number_and_means_nothing_without_one():
    at = opened("trace", lang="en", preset="latch")
    assert not any("Escape" in meant for _, meant in hears(at))
    rest(at, {"quantity": "f", "t": "3", "unit": "1"})
    assert at.session_state["asked"] == ("f", None)
    press_key(at, "Escape")
    assert at.session_state["asked"] is None and is_sound(at)
