"""A short run of Streamlit reaches the browser in one go, and no message overtakes another."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from pages._ui.server import together as module
from pages._ui.server.together import Gathered, together


def run_begins(*fragments: str) -> ForwardMsg:
    message = ForwardMsg()
    message.new_session.name = "run"
    message.metadata.run.fragment_ids.extend(fragments)
    return message


def busy(is_busy: bool) -> ForwardMsg:
    message = ForwardMsg()
    message.session_status_changed.script_is_running = is_busy
    return message


def element(text: str) -> ForwardMsg:
    message = ForwardMsg()
    message.delta.new_element.markdown.body = text
    return message


def finished() -> ForwardMsg:
    return ForwardMsg(script_finished=ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)


def kinds(messages: list[dict]) -> list[str]:
    return [ForwardMsg.FromString(message["bytes"]).WhichOneof("type") for message in messages]


def sent_of(script) -> list[list[dict]]:
    """What left after each message, and at last after the longest wait; a number waits that many seconds."""

    async def run():
        out = []

        async def send(message):
            out.append(message)

        held, steps = together(send), []
        for step in script:
            before = len(out)
            if isinstance(step, ForwardMsg):
                await held({"type": "websocket.send", "bytes": step.SerializeToString()})
            else:
                await asyncio.sleep(step)
            steps.append(out[before:])
        before = len(out)
        await asyncio.sleep(2 * module.LONGEST)
        return [*steps, out[before:]]

    return asyncio.run(run())


@pytest.fixture
def patient(monkeypatch):
    """However slow the machine, nothing is sent because it waited for long."""
    monkeypatch.setattr(module, "LONGEST", 0.3)


def test_a_short_run_of_a_fragment_is_told_in_one_go_and_never_as_busy(patient):
    script = [
        run_begins("dragged"),
        busy(True),
        element("picture"),
        element("sliders"),
        finished(),
        busy(False),
    ]
    *waiting, at_the_end, after, later = sent_of(script)
    assert not any(waiting)
    assert kinds(at_the_end) == ["new_session", "delta", "delta", "script_finished"]
    assert not after and not later


def test_two_short_runs_are_told_in_turn(patient):
    run = [run_begins("dragged"), busy(True), element("picture"), finished(), busy(False)]
    told = [message for step in sent_of([*run, *run]) for message in step]
    assert kinds(told) == ["new_session", "delta", "script_finished"] * 2


def test_a_run_of_a_whole_page_is_shown_as_it_comes():
    script = [run_begins(), busy(True), element("heading"), finished(), busy(False)]
    status = ["session_status_changed"]
    expected = [["new_session"], status, ["delta"], ["script_finished"], status, []]
    assert [kinds(step) for step in sent_of(script)] == expected


def test_a_run_that_takes_longer_is_shown_and_told_as_busy_until_it_ends():
    script = [
        run_begins("slow"),
        busy(True),
        element("first"),
        0.1,
        element("second"),
        finished(),
        busy(False),
    ]
    sent = [kinds(step) for step in sent_of(script)]
    assert sent[3] == ["new_session", "session_status_changed", "delta"]
    assert sent[4:] == [["delta"], ["script_finished"], ["session_status_changed"], []]


def test_who_is_told_that_the_server_is_busy_is_told_that_it_is_no_longer(patient):
    """A page is still running when a fragment begins: the end of being busy is not kept back."""
    script = [run_begins(), busy(True), run_begins("dragged"), element("picture"), finished(), busy(False)]
    sent = [kinds(step) for step in sent_of(script)]
    assert sent[4:] == [["new_session", "delta", "script_finished"], ["session_status_changed"], []]


STEPS = st.lists(
    st.sampled_from([run_begins(), run_begins("one"), busy(True), busy(False), finished(), 0.0, 0.002])
    | st.integers().map(lambda n: element(str(n))),
    max_size=20,
)


@given(STEPS)
def test_nothing_but_being_busy_is_kept_back_and_nothing_overtakes(steps):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "LONGEST", 0.001)  # so that runs of both kinds come up within milliseconds
        told = [ForwardMsg.FromString(message["bytes"]) for step in sent_of(steps) for message in step]
    given = [step for step in steps if isinstance(step, ForwardMsg)]
    rest = [message for message in given if message.WhichOneof("type") != "session_status_changed"]
    assert [message for message in told if message.WhichOneof("type") != "session_status_changed"] == rest


def test_a_browser_that_reads_slowly_gets_everything_in_turn():
    """The connection takes nothing while the time for a long run is up, and the run ends meanwhile."""

    async def run():
        out, may_send = [], asyncio.Event()

        async def send(message):
            await may_send.wait()
            out.append(message)

        held = together(send)

        async def streamlit():
            script = [run_begins("slow"), busy(True), element("1"), element("2"), finished(), busy(False)]
            for step in script:
                await held({"type": "websocket.send", "bytes": step.SerializeToString()})
                await asyncio.sleep(0.03)

        sender = asyncio.create_task(streamlit())
        await asyncio.sleep(0.3)
        may_send.set()
        await sender
        return kinds(out)

    told = asyncio.run(run())
    assert [kind for kind in told if kind != "session_status_changed"] == [
        "new_session", "delta", "delta", "script_finished",
    ]  # fmt: skip
    assert told.count("session_status_changed") % 2 == 0


def test_who_left_while_messages_waited_disturbs_nobody(caplog):
    async def run():
        async def send(message):
            raise OSError("gone")

        held = together(send)
        await held({"type": "websocket.send", "bytes": run_begins("one").SerializeToString()})
        await asyncio.sleep(2 * module.LONGEST)

    asyncio.run(run())
    assert not caplog.records


class Wire:
    """A transport that notes what is written."""

    def __init__(self):
        self.written, self.is_open = [], True

    def write(self, data: bytes) -> None:
        assert self.is_open
        self.written.append(data)

    def close(self) -> None:
        self.is_open = False

    def is_closing(self) -> bool:
        return not self.is_open


def test_what_is_written_in_one_turn_leaves_in_one_piece():
    async def run():
        wire = Wire()
        gathered = Gathered(wire, asyncio.get_running_loop())
        for piece in (b"a", b"b"):
            gathered.write(piece)
        await asyncio.sleep(0)
        gathered.write(b"c")
        gathered.close()
        await asyncio.sleep(0)
        return wire.written, gathered.is_closing()

    assert asyncio.run(run()) == ([b"ab", b"c"], True)
