"""XML of a workbook, read a piece at a time; what declares a document type is refused."""

from typing import IO
from xml.parsers import expat

from assessment.domain.errors import Fault, Refused

_CHUNK = 1 << 16
Attributes = dict[str, str]


class Handler:
    """What is done with the parts of an XML file; names of elements come without a prefix."""

    def start(self, name: str, attributes: Attributes) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, data: str) -> None:
        """Some of the text inside."""


class Texts(Handler):
    """Collects the text of the ``t`` elements; what only helps to pronounce it is left out."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._is_open = False
        self._spoken = 0

    def start(self, name: str, attributes: Attributes) -> None:  # noqa: ARG002
        """Begin a run of text."""
        self._spoken += name == "rPh"
        self._is_open = name in ("t", "v") and not self._spoken

    def end(self, name: str) -> None:
        """End a run of text."""
        self._spoken -= name == "rPh"
        self._is_open = False

    def text(self, data: str) -> None:
        """Keep what stands in a run of text."""
        if self._is_open:
            self._pieces.append(data)

    def taken(self) -> str:
        """All text since the last time."""
        text = "".join(self._pieces)
        self._pieces.clear()
        return text


def parse(file: IO[bytes], handler: Handler) -> None:
    """Read one XML file to its end. Raises ``Refused``."""
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def refuse(*_: object) -> None:
        raise Refused([Fault("import_document_type")])

    def begin(name: str, attributes: Attributes) -> None:
        # Few files give their elements a prefix: only those pay for taking it off.
        if ":" in name:
            parser.StartElementHandler = lambda one, said: handler.start(_bare(one), said)
            parser.EndElementHandler = lambda one: handler.end(_bare(one))
        else:
            parser.StartElementHandler = handler.start
            parser.EndElementHandler = handler.end
        handler.start(_bare(name), attributes)

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.StartElementHandler = begin
    parser.CharacterDataHandler = handler.text
    try:
        while chunk := file.read(_CHUNK):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise Refused([Fault("import_damaged")]) from error


def _bare(name: str) -> str:
    return name.rpartition(":")[2]
