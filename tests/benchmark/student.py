"""A student without a browser: Streamlit's own messages over a websocket, every byte counted."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Sequence
from time import perf_counter

from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Common_pb2 import FileURLs
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.extensions.permessage_deflate import ClientPerMessageDeflateFactory

from lstm_core.words import LANGUAGES, texts
from pages._ui.browser.changes import MOST_HELD
from tests.faults.attacker import upload, xsrf_token

PATIENCE = 60
"""Seconds after which an answer counts as missing."""

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
    sent : the kinds of elements that the last run sent.
    session : the id of the session, once a page has run.
    refused : how many uploads the server did not take.
    """

    def __init__(self, address: str, page: str, query: str = "", compressed: bool = True):
        self.url = address.replace("http", "ws", 1) + "/_stcore/stream"
        self.page, self.query, self.compressed = page, query, compressed
        self.elements: dict[tuple, object] = {}
        self.errors: list[str] = []
        self._states: dict[str, WidgetState] = {}
        self._cached: dict[str, bytes] = {}
        self.sent: list[str] = []
        self._fragments: dict[str, str] = {}
        self._held: dict[str, tuple[str, str]] = {}
        self._script = self.session = ""
        self.refused = 0

    async def __aenter__(self) -> Student:
        # Like a browser, it leaves it to the server how much its compression remembers.
        extensions = [ClientPerMessageDeflateFactory(client_max_window_bits=True)] if self.compressed else []
        options = {"compression": None, "extensions": extensions, "max_size": None}
        options |= {"create_connection": _Counting}
        options |= {"origin": self.url.replace("ws", "http", 1).partition("/_stcore")[0], "proxy": None}
        self._socket = await connect(self.url, subprotocols=["streamlit"], open_timeout=PATIENCE, **options)
        await self._run()
        await self._tell_room()
        return self

    async def __aexit__(self, *_):
        await self._socket.close()

    @property
    def bytes_received(self) -> int:
        return self._socket.arrived

    def addresses(self) -> list[str]:
        """Of the sliders on screen."""
        return [spec[0] for _, group in self._panel()[1][2] for spec in group]

    def value(self, address: str) -> float:
        """What the page says that a slider stands at."""
        groups = self._panel()[1][2]
        return next(spec[1] for _, group in groups for spec in group if spec[0] == address)

    def diagram(self) -> str:
        """The picture of the page, if it has one."""
        return next((self._markup(p) for p in self._components("picture") if "diagram" in p.id), "")

    def downloads(self) -> list[str]:
        """Addresses of the files that the page offers."""
        kinds = [(element, element.WhichOneof("type")) for element in self.elements.values()]
        return [element.download_button.url for element, kind in kinds if kind == "download_button"]

    def over_time(self) -> str:
        """The strips of the page."""
        return "".join(self._markup(p) for p in self._components("picture") if "diagram" not in p.id)

    async def move(self, address: str, value: float, final: bool = True) -> float:
        """Puts a slider somewhere; seconds until the page has answered in full."""
        panel, (seq, turn, *_) = self._panel()
        held = [digest for digest, _ in self._held.values()][-MOST_HELD:]
        report = {"seq": seq + 1, "turn": turn, "final": final, "values": {address: value}, "held": held}
        self._states[panel.id] = WidgetState(id=panel.id, json_value=json.dumps({"moved": report}))
        start = perf_counter()
        await self._run(panel.id)
        took = perf_counter() - start
        if self._panel()[1][0] != seq + 1:
            self.errors.append("a report was not answered")
        return took

    async def train_on(self) -> None:
        """Asks for the next slice of a training, as the page's script does, once it is time."""
        [pulse] = self._components("pulse")
        beat, pause = json.loads(pulse.json)
        if pause is None:
            self.errors.append("the training has ended")
            return
        await asyncio.sleep(pause / 1000)
        self._states[pulse.id] = WidgetState(id=pulse.id, json_value="{}")
        event = json.dumps([{"event": "beat", "value": beat}])
        trigger = WidgetState(id=_make_trigger_id(pulse.id, "events"), json_trigger_value=event)
        await self._run(pulse.id, [trigger])

    async def slide(self, value: float) -> float:
        """Puts the native slider of an app without a panel somewhere; seconds to the whole answer."""
        [slider] = [e.slider for e in self.elements.values() if e.WhichOneof("type") == "slider"]
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
            while True:
                for element in self.elements.values():
                    if element.WhichOneof("type") == "file_uploader":
                        return element.file_uploader
                self._take(await self._socket.recv())

    def said(self) -> list[str]:
        """What the page says in boxes: what was refused, what is to be noticed."""
        kinds = [(element, element.WhichOneof("type")) for element in self.elements.values()]
        return [element.alert.body for element, kind in kinds if kind == "alert"]

    async def come_again(self) -> None:
        """Reloads the page: the session is left and a new one begins."""
        await self._socket.close()
        for kept in (self.elements, self._states, self._cached, self._fragments, self._held):
            kept.clear()
        self._script = ""
        await self.__aenter__()

    async def _tell_room(self) -> None:
        """That the window is wide, as the page's script does where there is a diagram."""
        for picture in self._components("picture"):
            if 'class="narrow"' in self._markup(picture):
                self._states[picture.id] = WidgetState(id=picture.id, json_value="{}")
                event = json.dumps([{"event": "chosen", "value": {"role": "room", "value": "wide"}}])
                trigger = WidgetState(id=_make_trigger_id(picture.id, "events"), json_trigger_value=event)
                await self._run(picture.id, [trigger])

    # -- messages ---------------------------------------------------------------------------

    def _panel(self):
        [panel] = self._components("slider_panel")
        return panel, json.loads(panel.json)

    def _markup(self, picture) -> str:
        """The picture as the browser puts it together, see assets/components/held/held.js."""
        sent, _, _, _, _, [key, _], *_ = json.loads(picture.json)
        if isinstance(sent, str):
            return sent
        pieces = self._held[key][1].split("<")
        return "<".join(part if isinstance(part, str) else "<".join(pieces[slice(*part)]) for part in sent)

    def _hold(self, component) -> None:
        if component.component_name.endswith("picture"):
            sent, _, _, _, _, [key, digest], *_ = json.loads(component.json)
            if isinstance(sent, str):
                self._held.pop(key, None)
                self._held[key] = digest, sent

    def _components(self, name: str) -> list:
        return [
            element.bidi_component
            for element in self.elements.values()
            if element.WhichOneof("type") == "bidi_component"
            and name in element.bidi_component.component_name
        ]

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
            self._script = message.new_session.page_script_hash
            self.session = message.new_session.initialize.session_id or self.session
            if not message.metadata.run.fragment_ids:
                self.elements.clear()
        elif kind == "navigation":
            self._script = message.navigation.page_script_hash
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            element = message.delta.new_element
            self.elements[tuple(message.metadata.delta_path)] = element
            if element.WhichOneof("type") == "exception":
                self.errors.append(element.exception.message)
            if element.WhichOneof("type") == "alert" and element.alert.body in FAULTS:
                self.errors.append(element.alert.body)
            self.sent.append(element.WhichOneof("type"))
            if self.sent[-1] == "file_uploader":
                self._fragments[element.file_uploader.id] = message.delta.fragment_id
            if self.sent[-1] == "bidi_component":
                self._fragments[element.bidi_component.id] = message.delta.fragment_id
                self._hold(element.bidi_component)
        elif kind == "script_finished":
            return message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
        return False
