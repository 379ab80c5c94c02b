"""A link restores what was on screen bit for bit, and no link, however broken, breaks anything."""

import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_core.labels import LONGEST, clean, fitted
from lstm_core.lessons.own_run import run_of, word_of
from lstm_core.params import VARIANTS
from lstm_core.words import LANGUAGES
from lstm_core.workbench import label_link
from lstm_core.workbench.experiment import HAND_D, HAND_H
from lstm_core.workbench.focus import ALL, PHASES, Focus
from lstm_core.workbench.link import Link, from_link, to_link
from lstm_core.workbench.opening import first_look
from lstm_core.workbench.presets import DEFAULT, PRESETS, preset
from tests.collected import collected
from tests.lstm_core.workbench.screens import bits, numbers, on_screen
from tests.nightly import examples


@settings(max_examples=examples(30, 150))
@given(on_screen(), st.lists(st.text(max_size=4).map(clean), max_size=4))
def test_a_link_restores_everything_bit_for_bit_and_is_readable(screen, labels):
    experiment, focus, language = screen
    experiment = replace(experiment, labels=fitted(labels + [""] * experiment.T, experiment.T))
    query = to_link(experiment, focus, language)
    link = from_link(query)
    assert link == Link(experiment, focus, language, problems=())
    assert bits(link.experiment) == bits(experiment)
    assert to_link(link.experiment, link.focus, link.language) == query
    assert list(query)[:2] == ["preset", "v"] and query["v"] == "1"
    for name, value in query.items():
        assert re.fullmatch(r"[A-Za-z][A-Za-z0-9_.]*", name)
        assert name == "labels" or re.fullmatch(r"[A-Za-z0-9_.+-]+", value)


LATCH = preset("latch")
RANDOM = preset("random", 42).resized(H=3, T=5).with_variant("peephole").pinned("pin_i.2.4", 0.5)
GRADIENT = {"rnn": "candidate", "back": "gates", "loss": "all", "ways": "C", "last": "5"}


@collected(
    "experiment, focus, differences",
    [
        (LATCH, Focus(2), {"t": "2"}),
        (LATCH.edited("b_f.1", -2.5).edited("b_f.1", LATCH.value("b_f.1")), Focus(2), {"t": "2"}),
        (
            LATCH.edited("b_f.1", -2.5).edited("x.4.1", 0.25), Focus(4),
            {"b_f.1": "-2.5", "x.4.1": "0.25", "t": "4"},
        ),
        (
            RANDOM.edited("p_o.3", -0.5), Focus(5, 3, "write"),
            {"seed": "42", "H": "3", "T": "5", "cell": "peephole", "p_o.3": "-0.5", "pin_i.2.4": "0.5",
             "t": "5", "unit": "3", "phase": "write"},
        ),
        (
            preset("far"), Focus(3, rnn="candidate", back="gates", loss="all", ways="C", last=5),
            {"t": "3"} | GRADIENT,
        ),
    ],
)  # fmt: skip
def test_a_link_is_the_preset_and_what_differs_from_it(experiment, focus, differences):
    start = {"preset": experiment.preset, "v": "1", "lang": "ko"}
    assert to_link(experiment, focus, "ko") == start | differences


@collected("name, value", {"rnn": "2", "back": "all", "loss": "x", "ways": "", "last": "25"}.items())
def test_what_is_no_setting_of_the_gradient_is_named(name, value):
    assert from_link({"preset": "far", "t": "3"} | GRADIENT | {name: value}).problems == (name,)


@collected("key", ["", *PRESETS])
def test_a_preset_alone_opens_at_the_step_where_most_is_written(key):
    link = from_link({"preset": key} if key else {})
    experiment = preset(key or DEFAULT)
    assert link == Link(experiment, Focus(first_look(experiment)), None, ())
    written = abs(experiment.trace().written[:, 0])
    assert written[link.focus.t - 1] == written.max()


@collected("variant", VARIANTS)
@collected("key", ["latch", "runaway"])
def test_the_cell_stands_in_the_link_where_it_is_not_that_of_the_preset(key, variant):
    query = to_link(preset(key).with_variant(variant), Focus(1), "en")
    assert query.get("cell", preset(key).variant) == variant
    assert ("cell" in query) == (variant != preset(key).variant)


@pytest.mark.parametrize("larger", [{"T": 500}, {"H": HAND_H + 1}, {"D": HAND_D + 1}])
def test_what_is_too_large_for_a_link_is_said_to_be_and_leaves_preset_and_language(larger):
    experiment = preset("leaky").resized(**larger)
    query = to_link(experiment, Focus(experiment.T, experiment.H, "erase"), "ko")
    assert query == {"preset": "leaky", "v": "1", "own": "1", "phase": "erase", "lang": "ko"}
    link = from_link(query)
    assert link.own and link.problems == () and link.experiment == preset("leaky")
    assert link.focus == Focus(first_look(preset("leaky")), 1, "erase")


