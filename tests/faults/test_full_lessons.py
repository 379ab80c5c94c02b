"""A lesson that is full: the page on which it is put together goes on working."""

from lstm_core.lessons.items import ITEMS
from lstm_core.lessons.lesson_link import MOST_PARTS
from lstm_core.lessons.tasks import TASKS
from tests.pages.apps import opened
from tests.pages.lessons.making import made


def test_a_lesson_of_as_many_parts_as_it_can_have_takes_no_more_and_can_still_be_changed():
    at = opened("make_lesson", lang="en")
    at.multiselect(key="make.item").set_value(list(ITEMS)[:MOST_PARTS]).run()
    full = made(at)
    assert not at.exception and not at.error and full.count("item.") == MOST_PARTS
    assert at.multiselect(key="make.task").disabled and not at.multiselect(key="make.item").disabled
    at.radio(key="make.tour").set_value("short").run()
    assert not at.exception and not at.error and made(at) == full and at.radio(key="make.tour").value is None
    at.multiselect(key="make.item").set_value(list(ITEMS)[1:MOST_PARTS]).run()
    at.multiselect(key="make.task").set_value(list(TASKS)[:1]).run()
    assert not at.exception and not at.error and made(at).count("~") == MOST_PARTS - 1 and "task." in made(at)
