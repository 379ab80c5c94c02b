"""A link restores what was on screen bit for bit, and no link, however broken, breaks anything."""

import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_core.params import VARIANTS, LSTMParams
from lstm_core.words import LANGUAGES
from lstm_core.workbench.experiment import HAND_D, HAND_H
from lstm_core.workbench.focus import PHASES, Focus
from lstm_core.workbench.link import Link, from_link, to_link
from lstm_core.workbench.opening import first_look
from lstm_core.workbench.presets import DEFAULT, PRESETS, preset
from tests.collected import collected
from tests.lstm_core.workbench.screens import bits, numbers, on_screen
from tests.nightly import examples


@settings(max_examples=examples(30, 150))
@given(on_screen())
def test_a_link_restores_everything_bit_for_bit(screen):
    experiment, focus, language = screen
    query = to_link(experiment, focus, language)
    link = from_link(query)
    assert link == Link(experiment, focus, language, problems=())
    assert bits(link.experiment) == bits(experiment)
    assert to_link(link.experiment, link.focus, link.language) == query


@given(on_screen())
def test_a_link_is_readable(screen):
    query = to_link(*screen)
    assert list(query)[:2] == ["preset", "v"] and query["v"] == "1"
    for name, value in query.items():
        assert re.fullmatch(r"[A-Za-z][A-Za-z0-9_.]*", name) and re.fullmatch(r"[A-Za-z0-9_.+-]+", value)


def test_a_link_is_the_preset_and_what_differs_from_it():
    latch = preset("latch")
    assert to_link(latch, Focus(2), "en") == {"preset": "latch", "v": "1", "t": "2", "lang": "en"}
    edited = latch.edited("b_f.1", -2.5).edited("x.4.1", 0.25)
    query = to_link(edited, Focus(4), "ko")
    assert query == {
        "preset": "latch", "v": "1", "b_f.1": "-2.5", "x.4.1": "0.25", "t": "4", "lang": "ko",
    }  # fmt: skip


def test_edits_taken_back_leave_the_link():
    latch = preset("latch")
    edited = latch.edited("b_f.1", -2.5).edited("b_f.1", latch.value("b_f.1"))
    assert to_link(edited, Focus(2), "en") == to_link(latch, Focus(2), "en")


def test_sizes_variant_seed_pins_unit_and_phase_stand_in_the_link_where_they_differ():
    experiment = preset("random", 42).resized(H=3, T=5).with_variant("peephole").pinned("pin_i.2.4", 0.5)
    experiment = experiment.edited("p_o.3", -0.5)
    query = to_link(experiment, Focus(5, 3, "write"), "en")
    assert query == {
        "preset": "random", "v": "1", "seed": "42", "H": "3", "T": "5", "cell": "peephole",
        "p_o.3": "-0.5", "pin_i.2.4": "0.5", "t": "5", "unit": "3", "phase": "write", "lang": "en",
    }  # fmt: skip


def test_the_plain_rnn_and_the_walk_back_stand_in_the_link_where_they_are_not_the_usual():
    focus = Focus(3, rnn="candidate", back="gates", loss="all", ways="C", last=5)
    query = to_link(preset("far"), focus, "en")
    of_gradient = {"rnn": "candidate", "back": "gates", "loss": "all", "ways": "C", "last": "5"}
    assert query == {"preset": "far", "v": "1", "t": "3", "lang": "en"} | of_gradient
    assert from_link(query).focus == focus
    for name, value in {"rnn": "2", "back": "all", "loss": "x", "ways": "", "last": "25"}.items():
        assert from_link(query | {name: value}).problems == (name,)
    assert from_link({"rnn": "0.5", "back": "sums"}, "gradient").focus.t == 2  # the opening of the page


def test_an_empty_link_opens_the_default_at_the_step_where_most_is_written():
    link = from_link({})
    assert link == Link(preset(DEFAULT), Focus(first_look(preset(DEFAULT))), None, ())
    written = abs(preset(DEFAULT).trace().written[:, 0])
    assert written[link.focus.t - 1] == written.max()


