"""dbmate: `VERSION….sql` with `-- migrate:up` and `-- migrate:down`, in the order of the file names as text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from posixpath import basename

from schemalint import histories
from schemalint.model.source import Script, Source, SourceKind
from schemalint.model.span import SourceFile
from schemalint.parsers import Extract, Project

_VERSION = re.compile(r"[0-9]+")
_UP = re.compile(r"^--[ \t]*migrate:up(?:[ \t]+[^\n]*|[ \t\r]*)$", re.M)
_DOWN = re.compile(r"^--[ \t]*migrate:down(?:[ \t]+[^\n]*|[ \t\r]*)$", re.M)
_WHY = "it only takes files that begin with a number"


class Dbmate:
    """Reads migration folders of dbmate."""

    name = "dbmate"
    kind = SourceKind.MIGRATIONS
    needs_dialect = True

    def claims(self, path: str, content: bytes) -> bool:
        return histories.marked(path, content) == self.name

    def extract(self, file: SourceFile, dialect: str | None) -> Extract:
        found = histories.sections(file, dialect, _UP, _DOWN)
        return {**found, "transaction": _wrapped(_UP, file), "down_transaction": _wrapped(_DOWN, file)}

    def link(self, extracts: Mapping[str, Extract], project: Project) -> Iterator[Source]:
        for folder, paths in histories.owned(self.name, project):
            choice = project.dialect_of(folder)
            scripts = []
            for path in sorted(paths, key=basename):
                match = _VERSION.match(basename(path))
                label, extract = match[0] if match else "", extracts.get(path)
                if extract is None:
                    why = "dbmate refuses a file without `-- migrate:up`"
                    scripts.append(Script(path, label, histories.opaque(path, why, project)))
                    continue
                scripts.append(histories.two_way(path, label, extract, choice.name))
            yield histories.history(
                self.name,
                folder,
                choice.name,
                choice.why,
                scripts,
                histories.beside(folder, paths, _WHY, project),
                histories.duplicates(((one.label, one.label, one.path) for one in scripts), project),
            )


def _wrapped(mark: re.Pattern[str], file: SourceFile) -> bool:
    """Whether a way runs in a transaction: its own mark says when it does not."""
    found = mark.search(file.text)
    return found is None or "transaction:false" not in found[0].split()


PARSER = Dbmate()
