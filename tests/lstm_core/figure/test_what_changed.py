"""What is said of a changed experiment: each number is that of a trace, and nothing untrue is said."""

import re

from lstm_core.figure.what_changed import what_changed
from lstm_core.labels import step_name
from lstm_core.rounding import shown_ledger, text
from lstm_core.words import LANGUAGES, Words
from lstm_core.workbench.presets import PRESETS, preset
from tests.collected import collected
from tests.nightly import sample

ENGLISH = Words("en")


def say(key: str, changes: dict[str, float], t: int, words: Words = ENGLISH, unit: int = 1) -> str:
    now = preset(key)
    for address, value in changes.items():
        now = (now.pinned if address.startswith("pin_") else now.edited)(address, value)
    return what_changed(preset(key), now, t, unit, words)


@collected("key", PRESETS)
@collected("language", LANGUAGES)
def test_nothing_is_said_of_what_was_not_changed(key, language):
    assert what_changed(preset(key), preset(key), 2, 1, Words(language)) == ""


@collected("key", sample(PRESETS, 6))
@collected("change", ["b_f.1", "b_i.1", "b_c.1", "b_o.1", "x.2.1", "C0.1", "pin_i.1.3"])
def test_every_number_of_the_sentence_is_one_of_the_two_runs(key, change):
    start = preset(key)
    now = start.pinned(change, 0.5) if "pin" in change else start.edited(change, start.value(change) + 0.7)
    runs = now.trace(), start.trace()
    for t in (1, 2, start.T):
        said = what_changed(start, now, t, 1, ENGLISH).partition(": ")[2]
        is_now, was = (shown_ledger(run, t, 1) for run in runs)
        h = [text(run.h[t - 1, 0]) for run in runs]
        found = re.findall(r"−?\d+\.\d\d", said)
        if "keeps" in said:
            assert found == [*map(text, (is_now.kept, is_now.C_prev, was.kept, was.C_prev))], (t, said)
        elif "writes" in said:
            assert found == [text(is_now.written), text(was.written)], (t, said)
            assert (text(was.kept), text(was.C_prev)) == (text(is_now.kept), text(is_now.C_prev))
        elif "shows" in said:
            step = step_name(t, start.labels, ENGLISH)
            assert said == f"at step {step} the cell now shows h = {h[0]} (before: {h[1]})."
        elif "most at" in said:
            [(s, letter)] = re.findall(r"most at step (\d+)(?:, “[^”]+”)?, where (C|h)", said)
            values = [text(getattr(run, letter)[int(s) - 1, 0]) for run in runs]
            assert said.endswith(f"{letter} is {values[0]} (before: {values[1]}).") and values[0] != values[1]
            assert was == is_now and h[0] == h[1]
        else:
            assert said == ENGLISH("changed.nothing", unit=1)
            for letter in "Ch":
                one, other = (getattr(run, letter)[:, 0] for run in runs)
                assert [*map(text, one)] == [*map(text, other)]


@collected("language", LANGUAGES)
def test_of_many_changes_two_are_named_and_the_others_are_counted(language):
    words = Words(language)
    said = say("latch", {"b_f.1": 1, "V_i.1.2": 2, "x.3.1": 0.5, "C0.1": 1}, 3, words)
    flag = words("label.V", name=words("preset.latch.x_2"), j=2)
    named = f"$b_f$ 5.00 → 1.00, $V_i$, {flag} 8.00 → 2.00"
    assert said.startswith(words("changed.more", named=named, n=2))


def test_what_was_changed_is_named():
    start = preset("latch")
    cell = what_changed(start, start.with_variant("1997"), 13, 1, ENGLISH)
    size = what_changed(start, start.resized(H=2), 13, 1, ENGLISH)
    for said, begins in (
        (
            say("replace", {"b_f.1": -4.8}, 6),
            "$b_f$ 4.00 → −4.80: at step 6 the cell now keeps 0.00 of −0.02",
        ),
        (say("replace", {"b_f.1": 4.0001}, 6), "$b_f$ 4.0000 → 4.0001: C and h of unit 1 read the same at"),
        (say("latch", {"pin_f.1.6": 0.3}, 6), "forget gate, unit 1, step 6 pinned to 0.30: at step 6"),
        (say("random", {"b_f.2": 0.5}, 3, unit=2), "$b_f$, unit 2 "),
        (cell, "LSTM with forget gate (1999/2000) → The cell of 1997: f = 1: at step 13 the cell now keeps"),
        (size, "Units (H) 1 → 2: C and h of unit 1 read"),
    ):
        assert said.startswith(begins), said
