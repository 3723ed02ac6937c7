"""Atlas: every .sql file of a folder with an `atlas.sum`, by name; the version is what stands before the first underscore. A new
database begins at the last checkpoint (ariga.io/atlas v1.2.3, sql/migrate/dir.go, lex.go and migrate.go, and run)."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from posixpath import basename, dirname

from schemalint import histories
from schemalint.dialects import dialect as named
from schemalint.model.source import Fault, FaultKind, Ignored, Source, SourceKind
from schemalint.model.span import SourceFile, Span
from schemalint.parsers import Extract, Project

_USUAL = re.compile(r"[0-9]+[^/]*\.sql$")
"""Names that `atlas migrate diff` gives. Others are read once it is known that they are Atlas's."""
_HEAD = re.compile(r"((?:(?:#|--)[^\n]*\n)+)(?:[ \t]*\n|\Z)")
"""Lines that speak of the file: the first ones, with an empty line behind them. Others speak of the statement below."""
_DIRECTIVE = re.compile(r"^[ -~]*atlas:(\w+)(?: +(.+))?", re.M)
_DELIMITER = re.compile(r"-- atlas:delimiter +(.+)\n?")
_SUM_IGNORED = re.compile(rb"[ -~]*atlas:sum +ignore(?:\n|\Z)")
_ESCAPES = (("\\n", "\n"), ("\\r", "\r"), ("\\t", "\t"))
_LISTED = re.compile(r"^(\S[^\n]*\.sql) h1:(\S*)", re.M)
_NO_FOLDERS = "Atlas takes the files of its folder, and none below it"
_NOT_LISTED = "atlas.sum does not list it, and Atlas stops before its first step until `atlas migrate hash` is run"
_LEFT_OUT = "it asks to be left out of atlas.sum, and Atlas stops when it comes to it: checksum not found"
_COMMITS = (
    "it stops behind this: COMMIT ends the transaction that Atlas has opened, where `-- atlas:txmode none` opens none"
)


class Atlas:
    """Reads migration folders of Atlas. Whose a file is shows only when the whole project is seen."""

    name = "atlas"
    kind = SourceKind.MIGRATIONS
    needs_dialect = True
    endings = frozenset({"sql"})

    def claims(self, path: str, content: bytes) -> bool:
        return _USUAL.match(basename(path)) is not None and histories.marked(path, content) is None

    def extract(self, file: SourceFile, dialect: str | None) -> Extract:
        head = _HEAD.match(file.text)
        said = [(match[1], match[2], match.span()) for match in _DIRECTIVE.finditer(head[1])] if head else []
        modes = [(mode, span) for name, mode, span in said if name == "txmode"]
        delimiter = _DELIMITER.match(file.text)
        made = {
            **(
                histories.reading(file, dialect)
                if delimiter is None
                else histories.parts(file, dialect, _stretches(file.text, delimiter, named(dialect).family), None)
            ),
            "checkpoint": any(name == "checkpoint" for name, _, _ in said),
            "transaction": not modes or modes[0][0] != "none",
        }
        if len(modes) > 1 or any(mode not in ("none", "file") for mode, _ in modes):
            place = modes[-1][1]
            return histories.noted(made, "it stops here: txmode is `none` or `file`, and said once", *place)
        if made["transaction"] and named(dialect).family == "postgres" and histories.unwrapped(file.text):
            return histories.noted({**made, "transaction": None}, _COMMITS, 0, len(file.line(1)))
        return made

    def link(self, extracts: Mapping[str, Extract], project: Project) -> Iterator[Source]:
        for folder, paths in histories.owned(self.name, project):
            mine = sorted(path for path in paths if dirname(path) == folder)
            choice = project.dialect_of(folder)
            files = {path: project.tree.file(path) for path in mine if path not in extracts}
            known = {path: extracts[path] for path in mine if path in extracts}
            known |= {path: self.extract(file, choice.name) for path, file in files.items() if file is not None}
            starts = [at for at, path in enumerate(mine) if path in known and known[path]["checkpoint"]]
            run = mine[starts[-1] if starts else 0 :]
            scripts = [
                histories.one_way(
                    path,
                    _version(path),
                    known.get(path),
                    histories.transactional(choice.name, known[path]["transaction"] if path in known else True),
                )
                for path in run
            ]
            if scripts:
                below = [path for path in paths if dirname(path) != folder]
                faults, unlisted = _checked(f"{folder}/atlas.sum".lstrip("/"), mine, project)
                faults += histories.duplicates(((_version(path), _version(path), path) for path in run), project)
                ignored = (*_passed_over(below, project), *unlisted, *histories.stops(run, known))
                yield histories.history(self.name, folder, choice.name, choice.why, scripts, ignored, faults)


