"""The walk back on its page: begun, walked, cut and ended by what a reader presses; the link follows."""

import re

import pytest

from lstm_core.workbench.focus import BACK_PHASES, Focus
from tests.pages.apps import focus, is_sound, link, opened, opened_by_menu
from tests.pages.panels import looks, on_line, rest
from tests.pages.walks import picture

BEGIN = {"role": "turn", "value": "back"}


def key(value: str) -> dict:
    return {"role": "key", "value": value}


def shown(at) -> str:
    return picture(at, "paths.gradient")


def below(at) -> str:
    return picture(at, "paths_below.gradient")


def test_who_begins_stands_at_the_last_step_with_a_slider_for_how_many():
    at = opened("gradient", lang="en")
    assert "last" not in looks(at)
    at = rest(at, BEGIN)
    assert is_sound(at) and link(at)["back"] == "arrive" and focus(at).t == 24
    assert looks(at)["last"] == 24 and 'class="backward"' in shown(at)


def test_the_whole_way_is_walked_by_one_key_and_no_page_runs():
    at = rest(opened("gradient", lang="en"), BEGIN)
    before = link(at)
    for presses in (1, 50, 24 * len(BACK_PHASES) - 1):
        acts = [key("step_back") | {"index": str(n)} for n in [50] * (presses // 50) + [presses % 50] if n]
        answer = on_line(at, *acts)
        assert answer is not None and "open" not in answer
        further, phase = divmod(presses, len(BACK_PHASES))
        assert (answer["look"]["back"], answer["look"]["t"]) == (BACK_PHASES[phase], 24 - further)
    assert link(at) == before


@pytest.mark.parametrize("name, value", [("loss", "all"), ("ways", "C"), ("back", "sums")])
def test_what_is_chosen_stands_in_the_link_and_in_the_picture(name, value):
    at = rest(opened("gradient", lang="en", back="gates"), {"role": name, "value": value})
    assert is_sound(at) and link(at)[name] == value
    assert re.search(rf'data-role="{name}" data-value="{value}" aria-checked="true"', shown(at))


def test_another_page_walks_forward_and_a_link_brings_the_walk_back():
    at = opened_by_menu("gradient", lang="en", back="sums", t="7", loss="h")
    assert is_sound(at) and focus(at) == Focus(7, back="sums", loss="h")
    at = at.switch_page("pages/overview.py").run()
    assert is_sound(at) and "back" not in link(at)
    ended = rest(opened("gradient", lang="en", back="sums"), {"role": "turn", "value": "glance"})
    assert is_sound(ended) and "back" not in link(ended) and 'class="backward"' not in shown(ended)


def test_the_plain_rnn_gets_a_weight_of_its_own():
    at = opened("gradient", lang="en", preset="leaky")
    assert 'data-role="rnn" data-value="1" aria-checked="true"' in below(at)
    assert "U = <b>1</b>" in below(at)
    at = rest(at, {"role": "rnn", "value": "candidate"})
    assert is_sound(at) and link(at)["rnn"] == "candidate" and "there is nothing to compare" in below(at)
