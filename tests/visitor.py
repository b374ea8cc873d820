"""One open page without a browser: it speaks Streamlit's own protocol over the websocket.

It sends what a browser would send (all values of the page, and the fragment that was touched)
and reads what a browser would draw, so it sees the same saved marks.
"""

import asyncio
import re
import uuid
from dataclasses import dataclass, field
from html import unescape
from urllib.request import Request, urlopen

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Common_pb2 import FileURLs, UploadedFileInfo
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from assessment.language.translator import Translator

_MARK = Translator("zh")("saved.mark", time="TIME", revision="REVISION")
_SAVED = re.compile(re.escape(_MARK).replace("TIME", r"[\d:]+").replace("REVISION", r"(\d+)"))
_KEY = re.compile(r"^\$\$ID-[0-9a-f]+-(.+)$")
_TITLE = re.compile(r'class="item-id">([^<]+)<')
_CODE = re.compile(r"<code>([^<]+)</code>")
_INPUTS = ("button_group", "text_area", "text_input", "button", "file_uploader")
_PATIENCE = 30


class NotShown(Exception):
    """The page did not say that it had saved; what it said instead is in the message."""


@dataclass
class Input:
    """An input on the page: Streamlit's id for it, its fragment, its options and its value.

    A plain button has no value; it is told only when it is clicked. Of a chooser of files the
    value are the files that were sent.
    """

    id: str
    fragment: str
    options: list[str]
    value: list[str] | str | None
    files: list[UploadedFileInfo] = field(default_factory=list)

    def state(self, clicked: bool = False) -> WidgetState:
        """As a browser sends it."""
        state = WidgetState(id=self.id)
        if clicked:
            state.trigger_value = True
        elif self.files:
            state.file_uploader_state_value.uploaded_file_info.extend(self.files)
        elif isinstance(self.value, str):
            state.string_value = self.value
        elif self.value is not None:
            state.string_array_value.data.extend(self.value)
        return state


