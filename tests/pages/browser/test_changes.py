"""What of a picture is sent: the whole, or what changed in one that the browser says it holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from pages._ui.browser.changes import MOST_HELD, changes

markup = st.text(alphabet='<>a1" é', max_size=40)


def put_together(before: str, parts: list) -> str:
    pieces = before.split("<")
    return "<".join(part if isinstance(part, str) else "<".join(pieces[slice(*part)]) for part in parts)


@given(markup, markup)
def test_the_parts_put_together_are_the_picture(before, after):
    assert put_together(before, changes(before, after)) == after


def test_what_is_the_same_is_not_sent():
    before = "".join(f'<g id="{k}"><text>{k / 7}</text></g>' for k in range(300))
    after = before.replace(">20.0<", ">20.5<")
    [start, new, end] = changes(before, after)
    assert new == "text>20.5" and start[1] + 1 == end[0] and end[1] == len(before.split("<"))


APP = """
import streamlit as st
from pages._ui.browser.changes import to_send, told_held

told_held(st.session_state.get("said"))
key, markup = st.session_state.get("next", ("one", "<a>" * 30))
st.session_state["sent"] = to_send(markup, key)
"""


class Page:
    """A page that sends one picture a run."""

    def __init__(self):
        self.at = AppTest.from_string(APP)

    def sends(self, markup: str, key: str = "one", said: object = None):
        self.at.session_state["next"], self.at.session_state["said"] = (key, markup), said
        self.at.run()
        assert not self.at.exception
        return self.at.session_state["sent"]


FIRST, SECOND = "<a>" * 30 + "<b>1", "<a>" * 30 + "<b>2"


def test_changes_are_sent_only_to_a_browser_that_says_it_holds_the_picture():
    page = Page()
    whole, first = page.sends(FIRST)
    assert whole == FIRST
    assert page.sends(SECOND, said=[first]) == ([[0, 31], "b>2"], first)
    assert page.sends(FIRST, said=[first]) == ([[0, 32]], first), "the picture to change stays the same one"
    whole, second = page.sends(SECOND, said=[])
    assert whole == SECOND and second != first, "the browser may have lost it"
    assert page.sends(FIRST, said=[first])[0] == FIRST, "the browser holds an older one"


def test_another_picture_is_sent_whole():
    page = Page()
    _, first = page.sends(FIRST)
    other = "<c>" * 40
    assert page.sends(other, said=[first])[0] == other
    assert page.sends(FIRST, key="two", said=[first])[0] == FIRST


def test_a_session_remembers_few_pictures():
    page = Page()
    digests = [page.sends(FIRST + str(k), key=str(k))[1] for k in range(MOST_HELD + 1)]
    assert page.sends(FIRST + "0", key="0", said=digests[:1])[0] == FIRST + "0"
    assert len(page.at.session_state["pictures.sent"]) == MOST_HELD


@pytest.mark.parametrize("said", [None, "x", 7, [None, 3, [], {}, ""], [["x"]], {"a": 1}, ["x" * 10**6]])
def test_a_report_may_say_anything(said):
    page = Page()
    page.sends(FIRST)
    assert page.sends(SECOND, said=said)[0] == SECOND


def test_no_more_are_taken_than_are_remembered():
    page = Page()
    _, first = page.sends(FIRST)
    assert page.sends(SECOND, said=["x" * 12] * MOST_HELD + [first])[0] == SECOND
