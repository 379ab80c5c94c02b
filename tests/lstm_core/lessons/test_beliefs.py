"""What a wrong answer shows: the misconception of its own wrong idea, and none where it is a slip."""

from lstm_core.lessons.beliefs import OTHER, SHOWS, misconception_of
from lstm_core.lessons.items import ITEMS, MISCONCEPTIONS, make
from lstm_core.lessons.question import CHOOSE
from lstm_core.lessons.verdict import judge
from lstm_core.words import LANGUAGES, texts
from tests.lstm_core.by_hand import each_item


@each_item
def test_each_wrong_idea_shows_a_misconception_that_has_a_name_or_none(key):
    item = ITEMS[key]
    ideas = set(item.claims or item.beliefs)
    assert set(item.shows) <= ideas
    for idea in ideas:
        shown = misconception_of(item, idea)
        assert shown is None or shown in MISCONCEPTIONS
        assert shown is None or all(f"misconception.{shown}" in texts(language) for language in LANGUAGES)


@each_item
def test_a_right_answer_shows_none(key):
    asked = make(key, 1)
    assert judge(asked, asked.truth).misconception is None
    if asked.item.kind != CHOOSE:
        assert misconception_of(asked.item, OTHER) is None


def test_an_answer_shows_its_own_idea_and_not_that_of_the_item():
    asked = make("gate_on_what", 1)
    assert asked.item.misconception == "f_acts_on_input"
    assert misconception_of(asked.item, "erased") == "f_1_forgets"
    assert misconception_of(asked.item, "input") == "f_acts_on_input"
    assert misconception_of(ITEMS["climbs"], "one_too_many") is None
    assert misconception_of(ITEMS["gate_between"], "other_way") == "f_1_forgets"


def test_every_idea_of_the_table_is_one_of_an_item():
    known = {idea for item in ITEMS.values() for idea in (*item.claims, *item.beliefs)}
    assert set(SHOWS) <= known
