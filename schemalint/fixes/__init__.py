"""Fixes of findings, put into files: what `check --fix` does and `check --diff` shows.

Every pass applies the fixes that do not touch one another, first come, first served by place; then the project is read and
judged again as it would be with those edits, and what is left is fixed in the next pass. Nothing is written before the last
pass: `Outcome` holds the new content of each file. A file that its language would not parse any more, or of which less is
understood than before, is left as it was, and that is said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from schemalint.discover import MemoryTree, Tree
from schemalint.fixes import python
from schemalint.fixes.parsing import has_grammar, parses
from schemalint.model.finding import Edit, Finding, Fix
from schemalint.model.frozen import frozen
from schemalint.model.report import Report
from schemalint.model.span import SourceFile

PASSES = 10
"""As often as that edits may stand in each other's way, or lay open what else can be fixed."""
_MARK = b"\xef\xbb\xbf"


@frozen
class Outcome:
    """`report` is what is left, `files` the content of each changed file before and after, `applied` the number of fixes in
    them. `refused` says of files why fixes of them were not applied."""

    report: Report
    files: Mapping[str, tuple[bytes, bytes]]
    applied: int
    refused: Mapping[str, str]


class Overlay:
    """A tree in which some files hold something else."""

    def __init__(self, tree: Tree, changed: Mapping[str, bytes]) -> None:
        self._tree = tree
        self._changed = MemoryTree(changed)
        self._paths = frozenset(changed)
        self.paths = tree.paths

    @property
    def unreadable(self) -> Mapping[str, str]:
        """Files that could not be read so far, by path, with the reason."""
        kept = {path: why for path, why in self._tree.unreadable.items() if path not in self._paths}
        return {**kept, **self._changed.unreadable}

    def within(self, folder: str) -> tuple[str, ...]:
        """The files that stand right in a folder."""
        return self._tree.within(folder)

    def read(self, path: str) -> bytes | None:
        """The bytes of a file."""
        return self._changed.read(path) if path in self._paths else self._tree.read(path)

    def file(self, path: str, dialect: str | None = None) -> SourceFile | None:
        """The decoded file."""
        return self._changed.file(path) if path in self._paths else self._tree.file(path, dialect)

    def exists(self, path: str) -> bool:
        """Whether a file or folder stands there."""
        return self._tree.exists(path)

    def could_exist(self, path: str) -> bool:
        """Whether one may stand there later."""
        return self._tree.could_exist(path)


def offered(report: Report, tree: Tree) -> Report:
    """The report in which every finding carries its fix, those of Python models included: what machine formats print."""
    if not any(finding.repairs for finding in report.findings):
        return report
    found = (replace(one, fix=one.fix or python.fix(one.repairs, tree)) for one in report.findings)
    return replace(report, findings=tuple(found))


def fixable(report: Report, tree: Tree) -> tuple[int, int]:
    """How many findings have a safe fix, and how many an unsafe one. Makes no fix that is not there yet."""
    safe = [
        finding.fix.safe if finding.fix is not None else python.is_safe(finding.repairs, tree)
        for finding in report.findings
        if finding.fix is not None or finding.repairs
    ]
    return safe.count(True), safe.count(False)


def fix(
    tree: Tree,
    report: Report,
    check: Callable[[Tree], Report],
    unsafe: bool = False,
    editable: Callable[[str], str | None] = lambda path: None,
) -> Outcome:
    """Applies the fixes of a report, the unsafe ones only if asked for. `check` judges a tree anew; `editable` tells why a
    file must not be edited, None where it may."""
    report = offered(report, tree)
    now: Tree = tree
    changed: dict[str, bytes] = {}
    applied = 0
    refused: dict[str, str] = {}
    for _ in range(PASSES):
        chosen = _chosen(report.findings, now, unsafe, editable, refused)
        if not chosen:
            break
        edited = {path: _edited(now, path, edits) for path, edits in _by_file(chosen).items()}
        worse = {path for path, content in edited.items() if _broken(path, now.read(path) or b"", content)}
        if not worse:
            overlay = Overlay(tree, {**changed, **edited})
            after = offered(check(overlay), overlay)
            worse = _less_read(report, after, edited)
        if worse:
            refused |= dict.fromkeys(worse, "it could not be read as well as before: please report that")
            continue
        now, report, applied = overlay, after, applied + len(chosen)
        changed |= edited
    files = {path: (tree.read(path) or b"", content) for path, content in sorted(changed.items())}
    return Outcome(report, files, applied, dict(sorted(refused.items())))


def _chosen(
    findings: Iterable[Finding],
    tree: Tree,
    unsafe: bool,
    editable: Callable[[str], str | None],
    refused: dict[str, str],
) -> list[Fix]:
    """The fixes of one pass, in the order of the findings: one that touches an earlier one waits. Files that must not be
    edited are added to `refused`."""
    chosen: list[Fix] = []
    taken: list[Edit] = []
    for finding in findings:
        fix = finding.fix
        if fix is None or not fix.edits or not (fix.safe or unsafe):
            continue
        for path in {edit.span.path for edit in fix.edits} - refused.keys():
            why = _uneditable(tree, path) or editable(path)
            if why is not None:
                refused[path] = why
        if any(edit.span.path in refused for edit in fix.edits):
            continue
        if not any(_touch(edit, other) for edit in fix.edits for other in taken):
            chosen.append(fix)
            taken += fix.edits
    return chosen


def _touch(one: Edit, other: Edit) -> bool:
    """Whether two edits overlap, or something is put in where the other begins or ends: the order would not be certain."""
    (path, start, end), (other_path, other_start, other_end) = one.span, other.span
    if path != other_path:
        return False
    if start == end or other_start == other_end:
        return start <= other_end and other_start <= end
    return start < other_end and other_start < end


def _uneditable(tree: Tree, path: str) -> str | None:
    """Why positions in the text of a file are no positions in its bytes."""
    content, file = tree.read(path), tree.file(path)
    if content is None or file is None or file.cuts:
        return "it is too large, or packed"
    if content.removeprefix(_MARK) != file.text.encode("utf-8", "surrogatepass"):
        return "it is not UTF-8"
    return None


def _by_file(fixes: Iterable[Fix]) -> dict[str, list[Edit]]:
    found: dict[str, list[Edit]] = {}
    for fix in fixes:
        for edit in fix.edits:
            found.setdefault(edit.span.path, []).append(edit)
    return found


def _edited(tree: Tree, path: str, edits: Iterable[Edit]) -> bytes:
    """The bytes of a file with edits that do not touch one another. A mark at its start stays."""
    content, file = tree.read(path) or b"", tree.file(path)
    text = file.text if file is not None else ""
    for edit in sorted(edits, key=lambda edit: edit.span.start, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return (_MARK if content.startswith(_MARK) else b"") + text.encode("utf-8", "surrogatepass")


def _broken(path: str, before: bytes, after: bytes) -> bool:
    return not parses(path, after) and parses(path, before)


def _less_read(before: Report, after: Report, paths: Collection[str]) -> set[str]:
    """The files of which more was not understood after than before. Code that parses whole is none of them: what it says now
    may be a type that nobody knows."""
    known, now = Counter(_unread(before)), Counter(_unread(after))
    return {path for path in paths if now[path] > known[path]}


def _unread(report: Report) -> Iterator[str]:
    yield from (one.span.path for one in report.unread if not has_grammar(one.span.path))
    yield from (one.path for one in report.unreadable)
