"""SQLAlchemy models: declarative classes, Flask-SQLAlchemy, SQLModel and Core tables, read without importing them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from schemalint.model.source import Source, SourceKind
from schemalint.model.span import SourceFile
from schemalint.parsers import Extract, Project

_SIGNS = re.compile(
    rb"sqlalchemy|sqlmodel|SQLModel|\.Model\b|__tablename__|mapped_column|Mapped\[|\.create_all\b|declarative|db\.Table\("
)
_MODELS = re.compile(r"__tablename__|mapped_column\(|\bColumn\(|\bTable\(|table=True|declarative_base|DeclarativeBase")
_CREATES = re.compile(r"\.create(?:_all\b|\()")
_DOWN_REVISION = r"(?:^|;[ \t]*)down_revision\b"
_REVISION = re.compile(_DOWN_REVISION.encode(), re.M)
_IS_REVISION = re.compile(_DOWN_REVISION, re.M)


class SqlalchemyParser:
    """See `schemalint.parsers.Parser`."""

    name = "sqlalchemy"
    kind = SourceKind.MODELS
    needs_dialect = False
    endings = frozenset({"py"})

    def claims(self, path: str, content: bytes) -> bool:
        """Python that mentions SQLAlchemy's words. A revision of Alembic may hold throwaway models: of one that creates all
        tables just that is read, of others nothing."""
        if not path.endswith(".py") or _SIGNS.search(content) is None:
            return False
        return b".create_all" in content or _REVISION.search(content) is None

    def extract(self, file: SourceFile, dialect: str | None) -> Extract:
        """What the file defines at module level, and where it creates tables."""
        from schemalint.parsers.sqlalchemy.calls import create_all_calls
        from schemalint.parsers.sqlalchemy.revisions import made_by_revision
        from schemalint.pysource.modules import Unreadable, module, parse
        from schemalint.pysource.writing import Writer

        try:
            tree, read = parse(file)
        except Unreadable as error:
            # Newer Python than the one that runs this is common; it only matters where it could hold a model.
            return error.plain if _MODELS.search(file.text) else {}
        if _IS_REVISION.search(file.text) is not None:
            return {"revision": made_by_revision(tree, read)}
        calls = create_all_calls(tree, Writer(read)) if _CREATES.search(file.text) is not None else []
        return {"module": module(tree, read), "calls": calls}

    def link(self, extracts: Mapping[str, Extract], project: Project) -> Iterator[Source]:
        """One source a unit."""
        if extracts:
            from schemalint.parsers.sqlalchemy.link import sources

            yield from sources(extracts, project)


PARSER = SqlalchemyParser()
