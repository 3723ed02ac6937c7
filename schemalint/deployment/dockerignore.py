"""`.dockerignore`: Docker's own rules, not git's. A pattern is anchored at the context, the last match wins."""

from __future__ import annotations

import re
from functools import lru_cache
from posixpath import normpath

from schemalint.model.span import SourceFile, Span

_ODD_CLASS = re.compile(r"\[[^\]]*(?:\[|--|&&|\|\||~~)")
_SPECIAL = frozenset(".+()|{}$^")


def patterns(file: SourceFile) -> tuple[tuple[str, Span], ...]:
    """The cleaned patterns of a file in order, exceptions with their `!`, each with its place."""
    found = []
    at = 0
    for line in file.text.split("\n"):
        start, at = at, at + len(line) + 1
        text = line.strip()
        if line.startswith("#") or not text:
            continue
        begin = start + line.index(text)
        negated = text.startswith("!")
        body = text[1:].strip() if negated else text
        body = normpath(body) if body else ""
        body = re.sub(r"^/+", "/", body)
        if len(body) > 1:
            body = body.removeprefix("/")
        if body:
            found.append(("!" * negated + body, Span(file.path, begin, begin + len(text))))
    return tuple(found)


def excluded(path: str, ignores: tuple[tuple[str, Span], ...]) -> tuple[bool | None, Span | None]:
    """Whether a path of the context is kept out, and by which pattern; None when a pattern cannot be judged."""
    names = path.split("/")
    prefixes = ["/".join(names[: count + 1]) for count in range(len(names))]
    out, because = False, None
    for text, span in ignores:
        negated = text.startswith("!")
        if negated != out:
            continue
        pattern = _compiled(text.removeprefix("!"))
        if pattern is None:
            return None, span
        if any(pattern.fullmatch(prefix) for prefix in prefixes):
            out, because = not negated, span
    return out, because


@lru_cache(maxsize=512)
def _compiled(text: str) -> re.Pattern[str] | None:
    """The pattern as moby/patternmatcher compiles it; None for those that cost too much or mean nothing there."""
    if len(text) > 300 or text.count("**") > 3 or text.count("*") > 12 or _ODD_CLASS.search(text):
        return None
    out: list[str] = []
    at = 0
    while at < len(text):
        char = text[at]
        at += 1
        if char == "*" and text[at : at + 1] == "*":
            at += 1
            if text[at : at + 1] == "/":
                at += 1
            out.append(".*" if at >= len(text) else "(?:.*/)?")
        elif char == "*":
            out.append("[^/]*")
        elif char == "?":
            out.append("[^/]")
        elif char == "\\":
            out.append(re.escape(text[at : at + 1] or "\\"))
            at += 1
        elif char in _SPECIAL and not _in_class(text, at - 1):
            out.append("\\" + char)
        else:
            out.append(char)
    try:
        return re.compile("".join(out), re.DOTALL)
    except re.error:
        return None


def _in_class(text: str, at: int) -> bool:
    """Whether the character stands inside `[…]`, where only `^` and `-` mean something."""
    opening = text.rfind("[", 0, at)
    return opening >= 0 and "]" not in text[opening:at] and "]" in text[at:]