def _version(path: str) -> str:
    return basename(path).removesuffix(".sql").partition("_")[0]


def _stretches(text: str, said: re.Match[str], family: str) -> Iterator[tuple[int, int]]:
    """What stands between the delimiters that the first line asks for, as Atlas's scanner finds them: outside of parentheses and
    quotes, and before it looks for comments."""
    delimiter = said[1].rstrip("\r")
    for written, meant in _ESCAPES:
        delimiter = delimiter.replace(written, meant)
    single = r"'(?:[^'\\]|\\.)*(?:'|\Z)" if family == "mysql" else r"'[^']*(?:'|\Z)"
    dollars = r"|\$(\w*)\$.*?(?:\$\1\$|\Z)" if family == "postgres" else ""
    tokens = re.compile(
        rf"(?P<open>\()|(?P<close>\))|{single}|\"[^\"]*(?:\"|\Z)|`[^`]*(?:`|\Z)|(?P<cut>{re.escape(delimiter)}){dollars}"
        r"|--[^\n]*|/\*.*?(?:\*/|\Z)",
        re.S,
    )
    start, depth = said.end(), 0
    for token in tokens.finditer(text, start):
        if token["open"]:
            depth += 1
        elif token["close"]:
            depth = max(depth - 1, 0)
        elif token["cut"] and not depth:
            yield start, token.start()
            start = token.end()
    yield start, len(text)


def _checked(listing: str, paths: list[str], project: Project) -> tuple[tuple[Fault, ...], tuple[Ignored, ...]]:
    """What atlas.sum lists that is not there, what it does not list, and the first file that is not what it lists."""
    file = project.tree.file(listing)
    found = {} if file is None else {match[1]: match for match in _LISTED.finditer(file.text)}
    left_out = {path for path in paths if _SUM_IGNORED.match(project.tree.read(path) or b"")}
    names = {basename(path): path for path in paths}
    missing = [
        Fault(FaultKind.MISSING_FILE, ((listing, Span(listing, *match.span(1))),), name)
        for name, match in found.items()
        if name not in names
    ]
    others = [
        Ignored(histories.first_line(path, project), _LEFT_OUT if path in left_out else _NOT_LISTED)
        for name, path in names.items()
        if name not in found
    ]
    if file is not None and found and not missing and len(others) == len(left_out):
        missing += _edited(file, found, [path for path in paths if path not in left_out], left_out, project)
    return tuple(missing), tuple(others) if found else ()


def _edited(
    file: SourceFile,
    found: Mapping[str, re.Match[str]],
    paths: Iterable[str],
    left_out: Iterable[str],
    project: Project,
) -> Iterator[Fault]:
    """The first file that was changed after its sum was taken: each sum is of the file and of all before it."""
    so_far, total = sha256(), sha256()
    for path in sorted((*paths, *left_out)):
        so_far.update(basename(path).encode())
        if path in left_out:
            continue
        read = project.tree.file(path)
        if read is None or read.cuts:
            return  # of what is very large not all bytes are held
        so_far.update(project.tree.read(path) or b"")
        taken = b64encode(so_far.digest()).decode()
        match = found[basename(path)]
        if match[2] != taken:
            place = Span(file.path, *match.span(1))
            yield Fault(FaultKind.EDITED_FILE, ((path, histories.first_line(path, project)), (file.path, place)))
            return
        total.update(f"{match[1]}{taken}".encode())
    head = file.line(1)
    if head.strip() != f"h1:{b64encode(total.digest()).decode()}":
        yield Fault(FaultKind.EDITED_FILE, ((file.path, Span(file.path, 0, len(head))),))


def _passed_over(below: list[str], project: Project) -> Iterator[Ignored]:
    if below:
        what = "this file" if len(below) == 1 else f"the {len(below)} files of folders below"
        yield Ignored(histories.first_line(below[0], project), _NO_FOLDERS, what=what)


PARSER = Atlas()
