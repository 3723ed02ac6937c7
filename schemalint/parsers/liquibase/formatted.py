"""Formatted SQL (`--liquibase formatted sql`) to nodes, a `changeSet` with one `sql` for each `--changeset author:id`.

The patterns are those that Liquibase documents (docs: "SQL changelog example", "rollback", "preconditions"); letter case and
blanks behind the dashes do not matter to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from schemalint.model.span import SourceFile
from schemalint.parsers.liquibase.nodes import Node
from schemalint.parsers.liquibase.texts import Chunk, Text, verbatim

_CHANGE_SET = re.compile(
    r"^[ \t]*--[ \t]*changeset[ \t]+(\"[^\"\n]+\"|[^:\n]+):[ \t]*(\"[^\"\n]+\"|\S+)([^\n]*)$|^[ \t]*--[ \t]*changeset\b[^\n]*$",
    re.I | re.M,
)
_ATTRIBUTE = re.compile(r"(\w+):(\"[^\"\n]*\"|\S*)")
_PROPERTY = re.compile(r"^[ \t]*--[ \t]*property[ \t]+([^\n]*)$", re.I | re.M)
_ROLLBACK = re.compile(
    r"^[ \t]*--[ \t]*rollback[ \t]+([^\n]*)$|^[ \t]*/\*[ \t]*liquibase[ \t]+rollback[ \t]*$", re.I | re.M
)
_ROLLBACK_END = re.compile(r"\*/")
_PRECONDITIONS = re.compile(r"^[ \t]*--[ \t]*preconditions\b([^\n]*)$", re.I | re.M)
_PRECONDITION = re.compile(r"^[ \t]*--[ \t]*precondition-([\w-]+)([^\n]*)$", re.I | re.M)
_IGNORED = re.compile(
    r"^[ \t]*--[ \t]*ignoreLines:(?:start\b.*?^[ \t]*--[ \t]*ignoreLines:end\b|(\d{1,6}))", re.I | re.M | re.S
)
_NEEDLESS = frozenset({"empty", "not required"})


def read(file: SourceFile) -> Node:
    """The changelog that a file of formatted SQL is."""
    text = file.text
    root = Node("databaseChangeLog", (0, len(file.line(1))), (0, len(text)))
    heads = list(_CHANGE_SET.finditer(text))
    header = text[: heads[0].start()] if heads else text
    first = header.find("\n")
    root.children += _attributes(header[:first] if first >= 0 else header, header.lower().find("formatted") + 9)
    for match in _PROPERTY.finditer(text):
        root.children.append(
            Node("property", match.span(), match.span(), None, list(_attributes(text, *match.span(1))))
        )
    ends = [head.start() for head in heads[1:]] + [len(text)]
    for head, end in zip(heads, ends, strict=False):  # without a changeset there is an end all the same
        root.children.append(_change_set(text, head, end))
    return root


def _attributes(text: str, start: int, end: int | None = None) -> Iterator[Node]:
    """`name:value name:"longer value"` as children."""
    for match in _ATTRIBUTE.finditer(text, max(start, 0), len(text) if end is None else end):
        low, high = match.span(2)
        if high - low >= 2 and text[low] == '"':
            low, high = low + 1, high - 1
        yield Node(match[1], match.span(1), match.span(), verbatim(text, low, high))


def _change_set(text: str, head: re.Match[str], end: int) -> Node:
    node = Node("changeSet", head.span(), (head.start(), end))
    if head[1] is None:
        node.name = "unreadable"
        return node
    for name, group in (("author", 1), ("id", 2)):
        low, high = head.span(group)
        if text[low] == '"':
            low, high = low + 1, high - 1
        node.children.append(Node(name, head.span(group), head.span(group), verbatim(text, low, high)))
    node.children += _attributes(text, *head.span(3))
    for name in ("splitStatements", "endDelimiter", "rollbackSplitStatements", "rollbackEndDelimiter"):
        node.children = [one if one.name.lower() != name.lower() else _renamed(one, name) for one in node.children]
    options = [one for one in node.children if one.name in ("splitStatements", "endDelimiter")]
    body = Node("sql", head.span(), (head.end(), end), _body(text, head.end(), end), options)
    node.children += [*_preconditions(text, head.end(), end), *_rollbacks(text, head.end(), end), body]
    return node


def _renamed(node: Node, name: str) -> Node:
    node.name = name
    return node


def _body(text: str, start: int, end: int) -> Text:
    """The SQL itself, without rollbacks and lines that are to be ignored."""
    cuts = []
    for match in _IGNORED.finditer(text, start, end):
        stop = match.end()
        for _ in range(int(match[1] or 0) + 1):
            stop = text.find("\n", stop, end) + 1 or end
        cuts.append((match.start(), stop))
    for match in _ROLLBACK.finditer(text, start, end):
        close = None if match[1] is not None else _ROLLBACK_END.search(text, match.end(), end)
        cuts.append((match.start(), match.end() if match[1] is not None else close.end() if close else end))
    chunks, at = [], start
    for first, last in sorted(cuts):
        if first >= at:
            chunks.append(Chunk(text[at:first], at, first))
        at = max(at, last)
    chunks.append(Chunk(text[at:end], at, end))
    return tuple(chunk for chunk in chunks if chunk.text)


def _preconditions(text: str, start: int, end: int) -> Iterator[Node]:
    match = _PRECONDITIONS.search(text, start, end)
    inner = [
        Node(one[1], one.span(1), one.span(), None, list(_attributes(text, *one.span(2))))
        for one in _PRECONDITION.finditer(text, start, end)
    ]
    if match is not None:
        yield Node("preConditions", match.span(), match.span(), None, [*_attributes(text, *match.span(1)), *inner])


def _rollbacks(text: str, start: int, end: int) -> Iterator[Node]:
    """Lines `--rollback …`, taken together, and `/* liquibase rollback … */`."""
    chunks: list[Chunk] = []
    first: tuple[int, int] | None = None
    for match in _ROLLBACK.finditer(text, start, end):
        first = first or match.span()
        if match[1] is None:
            close = _ROLLBACK_END.search(text, match.end(), end)
            chunks.append(
                Chunk(text[match.end() : close.start() if close else end], match.end(), close.start() if close else end)
            )
            continue
        line = match[1].strip()
        if line.lower() in _NEEDLESS:
            continue
        if re.match(r"changesetid:", line, re.I):
            yield Node("rollback", match.span(), match.span(), None, list(_attributes(text, *match.span(1))))
            return
        chunks += (Chunk(match[1], *match.span(1)), Chunk("\n", match.end(), match.end()))
    if first is not None:
        yield Node("rollback", first, (first[0], chunks[-1].end if chunks else first[1]), tuple(chunks))
