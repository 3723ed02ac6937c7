"""The statement files: statements with the marks above them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "statements"
_MARKS = ("wrong", "unread", "ours")


@dataclass
class Statement:
    """`mark` is one of `_MARKS` or "", `says` the lines written by hand; `nothing` that there are none, which is right."""

    sql: str
    mark: str = ""
    reason: str = ""
    says: list[str] = field(default_factory=list)
    nothing: bool = False


def statements(name: str) -> Iterator[Statement]:
    """The statements of one file, in order."""
    pending = Statement("")
    lines: list[str] = []
    for number, line in enumerate((FOLDER / f"{name}.sql").read_text().splitlines(), 1):
        mark, _, text = line.removeprefix("-- ").partition(": ")
        if not lines and line.startswith("-- ") and mark in _MARKS:
            assert text, f"{name}.sql:{number}: a mark wants its reason"
            assert not pending.mark, f"{name}.sql:{number}: one mark a statement"
            pending.mark, pending.reason = mark, text
        elif not lines and line.startswith("-- says: "):
            if text == "nothing":
                pending.nothing = True
            else:
                pending.says.append(text)
        elif line.strip() and not (not lines and line.startswith("--")):
            lines.append(line)
            if line.endswith(";"):
                pending.sql = "\n".join(lines).removesuffix(";")
                yield pending
                pending, lines = Statement(""), []
    assert not lines, f"{name}.sql: the last statement does not end"
