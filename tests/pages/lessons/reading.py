"""A page with a lesson on it, as its reader uses it: what it says, its buttons, an answer that is locked."""

import json

from lstm_core.lessons.items import ITEMS, make
from lstm_core.lessons.question import DRAW
from lstm_core.lessons.record import Record
from pages._ui.heading import KEYS
from tests.pages.apps import link, opened, screen
from tests.pages.panels import report
from tests.pages.walks import pressing


def press(at, key: str):
    return at.button(key=key).click().run()


def said(at) -> str:
    """Every paragraph of the page."""
    return "\n".join(str(paragraph.value) for paragraph in at.markdown)


def picture(at, key: str) -> str:
    """The markup of a picture on screen."""
    [drawn] = [drawn for kind, its_key, _, drawn in screen(at) if kind == "bidi_component" and its_key == key]
    return json.loads(drawn["json"])[0]


def record(at) -> Record:
    return at.session_state["lesson.record"]


def done(at) -> tuple:
    """The predictions and attempts of the session."""
    return tuple(record(at).predictions.values()), tuple(record(at).attempts.values())


# -- questions ------------------------------------------------------------------------------------


def opened_item(key: str, language: str = "en", seed: int = 1):
    return opened(ITEMS[key].page, lang=language, ask=f"{key}.{seed}")


def asked(at) -> tuple[str, int]:
    """Item and seed of the question on screen."""
    key, seed = link(at)["ask"].split(".")
    return key, int(seed)


def answer(at, value):
    """Choose an option, set a number or draw numbers, and lock that."""
    if isinstance(value, str):
        at.radio(key="answer.choice").set_value(value).run()
    elif isinstance(value, list):
        report(at, curve_of(at), {"seq": 1, "values": value}, "drawn")
    else:
        slider = at.slider(key="answer.value")
        if slider.value == value:  # It is an answer only once it was moved.
            slider = (
                slider.set_value(slider.min if value > slider.min else slider.max)
                .run()
                .slider(key="answer.value")
            )
        slider.set_value(value).run()
    return press(at, "ask.lock")


def some_answer(key: str, seed: int = 1):
    """An answer that the item can have."""
    question = make(key, seed)
    if question.item.kind == DRAW:
        return [question.bounds[0]] * len(question.steps)
    return question.options[0] if question.options else question.bounds[0]


def curve_of(at):
    [found] = [c for c in at.get("bidi_component") if "curve" in c.proto.component_name]
    return found


def press_key(at, name: str):
    """A key of the keyboard, as the diagram reports it."""
    assert name in KEYS.values()
    return pressing(at, name)
