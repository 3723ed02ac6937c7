"""schema.prisma as plain data: a reader of Prisma's schema language.

The grammar is that of prisma-engines (psl/schema-ast, `datamodel.pest`, 7.10): blocks of lines, a field or an attribute a
line; within parentheses and brackets a line may end anywhere. Nothing here knows what an attribute means.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from schemalint.model.frozen import frozen
from schemalint.model.span import SourceFile

Data = dict[str, Any]

_TOKEN = re.compile(
    r"(?P<skip>[^\S\n]+|//[^\n]*)"
    r"|(?P<line>\n)"
    r'|(?P<text>"(?:[^"\\\n]|\\.)*")'
    r"|(?P<word>[^\W\d][\w-]*)"
    r"|(?P<number>-?\d+(?:\.\d+)?)"
    r"|(?P<mark>@@|[@(){}\[\]:,.?!=])"
    r"|(?P<other>.)"
)
_KINDS = frozenset({"model", "view", "type", "enum", "datasource", "generator"})
_DEPTH = 16  # of lists and calls in one another: Prisma's own are three deep
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))")
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}


class _Unread(Exception):
    """What stands here is not of the grammar."""


@frozen
class _Token:
    kind: str
    text: str
    start: int
    end: int


def read(file: SourceFile) -> Data:
    """The blocks of a file. A block has "kind", "name", "place", "statement", "attributes" (the `@@` lines) and "entries":
    fields, values of an enumeration, or settings; "unread" are its lines that were not understood. The file's own "unread"
    are what stands between blocks."""
    reader = _Reader([*_tokens(file.text)])
    blocks: list[Data] = []
    unread: list[list[int]] = []
    while reader.token.kind != "end":
        try:
            block = reader.block()
        except _Unread:
            unread.append(reader.rest_of_line())
        else:
            blocks += [block] if block else []
    return {"blocks": blocks, "unread": unread}


def _tokens(text: str) -> Iterator[_Token]:
    for match in _TOKEN.finditer(text):
        if match.lastgroup != "skip":
            yield _Token(match.lastgroup or "", match[0], match.start(), match.end())
    yield _Token("end", "", len(text), len(text))


class _Reader:
    def __init__(self, tokens: list[_Token]) -> None:
        self.tokens = tokens
        self.at = 0

    @property
    def token(self) -> _Token:
        return self.tokens[self.at]

    def take(self, *texts: str, kind: str = "mark") -> _Token:
        """The next token, which has to be one of these, or of that kind."""
        token = self.token
        if token.kind != kind or (texts and token.text not in texts):
            raise _Unread
        self.at += 1
        return token

    def meets(self, text: str) -> bool:
        """Steps over a mark where it stands."""
        found = self.token.kind == "mark" and self.token.text == text
        self.at += found
        return found

    def lines(self) -> None:
        while self.token.kind == "line":
            self.at += 1

    def rest_of_line(self) -> list[int]:
        """Steps behind the line and tells where it stood."""
        start = end = self.token.start
        while self.token.kind not in ("line", "end"):
            end = self.token.end
            self.at += 1
        self.lines()
        return [start, end]

    # Blocks

    def block(self) -> Data | None:
        self.lines()
        first = self.token
        if first.kind == "end":
            return None
        kind = self.take(kind="word").text
        if kind not in _KINDS:
            raise _Unread
        name = self.take(kind="word")
        self.take("{")
        made: Data = {"kind": kind, "name": name.text, "place": [name.start, name.end], "unread": []}
        made["attributes"], made["entries"] = [], []
        self.lines()
        while not self.meets("}"):
            if self.token.kind == "end":
                break
            start = self.at
            try:
                if self.meets("@@"):
                    made["attributes"].append(self.attribute())
                else:
                    made["entries"].append(self.entry(kind))
                if self.token.kind not in ("line", "end") and self.token.text != "}":
                    raise _Unread
            except _Unread:
                self.at = start
                made["unread"].append(self.rest_of_line())
            self.lines()
        made["statement"] = [first.start, self.tokens[self.at - 1].end]
        return made

    def entry(self, kind: str) -> Data:
        """A line of a block: a field, a value of an enumeration, or a setting."""
        name = self.take(kind="word")
        made: Data = {"name": name.text, "place": [name.start, name.end]}
        if kind in ("datasource", "generator"):
            self.take("=")
            return {**made, "value": self.value(0)}
        if kind != "enum":
            made |= self.type()
        made["attributes"] = []
        while self.meets("@"):
            made["attributes"].append(self.attribute())
        return made

    def type(self) -> Data:
        """The type behind a field's name: "type", "arity" ("", "?" or "[]"), and the text of an Unsupported("…")."""
        self.meets(":")  # older schemas have a colon there
        word = self.take(kind="word")
        made: Data = {"type": word.text, "arity": "", "unsupported": None}
        if word.text == "Unsupported" and self.meets("("):
            made["unsupported"] = _unescaped(self.take(kind="text").text)
            self.take(")")
        end = self.tokens[self.at - 1].end
        if self.meets("["):
            self.take("]")
            made["arity"] = "[]"
        elif self.meets("?"):
            made["arity"] = "?"
        else:
            self.meets("!")
        return {**made, "type_place": [word.start, end]}

    def attribute(self) -> Data:
        """What stands behind `@` or `@@`: a name, perhaps with a dot in it, and arguments."""
        first = self.take(kind="word")
        name = first.text
        while self.meets("."):
            name += "." + self.take(kind="word").text
        arguments = self.arguments(0) if self.meets("(") else []
        return {"name": name, "arguments": arguments, "place": [first.start, self.tokens[self.at - 1].end]}

    def arguments(self, depth: int) -> list[list[Any]]:
        """Each argument's name, None for one without, and value, up to the closing parenthesis."""
        found: list[list[Any]] = []
        while not self.meets(")"):
            key = None
            following = self.tokens[self.at + 1] if self.at + 1 < len(self.tokens) else self.token
            if self.token.kind == "word" and following.text == ":" and following.kind == "mark":
                key = self.token.text
                self.at += 2
            found.append([key, self.value(depth)])
            if not self.meets(","):
                self.take(")")
                break
        return found

    def value(self, depth: int) -> Data:
        """A value: {"text"}, {"number"}, {"list"}, {"call", "arguments"} or {"word"}, with its place."""
        token = self.token
        self.at += token.kind != "end"
        made: Data
        if depth > _DEPTH:
            raise _Unread
        if token.kind == "text":
            made = {"text": _unescaped(token.text)}
        elif token.kind == "number":
            made = {"number": token.text}
        elif token.kind == "word":
            name = token.text
            while self.meets("."):  # a field of a composite type
                name += "." + self.take(kind="word").text
            made = {"call": name, "arguments": self.arguments(depth + 1)} if self.meets("(") else {"word": name}
        elif token.text == "[":
            made = {"list": self.items(depth + 1)}
        else:
            raise _Unread
        return {**made, "place": [token.start, self.tokens[self.at - 1].end]}

    def items(self, depth: int) -> list[Data]:
        found: list[Data] = []
        while not self.meets("]"):
            found.append(self.value(depth))
            if not self.meets(","):
                self.take("]")
                break
        return found


def _unescaped(text: str) -> str:
    def one(match: re.Match[str]) -> str:
        return chr(int(match[1], 16)) if match[1] else _ESCAPED.get(match[2], match[2])

    return _ESCAPE.sub(one, text[1:-1])
