"""The pages with a walk through one step: what is chosen in a picture, and what a picture shows."""

import json
import re

from lstm_core.workbench.opening import OPENS_ON
from tests.pages.panels import rest, trigger

WALKED = ("overview", *OPENS_ON)


def choosing(at, choice: dict):
    """Choose something in a picture of the page's figure, as the browser would; then the page runs."""
    return rest(at, as_sent(choice))


def as_sent(choice: dict) -> dict:
    """A choice as a browser sends it, whose numbers are text."""
    return {name: str(value) if type(value) is int else value for name, value in choice.items()}


def pressing(at, key: str):
    """Press a button or a key of the walk: "next", "back", "present"."""
    return rest(at, {"role": "key", "value": key})


def asking(at, choice: dict):
    """Choose something in the picture beside the figure that says where a number comes from."""
    [origin] = [one for one in at.get("bidi_component") if one.key == "why"]
    return trigger(at, origin, "chosen", as_sent(choice))


def sent_picture(at, key: str) -> list | None:
    """What the browser is sent of a picture; None where it is not on screen."""
    names = [one for one in at.get("bidi_component") if one.proto.component_name.endswith(".picture")]
    found = [json.loads(one.proto.json) for one in names if one.key == key]
    assert len(found) <= 1
    return found[0] if found else None


def picture(at, key: str) -> str:
    """The markup of a picture on screen."""
    sent = sent_picture(at, key)
    assert sent is not None, key
    return sent[0][0]


def buttons(at, page: str) -> dict[str, str]:
    """What each button of the walk means -> its words."""
    found = re.findall(
        r'<button[^>]*data-role="key"[^>]*data-value="(\w+)"[^>]*>([^<]*)<', picture(at, f"walk.{page}")
    )
    return dict(found)


def lit(at, page: str) -> str:
    """The phase that the buttons of the walk show as chosen."""
    [phase] = re.findall(r'data-value="(\w+)" aria-checked="true"', picture(at, f"walk.{page}"))
    return phase
