"""refinery: `V1__title.sql` and `U1__title.sql`, with the same in Rust code, by version (refinery-core, src/util.rs)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from posixpath import basename, dirname

from schemalint import histories
from schemalint.model.source import Ignored, Script, Source, SourceKind
from schemalint.model.span import SourceFile
from schemalint.parsers import Extract, Project

_NAME = re.compile(r"[UV]([0-9]{1,18})__\w+\.(?:sql|rs)$")
_USUAL = 2**31
_LARGE = "a version from 2147483648 on needs the feature int8-versions, and without it the tool runs nothing"
_WHY = "it only takes V1__title.sql and U1__title.sql"


class Refinery:
    """Reads migration folders of refinery. Flyway names its files alike: that shows only when the whole project is seen."""

    name = "refinery"
    kind = SourceKind.MIGRATIONS
    needs_dialect = True
    endings = frozenset({"sql"})

    def claims(self, path: str, content: bytes) -> bool:
        return path.endswith(".sql") and _NAME.match(basename(path)) is not None

    def extract(self, file: SourceFile, dialect: str | None) -> Extract:
        return histories.reading(file, dialect)

    def link(self, extracts: Mapping[str, Extract], project: Project) -> Iterator[Source]:
        for folder, owned in histories.owned(self.name, project):
            folders = {dirname(path) for path in owned}
            choice = project.dialect_of(folder)
            steps = sorted(
                (int(match[1]), path)
                for place in folders
                for path in project.tree.within(place)
                if (match := _NAME.match(basename(path))) is not None
            )
            scripts = []
            for version, path in steps:
                wrapped = histories.transactional(choice.name)
                if path.endswith(".rs"):
                    facts = histories.opaque(path, "a migration in Rust code is not read", project)
                    scripts.append(Script(path, str(version), facts, transactional=wrapped))
                else:
                    scripts.append(histories.one_way(path, str(version), extracts.get(path), wrapped))
            if scripts:
                yield histories.history(
                    self.name,
                    folder,
                    choice.name,
                    choice.why,
                    scripts,
                    (
                        *histories.beside(folder, (path for _, path in steps), _WHY, project),
                        *(
                            Ignored(histories.first_line(path, project), _LARGE)
                            for at, path in steps
                            if at >= _USUAL and not _long(project)
                        ),
                    ),
                    histories.duplicates(((version, str(version), path) for version, path in steps), project),
                )


def _long(project: Project) -> bool:
    """Whether a manifest switches versions of 64 bits on."""
    manifests = (path for path in project.tree.paths if basename(path) == "Cargo.toml")
    return any(b"int8-versions" in (project.tree.read(path) or b"") for path in manifests)


PARSER = Refinery()
