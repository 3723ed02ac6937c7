"""From what a `Table(…)`, a model or `op.create_table(…)` says to the facts of the catalog: names folded, types and
nullability settled, constraints named as SQLAlchemy names them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from schemalint.dialects import NameKind
from schemalint.dialects import dialect as dialect_named
from schemalint.model.facts import CreateTable
from schemalint.model.frozen import frozen, replace
from schemalint.model.names import Name, TableName
from schemalint.model.objects import CreateEnum
from schemalint.model.schema import (
    Check,
    Column,
    Expr,
    ForeignKey,
    Index,
    IndexPart,
    PrimaryKey,
    UniqueConstraint,
)
from schemalint.model.span import Span
from schemalint.pysource.columns import CheckRead, ColumnRead, ForeignRead, Given, Target
from schemalint.pysource.constraints import IndexRead, KeyRead, PartRead, Read
from schemalint.pysource.naming import NO_CONVENTION, Convention, Named, name_of
from schemalint.pysource.sqltypes import NamedEnum

Sql = Callable[[str, Span], tuple[Expr, tuple[tuple[Name, Span], ...]]]
"""Reads an expression of SQL: what it is called for comparing, and the columns it certainly names, all at that span."""

Lookup = Callable[[Target], Target | None]
"""Finds the table and column of a target that is an attribute of a model; None when that is not known."""


@frozen
class TableRead:
    """A table as a source says it."""

    name: str
    schema: str | None
    span: Span
    statement: Span
    columns: tuple[ColumnRead, ...]
    constraints: tuple[Read, ...] = ()
    unread: tuple[Span, ...] = ()
    model: str | None = None
    if_not_exists: bool = False
    temporary: bool = False
    metadata_schema: str | None = None


class Builder:
    """Makes facts for one dialect and one naming convention. A table of which a name is computed is open where names matter,
    as nothing tells then what is dropped or renamed later."""

    def __init__(
        self, dialect: str | None, sql: Sql, convention: Convention = NO_CONVENTION, names_matter: bool = True
    ) -> None:
        self.dialect = dialect_named(dialect)
        self.family = self.dialect.family
        self.sql = sql
        self.convention, self.names_matter = convention, names_matter

    def name(self, text: str, kind: NameKind = NameKind.COLUMN) -> Name:
        """A name folded: SQLAlchemy quotes what is not lower case."""
        return self.dialect.identifier(text, text != text.lower(), kind)

    def table_name(self, text: str, schema: str | None = None) -> TableName:
        quoted = schema is not None and schema != schema.lower()
        return self.dialect.table_name(text, text != text.lower(), schema, quoted)

    def enum(self, made: NamedEnum, place: Span, statement: Span, schema: str | None) -> CreateEnum:
        """The CREATE TYPE that comes before a table: only where the type is not there yet."""
        name = self.table_name(made.name, made.schema or (schema if made.inherit_schema else None))
        return CreateEnum(place, statement, name, made.values, if_not_exists=True)

    def enums(self, read: TableRead) -> Iterator[CreateEnum]:
        """The types that postgres gets before the table."""
        for column in read.columns:
            if column.type.enum is not None and column.type.enum.create and not _somewhere(column, read):
                yield self.enum(column.type.enum, column.type_span or column.span, read.statement, read.schema)

    def table(self, read: TableRead, lookup: Lookup) -> CreateTable:
        """The table; what was not understood stands in `unread`."""
        unread = list(read.unread)
        keyed = {column.key: column for column in read.columns if column.name is not None}
        keys, foreign, checks, indexes = _sorted(read)
        primary = next((key for key in keys if key.primary), None)
        if primary is not None:
            primary_columns = tuple(keyed[key] for key, _ in primary.columns if key in keyed)
        else:
            primary_columns = tuple(column for column in keyed.values() if column.primary_key)
        columns: dict[Name, Column] = {}
        for column in read.columns:
            unread += column.unread
            if column.name is None:
                continue
            made = self.column(column, primary_columns)
            if _somewhere(column, read):
                made = replace(made, type=None)
            columns[made.name] = made
            if column.computed == "":
                unread.append(column.statement)
        maker = _Maker(self, read, keyed, lookup, unread)
        primary_key = maker.primary_key(primary, primary_columns)
        uniques, all_indexes = maker.keys_of_columns()
        uniques += [maker.unique(key) for key in keys if not key.primary]
        all_indexes += filter(None, map(maker.index, indexes))
        # Keys of columns become constraints when the table gets its columns: after those that were made before it.
        every_foreign = [*foreign, *(key for column in read.columns for key in column.foreign_keys)]
        every_check = [*(check for column in read.columns for check in _checks(column)), *checks]
        return CreateTable(
            read.span,
            read.statement,
            self.table_name(read.name, read.schema),
            tuple(columns.values()),
            primary_key,
            tuple(uniques),
            tuple(all_indexes),
            tuple(filter(None, map(maker.foreign_key, every_foreign))),
            tuple(filter(None, map(maker.check, every_check))),
            if_not_exists=read.if_not_exists,
            temporary=read.temporary,
            unread=tuple(dict.fromkeys(unread)),
            model=read.model,
        )

    def column(self, read: ColumnRead, primary: tuple[ColumnRead, ...] = ()) -> Column:
        """A column beside the primary key of its table."""
        in_key = any(read.key == each.key for each in primary)
        nullable: bool | None = None
        if in_key:
            nullable = False
        elif read.nullable_known:
            nullable = read.nullable if read.nullable is not None else not (read.identity and self._has_identity)
        identity = self._identity(read, in_key, len(primary) == 1)
        default = None
        if read.default.text is not None and read.default.stated:
            default = self.sql(read.default.text, read.span)[0]
        generated = self.sql(read.computed, read.span)[0] if read.computed else None
        return Column(
            self.name(read.name or ""),
            read.span,
            read.type.type,
            read.type_span,
            nullable,
            default,
            read.default.stated if read.nullable_known else (read.default.stated or None),
            identity,
            generated,
            read.type.collation,
            read.attribute,
            read.client_default,
            choices=read.type.values,
        )

    @property
    def _has_identity(self) -> bool:
        return self.family in ("postgres", "tsql", "generic")

    def _identity(self, read: ColumnRead, in_key: bool, alone: bool) -> bool | None:
        """Whether the database counts the column: SQLAlchemy's `_autoincrement_column`, and SQLite's rowid."""
        if read.identity and self._has_identity:
            return True
        if self.family == "sqlite":
            if not (in_key and alone):
                return False
            return None if read.type.ddl is None and read.type.integer is not False else read.type.ddl == "INTEGER"
        if not in_key or read.autoincrement is False:
            return False
        if read.autoincrement is True:
            return True
        if not alone or (read.foreign_keys and read.autoincrement != "ignore_fk"):
            return False
        if (read.client_default and not read.sequence) or read.default.stated:
            return False
        if read.sequence == "own" and self.dialect.name != "mysql":
            return False if self.family == "postgres" else None  # an own sequence, where the database has them
        return read.type.integer if read.typed else None


def _checks(column: ColumnRead) -> tuple[CheckRead, ...]:
    """The checks of a column, that of its type included."""
    made = column.type.check
    if made is None:
        return column.checks
    # A type without a name gives its check none, whatever the convention says.
    name = Given(made.name, final=made.name is None)
    return (*column.checks, CheckRead(f"{column.name} IN ({made.listed})", name, column.span))


def _somewhere(column: ColumnRead, read: TableRead) -> bool:
    """Whether the schema of a column's type is not known: of an Enum without one, in a metadata that has one,
    SQLAlchemy 2.1 makes the type in that of the metadata, and 2.0 in none."""
    enum = column.type.enum
    return enum is not None and read.metadata_schema is not None and enum.schema is None and not enum.inherit_schema


def _sorted(read: TableRead) -> tuple[list[KeyRead], list[ForeignRead], list[CheckRead], list[IndexRead]]:
    keys: list[KeyRead] = []
    foreign: list[ForeignRead] = []
    checks: list[CheckRead] = []
    indexes: list[IndexRead] = []
    for each in read.constraints:
        if isinstance(each, KeyRead):
            keys.append(each)
        elif isinstance(each, ForeignRead):
            foreign.append(each)
        elif isinstance(each, CheckRead):
            checks.append(each)
        else:
            indexes.append(each)
    return keys, foreign, checks, indexes


class _Maker:
    """Constraints of one table. What cannot be told goes to `unread`."""

    def __init__(
        self, builder: Builder, read: TableRead, keyed: Mapping[str, ColumnRead], lookup: Lookup, unread: list[Span]
    ) -> None:
        self.builder, self.read, self.keyed, self.lookup, self.unread = builder, read, keyed, lookup, unread

    def column_name(self, key: str) -> str:
        """The name of the column that a constraint calls `key`."""
        column = self.keyed.get(key)
        return column.name if column is not None and column.name is not None else key

    def about(self, keys: tuple[str, ...]) -> Named:
        return Named(self.read.name, self.read.schema, tuple((self.column_name(key), key) for key in keys))

    def named(
        self, kind: str, given: Given, about: Callable[[], Named | None], place: Span, name_kind: NameKind
    ) -> Name | None:
        """The name after the convention; an unknown one may leave the table open at `place`."""
        found = name_of(self.builder.convention, kind, given, about, self.builder.family)
        if not found.known:
            if self.builder.names_matter:
                self.unread.append(place)
            return None
        return None if found.text is None else self.builder.name(found.text, name_kind)

    def primary_key(self, key: KeyRead | None, columns: tuple[ColumnRead, ...]) -> PrimaryKey | None:
        if key is None and not columns:
            return None
        names = tuple(column.key for column in columns)
        given = key.name if key is not None else Given()
        place = key.span if key is not None else columns[0].span
        name = self.named("pk", given, lambda: self.about(names), place, NameKind.CONSTRAINT)
        if key is not None and len(names) != len(key.columns):
            names = tuple(text for text, _ in key.columns)
        return PrimaryKey(name, tuple(self.builder.name(self.column_name(text)) for text in names), place)

    def keys_of_columns(self) -> tuple[list[UniqueConstraint], list[Index]]:
        """`unique=True` and `index=True`: both together are one unique index."""
        uniques: list[UniqueConstraint] = []
        indexes: list[Index] = []
        for column in self.read.columns:
            if column.name is None:
                continue
            if column.type.spatial and column.name is not None:
                # GeoAlchemy2's own name and method (0.20 run).
                spot = column.type_span or column.span
                name, part = Given(f"idx_{self.read.name}_{column.name}", final=True), PartRead(spot, column=column.key)
                made = self.index(IndexRead(name, (part,), spot, column.statement, method="gist"))
                indexes += [made] if made is not None else []
            if column.index is not None:
                part = PartRead(column.span, column=column.key)
                unique = column.unique is not None
                read = IndexRead(Given(), (part,), column.index, column.statement, unique=unique)
                made = self.index(read)
                if made is not None:
                    indexes.append(made)
            elif column.unique is not None:
                key = ((column.key, column.span),)
                uniques.append(self.unique(KeyRead(False, key, Given(), column.unique)))
        return uniques, indexes

    def unique(self, key: KeyRead) -> UniqueConstraint:
        names = tuple(text for text, _ in key.columns)
        name = self.named("uq", key.name, lambda: self.about(names), key.span, NameKind.CONSTRAINT)
        spans = tuple(place for _, place in key.columns)
        return UniqueConstraint(
            name, tuple(self.builder.name(self.column_name(text)) for text in names), key.span, spans
        )

    def index(self, read: IndexRead) -> Index | None:
        if not read.readable:
            self.unread.append(read.span)
            return None
        keys = tuple(part.column for part in read.parts if part.column is not None)
        whole = len(keys) == len(read.parts)
        name = self.named("ix", read.name, lambda: self.about(keys) if whole else None, read.span, NameKind.INDEX)
        if name is None and self.builder.names_matter:
            if read.name.known:
                self.unread.append(read.span)  # SQLAlchemy refuses an index without a name
            return None
        parts = tuple(self.part(part) for part in read.parts)
        where, mentions = self.builder.sql(read.where, read.span) if read.where is not None else (None, ())
        include = tuple((self.builder.name(self.column_name(text)), place) for text, place in read.include)
        return Index(name, parts, read.span, read.unique, where, mentions, read.method, include)

    def part(self, part: PartRead) -> IndexPart:
        if part.column is not None:
            name = self.builder.name(self.column_name(part.column))
            return IndexPart(part.span, name, None, part.descending, part.prefix, opclass=part.opclass)
        expr, mentions = self.builder.sql(part.text or "", part.span)
        return IndexPart(part.span, None, expr, part.descending, None, mentions)

    def foreign_key(self, read: ForeignRead) -> ForeignKey | None:
        targets = [self.lookup(target) if target.ref is not None else target for target in read.targets]
        known = [target for target in targets if target is not None and target.table is not None]
        if not known or len(known) != len(read.targets):
            self.unread.append(read.span)
            return None
        keys = tuple(key for key, _ in read.columns)
        first = known[0]
        table = first.table or ""
        schema = first.schema if first.schema is not None else self.read.metadata_schema
        others = tuple(target.column or self.column_name(key) for target, key in zip(known, keys, strict=False))
        about = replace(self.about(keys), referred_table=table, referred_columns=others)
        name = self.named("fk", read.name, lambda: about, read.span, NameKind.CONSTRAINT)
        return ForeignKey(
            name,
            tuple(self.builder.name(self.column_name(key)) for key in keys),
            self.builder.table_name(table, schema),
            tuple(self.builder.name(text) for text in others),
            read.span,
            first.table_span or first.span,
            read.on_delete,
            read.on_update,
        )

    def check(self, read: CheckRead) -> Check | None:
        if read.text is None:
            self.unread.append(read.span)
            return None
        name = self.named("ck", read.name, lambda: self.about(()), read.span, NameKind.CONSTRAINT)
        expr, mentions = self.builder.sql(read.text, read.span)
        return Check(name, expr, read.span, mentions)
