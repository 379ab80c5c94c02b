"""A student without a browser: reports on a figure's line, Streamlit's own messages, every byte counted.

What a browser does with either stands in assets/figure/line.js and assets/figure/changes.js.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from time import perf_counter
from uuid import uuid4

from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Common_pb2 import FileURLs
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.extensions.permessage_deflate import ClientPerMessageDeflateFactory

from lstm_core.figure.line import MOST_PICTURES
from lstm_core.words import LANGUAGES, texts
from pages._ui.server.websocket import PATH
from tests.faults.attacker import upload, xsrf_token

PATIENCE = 60
"""Seconds after which an answer counts as missing."""

FRAME = 1 / 60
"""Seconds between two reports, as a browser sends them; who sends more is sent away."""

EVERY = 2.0
"""Seconds between two changes of a student of a class."""

FAULTS = {texts(language)["app.fault"] for language in LANGUAGES}
"""What the app says of an error of its own."""


class _Counting(ClientConnection):
    """A connection that counts what comes over the wire, as it is there, compressed or not."""

    arrived = 0

    def data_received(self, data: bytes) -> None:
        self.arrived += len(data)
        super().data_received(data)


class Student:
    """One session on a page: `async with Student(address, page) as student: await student.move(...)`.

    texts : what the pictures and paragraphs of the page say now, element by element.
    errors : what the page showed where something failed.
    sent : the kinds of elements that the last run sent. runs : of the page or a part of it, so far.
    session : the id of the session, once a page has run.
    pictures : name -> (markup, digest) of each picture of the figure on screen.
    refused : how many uploads the server did not take.
    """

    def __init__(self, address: str, page: str, query: str = ""):
        self.host = address.replace("http", "ws", 1)
        self.url = self.host + "/_stcore/stream"
        self.page, self.query = page, query
        self.elements: dict[tuple, object] = {}
        self.errors: list[str] = []
        self._states: dict[str, WidgetState] = {}
        self._cached: dict[str, bytes] = {}
        self.sent: list[str] = []
        self.runs = 0
        self._fragments: dict[str, str] = {}
        self._of: dict[tuple, str] = {}
        self.pictures: dict[str, tuple[str, str]] = {}
        self._moved: dict[str, float] = {}
        # Of each pulse of a training page: its beat, and when it is due.
        self._due: dict[str, tuple[int, float]] = {}
        self._seq, self._asked = 0, 0.0
        self._line: ClientConnection | None = None
        self._script = self.session = ""
        self._ticket = uuid4().hex
        self.refused = 0

    async def __aenter__(self) -> Student:
        self._socket = await self._connect(self.url, ["streamlit"])
        await self._run()
        if self._components("hand"):
            self._line = await self._connect(self.host + PATH)
            await self._tell_room()
        return self

    async def _connect(self, url: str, subprotocols: list[str] | None = None) -> ClientConnection:
        # Like a browser, it leaves it to the server how much its compression remembers.
        extensions = [ClientPerMessageDeflateFactory(client_max_window_bits=True)]
        options = {"compression": None, "extensions": extensions, "max_size": None}
        options |= {"create_connection": _Counting, "open_timeout": PATIENCE, "proxy": None}
        options |= {"origin": self.host.replace("ws", "http", 1), "subprotocols": subprotocols}
        # What nginx gave with the page, so that both sockets lead to one process.
        options |= {"additional_headers": {"Cookie": f"lstm_ticket={self._ticket}"}}
        return await connect(url, **options)

    async def __aexit__(self, *_):
        for socket in (self._socket, self._line):
            if socket is not None:
                await socket.close()

    @property
    def bytes_received(self) -> int:
        return self._socket.arrived + (self._line.arrived if self._line else 0)

    def addresses(self) -> list[str]:
        """Of the sliders on screen that move a number."""
        return [address for address in self._specs() if "." in address]

    def value(self, address: str) -> float:
        """What the page says that a slider stands at."""
        return self._specs()[address][1]

    def over_time(self) -> str:
        """The other pictures of the figure."""
        return "".join(markup for name, (markup, _) in self.pictures.items() if name != "cell")

    def shown(self, kind: str) -> list:
        """The elements of one of Streamlit's kinds that are on screen."""
        return [getattr(one, kind) for one in self.elements.values() if one.WhichOneof("type") == kind]

    def downloads(self) -> list[str]:
        """Addresses of the files that the page offers."""
        return [button.url for button in self.shown("download_button")]

    def said(self) -> list[str]:
        """What the page says in boxes: what was refused, what is to be noticed."""
        return [alert.body for alert in self.shown("alert")]

    async def changes(
        self, draw: random.Random, is_over: Callable[[], bool], rests: float = 0.1
    ) -> AsyncIterator[tuple[float, float]]:
        """A change every two seconds until it is over: when each began, and the seconds to its answer.

        rests : the share of changes after which the hand rests, so that the page runs.
        """
        loop = asyncio.get_running_loop()
        await asyncio.sleep(draw.uniform(0, EVERY))
        while not is_over():
            value, final, began = round(draw.uniform(-5, 5), 2), draw.random() < rests, loop.time()
            took = await (self.move("b_f.1", value, final) if self.page else self.slide(value))
            if self.page and final and self.value("b_f.1") != value:
                self.errors.append("another value than the one sent")
            yield began, took
            await asyncio.sleep(max(0.0, EVERY - took))

    async def move(self, address: str, value: float, final: bool = True) -> float:
        """Puts a slider somewhere; seconds until it was answered in full.

        final : whether the hand rests, so that the page runs; else the line alone answers.
        """
        self._moved[address] = value
        await asyncio.sleep(self._asked + FRAME - perf_counter())
        self._asked = start = perf_counter()
        if final:
            await self._rest({"values": dict(self._moved)})
            self._moved.clear()
        else:
            await self._ask({"values": dict(self._moved)})
        return perf_counter() - start

    async def _ask(self, what: dict) -> None:
        """One report on the line, and its answer."""
        self.sent.clear()
        self._seq += 1
        digests = {name: digest for name, (_, digest) in list(self.pictures.items())[:MOST_PICTURES]}
        report = {"seq": self._seq, "turn": self._told()[0], "digests": digests} | what
        await self._line.send(json.dumps(report))
        async with asyncio.timeout(PATIENCE):
            answer = json.loads(await self._line.recv())
        if answer["seq"] != self._seq:
            self.errors.append("a report was not answered")
        for name, (sent, *digests) in answer["pictures"].items():
            self._show(name, sent, *digests)

    async def _rest(self, what: dict) -> None:
        """The hand rests: the page is told, and runs."""
        [hand] = self._components("hand")
        self._seq = max(self._seq, self._told()[1]) + 1
        report = {"seq": self._seq, "turn": self._told()[0]} | what
        self._states[hand.id] = WidgetState(id=hand.id, json_value=json.dumps({"moved": report}))
        await self._run(hand.id)
        if self._told()[1] != self._seq:
            self.errors.append("a release was not taken")

    async def train_on(self) -> None:
        """Asks for what a page that trains asks for next, once it is time: a slice, or what follows it."""
        now = perf_counter()
        for pulse in self._components("pulse"):
            beat, pause = json.loads(pulse.json)
            if pause is None:
                self._due.pop(pulse.id, None)
            elif self._due.get(pulse.id, (None,))[0] != beat:
                self._due[pulse.id] = beat, now + pause / 1000
        if not self._due:
            self.errors.append("the training has ended")
            return
        asking, (beat, due) = min(self._due.items(), key=lambda item: item[1][1])
        await asyncio.sleep(due - now)
        self._states[asking] = WidgetState(id=asking, json_value="{}")
        event = json.dumps([{"event": "beat", "value": beat}])
        trigger = WidgetState(id=_make_trigger_id(asking, "events"), json_trigger_value=event)
        await self._run(asking, [trigger])

    async def slide(self, value: float) -> float:
        """Puts the native slider of an app without a panel somewhere; seconds to the whole answer."""
        [slider] = self.shown("slider")
        state = WidgetState(id=slider.id)
        state.double_array_value.data.append(value)
        self._states[slider.id] = state
        start = perf_counter()
        await self._run()
        return perf_counter() - start

    async def drop(self, name: str, content: bytes) -> float:
        """Drops a file into the first upload box of the page; seconds until the page has answered in full.

        What the server has no room for does not come to the page; `refused` then counts one more.
        """
        box = await self._upload_box()
        address, file_id = self.url.replace("ws", "http", 1).partition("/_stcore")[0], os.urandom(8).hex()
        start = perf_counter()
        token = await asyncio.to_thread(xsrf_token, address)
        status = await asyncio.to_thread(upload, address, self.session, file_id, content, token)
        if status != 204:
            self.refused += 1
            return perf_counter() - start
        state = WidgetState(id=box.id)
        state.file_uploader_state_value.uploaded_file_info.add(
            file_id=file_id, name=name, size=len(content), file_urls=FileURLs(file_id=file_id)
        )
        self._states[box.id] = state
        await self._run(box.id)
        return perf_counter() - start

    async def _upload_box(self):
        """The first one of the page, once the run that draws it has come to it."""
        async with asyncio.timeout(PATIENCE):
            while not self.shown("file_uploader"):
                self._take(await self._socket.recv())
        return self.shown("file_uploader")[0]

    async def come_again(self) -> None:
        """Reloads the page: the session is left and a new one begins."""
        await self.__aexit__()
        for kept in (self.elements, self._states, self._cached, self._fragments, self.pictures, self._moved):
            kept.clear()
        self._script, self._line, self._seq = "", None, 0
        await self.__aenter__()

    async def _tell_room(self) -> None:
        """That the window is wide, as the page's script does where there is a diagram."""
        if 'class="narrow"' in self.pictures.get("cell", [""])[0]:
            await self._ask({"acts": [{"role": "room", "value": "wide"}]})
            await self._rest({"look": {"arrangement": "wide"}})

    # -- messages ---------------------------------------------------------------------------

    def _told(self) -> tuple[str, int]:
        """The turn of the figure, and the number of the last report that the page took."""
        [hand] = self._components("hand")
        turn, taken, *_ = json.loads(hand.json)
        return turn, taken

    def _specs(self) -> dict[str, list]:
        panels = [json.loads(panel.json)[1] for panel in self._components("sliders")]
        return {spec[0]: spec for panel in panels for spec in panel}

    def _show(self, name: str, sent, digest: str, before: str = "") -> None:
        """Puts the picture together as the browser does."""
        shown, of = self.pictures.get(name, ("", ""))
        if isinstance(sent, str):
            self.pictures[name] = sent, digest
        elif sent and before != of:
            self.errors.append("changes of another picture than the one shown")
        elif sent:
            pieces = shown.split("<")
            parts = (p if isinstance(p, str) else "<".join(pieces[slice(*p)]) for p in sent)
            self.pictures[name] = "<".join(parts), digest

    def _hold(self, component) -> None:
        if component.component_name.endswith(".picture"):
            sent, _, _, _, name, _ = json.loads(component.json)
            if isinstance(name, str):
                self._show(name, *sent)

    def _components(self, name: str) -> list:
        return [one for one in self.shown("bidi_component") if one.component_name == f"lstm.{name}"]

    async def _run(self, component: str = "", triggers: Sequence[WidgetState] = ()) -> None:
        """Runs the fragment of a component, or the whole script where none is named."""
        self.sent.clear()
        message = BackMsg()
        wanted = message.rerun_script
        wanted.query_string, wanted.page_script_hash = self.query, self._script
        wanted.fragment_id = self._fragments.get(component, "")
        if not self._script:
            wanted.page_name = self.page
        wanted.widget_states.widgets.extend([*self._states.values(), *triggers])
        wanted.cached_message_hashes.extend(self._cached)
        await self._socket.send(message.SerializeToString())
        async with asyncio.timeout(PATIENCE):
            while not self._take(await self._socket.recv()):
                pass

    def _take(self, data: bytes) -> bool:
        """Reads one message; whether it was the last of the run."""
        message = ForwardMsg.FromString(data)
        if message.ref_hash:
            message = ForwardMsg.FromString(self._cached[message.ref_hash])
        elif message.metadata.cacheable:
            self._cached[message.hash] = data
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self.runs += 1
            self._script = message.new_session.page_script_hash
            self.session = message.new_session.initialize.session_id or self.session
            ran = set(message.metadata.run.fragment_ids)
            self.elements = {
                path: e for path, e in self.elements.items() if ran and self._of[path] not in ran
            }
        elif kind == "navigation":
            self._script = message.navigation.page_script_hash
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            element, kind = message.delta.new_element, message.delta.new_element.WhichOneof("type")
            path = tuple(message.metadata.delta_path)
            self.elements[path], self._of[path] = element, message.delta.fragment_id
            self.sent.append(kind)
            if kind == "exception":
                self.errors.append(element.exception.message)
            elif kind == "alert" and element.alert.body in FAULTS:
                self.errors.append(element.alert.body)
            elif kind in ("file_uploader", "bidi_component"):
                self._fragments[getattr(element, kind).id] = message.delta.fragment_id
            if kind == "bidi_component":
                self._hold(element.bidi_component)
        elif kind == "script_finished":
            return message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
        return False


async def come(students: Iterable[Student], reloads: int = 0) -> None:
    """All open their page, each again so many times; a class does not open its laptops in one instant."""
    door = asyncio.Semaphore(4)

    async def enter(student: Student) -> None:
        async with door:
            await student.__aenter__()
            for _ in range(reloads):
                await student.come_again()

    await asyncio.gather(*map(enter, students))


async def go(students: Iterable[Student]) -> list[str]:
    """All leave; what was wrong on their pages."""
    students = list(students)
    for student in students:
        await student.__aexit__()
    return [error for student in students for error in student.errors]
