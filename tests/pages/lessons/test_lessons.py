"""The page of what there is to do: begins each thing, tells what came of it, takes it home and back."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_core.lessons.hand_in import HandIn, read_zip, to_zip
from lstm_core.lessons.items import ITEMS, make
from lstm_core.lessons.record import Attempt, Prediction
from lstm_core.lessons.record_json import to_json
from lstm_core.lessons.tasks import TASKS
from lstm_core.lessons.tours import TOURS
from lstm_core.words import LANGUAGES, Words
from lstm_core.workbench.opening import opening
from lstm_core.workbench.presets import preset
from pages._ui.lessons.hand_in import hand_in_of
from tests.collected import collected
from tests.nightly import examples, sample
from tests.pages.apps import experiment, is_sound, link, opened, opened_by_menu
from tests.pages.lessons.reading import answer, done, press, record
from tests.pages.lessons.tab import given_back, stored

EN = Words("en")
SILENT = make("silent", 1)
RIGHT, WRONG = SILENT.truth, next(o for o in SILENT.options if o != SILENT.truth)
DONE = (
    (Prediction("silent", 1, WRONG), Prediction("joined", 2, None)),
    (
        Attempt("hold", 1, TASKS["hold"].solution().params, 1, 2),
        Attempt("silent", 1, TASKS["silent"].start(1).params),
    ),
)


def shown(at) -> str:
    return "\n".join(line.value for kind in (at.markdown, at.caption) for line in kind)


# -- what there is to do --------------------------------------------------------------------------


@pytest.mark.parametrize("language", sample(LANGUAGES, 1))
def test_everything_there_is_to_do_is_listed_and_each_question_says_what_it_asks(language):
    words, at = Words(language), opened("lessons", lang=language)
    assert is_sound(at) and at.header[0].value == words("question.lessons")
    for tour in TOURS.values():
        assert words(tour.name_key) in shown(at)
        assert all(words(stop.title_key) in shown(at) for stop in tour.stops)
    for task in TASKS.values():
        assert words(task.name_key) in shown(at) and words(task.aim_key) in shown(at)
    labels = {button.key: button.label for button in at.button}
    assert labels.keys() >= {f"begin.task.{key}" for key in TASKS}
    assert {key: labels[f"ask.{key}"] for key in ITEMS} == {
        key: words(item.name_key) for key, item in ITEMS.items()
    }


@collected("key", sample(TASKS, 2))
def test_a_task_begins_on_its_page(key):
    at = press(opened_by_menu("lessons", lang="ko", preset="counter"), f"begin.task.{key}")
    assert is_sound(at) and link(at)["lesson"] == f"task.{key}.1"
    assert at.header[0].value == Words("ko")(f"question.{TASKS[key].page}")
    assert experiment(at) == TASKS[key].start(1)


def test_a_tour_begins_at_its_first_stop():
    at = press(opened_by_menu("lessons", lang="en"), "begin.tour.short")
    assert is_sound(at) and link(at)["lesson"] == "tour.short.1"
    assert at.header[0].value == EN(TOURS["short"].stops[0].title_key)


def test_a_question_is_asked_in_the_variant_that_is_shown_and_leads_back_here():
    at = opened_by_menu("lessons", lang="en")
    at.number_input(key="lessons.seed").set_value(7).run()
    press(at, "ask.silent")
    assert is_sound(at) and link(at)["ask"] == "silent.7"
    assert at.header[0].value == EN(ITEMS["silent"].name_key)
    at.switch_page("pages/output_gate.py").run()  # AppTest goes along for one run only
    at.radio(key="answer.choice").set_value(make("silent", 7).truth).run()
    press(press(at, "ask.lock"), "ask.close")
    assert is_sound(at) and at.header[0].value == EN("question.lessons")
    assert at.button(key="ask.silent").label == f"{EN(ITEMS['silent'].name_key)} ✓"
    assert at.number_input(key="lessons.seed").value == 7
    assert EN(ITEMS["silent"].misconception_key) not in shown(at)  # it would state the wrong idea as right


def test_a_link_here_that_names_a_lesson_stays_here_and_so_does_the_next_page():
    at = opened_by_menu("lessons", lang="en", lesson="task.repair.1")
    assert is_sound(at) and at.header[0].value == EN("question.lessons")
    at.switch_page("pages/forget_gate.py").run()
    assert at.header[0].value == EN("question.forget_gate")


def test_what_came_of_it_is_told():
    at = given_back(opened("lessons", lang="en"), to_json(*DONE))
    assert is_sound(at) and at.button(key="ask.silent").label.endswith("✗")
    assert at.button(key="ask.joined").label.endswith("–")
    assert EN("hand_in.predictions", right=0, missed=1, skipped=1) in shown(at)
    assert EN("hand_in.tasks", n=1, of=len(TASKS)) in shown(at)
    assert EN("lessons.solved", n=1, least=1, tries=2, hints=1) in shown(at)
    assert EN("lessons.tried", tries=1, hints=0) in shown(at)


# -- over a reload --------------------------------------------------------------------------------


@collected("page", ["lessons", "forget_gate", "make_lesson"])
def test_the_browser_keeps_the_record_and_a_new_session_gets_it_back(page):
    at = opened(page, lang="en")
    assert stored(at) == ""
    given_back(at, to_json(*DONE))
    assert is_sound(at) and stored(at) == to_json(*DONE)
    assert done(at) == DONE
    given_back(at, to_json((Prediction("silent", 1, RIGHT),), ()))
    assert record(at).predictions["silent", 1, ""].answer == WRONG  # only an empty record takes anything back


HOSTILE = [
    "{",
    "1" * 500_000,
    None,
    7,
    {"a": 1},
    '{"predictions": [], "tasks": 1}',
    "",
    "null",
    [],
    "[" * 100_000,
]


@collected("sent", sample(HOSTILE, 5))
def test_what_was_never_stored_here_changes_nothing(sent):
    at = given_back(opened("lessons", lang="en"), sent)
    assert is_sound(at) and record(at).is_empty and stored(at) == ""


@settings(max_examples=examples(2, 30), deadline=None)
@given(st.data())
def test_a_damaged_record_never_breaks_the_page(data):
    damaged = list(to_json(*DONE))
    damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.characters(exclude_categories=["Cs"]))
    assert is_sound(given_back(opened("lessons", lang="en"), "".join(damaged)))


# -- to hand in -----------------------------------------------------------------------------------


def test_what_was_done_goes_into_a_file_and_comes_back_from_it():
    at = given_back(opened("lessons", lang="en", preset="leaky"), to_json(*DONE))
    assert not at.get("download_button")
    at.text_input(key="hand_in.name").set_value("<b>Kim Min-ji")
    press(at, "hand_in.make")
    assert at.text_input(key="hand_in.name").value == "b Kim Min-ji"
    file = to_zip(hand_in_of(record(at), at.session_state["experiment"]))
    assert read_zip(file) == HandIn("b Kim Min-ji", *DONE, preset("leaky"))
    assert [button.proto.label for button in at.get("download_button")] == [
        EN("hand_in.download", name="b Kim Min-ji")
    ]

    other = opened("lessons", lang="en")
    given_back(other, to_json((Prediction("silent", 1, RIGHT),), ()))
    other.file_uploader(key="hand_in.file").upload("mine.zip", file, "application/zip").run()
    assert is_sound(other) and EN("hand_in.taken", n=2, tasks=2) in other.success[0].value
    assert done(other)[0] == (Prediction("silent", 1, RIGHT), DONE[0][1])  # what was done here stays
    assert record(other).name == other.text_input(key="hand_in.name").value == "b Kim Min-ji"
    assert experiment(other) == opening("lessons")[0]


def test_a_file_that_is_none_is_refused_with_a_reason():
    """Of every kind of such a file tells tests/lstm_core/lessons/test_hand_in.py."""
    at = opened("lessons", lang="ko")
    at.file_uploader(key="hand_in.file").upload("mine.zip", b"PK\x03\x04", "application/zip").run()
    assert not at.exception and len(at.error) == 1 and record(at).is_empty


def test_an_experiment_too_large_for_the_file_is_told():
    at = opened("lessons", lang="en")
    at.session_state["experiment"] = preset("latch").resized(T=41)
    at.run()
    assert is_sound(at) and [box.value for box in at.info] == [EN("hand_in.too_large")]
    assert not at.text_input and not at.get("download_button")


# -- the card on which a lesson ends -----------------------------------------------------------------


LESSON = "item.silent.3~task.hold.1~item.joined.2"


def buttons(at):
    return {button.key for button in at.button}


def test_a_lesson_that_was_left_tells_what_is_still_open_and_can_be_ended():
    at = opened("lessons", lang="en", lesson=LESSON, at="0")
    assert is_sound(at) and EN("end.some", n=0, of=3) in shown(at)
    assert EN(TASKS["hold"].name_key) in shown(at)
    assert EN(ITEMS["silent"].name_key) not in shown(at)  # the title would tell what it is about
    assert {"end.next", "end.leave"} <= buttons(at) and at.text_input(key="hand_in.name")
    press(at, "end.leave")
    assert is_sound(at) and "lesson" not in link(at) and "end.leave" not in buttons(at)


def test_what_was_missed_can_be_opened_again_and_the_rest_goes_on():
    at = opened_by_menu(None, lang="en", lesson=LESSON)
    question = make("silent", 3)
    at.switch_page("pages/output_gate.py").run()
    answer(at, next(option for option in question.options if option != question.truth))
    press(at, "ask.on")
    at.switch_page("pages/lessons.py").run()
    assert "end.again.1" not in buttons(at)  # the task is open now, so the lesson has not ended
    ended = opened("lessons", lang="en", lesson=LESSON, at="0")
    ended.session_state["lesson.record"] = at.session_state["lesson.record"]
    ended.run()
    assert is_sound(ended) and EN("end.some", n=1, of=3) in shown(ended)
    assert EN(ITEMS["silent"].name_key) in shown(ended)
    press(ended, "end.again.1")
    assert link(ended)["ask"] == "silent.3"


def test_a_tour_ends_on_the_card():
    at = opened_by_menu(None, lang="en", lesson=f"tour.short.{len(TOURS['short'].stops)}")
    press(at, "tour.done")
    assert at.header[0].value == EN("question.lessons") and "end.again.1" in buttons(at)
