"""A client that speaks the protocol of the pages but is no browser: it sends what it likes."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import ClientConnection, connect

LONG_SECONDS = 20


class RawClient:
    """One websocket to a running server."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket

    def run(
        self, page: str, query: str, states: Sequence[WidgetState] = (), fragment: str = ""
    ) -> list[ForwardMsg]:
        """Ask for a run of the page at an address, with these values of widgets."""
        state = ClientState(query_string=query, page_name=page, fragment_id=fragment)
        state.widget_states.widgets.extend(states)
        self._socket.send(BackMsg(rerun_script=state).SerializeToString())
        return list(self._until_finished())

    def _until_finished(self) -> Iterator[ForwardMsg]:
        while True:
            data = self._socket.recv(timeout=LONG_SECONDS)
            message = ForwardMsg.FromString(data if isinstance(data, bytes) else data.encode())
            yield message
            if message.WhichOneof("type") == "script_finished":
                return


@contextmanager
def raw_client(url: str, cookie: str = "") -> Iterator[RawClient]:
    """Connect as a page of this server would, with this cookie."""
    address = url.replace("http://", "ws://") + "/_stcore/stream"
    headers = {"Cookie": cookie} if cookie else {}
    options = {"origin": url, "additional_headers": headers, "max_size": None}
    with connect(address, subprotocols=["streamlit", "x"], **options) as socket:  # type: ignore[arg-type]
        yield RawClient(socket)


def everything(messages: Sequence[ForwardMsg]) -> bytes:
    """All that was sent, as it went over the line."""
    return b"\n".join(one.SerializeToString() for one in messages)


def widget_ids(messages: Sequence[ForwardMsg]) -> list[str]:
    """The ids of all inputs and buttons that were drawn."""
    found = []
    for message in messages:
        element = message.delta.new_element
        kind = element.WhichOneof("type")
        if kind and hasattr(getattr(element, kind), "id"):
            found.append(getattr(element, kind).id)
    return [one for one in found if one]
