"""Rails: db/schema.rb is Ruby, which is not read. That it is there is said, so that it is not passed over in silence.
(db/structure.sql, its twin in SQL, is read like any dump.)"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from schemalint.model.facts import Opaque
from schemalint.model.source import Script, Source, SourceKind
from schemalint.model.span import SourceFile, Span
from schemalint.parsers import Extract, Project

_DEFINES = re.compile(r"ActiveRecord::Schema(?:\[[\d.]+\])?\.define")


class Rails:
    """Notes the schema files of Rails."""

    name = "rails"
    kind = SourceKind.SCHEMA
    needs_dialect = False
    endings = frozenset({"rb"})

    def claims(self, path: str, content: bytes) -> bool:
        return path.endswith("schema.rb") and b"ActiveRecord::Schema" in content

    def extract(self, file: SourceFile, dialect: str | None) -> Extract:
        found = _DEFINES.search(file.text)
        return {"place": None if found is None else list(found.span())}

    def link(self, extracts: Mapping[str, Extract], project: Project) -> Iterator[Source]:
        for path, extract in extracts.items():
            if extract["place"] is None:
                continue
            choice = project.dialect_of(path)
            span = Span(path, *extract["place"])
            why = "the schema of Rails is written in Ruby, which is not read"
            yield Source(
                id=f"{self.name}:{path}",
                kind=self.kind,
                parser=self.name,
                root=path,
                dialect=choice.name,
                dialect_why=choice.why,
                states=frozenset(),
                scripts=(Script(path, path, (Opaque(span, span, why, None),)),),
                files=(path,),
            )


PARSER = Rails()
