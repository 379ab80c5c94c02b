"""What of a picture is sent: the whole, or what changed in one that the browser says it holds."""

from hypothesis import given
from hypothesis import strategies as st

from lstm_core.figure import Figure
from lstm_core.figure.changes import changes, digest_of
from lstm_core.workbench.presets import preset
from tests.lstm_core.figure.browsers import put_together

markup = st.text(alphabet='<>a1" é', max_size=40)


@given(markup, markup)
def test_the_parts_put_together_are_the_picture(before, after):
    assert put_together(before, changes(before, after)) == after


def test_what_is_the_same_is_not_sent():
    before = "".join(f'<g id="{k}"><text>{k / 7}</text></g>' for k in range(300))
    after = before.replace(">20.0<", ">20.5<")
    [start, new, end] = changes(before, after)
    assert new == "text>20.5" and start[1] + 1 == end[0] and end[1] == len(before.split("<"))


def test_a_drag_sends_a_small_part_of_each_picture():
    figure = Figure(preset("leaky"), pictures=("cell", "strip", "ledger", "why_forget", "paths"))
    before, after = (figure.moved({"b_f.1": value}).draw(exact=False) for value in (0.5, 0.55))
    for name in before:
        found = changes(before[name], after[name])
        assert put_together(before[name], found) == after[name]
        if len(after[name]) > 2000:
            sent = sum(len(piece) if isinstance(piece, str) else 8 for piece in found)
            assert sent < len(after[name]) / 2, name


@given(markup, markup)
def test_a_digest_names_one_markup(one, other):
    assert (digest_of(one) == digest_of(other)) == (one == other)