@collected("variant", VARIANTS)
@collected("key", ["latch", "runaway"])
def test_the_cell_stands_in_the_link_where_it_is_not_that_of_the_preset(key, variant):
    experiment = preset(key).with_variant(variant)
    query = to_link(experiment, Focus(1), "en")
    assert query.get("cell", preset(key).variant) == variant
    assert ("cell" in query) == (variant != preset(key).variant)
    assert from_link(query).experiment == experiment


@collected("key", PRESETS)
def test_a_preset_alone_is_a_link(key):
    link = from_link({"preset": key})
    assert link == Link(preset(key), Focus(first_look(preset(key))), None, ())


def test_a_linked_teaching_moment():
    link = from_link({"lang": "ko", "preset": "latch", "b_f.1": "-2.5", "t": "4"})
    assert link == Link(preset("latch").edited("b_f.1", -2.5), Focus(4), "ko", ())


LARGER = {"T": 500, "H": HAND_H + 1, "D": HAND_D + 1}


@pytest.mark.parametrize("name", LARGER)
def test_what_is_too_large_for_a_link_is_said_to_be_and_leaves_preset_and_language(name):
    experiment = preset("leaky").resized(**{name: LARGER[name]})
    focus = Focus(experiment.T, experiment.H, "erase")
    query = to_link(experiment, focus, "ko")
    assert query == {"preset": "leaky", "v": "1", "own": "1", "phase": "erase", "lang": "ko"}
    link = from_link(query)
    assert link.own and link.problems == () and link.experiment == preset("leaky")
    assert link.focus == Focus(first_look(preset("leaky")), 1, "erase")


def test_a_link_that_holds_all_says_nothing_of_own_numbers():
    assert "own" not in to_link(preset("leaky"), Focus(3), "ko") and not from_link({}).own
    assert from_link({"own": "2"}).problems == ("own",) and not from_link({"own": "0"}).own


def test_a_link_restores_brought_weights_of_full_precision():
    draw = np.random.default_rng(0).normal
    params = LSTMParams(draw(size=(4, 2, 4)), draw(size=(4, 2)))
    experiment = replace(preset("latch").resized(H=2, D=2), params=params)
    assert bits(from_link(to_link(experiment, Focus(1), "en")).experiment) == bits(experiment)


@pytest.mark.parametrize(
    ("focus", "within"),
    [(Focus(0, 0), (1, 1)), (Focus(99, 9), (16, 1)), (Focus(-5, 1), (1, 1)), (Focus(7, 1), (7, 1))],
)
def test_the_focus_moves_into_the_experiment(focus, within):
    assert focus.within(preset("latch")) == Focus(*within)


# -- broken and hostile links -----------------------------------------------------------------

NOT_A_NUMBER = [
    "", " ", "nan", "NaN", "inf", "-inf", "Infinity", "1e308", "1e400", "-1e999", "1e7", "1000000.1", "1e",
    "e5",
    "--1", "+-1", "1.2.3", "1,5", "1_0", "0x10", "1j", "1 ", " 1", "1\n", "\t1", "1;2", "True", "None",
    "[]", "{}",
    "\u0661", "\uff11", "\u0967", "\u00b2", "\u2212" + "1", "\U0001d7cf", "1\u0000", "\u202e1", "\ufeff1",
    "9" * 21, "1" * 100_000, "." * 1000, "1." + "0" * 26, "1e0000", "__import__('os').system('id')",
    "<script>alert(1)</script>", "';DROP TABLE x;--", "../../etc/passwd", "${7*7}", "{{7*7}}", "%00",
    "\ud800",
]  # fmt: skip

NOT_A_SIZE = [
    "", "0", "-1", "5", "41", "99999", "1.5", "1e1", "NaN", " 1", "1 ", "+1", "0x1", "1_0", "\u0661",
    "\uff12", "\u00b2",
    "1" * 100_000, "None", "<b>1</b>",
]  # fmt: skip

