"""Comments that silence findings: `schemalint: ignore[SL101] reason` at any location of a finding, on its line or alone on
the line above, and `schemalint: ignore-file[SL101]` anywhere in a file. The comment style is the file's own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from schemalint.discover import Tree
from schemalint.model.finding import Finding
from schemalint.model.frozen import frozen
from schemalint.model.report import UnusedIgnore
from schemalint.model.span import SourceFile, Span

_COMMENT = re.compile(
    r"(?P<opens>--|#|//|/\*|;|<!--)\s*schemalint:\s*(?P<how>ignore-file|ignore)(?![\w-])(?:\[(?P<words>[^\]\n]*)\])?"
)
_CLOSES = {"/*": "*/", "<!--": "-->"}


@frozen
class _Word:
    """One word of a comment, and what to cut out of the file to be rid of it; None where that is not sure."""

    text: str
    span: Span
    how: str
    cut: Span | None


@dataclass(slots=True)
class _Comments:
    """The words of a file's comments: those that hold for all of it, and those for each line."""

    whole: list[_Word] = field(default_factory=list)
    lines: dict[int, list[_Word]] = field(default_factory=dict)


class Ignores:
    """The comments of a project. It remembers which of them silenced something."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._files: dict[str, _Comments | None] = {}
        self._used: set[Span] = set()

    def silenced(self, finding: Finding) -> bool:
        """Whether a comment at one of the finding's locations names its code or name."""
        silent = False
        for location in (finding.primary, *finding.related):
            comments = self._of(location.span.path)
            if comments is None:
                continue
            file = self._tree.file(location.span.path)
            line = file.position(location.span.start)[0] if file is not None else 0
            for word in (*comments.whole, *comments.lines.get(line, ())):
                if word.text in (finding.code, finding.name):
                    self._used.add(word.span)
                    silent = True
        return silent

    def unused(self, paths: Iterable[str], known: Iterable[str], judged: frozenset[str]) -> Iterator[UnusedIgnore]:
        """Every word in these files that is none of the `known` codes and names, or that is `judged`, since its rule was
        run, and silenced nothing."""
        known = frozenset(known)
        for path in sorted(set(paths)):
            comments = self._of(path)
            lines = () if comments is None else comments.lines.values()
            words = dict.fromkeys(word for some in (comments.whole if comments else (), *lines) for word in some)
            for word in words:
                if word.text not in known or (word.text in judged and word.span not in self._used):
                    yield UnusedIgnore(word.span, word.text, word.how, word.text in known, word.cut)

    def _of(self, path: str) -> _Comments | None:
        if path not in self._files:
            file = self._tree.file(path)
            self._files[path] = _read(file) if file is not None and file.speaks_to_us else None
        return self._files[path]


def _read(file: SourceFile) -> _Comments:
    found = _Comments()
    for match in _COMMENT.finditer(file.text):
        words = list(_words(match, file))
        if match["how"] == "ignore-file":
            found.whole += words
            continue
        line, column = file.position(match.start())
        found.lines.setdefault(line, []).extend(words)
        if not file.text[
            match.start() - column + 1 : match.start()
        ].strip():  # alone on its line, as others above it may be
            found.lines.setdefault(line + 1, []).extend(words)
    return found


def _words(match: re.Match[str], file: SourceFile) -> Iterator[_Word]:
    texts = (match["words"] or "").split(",")
    at = match.start("words") if match["words"] else match.start("how")
    for number, text in enumerate(texts):
        word = text.strip()
        start = at + len(text) - len(text.lstrip())
        span = file.span(start, start + len(word)) if word else file.span(match.start("how"), match.end("how"))
        cut = _comment(match, file) if len(texts) == 1 else file.span(at - bool(number), at + len(text) + (not number))
        yield _Word(word, span, match["how"], cut)
        at += len(text) + 1


def _comment(match: re.Match[str], file: SourceFile) -> Span | None:
    """The whole comment: with its line where nothing else stands there, else with the blanks before it. None where it is not
    sure where it ends."""
    end = file.text.find("\n", match.end())
    end = len(file.text) if end < 0 else end
    closes = _CLOSES.get(match["opens"])
    if closes is not None:
        at = file.text.find(closes, match.end(), end)
        if at < 0:
            return None
        rest = file.text[at + len(closes) : end]
        if rest.strip():
            return file.span(match.start(), at + len(closes))
    elif _COMMENT.search(file.text, match.end(), end):
        return None
    start = match.start()
    while start and file.text[start - 1] in " \t":
        start -= 1
    if not start or file.text[start - 1] == "\n":
        return file.span(start, min(end + 1, len(file.text)))
    return file.span(start, end - 1 if file.text[end - 1] == "\r" else end)
