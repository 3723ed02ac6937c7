"""Loops of the shell that give every script of a folder to a database's client: the simplest migration tool there is.

`for f in migrations/*.sql; do psql -f "$f"; done`, `cat migrations/*.sql | psql`
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from posixpath import dirname

from schemalint.deployment.places import find
from schemalint.deployment.written import Written
from schemalint.discover import Tree
from schemalint.model.deployment import ToolCall
from schemalint.shell import Command, FromFile, Word
from schemalint.sql.heredocs import CLIENTS, calls_client

_GLOB = re.compile(r"(?P<folder>[^*?]*/|)\*\.sql")
_RUNTIME = re.compile(r".*[$`)}]/?")
_NAME = re.compile(r"\w+")


def read(tree: Tree, written: Iterable[Written]) -> Iterator[ToolCall]:
    """A call of the tool "sql" for every such loop."""
    for one in written:
        if "*.sql" not in one.text or CLIENTS.search(one.text.encode("utf-8", "replace")) is None:
            continue
        variables: dict[str, str] = {}
        found: list[ToolCall] = []
        others = False
        for command in one.commands():
            words = [word.text for word in command.words]
            if words[0] == "for" and len(words) == 4 and words[2] == "in" and _NAME.fullmatch(words[1]):
                variables[words[1]] = words[3]
            elif calls_client(command):
                given = list(_given(command))
                glob = next((each for text in given if (each := _glob(text, variables)) is not None), None)
                others = others or (glob is None and any(text.endswith(".sql") for text in given))
                if glob is not None:
                    span = one.span(command.start, command.end)
                    text = " ".join(one.text[command.start : command.end].split())
                    found.append(ToolCall("sql", _folder(tree, glob, one), one.where, span, text))
        if not others:  # else the loop works on what those scripts made
            yield from found


def _given(command: Command) -> Iterator[str]:
    """The words of a command that may name a file, and those of the command before its pipe."""
    words: list[Word] = list(command.words[1:])
    if isinstance(command.stdin, FromFile):
        words.append(command.stdin.word)
    elif isinstance(command.stdin, Command):
        words += command.stdin.words[1:]
    for word in words:
        yield word.text
        yield from word.text.split()  # of `sh -c "…"`


def _glob(text: str, variables: dict[str, str]) -> str | None:
    """The folder whose scripts a word stands for, as written."""
    name = text.lstrip("$").strip("{}")  # make doubles the mark
    match = _GLOB.fullmatch(variables.get(name, text) if text.startswith("$") else text)
    return None if match is None else match["folder"]


def _folder(tree: Tree, glob: str, one: Written) -> str | None:
    folder = _RUNTIME.sub("", glob).strip("/") if "$" in glob or "`" in glob else glob.rstrip("/")
    return find(tree, folder, *dict.fromkeys((one.folder, dirname(one.file.path), ""))) if folder else None