@dataclass
class Visitor:
    """A visit of one page; ``inputs`` are by their key, such as ``1/E-06/choice``.

    ``said`` are the notices of the last run as they are read, ``code`` the code of the figures.
    """

    port: int
    page: str
    query: str
    inputs: dict[str, Input] = field(default_factory=dict)
    marks: dict[str, str] = field(default_factory=dict)
    socket: websockets.ClientConnection | None = None
    script: str = ""
    said: list[str] = field(default_factory=list)
    code: str = ""
    _subject: str = ""
    _session: str = ""
    _address: FileURLs | None = None
    _drawn_keys: set[str] = field(default_factory=set)

    async def open(self) -> "Visitor":
        """Connect and let the page be drawn."""
        address = f"ws://127.0.0.1:{self.port}/_stcore/stream"
        self.socket = await websockets.connect(
            address, subprotocols=[websockets.Subprotocol("streamlit")], max_size=None
        )
        await self._run("")
        return self

    async def go(self, page: str, query: str) -> None:
        """Follow a link to another page."""
        self.page, self.query, self.script = page, query, ""
        self.inputs.clear()
        await self._run("")

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

    async def click(self, key: str) -> None:
        """Click a plain button, and wait until the page is drawn."""
        one = self.inputs[key]
        await self._run(one.fragment, one)

    async def upload(self, key: str, name: str, content: bytes) -> None:
        """Choose a file: it is sent as a browser sends it, and the page is run with it."""
        address = await self._ask_for_address(name)
        await asyncio.to_thread(self._send_file, address, name, content)
        one = self.inputs[key]
        one.files = [
            UploadedFileInfo(
                name=name, size=len(content), file_id=address.file_id, file_urls=address
            )
        ]
        await self._run(one.fragment)

    async def _ask_for_address(self, name: str) -> FileURLs:
        """Where Streamlit takes one file."""
        message = BackMsg()
        wish = message.file_urls_request
        wish.request_id, wish.session_id = uuid.uuid4().hex, self._session
        wish.file_names.append(name)
        assert self.socket
        await self.socket.send(message.SerializeToString())
        self._address = None
        while self._address is None:
            await self._drawn()
        return self._address

    def _send_file(self, address: FileURLs, name: str, content: bytes) -> None:
        edge, token = uuid.uuid4().hex, uuid.uuid4().hex
        head = (
            f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
            "Content-Type: application/octet-stream\r\n\r\n"
        )
        request = Request(
            f"http://127.0.0.1:{self.port}{address.upload_url}",
            data=head.encode() + content + f"\r\n--{edge}--\r\n".encode(),
            method="PUT",
            headers={
                "Content-Type": f"multipart/form-data; boundary={edge}",
                # Streamlit compares the two: who can send both has read the cookie.
                "X-Xsrftoken": token,
                "Cookie": f"_streamlit_xsrf={token}",
            },
        )
        with urlopen(request, timeout=_PATIENCE):
            pass

    async def _change(self, key: str, value: list[str] | str, fragment: str) -> int:
        self.inputs[key].value = value
        self.marks.clear()
        await self._run(fragment)
        mark = self.marks.get(key.split("/")[1], "nothing")
        found = _SAVED.search(mark)
        if not found:
            raise NotShown(f"{key}: {mark}")
        return int(found.group(1))

    async def _run(self, fragment: str, clicked: Input | None = None) -> None:
        self.said.clear()
        await self._ask(fragment, clicked)
        while not await self._drawn():
            pass

    async def _ask(self, fragment: str, clicked: Input | None) -> None:
        message = BackMsg()
        wish = message.rerun_script
        wish.query_string, wish.fragment_id = self.query, fragment
        if self.script:
            wish.page_script_hash = self.script
        else:
            wish.page_name = self.page
        wish.context_info.locale, wish.context_info.timezone = "zh-CN", "Asia/Shanghai"
        told = [one for one in self.inputs.values() if one.files or one.value is not None]
        wish.widget_states.widgets.extend(one.state() for one in told)
        if clicked:
            wish.widget_states.widgets.append(clicked.state(clicked=True))
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
        elif kind == "new_session":
            self._session = message.new_session.initialize.session_id
            self._drawn_keys.clear()
        elif kind == "file_urls_response":
            self._address = message.file_urls_response.file_urls[0]
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            self._see(message)
        elif kind == "script_finished":
            return self._is_complete(message.script_finished)
        return False

    def _is_complete(self, how: int) -> bool:
        """A run of the whole page also takes away what it did not draw again."""
        if how == ForwardMsg.FINISHED_SUCCESSFULLY:
            for key in self.inputs.keys() - self._drawn_keys:
                del self.inputs[key]
            return True
        return how == ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY

    def _see(self, message: ForwardMsg) -> None:
        element = message.delta.new_element
        kind = element.WhichOneof("type")
        if kind == "html":
            self._read(unescape(element.html.body))
        elif kind == "alert":
            self.said.append(element.alert.body.replace("\\", ""))
        elif kind in _INPUTS:
            one = getattr(element, kind)
            named = _KEY.match(one.id)
            if named:
                self._keep(named.group(1), kind, one, message.delta.fragment_id)

    def _read(self, body: str) -> None:
        """A saved mark is about the item or fact whose title or input was drawn last."""
        code = _CODE.search(body)
        if code:
            self.code = code.group(1)
        titled = _TITLE.search(body)
        if titled:
            self._subject = titled.group(1)
        if 'class="item-foot"' in body:
            self.marks[self._subject] = body

    def _keep(self, key: str, kind: str, drawn: object, fragment: str) -> None:
        self._drawn_keys.add(key)
        before = self.inputs.get(key)
        if kind in ("button", "file_uploader"):
            self.inputs[key] = Input(drawn.id, fragment, [], None)
            return
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
