"""Loops of the shell that give every script of a folder to a database's client: the simplest migration tool there is.

`for f in migrations/*.sql; do psql -f "$f"; done`, `cat migrations/*.sql | psql`; the folder and the client may have names of
their own: `DIR="$ROOT/migrations"`, `SQL=(mysql --host="$HOST")`.
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
_RUNTIME = re.compile(r".*(?:\$\w+|[`)}])/?")
_ASSIGNED = re.compile(
    r"^[ \t]*(?:export[ \t]+|readonly[ \t]+|local[ \t]+)?"
    r"([A-Za-z_]\w*)=(?:\"([^\"\n]*)\"|'([^'\n]*)'|(\([^\n]*)|([^\s;&|]*))",
    re.M,
)
_CLIENT = re.compile(r"\(?[ \t]*(?:\S*/)?(?:psql|mysql|mariadb|sqlite3)\b")
_VARIABLE = re.compile(r"\$\{?(\w+)\}?")
_NAME = re.compile(r"\w+")


def read(tree: Tree, written: Iterable[Written]) -> Iterator[ToolCall]:
    """A call of the tool "sql" for every such loop."""
    for one in written:
        if "*.sql" not in one.text or CLIENTS.search(one.text.encode("utf-8", "replace")) is None:
            continue
        assigned = _assigned(one.text)
        clients = {f"${{{name}[@]}}" for name, value in assigned.items() if _CLIENT.match(value)}
        clients |= {form for name in clients for form in (name.replace("[@]", ""), "$" + name[2:-4])}
        variables: dict[str, str] = {}
        found: list[ToolCall] = []
        others = False
        for command in one.commands():
            words = [word.text for word in command.words]
            if words[0] == "for" and len(words) == 4 and words[2] == "in" and _NAME.fullmatch(words[1]):
                variables[words[1]] = words[3]
            elif words[0] in clients or calls_client(command):
                given = list(_given(command))
                glob = next((each for text in given if (each := _glob(text, variables)) is not None), None)
                others = others or (glob is None and any(text.endswith(".sql") for text in given))
                if glob is not None:
                    span = one.span(command.start, command.end)
                    text = " ".join(one.text[command.start : command.end].split())
                    found.append(ToolCall("sql", _folder(tree, _meant(glob, assigned), one), one.where, span, text))
        if not others:  # else the loop works on what those scripts made
            yield from found


def _assigned(text: str) -> dict[str, str]:
    """What the variables hold to which something is assigned once."""
    found: dict[str, str | None] = {}
    for match in _ASSIGNED.finditer(text):
        name, *values = match.groups()
        found[name] = None if name in found else next((value for value in values if value is not None), "")
    return {name: value for name, value in found.items() if value is not None}


def _meant(folder: str, assigned: dict[str, str]) -> str:
    """A folder with what stands in the variable that it begins with, and in the one which that begins with."""
    for _ in range(4):
        match = _VARIABLE.match(folder)
        if match is None or match[1] not in assigned:
            break
        folder = assigned[match[1]] + folder[match.end() :]
    return folder


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
