"""How names, lists and parts of indexes are written for one source."""

from __future__ import annotations

from collections.abc import Iterable

from schemalint.dialects import dialect
from schemalint.model.catalog import Catalog
from schemalint.model.names import Name, ObjectKind, TableName
from schemalint.model.schema import Exclusion, ForeignKey, IndexPart, PrimaryKey, Table, UniqueConstraint
from schemalint.model.source import Source
from schemalint.reporters.dump import bare, options, stored


class Speller:
    """Spells for the dialect of one source, whose catalog it holds."""

    def __init__(self, source: Source, catalog: Catalog) -> None:
        self.source = source
        self.catalog = catalog
        self.dialect = dialect(source.dialect)
        self.family = self.dialect.family
        self.sequences = {thing.name: thing for thing in catalog.things if thing.kind is ObjectKind.SEQUENCE}

    def quoted(self, name: Name) -> str:
        """A name in the quotes of the dialect."""
        return self.dialect.quote(stored(name, self.source))

    def name(self, name: TableName) -> str:
        """A table's or type's name, with its schema unless that is the default one."""
        return ".".join(self.quoted(part) for part in (name.schema, name.name) if part is not None)

    def names(self, names: Iterable[Name]) -> str:
        """A list of columns."""
        return ", ".join(map(self.quoted, names))

    def literal(self, text: str) -> str:
        """A text as SQL."""
        text = text.replace("'", "''")
        return "'" + (text.replace("\\", "\\\\") if self.family == "mysql" else text) + "'"

    def constraint(self, name: Name | None) -> str:
        """What stands before a constraint with that name."""
        return f"CONSTRAINT {self.quoted(name)} " if name is not None else ""

    def deferral(self, key: ForeignKey | PrimaryKey | UniqueConstraint | Exclusion) -> str:
        """What stands behind a constraint that can be looked at later."""
        return (" DEFERRABLE" if key.deferrable else "") + (" INITIALLY DEFERRED" if key.deferred else "")

    def parts(self, parts: Iterable[IndexPart], table: Table) -> str:
        """The parenthesis of an index, without its brackets."""
        return ", ".join(self.part(part, table) for part in parts)

    def part(self, part: IndexPart, table: Table) -> str:
        """One column or expression of an index."""
        column = None if part.column is None else table.columns.get(part.column)
        if part.column is not None:
            text = self.quoted(part.column) + (f"({part.prefix})" if part.prefix else "")
        else:
            text = f"({bare(part.expr.raw)})" if part.expr else "(NULL)"
        return text + options(part, column.type if column else None)
