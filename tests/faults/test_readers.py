"""Two readers at once: neither ever sees a number of the other's."""

from lstm_core.workbench.presets import PRESETS, preset
from tests.collected import collected
from tests.pages.apps import experiment, is_sound, link, opened, texts
from tests.pages.panels import move_slider, sliders

MINE, THEIRS = 1.37, -2.91


def test_edits_in_turns_stay_with_who_made_them():
    mine = opened("forget_gate", preset="leaky", lang="en", t="2")
    theirs = opened("forget_gate", preset="leaky", lang="ko", t="3")
    for k in range(5):
        move_slider(mine, "b_f.1", MINE + k)
        move_slider(theirs, "b_f.1", THEIRS - k)
        assert sliders(mine)["b_f.1"] == MINE + k and sliders(theirs)["b_f.1"] == THEIRS - k
    assert experiment(mine) == preset("leaky").edited("b_f.1", MINE + 4)
    assert experiment(theirs) == preset("leaky").edited("b_f.1", THEIRS - 4)
    assert (link(mine)["t"], link(mine)["lang"]) == ("2", "en")
    assert (link(theirs)["t"], link(theirs)["lang"]) == ("3", "ko")


def test_what_one_uploads_pins_or_resizes_the_other_never_sees():
    mine, theirs = (opened("trace", preset="latch", lang="en") for _ in range(2))
    mine.file_uploader(key="upload.sequence").upload("mine.csv", b"0.4321,0.4321,0.4321\n", "text/csv").run()
    mine.number_input(key="size.H").set_value(3).run()
    theirs.run()
    assert is_sound(theirs) and not theirs.success
    assert "0.4321" in texts(mine) and "0.4321" not in texts(theirs)
    assert experiment(theirs) == preset("latch") and experiment(mine).H == 3


@collected("key", PRESETS)
def test_what_all_readers_share_cannot_be_written_to(key):
    shared = preset(key)
    for array in (shared.x, shared.h0, shared.C0, shared.params.W, shared.params.b):
        assert not array.flags.writeable