def test_a_link_that_holds_all_says_nothing_of_own_numbers():
    assert "own" not in to_link(preset("leaky"), Focus(3), "ko") and not from_link({}).own
    assert from_link({"own": "2"}).problems == ("own",) and not from_link({"own": "0"}).own


def test_a_link_restores_brought_weights_of_full_precision():
    draw = np.random.default_rng(0).normal
    experiment = preset("latch").resized(H=2, D=2)
    experiment = replace(experiment, params=replace(experiment.params, W=draw(size=(4, 2, 4))))
    assert bits(from_link(to_link(experiment, Focus(1), "en")).experiment) == bits(experiment)


# -- labels of steps ------------------------------------------------------------------------------


def test_labels_stand_last_and_their_signs_need_no_escape_in_an_address():
    experiment = replace(preset("replace"), labels=["h", " ", "e", "~", "한", *[""] * 7])
    query = to_link(experiment, Focus(3), "en")
    assert [*query.items()][-1] == ("labels", "h~_20.~e~_7e.~한")
    del query["labels"]
    assert query == to_link(replace(experiment, labels=()), Focus(3), "en")


@pytest.mark.parametrize(
    "labels",
    [
        list("hello wor\nld"),
        ["the", "cat", "", "09:30", "a b", " x", "x "],
        ["&", "=", "~", "_", "%", "+", "#", "?", "/", "_26.", "&a=b"],
        ["한", "שלום", "👩‍👧", "e\u0301", "\u3000", "=1+1", "<b>"],
        [""] * 11 + ["z"],
    ],
)
def test_labels_come_back_from_the_link_and_from_a_teachers_word(labels):
    experiment = replace(preset("replace"), labels=[*labels, *[""] * (12 - len(labels))])
    assert from_link(to_link(experiment, Focus(3), "en")) == Link(experiment, Focus(3), "en", ())
    word = word_of(experiment)
    assert word.isascii() and run_of(word) == experiment


@pytest.mark.parametrize(("label", "most"), [("한", 40), ("a" * 24, 16)])
def test_labels_have_a_bound_in_the_characters_of_an_address(label, most):
    assert label_link.to_text([label] * most) is not None and label_link.to_text([label] * (most + 1)) is None


@pytest.mark.parametrize(
    "experiment",
    [
        replace(preset("latch"), labels=["가나다라마"] * 16),
        replace(preset("latch").resized(T=50), labels="a" * 50),
    ],
)
def test_labels_that_are_too_long_or_of_a_run_that_is_too_large_are_left_out(experiment):
    query = to_link(experiment, Focus(1), "en")
    assert "labels" not in query and from_link(query).experiment == preset("latch")


def test_fewer_labels_than_steps_are_those_of_the_first():
    link = from_link({"preset": "replace", "T": "3", "labels": "a~b"})
    assert link.experiment.labels == ("a", "b", "") and not link.problems


def test_labels_of_the_preset_stand_in_no_link_and_others_do_even_none():
    brackets = preset("brackets")
    for same in (brackets, brackets.resized(T=12)):
        assert "labels" not in to_link(same, Focus(3), "en")
    for changed in (replace(brackets, labels=()), replace(brackets, labels="(" * 33), brackets.resized(T=40)):
        assert from_link(to_link(changed, Focus(1), "en")).experiment == changed


# -- broken and hostile links -----------------------------------------------------------------

