"""TypeORM's entities (0.2 and 0.3): decorated classes as the tables that `synchronize` makes of them.

One source a package. Views (`@ViewEntity`) make no table here, MongoDB's entities none at all; `EntitySchema` objects are listed
as not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from posixpath import basename

from schemalint.model.source import Source, SourceKind
from schemalint.model.span import SourceFile
from schemalint.parsers import Extract, Project

_CODE = (".js", ".cjs", ".mjs", ".ts", ".cts", ".mts")
_LARGEST = 1_000_000
_ASIDE = re.compile(
    r"(^|/)(tests?|__tests__|__mocks__|specs?|e2e|fixtures?|examples?|docs?|benchmarks?|node_modules|cypress)/|"
    r"\.(test|spec|e2e-spec)\.[cm]?[jt]s$"
)


class TypeORMEntities:
    """See `schemalint.parsers.Parser`."""

    name = "typeorm-entities"
    kind = SourceKind.MODELS
    needs_dialect = False
    endings = frozenset({"json", "js", "cjs", "mjs", "ts", "cts", "mts"})

    def claims(self, path: str, content: bytes) -> bool:
        """Programs that speak of TypeORM or of its classes with decorators, and its configuration files."""
        if basename(path) == "ormconfig.json":
            return True
        if not path.endswith(_CODE) or path.endswith(".d.ts") or len(content) > _LARGEST:
            return False
        return b"typeorm" in content or b"TypeOrm" in content

    def extract(self, file: SourceFile, dialect: str | None) -> Extract:
        from schemalint.parsers.typeorm_entities.reading import read, read_json

        return read_json(file) if file.path.endswith(".json") else read(file)

    def link(self, extracts: Mapping[str, Extract], project: Project) -> Iterator[Source]:
        """One source a package that has entities."""
        if not any("decorated" in extract or "schemas" in extract for extract in extracts.values()):
            return
        from schemalint.parsers.typeorm_entities.package import sources

        yield from sources({path: one for path, one in extracts.items() if not _aside(path, project)}, project)


def _aside(path: str, project: Project) -> bool:
    """Whether a file of a package is a test or an example of it. A package that lies in such a folder whole is not."""
    unit = project.unit(path)
    return _ASIDE.search(path[len(unit) + 1 :] if unit else path) is not None


PARSER = TypeORMEntities()
