"""When two addresses certainly lead to two databases, and what a database is called after its address."""

from __future__ import annotations

import re
from typing import Any

_NAMED = re.compile(r"(?:\b(?:dbname|database)\s*=\s*'?|^\w+://[^/?\s]*/|@(?:\w+\([^()]*\))?/)([^\s'?;&/]+)")
_FILE = re.compile(r"[^?]+\.(?:db\w*|sqlite\w*)")
_ENVIRONMENT = re.compile(r"(?:os\.(?:Getenv|LookupEnv|ExpandEnv)|syscall\.Getenv)")
_FORMATS = re.compile(r"(?:fmt\.Sprintf|\+)")
_LOGIN = re.compile(
    r"(?i)(?:user(?:name)?|usr|pass(?:word|wd)?|pwd|secret|login|role|ssl\w*|mode|charset|zone|tz|params?|options?)$"
)
"""What says who logs in and how, and not where to."""


def differ(one: Any, other: Any) -> bool:
    """Whether two addresses certainly lead to two databases: they are put together in the same way of parts of which one
    differs."""
    if one is None or other is None or _shape(one) != _shape(other):
        return False
    return any(_leaves_differ(*pair) for pair in zip(_leaves(one), _leaves(other), strict=True))


def variable(address: Any) -> str | None:
    """The environment variable that holds the whole address."""
    if address is None or address[0] != "call" or not _ENVIRONMENT.fullmatch(address[1]) or len(address[2]) != 1:
        return None
    text = address[2][0]
    return str(text[1]) if text[0] == "text" else None


def label(address: Any) -> str:
    """What to call a database by its address, "" where nothing tells."""
    name = variable(address)
    if name is not None or address is None:
        return name or ""
    for kind, text, _ in _leaves(address):
        found = _database(text) if kind == "text" else None
        if found is not None and "%" not in found:
            return re.sub(r"[^\w.-]+", "", found)
    words = [text for kind, text, formatted in _leaves(address) if not formatted or kind == "name"]
    return re.sub(r"[^\w.-]+", "", words[-1] if words else "")


def filled(address: Any, arguments: list[Any] | None) -> Any:
    """An address with a function's parameters replaced by what a call gives for them; None where it gives nothing known."""
    if address is None or address[0] in ("text", "name"):
        return address
    if address[0] == "parameter":
        _, number, rest = address
        given = arguments[number] if arguments is not None and number < len(arguments) else None
        if given is None or not rest:
            return given
        if given[0] == "name":
            return ["name", f"{given[1]}.{rest}"]
        return ["call", f".{rest}", [given]]
    parts = [filled(part, arguments) for part in address[-1]]
    return None if None in parts else [*address[:-1], parts]


def _shape(address: Any) -> str:
    match address[0]:
        case "call":
            return f"{address[1]}({','.join(map(_shape, address[2]))})"
        case "either":
            return f"|{','.join(map(_shape, address[1]))}|"
    return str(address[0])


def _leaves(address: Any, formatted: bool = True) -> list[tuple[str, str, bool]]:
    """Kind, text, and whether it is a part of the address itself rather than the name of one."""
    match address[0]:
        case "call":
            inner = formatted and _FORMATS.fullmatch(address[1]) is not None
            return [leaf for part in address[2] for leaf in _leaves(part, inner)]
        case "either":
            return [leaf for part in address[1] for leaf in _leaves(part, formatted)]
        case "parameter":
            return [("parameter", f"{address[1]}.{address[2]}", formatted)]
    return [(address[0], address[1], formatted)]


def _leaves_differ(one: tuple[str, str, bool], other: tuple[str, str, bool]) -> bool:
    (kind, mine, formatted), theirs = one, other[1]
    if kind == "parameter" or mine == theirs or (_LOGIN.search(mine) and _LOGIN.search(theirs)):
        return False
    if kind == "name":
        return not (f".{mine}".endswith(f".{theirs}") or f".{theirs}".endswith(f".{mine}"))
    if not formatted:
        return True
    if _FILE.fullmatch(mine) and _FILE.fullmatch(theirs):
        return mine.removeprefix("file:").removeprefix("./") != theirs.removeprefix("file:").removeprefix("./")
    first, second = _database(mine), _database(theirs)
    return first is not None and second is not None and first != second


def _database(text: str) -> str | None:
    found = _NAMED.search(text)
    return found[1] if found is not None else None
