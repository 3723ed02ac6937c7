"""Compose's `$NAME` and `${NAME:-default}`, and the `.env` files that give values. Never the environment we run in."""

from __future__ import annotations

import re
from collections.abc import Mapping

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_DEPTH = 8


def interpolate(text: str, values: Mapping[str, str | None]) -> str | None:
    """The text with every variable replaced; None when one of them is known nowhere."""
    return _expand(text, values, 0) if "$" in text else text


def _expand(text: str, values: Mapping[str, str | None], depth: int) -> str | None:
    if depth > _DEPTH:
        return None
    out: list[str] = []
    at = 0
    while True:
        dollar = text.find("$", at)
        if dollar < 0:
            out.append(text[at:])
            return "".join(out)
        out.append(text[at:dollar])
        after = text[dollar + 1 : dollar + 2]
        if after == "$":
            out.append("$")
            at = dollar + 2
            continue
        if after == "{":
            end = closing_brace(text, dollar + 1)
            if end is None:
                return None
            value = _braced(text[dollar + 2 : end], values, depth)
            at = end + 1
        else:
            name = _NAME.match(text, dollar + 1)
            if name is None:
                out.append("$")
                at = dollar + 1
                continue
            value = values.get(name.group())
            at = name.end()
        if value is None:
            return None
        out.append(value)


def closing_brace(text: str, opening: int) -> int | None:
    """Where the `{` at `opening` is closed, other `${…}` inside it skipped."""
    depth = 0
    for at in range(opening, min(len(text), opening + 2000)):
        if text[at] == "{" and (at == opening or text[at - 1] == "$"):
            depth += 1
        elif text[at] == "}":
            depth -= 1
            if depth == 0:
                return at
    return None


def _braced(inner: str, values: Mapping[str, str | None], depth: int) -> str | None:
    name = _NAME.match(inner)
    if name is None:
        return None
    rest = inner[name.end() :]
    known = name.group() in values
    value = values.get(name.group())
    if known and value is None:
        return None
    if not rest:
        return value
    operator = rest[:2] if rest[:1] == ":" else rest[:1]
    argument = rest[len(operator) :]
    there = known and (value != "" or not operator.startswith(":"))
    if operator in (":-", "-"):
        return value if there else _expand(argument, values, depth + 1)
    if operator in (":?", "?"):
        return value if there else None
    if operator in (":+", "+"):
        return _expand(argument, values, depth + 1) if there else ""
    return None


def env_file(text: str) -> dict[str, str | None]:
    """`NAME=value` lines of a `.env` file; a value that spans lines or refers to others is None."""
    found: dict[str, str | None] = {}
    for raw in text.splitlines():
        line = raw.strip().removeprefix("export ").lstrip()
        name, equals, value = line.partition("=")
        if not equals or not _NAME.fullmatch(name.strip()):
            continue
        found[name.strip()] = _value(value.strip())
    return found


def _value(value: str) -> str | None:
    quote = value[:1]
    if quote in ("'", '"'):
        end = value.find(quote, 1)
        if end < 0 or (quote == '"' and ("\\" in value or "$" in value)):
            return None
        return value[1:end]
    comment = re.search(r"\s#", value)
    if comment:
        value = value[: comment.start()].rstrip()
    return None if "$" in value else value
