"""The host's session: callbacks, runs of fragments, and what a widget stands at, as on a server."""

import json

import pytest

from tests.collected import collected
from tests.deploy.built import NAME, load_host


class Reader:
    """Somebody before a small app; `drawn` is what the last answer holds."""

    def __init__(self, folder, code: str):
        host = load_host()
        self.session = host.session
        script = folder / "app.py"
        script.write_text(f"import {NAME} as st\nst_ = st.session_state\n{code}", "utf-8")
        self.session.script = str(script)
        self.take({"kind": "open", "page": "", "query": {}, "locale": "en", "url": ""})

    def take(self, message: dict) -> dict:
        self.drawn = json.loads(self.session.take(message))
        assert "error" not in self.drawn, self.drawn["error"]
        return self.drawn

    def do(self, id: str, **what) -> dict:
        return self.take({"kind": "events", "events": [{"id": id, **what}]})

    def texts(self, node=None) -> list[str]:
        """What can be read in a node and in those within."""
        node = node or self.drawn.get("main") or self.drawn["fragment"]
        own = [node["body"]] if node.get("t") == "markdown" else []
        return own + [text for one in node.get("c", ()) for text in self.texts(one)]


@pytest.fixture
def reader(tmp_path):
    return lambda code: Reader(tmp_path, code)


BUTTON = """
def add(n):
    st_['n'] = st_.get('n', 0) + n
pressed = st.button('+', key='b', on_click=add, args=(2,))
st.markdown(f"{st_.get('n', 0)} {pressed}")
st.slider('s', 0, 5, key='s')
"""
HIDDEN = """
if st.toggle('t', True, key='t'):
    st.text_input('x', 'first', key='x')
st.markdown(str(st_.get('x')))
"""

APPS = {
    "a callback runs first, and a button is true in that run alone": (
        BUTTON, [(None, "0 False"), (("b",), "2 True"), (("s", 3), "2 False")],
    ),
    "a widget that was not shown loses what it stood at": (
        HIDDEN,
        [(None, "first"), (("x", "second"), "second"), (("t", False), "second"), (("t", True), "first")],
    ),
    "an option is sent by its place and kept as what it is": (
        "st.markdown(repr(st.radio('r', [None, 'a', 2], key='r')))", [(None, "None"), (("r", 2), "2")],
    ),
    "a slider of two ends gives a pair": (
        "st.markdown(repr(st.slider('s', 1, 9, (2, 8), key='s')))",
        [(None, "(2, 8)"), (("s", [3, 7]), "(3, 7)")],
    ),
    "a number that began without one can be emptied again": (
        "st.markdown(repr(st.number_input('n', 0.0, 9.0, None, key='n')))",
        [(None, "None"), (("n", 3), "3.0"), (("n", None), "None")],
    ),
    "a run that is stopped keeps what was drawn": (
        "st.markdown('before')\nst.stop()\nst.markdown('after')", [(None, "before")],
    ),
}  # fmt: skip
"""What is true of an app -> its code, and what a reader does with the text that can be read then."""


@collected("what", APPS)
def test_a_widget_stands_at_what_the_reader_did(what, reader):
    code, steps = APPS[what]
    one = reader(code)
    for did, text in steps:
        if did:
            one.do(did[0], **({"value": did[1]} if did[1:] else {}))
        assert one.texts() == [text]


NESTED = """
st_['whole'] = st_.get('whole', 0) + 1

@st.fragment(key="page")
def page():
    st_['page'] = st_.get('page', 0) + 1
    picture = st.container()

    def hand():
        st_['hand'] = st_.get('hand', 0) + 1
        with picture:
            st.markdown(f"picture {st_['s']}")
        st.slider("s", 0, 9, key="s", on_change=moved)
        st.button("let go", key="go", on_click=let_go)

    st_.setdefault('s', 0)
    st.fragment(hand)()
    st.markdown(f"below {st_['s']}")
    st.button("page", key="again")

def moved():
    st_['moved'] = st_['s']

def let_go():
    st.rerun("page")

page()
st.button("whole", key="all", on_click=lambda: st.rerun())
"""


def counts(one) -> tuple:
    return tuple(one.session.session_state[name] for name in ("whole", "page", "hand"))


