"""XML changelogs to nodes. Entities of their own are refused before they could be expanded."""

from __future__ import annotations

import re
from xml.parsers import expat

from schemalint.model.span import SourceFile
from schemalint.parsers.liquibase.nodes import Node, Unreadable
from schemalint.parsers.liquibase.texts import Chunk, Text

_DEPTH = 60
_NODES = 500_000
_ATTRIBUTE = re.compile(r"""\s*([\w:.\-]+)\s*=\s*("[^"]*"|'[^']*')""")
_REFERENCE = re.compile(r"&(#x[0-9A-Fa-f]{1,6}|#[0-9]{1,7}|\w+);|\r\n|\s")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}


class _Reader:
    """Builds nodes of what the parser meets."""

    def __init__(self, file: SourceFile) -> None:
        self.file = file
        self.root: Node | None = None
        self.open: list[Node] = []
        self.pieces: list[list[Chunk]] = []
        self.count = 0
        self.data = file.text.encode("utf-8", "surrogatepass")
        self.passed = (0, 0)  # bytes, and the code points that they are
        self.parser = parser = expat.ParserCreate("utf-8")
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.characters
        parser.EntityDeclHandler = self.entity

    def offset(self) -> int:
        """Where the parser is. It hardly ever goes back: only what lies between two calls is counted."""
        at = self.parser.CurrentByteIndex
        if len(self.data) == len(self.file.text):
            return at
        byte, point = self.passed if self.passed[0] <= at else (0, 0)
        self.passed = (at, point + len(self.data[byte:at].decode("utf-8", "surrogatepass")))
        return self.passed[1]

    def entity(self, *_: object) -> None:
        raise Unreadable(self.offset(), "it declares entities of its own, which are not expanded")

    def start(self, name: str, _: object) -> None:
        at = self.offset() + 1
        self.count += 1
        if self.count > _NODES or len(self.open) >= _DEPTH:
            raise Unreadable(at, "it is nested too deeply, or too large")
        text = self.file.text
        node = Node(name.rpartition(":")[2], (at, at + len(name)), (at - 1, at + len(name)))
        end = at + len(name)
        while (match := _ATTRIBUTE.match(text, end)) is not None:
            end = match.end()
            if not match[1].startswith("xmlns") and ":" not in match[1]:
                first, last = match.start(2) + 1, match.end(2) - 1
                value = _decoded(text[first:last], first)
                node.children.append(Node(match[1], match.span(1), (match.start(1), end), value))
        if self.open:
            self.open[-1].children.append(node)
        elif self.root is None:
            self.root = node
        self.open.append(node)
        self.pieces.append([])

    def end(self, name: str) -> None:
        node, pieces = self.open.pop(), self.pieces.pop()
        close = self.file.text.find(">", self.offset())
        node.whole = (node.whole[0], max(node.at[1], close + 1))
        if pieces:
            node.text = tuple(pieces)

    def characters(self, data: str) -> None:
        at, text = self.offset(), self.file.text
        if text.startswith(data, at):
            end = at + len(data)
        elif text.startswith("&", at):
            end = text.find(";", at) + 1
        else:
            end = at + (2 if text.startswith("\r\n", at) else len(data))
        self.pieces[-1].append(Chunk(data, at, end))


def _decoded(raw: str, start: int) -> Text:
    """The value of an attribute: references replaced, line ends and tabs made blanks."""
    chunks, at = [], 0
    for match in _REFERENCE.finditer(raw):
        if match.start() > at:
            chunks.append(Chunk(raw[at : match.start()], start + at, start + match.start()))
        chunks.append(Chunk(_letter(match[1]), start + match.start(), start + match.end()))
        at = match.end()
    if at < len(raw):
        chunks.append(Chunk(raw[at:], start + at, start + len(raw)))
    return tuple(chunks)


def _letter(reference: str | None) -> str:
    if reference is None:
        return " "
    if reference.startswith("#"):
        number = int(reference[2:], 16) if reference[1] in "xX" else int(reference[1:])
        return chr(number) if number < 0x110000 else "\ufffd"
    return _NAMED.get(reference, "\ufffd")


def read(file: SourceFile) -> Node:
    """The root element of a file. Raises Unreadable."""
    reader = _Reader(file)
    try:
        reader.parser.Parse(reader.data, True)
    except expat.ExpatError as error:
        at = file.offset_of_byte(max(0, reader.parser.ErrorByteIndex))
        raise Unreadable(at, f"it is not well-formed XML: {expat.ErrorString(error.code)}") from None
    if reader.root is None:
        raise Unreadable(0, "it is empty")
    return reader.root
