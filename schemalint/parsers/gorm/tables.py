"""A schema to the CREATE TABLE fact of the table that GORM makes of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from schemalint.dialects import Dialect, NameKind
from schemalint.model.facts import CreateTable
from schemalint.model.frozen import frozen
from schemalint.model.names import Name, TableName
from schemalint.model.schema import Check, Column, ForeignKey, Index, IndexPart, PrimaryKey, UniqueConstraint
from schemalint.model.span import Span
from schemalint.parsers.gorm.columns import Driver, data_type, default, is_serial
from schemalint.parsers.gorm.declared import declared
from schemalint.parsers.gorm.naming import Naming
from schemalint.parsers.gorm.relations import Constraint
from schemalint.parsers.gorm.schema import Field, Schema
from schemalint.parsers.gorm.tags import IndexTag, number
from schemalint.parsers.gorm.written import Written


@frozen
class Maker:
    """Makes facts in one dialect. `names_uniques`: GORM ≥ 1.25.7 names the constraint of `unique`."""

    dialect: Dialect
    driver: Driver
    naming: Naming
    written: Written
    names_uniques: bool = True

    def table_name(self, text: str) -> TableName:
        """A table's name; mysql, postgres and sqlserver take what stands before a dot for its schema."""
        schema, dot, name = text.rpartition(".")
        if not dot or self.driver.family == "sqlite":
            return self.dialect.table_name(text, quoted=True)
        return self.dialect.table_name(name, quoted=True, schema=schema.rpartition(".")[2], schema_quoted=True)

    def table(self, schema: Schema, constraints: list[Constraint]) -> CreateTable:
        """The fact for a schema whose table name is known."""
        assert schema.table is not None
        struct = schema.struct
        span = Span(struct.path, struct.start, struct.end)
        statement = Span(struct.path, *struct.statement)
        if schema.is_join and constraints:
            field = constraints[0].relation.field
            span = statement = field.spot("MANY2MANY")
        columns: list[Column] = []
        uniques: list[UniqueConstraint] = []
        unread = list(schema.unread)
        unread += [made.relation.field.span for made in constraints if not made.known]
        keys = [field for field in schema.primaries if not field.ignored]
        alone: Field | None = None
        for field in schema.by_db.values():
            if field.ignored:
                continue
            column, inline_unique, inline_key, understood = self._column(field, keys)
            columns.append(replace(column, declared=declared(field, schema, self.driver, self.naming)))
            if not understood:
                unread.append(column.type_span or column.span)
            if inline_unique:
                uniques.append(UniqueConstraint(None, (column.name,), field.spot("TYPE"), (column.span,)))
            if inline_key:
                alone = field
        if alone is not None:
            keys = [alone]
        primary = None
        if keys:
            primary = PrimaryKey(None, tuple(self._name(f.db) for f in keys), keys[0].spot("PRIMARYKEY", "PRIMARY_KEY"))
        uniques.extend(self._uniques(schema))
        indexes = list(self._indexes(schema, unread))
        if self.driver.family == "mysql":  # where a named unique constraint is an index and nothing else
            indexes += [_as_index(unique) for unique in uniques if unique.name is not None]
            uniques = [unique for unique in uniques if unique.name is None]
        made = CreateTable(
            span=span,
            statement=statement,
            table=self.table_name(schema.table),
            columns=tuple(columns),
            primary_key=primary,
            uniques=tuple(uniques),
            indexes=tuple(indexes),
            foreign_keys=tuple(self.foreign_key(made) for made in constraints if made.known),
            checks=tuple(self._checks(schema, unread)),
            model=None if schema.is_join else schema.name,
        )
        return replace(made, unread=tuple(dict.fromkeys(unread)))

    def column_name(self, text: str) -> Name:
        """A column's name as GORM quotes it."""
        return self._name(text)

    def _name(self, text: str, kind: NameKind = NameKind.COLUMN) -> Name:
        return self.dialect.identifier(text, quoted=True, kind=kind)

    def _column(self, field: Field, keys: list[Field]) -> tuple[Column, bool, bool, bool]:
        """The column; whether its type makes it unique, or the primary key; and whether all of it was understood."""
        serial = is_serial(field, self.driver)
        written_type = data_type(field, self.driver)
        given_default = default(field, self.driver)
        key = field in keys
        alone = serial and self.driver.family == "sqlite"
        column = Column(
            name=self._name(field.db),
            span=field.span,
            type_span=field.spot("TYPE") if "TYPE" in field.settings else field.type_span,
            nullable=not (field.not_null or (key and self.driver.family != "sqlite") or alone),
            has_default=given_default is not None and not serial,
            identity=serial,
            by_habit=serial and "AUTOINCREMENT" not in field.settings and not field.hidden,
            attribute=field.name,
            client_default=field.auto_time,
            writes_null=_writes_null(field),
            comment=field.value("COMMENT") or None if self.driver.family == "mysql" else None,
        )
        definition = (written_type or "int") + (f" DEFAULT {given_default}" if given_default and not serial else "")
        read = self.written.column(definition)
        if read is None and given_default:
            column = replace(column, has_default=True)
            read = self.written.column(written_type or "int")
        if read is None:
            return column, False, False, written_type is None
        known = read.columns[0]
        if written_type is not None:
            column = replace(
                column,
                type=known.type,
                nullable=bool(column.nullable) and known.nullable is not False,
                collation=known.collation,
                generated=known.generated,
                identity=bool(serial or known.identity),
            )
        if self.driver.family == "sqlite" and keys == [field] and (written_type or "").lower() == "integer":
            column = replace(column, nullable=False, identity=True)  # another name of SQLite's own row number
        if not serial:
            column = replace(column, default=known.default, has_default=bool(column.has_default or known.has_default))
        literal = written_type is not None
        return column, literal and bool(read.uniques), alone or (literal and read.primary_key is not None), True

    def _uniques(self, schema: Schema) -> Iterator[UniqueConstraint]:
        seen = set()
        for field in schema.fields:
            if not field.unique or not field.db or field.ignored or field.db in seen:
                continue
            seen.add(field.db)
            text = self.naming.object("uni", schema.table or "", self.naming.column(field.db))
            name = self._name(text, NameKind.CONSTRAINT) if self.names_uniques else None
            yield UniqueConstraint(name, (self._name(field.db),), field.spot("UNIQUE"), (field.span,))

    def _indexes(self, schema: Schema, unread: list[Span]) -> Iterator[Index]:
        """Indexes of one name are one index: its class, type and predicate are the first that is not empty."""
        grouped: dict[str, list[tuple[Field, IndexTag]]] = {}
        for field in schema.fields:
            if not field.value("INDEX") and not field.value("UNIQUEINDEX"):
                continue
            for tag in field.tag.indexes():
                name = tag.name or self.naming.object(
                    "idx", schema.table or "", self.naming.column(tag.option("COMPOSITE") or field.name)
                )
                grouped.setdefault(name, []).append((field, _at(tag, field)))
        for name, tagged in grouped.items():
            found = self._index(name, tagged, unread)
            if found is not None:
                yield found

    def _index(self, name: str, tagged: list[tuple[Field, IndexTag]], unread: list[Span]) -> Index | None:
        first = tagged[0][1]
        span = Span(tagged[0][0].span.path, first.start, first.end)
        kind = next((k for _, t in tagged if (k := _class(t))), "")
        where = next((t.option("WHERE") for _, t in tagged if t.option("WHERE")), "")
        method = next((t.option("TYPE") for _, t in tagged if t.option("TYPE")), "").lower() or None
        if self.driver.family == "mysql":
            where = ""  # the mysql driver does not send it
        parts: list[IndexPart] = []
        for field, tag in sorted(tagged, key=lambda item: _priority(item[1])):
            if not field.db or field.ignored:
                return None
            place = Span(field.span.path, tag.start, tag.end)
            descending = True if tag.option("SORT").strip().lower().startswith("desc") else None
            if tag.option("EXPRESSION"):
                read = self.written.index(tag.option("EXPRESSION"), "", place)
                if read is None or len(read.index.parts) != 1:
                    unread.append(place)
                    return None
                parts.append(replace(read.index.parts[0], descending=descending or read.index.parts[0].descending))
            else:
                length = number(tag.settings.get("LENGTH")) or None
                prefix = length if self.driver.family == "mysql" else None
                collation = tag.option("COLLATE").strip() or None
                parts.append(IndexPart(place, self._name(field.db), None, descending, prefix, collation=collation))
        made = Index(
            name=self._name(name, NameKind.INDEX),
            parts=tuple(parts),
            span=span,
            unique=kind == "UNIQUE",
            method=kind.lower() if kind in ("FULLTEXT", "SPATIAL") else method if method != "btree" else None,
        )
        if not where:
            return made
        read = self.written.index("c", where, span)
        if read is None:
            unread.append(span)
            return None
        return replace(made, where=read.index.where, where_mentions=read.index.where_mentions)

    def _checks(self, schema: Schema, unread: list[Span]) -> Iterator[Check]:
        for field in schema.by_db.values():
            text = field.value("CHECK")
            if not text or field.ignored:
                continue
            name, comma, rest = text.partition(",")
            plain = name.replace("-", "_").replace("_", "a")
            if comma and plain.isalnum() and plain.isascii():
                text = rest
            else:
                text = rest if not name else text
                name = self.naming.object("chk", schema.table or "", field.db)
            span = field.spot("CHECK")
            read = self.written.check(text, span)
            if read is None or len(read.checks) != 1:
                unread.append(span)
                continue
            yield Check(self._name(name, NameKind.CONSTRAINT), read.checks[0].expr, span, read.checks[0].mentions)

    def foreign_key(self, made: Constraint) -> ForeignKey:
        """The key of a relation; it is shown at the field that declares the relation."""
        field = made.relation.field
        return ForeignKey(
            name=self._name(made.name, NameKind.CONSTRAINT),
            columns=tuple(self._name(key.db) for key, _ in made.columns),
            ref_table=self.table_name(made.reference.table or ""),
            ref_columns=tuple(self._name(primary.db) for _, primary in made.columns),
            span=field.span,
            ref_span=field.type_span,
            on_delete=made.on_delete,
            on_update=made.on_update,
        )


def _class(tag: IndexTag) -> str:
    return "UNIQUE" if tag.unique else tag.option("CLASS").strip().upper()


def _priority(tag: IndexTag) -> int:
    found = number(tag.settings.get("PRIORITY"))
    return 10 if found is None else found


def _at(tag: IndexTag, field: Field) -> IndexTag:
    """Fields of gorm.Model have no tag to show: their own place stands for it."""
    return tag if tag.end - tag.start > 1 else replace(tag, start=field.span.start, end=field.span.end)


def _writes_null(field: Field) -> bool | None:
    """Whether a row may carry NULL: a pointer may, a plain string, number, truth value or time has another zero value. What
    a Valuer gives is not known."""
    if field.pointer:
        return True
    plain = not (field.valuer or field.many or field.value("SERIALIZER") or field.value("JSON"))
    return False if plain and field.kind.startswith(("bool", "int", "uint", "float", "string", "time")) else None


def _as_index(unique: UniqueConstraint) -> Index:
    parts = tuple(IndexPart(unique.span, column=column) for column in unique.columns)
    return Index(unique.name, parts, unique.span, unique=True)