NOT_A_NAME = [
    "b_f.0", "b_f.2", "b_f.1.1", "b_F.1", "b_g.1", "U_f.1.2", "U_f.2.1", "V_f.1.4", "x.17.1", "x.1.4",
    "x.0.1",
    "h0.2", "C0.0", "W_f.1.1", "b_f.01", "params", "__class__", "preset.x", "session_state", "PRESET", "Lang",
    "pin_f", "pin_f.0", "pin_f.2", "pin_f.1.17", "pin_g.1", "pin_C.1", "pin_f.1.0", "pin_f.1.1.1", "pin_",
]  # fmt: skip

NOT_TO_BE_SHOWN = [
    "", " ", "<script>alert(1)</script>", "![x](http://x.example/y)", "[click](javascript:1)", "**bold**",
    "b_f.\u0661", "\uff42_f.1", "\u202eb_f.1", "b_f.1\n", "b_f.1\u0000", "b" * 17, "x" * 100_000, "$x$",
    "`x`", ":red[x]",
    ":material/home:", "1b", "_x", ".x", "b f", "b-f", "b/f", "../x", "\ud800", "\U0001f600", "망각", "'",
    '"', "&amp;",
]  # fmt: skip

HOSTILE = (
    [{"b_f.1": text} for text in NOT_A_NUMBER]
    + [{name: text} for text in NOT_A_SIZE for name in ("H", "D")]
    + [{"T": text} for text in NOT_A_SIZE if text != "5"]
    + [{name: text} for text in NOT_A_SIZE for name in ("t", "unit") if (name, text) != ("t", "5")]
    + [{name: "1"} for name in NOT_A_NAME + NOT_TO_BE_SHOWN]
    + [{"preset": key} for key in ("", "Latch", "latch ", "nope", "__doc__", "latch\u0000", "x" * 100_000)]
    + [{"v": version} for version in ("", "0", "2", "-1", "1.0", "01", "one", "\u0661", "9" * 5000)]
    + [{"seed": seed} for seed in ("", "-1", "10000", "1.5", "1e3", "\u0661", "x", "9" * 5000)]
    + [{"lang": language} for language in ("", "de", "EN", "ko-KR", "en\n", "../en", "\u202e")]
    + [{"pin_f.1": value} for value in ("", "-0.1", "1.1", "nan", "inf", "1e308", "\u0661", "x" * 100_000)]
    + [{"pin_c.1.1": value} for value in ("-1.1", "2", "1e6")]
    + [{"phase": phase} for phase in ("", "Forget", "forget ", "nope", "0", "\u0661")]
    + [{"cell": name} for name in ("", "LSTM", "1997 ", "0", "gru", "coupled-1997", "\u0660", "x" * 100_000)]
    + [{"p_f.1": "0.5"}, {"forget_gate": "0"}]  # the default cell has no peepholes; no such name
)

SAFE = re.compile(r"[A-Za-z][A-Za-z0-9_.]{0,15}")


@collected("query", HOSTILE)
def test_a_hostile_link_changes_nothing_and_is_named(query):
    [name] = query
    link = from_link(query)
    assert link.experiment == preset(DEFAULT)
    assert link.focus == from_link({}).focus and link.language is None
    assert link.problems == ((name,) if SAFE.fullmatch(name) else ("…",))


def test_what_is_valid_in_a_broken_link_is_used():
    broken = {"preset": "leaky", "b_f.1": "-2.5", "b_f.9": "1", "x.3.1": "much", "t": "3", "lang": "ko"}
    link = from_link(broken)
    assert link.experiment == preset("leaky").edited("b_f.1", -2.5)
    assert (link.focus, link.language, link.problems) == (Focus(3), "ko", ("b_f.9", "x.3.1"))


@collected("text", ["1", "-1", "+1", "1.", ".5", "0.50", "1e-3", "1E+2", "000", "-1e6"])
def test_numbers_as_people_write_them_are_taken(text):
    link = from_link({"b_f.1": text})
    assert link.experiment.value("b_f.1") == float(text) and not link.problems


def test_streamlits_own_parameters_are_none_of_ours():
    assert from_link({"embed": "true", "embed_options": "dark_theme"}) == from_link({})


def test_the_message_stays_short():
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
    st.sampled_from([*PRESETS, *LANGUAGES, *PHASES, *VARIANTS, *NOT_A_NUMBER[:20]]),
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