NOT_A_NUMBER = [
    "", " ", "nan", "-inf", "Infinity", "1e308", "-1e999", "1e7", "1000000.1", "1e", "--1", "1.2.3", "1,5",
    "1_0", "0x10", "1j", " 1", "1\n", "True", "[]", "\u0661", "\uff11", "\u00b2", "\u2212" + "1",
    "\U0001d7cf", "1\u0000", "\u202e1", "9" * 21, "1" * 100_000, "1." + "0" * 26, "1e0000",
    "__import__('os').system('id')", "<script>alert(1)</script>", "%00", "\ud800",
]  # fmt: skip
NOT_A_SIZE = [
    "",
    "0",
    "-1",
    "41",
    "1.5",
    "1e1",
    " 1",
    "+1",
    "0x1",
    "1_0",
    "\u0661",
    "1" * 100_000,
    "<b>1</b>",
]
NOT_A_NAME = [
    "b_f.0", "b_f.2", "b_f.1.1", "b_F.1", "b_g.1", "U_f.1.2", "V_f.1.4", "x.17.1", "h0.2", "W_f.1.1",
    "b_f.01", "params", "__class__", "PRESET", "pin_f", "pin_f.2", "pin_f.1.17", "pin_g.1", "pin_f.1.1.1",
    "p_f.1", "forget_gate",
]  # fmt: skip
NOT_TO_BE_SHOWN = [
    "", "<script>alert(1)</script>", "![x](http://x.example/y)", "**bold**", "b_f.\u0661", "\u202eb_f.1",
    "b_f.1\n", "b_f.1\u0000", "b" * 17, "x" * 100_000, "$x$", "`x`", ":red[x]", "1b", ".x", "b f", "../x",
    "\ud800", "망각", '"', "&amp;",
]  # fmt: skip
NO_VALUE = {
    "preset": ["", "Latch", "latch ", "__doc__", "latch\u0000", "x" * 100_000],
    "v": ["", "0", "2", "1.0", "01", "\u0661", "9" * 5000],
    "seed": ["", "-1", "10000", "1.5", "1e3", "\u0661", "9" * 5000],
    "lang": ["", "de", "EN", "ko-KR", "en\n", "../en", "\u202e"],
    "phase": ["", "Forget", "forget ", "0"],
    "cell": ["", "LSTM", "1997 ", "gru", "coupled-1997", "x" * 100_000],
    "b_f.1": NOT_A_NUMBER,
    "pin_f.1": ["", "-0.1", "1.1", "nan", "1e308", "\u0661", "x" * 100_000],
    "pin_c.1.1": ["-1.1", "2", "1e6"],
    "labels": [
        "",
        "~".join("a" * 50),
        "\u202e",
        "a\u200bb",
        "x" * (LONGEST + 1),
        "\ud800",
        "_0.",
        "_d800.",
        "_ffffff.~_202e.",
        "x" * 100_000,
        "~" * 100_000,
    ],
    **dict.fromkeys(("H", "D", "T", "t", "unit"), NOT_A_SIZE),
    **dict.fromkeys(NOT_A_NAME + NOT_TO_BE_SHOWN, ["1"]),
}

SAFE = re.compile(r"[A-Za-z][A-Za-z0-9_.]{0,15}")


@collected("name, text", [(name, text) for name, texts in NO_VALUE.items() for text in texts])
def test_a_hostile_link_changes_nothing_and_is_named(name, text):
    problems = (name,) if SAFE.fullmatch(name) else ("…",)
    assert from_link({name: text}) == replace(from_link({}), problems=problems)


def test_what_is_valid_in_a_broken_link_is_used():
    broken = {"preset": "leaky", "b_f.1": "-2.5", "b_f.9": "1", "x.3.1": "much", "t": "3", "lang": "ko"}
    expected = preset("leaky").edited("b_f.1", -2.5)
    assert from_link(broken) == Link(expected, Focus(3), "ko", ("b_f.9", "x.3.1"))


@collected("text", ["1", "-1", "+1", "1.", ".5", "1e-3", "1E+2", "000", "-1e6"])
def test_numbers_as_people_write_them_are_taken(text):
    link = from_link({"b_f.1": text})
    assert link.experiment.value("b_f.1") == float(text) and not link.problems


def test_streamlits_own_parameters_are_none_of_ours_and_the_message_stays_short():
    assert from_link({"embed": "true", "embed_options": "dark_theme"}) == from_link({})
    problems = from_link({f"nothing.{k}": "<b>" for k in range(3000)}).problems
    assert len(problems) == 6 and problems[-1] == "…"


names = st.one_of(
    st.text(max_size=8),
    st.sampled_from(["preset", "v", "seed", "lang", "H", "D", "T", "t", "unit", "phase", "cell", "p_f.1"]),
    st.sampled_from(NOT_A_NAME),
    st.sampled_from(preset("latch").resized(4, 4, 40).addresses()),
)
texts = st.one_of(
    st.text(max_size=8),
    st.sampled_from([*PRESETS, *LANGUAGES, *PHASES, ALL, *VARIANTS, *NOT_A_NUMBER[:20]]),
    st.integers(-3, 50).map(str),
    numbers.map(repr),
)


@settings(max_examples=examples(30, 300))
@given(st.dictionaries(names, texts, max_size=8))
def test_no_link_at_all_raises_or_names_what_is_unsafe(query):
    link = from_link(query)
    assert link.experiment.by_hand and link.focus == link.focus.within(link.experiment)
    assert link.language in (*LANGUAGES, None)
    assert all(SAFE.fullmatch(name) or name == "…" for name in link.problems)
    assert np.isfinite(link.experiment.trace().h).all()
    assert from_link(to_link(link.experiment, link.focus, "en")).problems == ()