def test_a_fragment_runs_alone_and_redraws_what_it_put_into_the_page_around(reader):
    one = reader(NESTED)
    assert counts(one) == (1, 1, 1) and one.texts() == ["picture 0", "below 0"]
    for value in (4, 7):
        one.do("s", value=value)
        (picture,) = one.drawn["around"]
        assert one.texts(picture) == [f"picture {value}"]  # once, not one after the other
        assert one.texts() == []
    assert counts(one) == (1, 1, 3) and one.session.session_state["moved"] == 7
    one.do("again")
    assert counts(one) == (1, 2, 4) and one.texts() == ["picture 7", "below 7"] and one.drawn["around"] == []


def test_a_callback_may_ask_for_the_fragment_of_a_key_or_for_the_whole_app(reader):
    one = reader(NESTED)
    one.do("go")
    assert counts(one) == (1, 2, 2) and "fragment" in one.drawn
    one.do("all")
    assert counts(one) == (2, 3, 3) and "main" in one.drawn


def test_what_was_changed_in_two_places_runs_the_whole_app(reader):
    one = reader(NESTED)
    one.take({"kind": "events", "events": [{"id": "s", "value": 1}, {"id": "again"}]})
    assert counts(one) == (2, 2, 2)


def test_a_component_tells_once_of_a_trigger_and_again_of_a_state_only_if_it_changed(reader):
    one = reader(
        "mount = st.components.v2.component('lstm.x', js='')\n"
        "told = st_.setdefault('told', [])\n"
        "hear = lambda name: lambda: told.append((name, st_['x'].get(name)))\n"
        "mount(key='x', data=[1], on_stood_change=hear('stood'), on_chosen_change=hear('chosen'))\n"
        "st.markdown(str(st_['x']))\n"
    )
    one.do("x", name="stood", value=1)
    one.do("x", name="stood", value=1)
    one.do("x", name="chosen", value="a", trigger=True)
    one.do("x", name="chosen", value="a", trigger=True)
    told = one.session.session_state["told"]
    assert told == [("stood", 1), ("chosen", "a"), ("chosen", "a")]
    assert one.texts() == ["{'stood': 1}"]


def test_a_component_says_which_script_of_the_folder_of_its_kind_shows_it(reader):
    js = 'import(new URL("_stcore/bidi-components/lstm.figure/hand.js", document.baseURI))'
    one = reader(f"st.components.v2.component('lstm.hand', js='{js}', css='hand.css')(key='hand')\n")
    (node,) = one.drawn["main"]["c"]
    assert (node["script"], node["styled"]) == ("lstm.figure/hand", True)


def test_the_address_is_told_when_the_page_writes_it_and_a_file_is_made_when_it_is_asked_for(reader):
    one = reader(
        "st.button('b', key='b', on_click=lambda: st.query_params.from_dict({'t': 3}))\n"
        "st.download_button('d', lambda: 'é', 'f.txt', 'text/plain', key='d', on_click='ignore')\n"
    )
    assert one.drawn["query"] == {}
    one.do("b")
    assert one.drawn["query"] == {"t": "3"} and one.session.content("d") == "é".encode()


def test_an_error_is_told_and_the_session_goes_on(reader):
    one = reader("if st.toggle('t', key='t'):\n    raise ValueError('broken')\nst.markdown('fine')\n")
    answer = json.loads(one.session.take({"kind": "events", "events": [{"id": "t", "value": True}]}))
    assert "broken" in answer["error"]
    one.do("t", value=False)
    assert one.texts() == ["fine"]


def test_a_table_takes_numbers_and_texts_and_tells_the_browser_which_column_is_which(reader):
    one = reader(
        "columns = {'x': st.column_config.NumberColumn(min_value=0),\n"
        "           'label': st.column_config.TextColumn('name', max_chars=24)}\n"
        "st.data_editor({'x': [1.0, 2.0], 'label': ['', 'b']}, key='e', column_config=columns)\n"
    )
    [table] = [node for node in one.drawn["main"]["c"] if node.get("t") == "data_editor"]
    told = table["column_config"]
    assert told["label"] == {"label": "name", "width": None, "is_text": True, "max_chars": 24}
    assert "is_text" not in told["x"]
    one.do("e", value=[0, 1, "<b>a</b>"])
    one.do("e", value=[1, 0, 0.5])
    edited = {0: {"label": "<b>a</b>"}, 1: {"x": 0.5}}
    assert one.session.session_state["e"] == {"edited_rows": edited}
    [table] = [node for node in one.drawn["main"]["c"] if node.get("t") == "data_editor"]
    assert table["rows"] == [[1.0, "<b>a</b>"], [0.5, "b"]]
