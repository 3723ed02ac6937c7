"""dbmate: `VERSION….sql` with `-- migrate:up` and `-- migrate:down`, in the order of the file names as text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from posixpath import basename

from schemalint import histories
from schemalint.model.source import Source, SourceKind
from schemalint.model.span import SourceFile
from schemalint.parsers import Extract, Project

_VERSION = re.compile(r"[0-9]+")
_UP = re.compile(r"^--[ \t]*migrate:up(?:[ \t]+[^\n]*|[ \t\r]*)$", re.M)
_DOWN = re.compile(r"^--[ \t]*migrate:down(?:[ \t]+[^\n]*|[ \t\r]*)$", re.M)
_CODE = re.compile(r"^(?![ \t]*(?:--|\r?$))", re.M)
_NO_DOWN = "since 2.0 it stops at a file without `-- migrate:down`"
_WHY = "it only takes files that begin with a number"


class Dbmate:
    """Reads migration folders of dbmate."""

    name = "dbmate"
    kind = SourceKind.MIGRATIONS
    needs_dialect = True
    endings = frozenset({"sql"})

    def claims(self, path: str, content: bytes) -> bool:
        return histories.marked(path, content) == self.name

    def extract(self, file: SourceFile, dialect: str | None) -> Extract:
        ups, downs = list(_UP.finditer(file.text)), list(_DOWN.finditer(file.text))
        if not ups:
            return histories.refused(file, self.name, "it has no `-- migrate:up`")
        for extra in (*ups[1:], *downs[1:]):
            return histories.refused(file, self.name, "it has a second mark of this kind", *extra.span())
        up, down = ups[0], downs[0] if downs else None
        before = _CODE.search(file.text, 0, up.start())
        if before is not None and before.start() < up.start():
            end = before.start() + len(file.text[before.start() :].split("\n", 1)[0])
            why = "nothing may stand before `-- migrate:up`"
            return histories.refused(file, self.name, why, before.start(), end)
        size = len(file.text)
        found = histories.parts(
            file, dialect, [(up.end(), down.start() if down else size)], [(down.end(), size)] if down else None
        )
        found |= {"transaction": _wrapped(up), "down_transaction": down is None or _wrapped(down)}
        return found if down else histories.noted(found, _NO_DOWN, *up.span())

    def link(self, extracts: Mapping[str, Extract], project: Project) -> Iterator[Source]:
        for folder, paths in histories.owned(self.name, project):
            choice = project.dialect_of(folder)
            known = dict(extracts)
            scripts = []
            for path in sorted(paths, key=basename):
                match, file = _VERSION.match(basename(path)), project.tree.file(path)
                if path not in known and file is not None:  # without the marks it was not claimed
                    known[path] = self.extract(file, choice.name)
                if path in known and match is not None:
                    script = histories.two_way(path, match[0], known[path], choice.name)
                    scripts.append(histories.at_once(script, choice.name))
            yield histories.history(
                self.name,
                folder,
                choice.name,
                choice.why,
                scripts,
                (*histories.beside(folder, paths, _WHY, project), *histories.stops(paths, known)),
                histories.duplicates(((one.label, one.label, one.path) for one in scripts), project),
            )


def _wrapped(mark: re.Match[str]) -> bool:
    """Whether a way runs in a transaction: its own mark says when it does not."""
    return "transaction:false" not in mark[0].split()


PARSER = Dbmate()
