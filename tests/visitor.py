"""One open page without a browser: it speaks Streamlit's own protocol over the websocket.

It sends what a browser would send (all values of the page, and the fragment that was touched)
and reads what a browser would draw, so it sees the same saved marks.
"""

import re
from dataclasses import dataclass, field
from html import unescape

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from assessment.language.translator import Translator

_MARK = Translator("zh")("saved.mark", time="TIME", revision="REVISION")
_SAVED = re.compile(re.escape(_MARK).replace("TIME", r"[\d:]+").replace("REVISION", r"(\d+)"))
_KEY = re.compile(r"^\$\$ID-[0-9a-f]+-(.+)$")
_TITLE = re.compile(r'class="item-id">([^<]+)<')
_INPUTS = ("button_group", "text_area", "text_input")


class NotShown(Exception):
    """The page did not say that it had saved; what it said instead is in the message."""


@dataclass
class Input:
    """An input on the page: Streamlit's id for it, its fragment, its options and its value."""

    id: str
    fragment: str
    options: list[str]
    value: list[str] | str

    def state(self) -> WidgetState:
        """As a browser sends it."""
        state = WidgetState(id=self.id)
        if isinstance(self.value, str):
            state.string_value = self.value
        else:
            state.string_array_value.data.extend(self.value)
        return state


@dataclass
class Visitor:
    """A visit of one page; ``inputs`` are by their key, such as ``1/E-06/choice``."""

    port: int
    page: str
    query: str
    inputs: dict[str, Input] = field(default_factory=dict)
    marks: dict[str, str] = field(default_factory=dict)
    socket: websockets.ClientConnection | None = None
    script: str = ""
    _subject: str = ""

    async def open(self) -> "Visitor":
        """Connect and let the page be drawn."""
        address = f"ws://127.0.0.1:{self.port}/_stcore/stream"
        self.socket = await websockets.connect(
            address, subprotocols=[websockets.Subprotocol("streamlit")], max_size=None
        )
        await self._run("")
        return self

    async def close(self) -> None:
        """Leave the page."""
        if self.socket:
            await self.socket.close()

    async def press(self, key: str, option: int) -> int:
        """Press a button of a group; the revision that the page then shows as saved."""
        one = self.inputs[key]
        return await self._change(key, [one.options[option]], one.fragment)

    async def write(self, key: str, text: str) -> int:
        """Type a text and leave the field; the revision that the page then shows as saved."""
        return await self._change(key, text, "")

    async def touch(self, key: str, option: int) -> None:
        """Press a button of a page that has no saved marks, and wait until it is drawn."""
        one = self.inputs[key]
        one.value = [one.options[option]]
        await self._run(one.fragment)

    async def _change(self, key: str, value: list[str] | str, fragment: str) -> int:
        self.inputs[key].value = value
        self.marks.clear()
        await self._run(fragment)
        mark = self.marks.get(key.split("/")[1], "nothing")
        found = _SAVED.search(mark)
        if not found:
            raise NotShown(f"{key}: {mark}")
        return int(found.group(1))

    async def _run(self, fragment: str) -> None:
        await self._ask(fragment)
        while not await self._drawn():
            pass

    async def _ask(self, fragment: str) -> None:
        message = BackMsg()
        wish = message.rerun_script
        wish.query_string, wish.fragment_id = self.query, fragment
        if self.script:
            wish.page_script_hash = self.script
        else:
            wish.page_name = self.page
        wish.context_info.locale, wish.context_info.timezone = "zh-CN", "Asia/Shanghai"
        wish.widget_states.widgets.extend(one.state() for one in self.inputs.values())
        assert self.socket
        await self.socket.send(message.SerializeToString())

    async def _drawn(self) -> bool:
        """Take the next message; whether the run that was asked for is complete."""
        assert self.socket
        message, content = ForwardMsg(), await self.socket.recv()
        assert isinstance(content, bytes)
        message.ParseFromString(content)
        kind = message.WhichOneof("type")
        if kind == "navigation":
            self.script = message.navigation.page_script_hash
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            self._see(message)
        return kind == "script_finished" and message.script_finished in (
            ForwardMsg.FINISHED_SUCCESSFULLY,
            ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY,
        )

    def _see(self, message: ForwardMsg) -> None:
        element = message.delta.new_element
        kind = element.WhichOneof("type")
        if kind == "html":
            self._read(unescape(element.html.body))
        elif kind in _INPUTS:
            one = getattr(element, kind)
            named = _KEY.match(one.id)
            if named:
                self._keep(named.group(1), kind, one, message.delta.fragment_id)

    def _read(self, body: str) -> None:
        """A saved mark is about the item or fact whose title or input was drawn last."""
        titled = _TITLE.search(body)
        if titled:
            self._subject = titled.group(1)
        if 'class="item-foot"' in body:
            self.marks[self._subject] = body

    def _keep(self, key: str, kind: str, drawn: object, fragment: str) -> None:
        before = self.inputs.get(key)
        options = [one.content for one in drawn.options] if kind == "button_group" else []
        if before and before.id == drawn.id:
            value = before.value
        elif kind == "button_group":
            value = [options[place] for place in drawn.default]
        else:
            value = drawn.default
        if key.count("/") == 2:
            self._subject = key.split("/")[1]
        self.inputs[key] = Input(drawn.id, fragment, options, value)
