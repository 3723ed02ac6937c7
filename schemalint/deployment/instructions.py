"""A Dockerfile's instructions, each with its text at its own offsets: continuations and comments are blanked."""

from __future__ import annotations

import re
from collections.abc import Iterator

from schemalint.model.frozen import frozen
from schemalint.model.span import SourceFile, Span

_DIRECTIVE = re.compile(r"#\s*([A-Za-z]+)\s*=\s*(\S+)\s*$")
_KEYWORD = re.compile(r"\s*([A-Za-z]+)(?=\s|$)")
_HEREDOC = re.compile(r"(?<![<\w])\d*<<(-?)([\"']?)([A-Za-z_][\w.]*)\2(?=[\s;|&>)]|$)")
_FLAGS = re.compile(r"\A\s*(?:--\S+\s+)*")
_WORD = re.compile(r"\S+")
_VARIABLE = re.compile(r"\\\$|\$(?:\{([A-Za-z_]\w*)(?:(:?[-+])([^{}]*))?\}|([A-Za-z_]\w*))")


_FLAGS = re.compile(r"\A\s*(?>(?:--\S+\s+)*)")


@frozen
class Instruction:
    """`text` is what follows the keyword, as long as it is in the file; `start` is where it begins. `heredocs` are the
    bodies of `<<EOF`, with where they start."""

    keyword: str
    text: str
    start: int
    span: Span
    heredocs: tuple[tuple[str, int], ...] = ()

    def words(self) -> list[tuple[str, int]]:
        """The words and where each begins."""
        return [(word.group(), self.start + word.start()) for word in _WORD.finditer(self.text)]

    def json(self) -> list[str] | None:
        """The words of the JSON form behind the flags, None for the shell form."""
        stripped = _FLAGS.sub("", self.text).strip()
        if not stripped.startswith("["):
            return None
        import json

        try:
            found = json.loads(stripped)
        except (ValueError, RecursionError):
            return None
        return found if isinstance(found, list) and all(isinstance(item, str) for item in found) else None


def instructions(file: SourceFile) -> Iterator[Instruction]:
    """Every instruction in order; ONBUILD triggers are left out, they run in another build."""
    text = file.text
    lines = _lines(text)
    escape = _escape(text, lines)
    continued = re.compile(re.escape(escape) + r"[ \t]*\r?$")
    at = 0
    while at < len(lines):
        start, end = lines[at]
        line = text[start:end]
        at += 1
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        pieces = [_without_continuation(line, continued)]
        while continued.search(line) and at < len(lines):
            next_start, next_end = lines[at]
            at += 1
            line_here = text[next_start:next_end]
            pieces.append(" " * (next_start - end))
            end = next_end
            if line_here.lstrip().startswith("#") or not line_here.strip():
                pieces.append(" " * len(line_here))
                continue
            line = line_here
            pieces.append(_without_continuation(line, continued))
        whole = "".join(pieces)
        keyword = _KEYWORD.match(whole)
        if keyword is None:
            continue
        name = keyword.group(1).upper()
        bodies: list[tuple[str, int]] = []
        if name in ("RUN", "COPY", "ADD"):
            for marker in _HEREDOC.finditer(whole, keyword.end()):
                body, after = _heredoc(text, lines, at, marker.group(3), bool(marker.group(1)))
                if body is None:
                    break
                bodies.append(body)
                end = lines[after - 1][1]
                at = after
        if name == "ONBUILD":
            continue
        begin = start + keyword.start(1)
        yield Instruction(
            name,
            whole[keyword.end() :],
            start + keyword.end(),
            Span(file.path, begin, start + len(whole.rstrip())),
            tuple(bodies),
        )


def _lines(text: str) -> list[tuple[int, int]]:
    found, at = [], 0
    for line in text.split("\n"):
        found.append((at, at + len(line)))
        at += len(line) + 1
    return found


def _escape(text: str, lines: list[tuple[int, int]]) -> str:
    for start, end in lines[:10]:
        directive = _DIRECTIVE.match(text[start:end].strip())
        if directive is None:
            break
        if directive.group(1).lower() == "escape":
            return "`" if directive.group(2) == "`" else "\\"
    return "\\"


def _without_continuation(line: str, continued: re.Pattern[str]) -> str:
    found = continued.search(line)
    return line if found is None else line[: found.start()] + " " * (len(line) - found.start())


def _heredoc(
    text: str, lines: list[tuple[int, int]], at: int, name: str, tabs: bool
) -> tuple[tuple[str, int] | None, int]:
    """The body that ends at the line `name`, and the line after it; None when it never ends."""
    for number in range(at, len(lines)):
        start, end = lines[number]
        line = text[start:end].removesuffix("\r")
        if (line.lstrip("\t") if tabs else line) == name:
            begin = lines[at][0]
            return (text[begin:start], begin), number + 1
    return None, at


def expand(text: str, values: dict[str, str | None]) -> str | None:
    """The text with ARG and ENV values put in; None when one is not known."""
    unknown = False

    def put(found: re.Match[str]) -> str:
        nonlocal unknown
        if found.group() == r"\$":
            return "$"
        name, operator, argument = found.group(1) or found.group(4), found.group(2), found.group(3)
        value = values.get(name)
        if operator and name in values and value is None:
            unknown = True
        if operator in (":-", "-"):
            value = value if value or (operator == "-" and value is not None) else argument
            if "$" in (value or ""):
                value = None
        elif operator in (":+", "+"):
            value = argument if value else ""
        if value is None:
            unknown = True
            return ""
        return value

    done = _VARIABLE.sub(put, text)
    return None if unknown else done
