"""Comments that silence findings: `schemalint: ignore[SL101] reason` at any location of a finding, on its line or alone on
the line above, and `schemalint: ignore-file[SL101]` anywhere in a file. The comment style is the file's own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from schemalint.model.finding import Finding
from schemalint.model.span import SourceFile

_COMMENT = re.compile(r"(?:--|#|//|/\*|;|<!--)\s*schemalint:\s*(ignore|ignore-file)\[([^\]\n]*)\]")


def silenced(finding: Finding, files: Mapping[str, SourceFile]) -> bool:
    """Whether a comment at one of the finding's locations names its code or name."""
    for location in (finding.primary, *finding.related):
        file = files.get(location.span.path)
        if file is None or not file.speaks_to_us:
            continue
        line, _ = file.position(location.span.start)
        if _names(finding, _whole_file(file)) or _names(finding, _on(file.line(line))):
            return True
        above = file.line(line - 1) if line > 1 else ""
        if _COMMENT.match(above.strip()) and _names(finding, _on(above)):
            return True
    return False


def _on(line: str) -> Iterable[str]:
    for match in _COMMENT.finditer(line):
        if match[1] == "ignore":
            yield from match[2].split(",")


def _whole_file(file: SourceFile) -> Iterable[str]:
    for match in _COMMENT.finditer(file.text):
        if match[1] == "ignore-file":
            yield from match[2].split(",")


def _names(finding: Finding, words: Iterable[str]) -> bool:
    return any(word.strip() in (finding.code, finding.name) for word in words)
