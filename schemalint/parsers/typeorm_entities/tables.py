"""Entities → the facts that `synchronize` would state on an empty database."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from schemalint.dialects import Dialect, NameKind
from schemalint.jssource.evaluate import Evaluator
from schemalint.jssource.hashednames import hashed
from schemalint.model.facts import AddConstraint, CreateTable, Fact, Opaque
from schemalint.model.names import Name, TableName
from schemalint.model.objects import CreateEnum
from schemalint.model.schema import Column, ForeignKey, Index, IndexPart, PrimaryKey, UniqueConstraint
from schemalint.model.span import Span
from schemalint.parsers.typeorm_entities.columns import Spec
from schemalint.parsers.typeorm_entities.entities import Entity
from schemalint.parsers.typeorm_entities.keys import KeyReader, Keys
from schemalint.parsers.typeorm_entities.naming import Naming
from schemalint.parsers.typeorm_entities.relations import Junction, Link, Relations
from schemalint.parsers.typeorm_entities.trees import closure
from schemalint.parsers.typeorm_entities.types import ENUMS, column_type, default_of

_Key = TypeVar("_Key", Index, UniqueConstraint)


class Tables:
    """Writes the tables of one package for one server. `schema` is the data source's own, `certain` False where the package
    has several databases."""

    def __init__(
        self, evaluator: Evaluator, server: Dialect, naming: Naming, schema: str | None, certain: bool
    ) -> None:
        self.evaluator, self.server, self.naming = evaluator, server, naming
        self.schema, self.certain = schema, certain

    def facts(self, entities: Sequence[Entity]) -> Iterator[Fact]:
        """Enumerations, tables, those between two, then the foreign keys."""
        relations = Relations(entities, self.naming, self.server.family == "mysql")
        relations.resolve()
        keys = KeyReader(self.evaluator, self.server, self.naming, relations.joined)
        enums: dict[str, CreateEnum] = {}
        made: list[Fact] = []
        links: list[tuple[TableName, str, Span, Link]] = []
        for entity in entities:
            if entity.name is None:
                yield Opaque(entity.of.span, entity.of.statement, "the name of its table is not known", None)
                continue
            found = keys.keys(entity)
            own = relations.links.get(id(entity), [])
            for link in own:
                if link.unique:
                    keys.one_to_one(entity, found, link.columns, link.span)
            made.append(self._table(entity, found, enums))
            links += [(self._name(entity.name, entity.schema), entity.name, entity.of.statement, link) for link in own]
        closures: list[Junction] = []
        for entity in entities:
            if entity.closure is not None:
                of_tree = closure(entity, entity.closure, self.naming)
                closures += [of_tree] if of_tree is not None else []
                if of_tree is None:
                    yield Opaque(
                        entity.of.span, entity.of.statement, "the closure table of a tree is not known", touches=()
                    )
        for junction in (*relations.junctions, *closures):
            made.append(self._junction(junction))
            table = self._name(junction.name, junction.schema)
            links += [(table, junction.name, junction.owner.of.statement, link) for link in junction.links]
        yield from enums.values()
        yield from made
        for table, text, statement, link in links:
            key = self._foreign_key(text, link)
            if key is not None:
                yield AddConstraint(key.span, statement, table, key)
        for span, why in relations.lost:
            yield Opaque(span, span, why, touches=())

    def _name(self, text: str, schema: str | None) -> TableName:
        """A table; a name with a dot in it is one with its schema."""
        inside, _, bare = text.rpartition(".")
        where = inside or schema or self.schema
        if self.server.family not in {"postgres", "tsql"}:
            where = None
        return self.server.table_name(bare, True, where or None, True)

    def _identifier(self, text: str, kind: NameKind = NameKind.COLUMN) -> Name:
        return self.server.identifier(text, True, kind)

    def _table(self, entity: Entity, keys: Keys, enums: dict[str, CreateEnum]) -> CreateTable:
        assert entity.name is not None
        table = self._name(entity.name, entity.schema)
        columns: dict[Name, Column] = {}
        alone = len(entity.primaries()) == 1
        for spec in entity.columns:
            if spec.name is not None:
                column = self._column(spec, table, enums, alone and spec.primary)
                columns.setdefault(column.name, column)
        return CreateTable(
            span=entity.of.span,
            statement=entity.of.statement,
            table=table,
            columns=tuple(columns.values()),
            primary_key=self._primary_key(entity.name, entity.primaries(), entity.of.span, entity.primary_name),
            uniques=tuple(_once(keys.uniques)),
            indexes=tuple(_once(keys.indexes)),
            checks=tuple(keys.checks),
            unread=tuple(dict.fromkeys((*entity.unread, *keys.unread))),
            model=entity.of.name,
            certain=self.certain,
        )

    def _column(self, spec: Spec, table: TableName, enums: dict[str, CreateEnum], alone: bool = False) -> Column:
        """`alone`: it is the whole primary key, which SQLite counts by itself where it is an integer."""
        assert spec.name is not None
        enum = self._enum(spec, table, enums) if self.server.family == "postgres" and spec.type in ENUMS else None
        default, has = default_of(spec, self.server)
        counted = spec.generated in {"increment", "identity", "rowid"}
        family = self.server.family
        rowid = alone and family == "sqlite" and spec.type in {"Number", "int", "integer"}
        return Column(
            name=self._identifier(spec.name),
            span=spec.span,
            type=column_type(spec, self.server, enum),
            type_span=spec.span,
            nullable=False if spec.primary and spec.nullable is None else spec.nullable,
            default=default,
            has_default=has,
            identity=counted or rowid,
            serial=counted and spec.generated == "increment" and family == "postgres",
            attribute=spec.property,
            client_default=spec.mode in {"create", "update", "version"} or spec.generated == "uuid",
            choices=spec.values if spec.enumerated and family not in ("postgres", "mysql") else None,
        )

    def _enum(self, spec: Spec, table: TableName, enums: dict[str, CreateEnum]) -> str | None:
        """The type of an enumeration, made once; None where its values are not known."""
        if spec.values is None or spec.name is None:
            return None
        inside, _, bare = (spec.enum_name or "").rpartition(".")
        schema = inside or (None if table.schema is None else table.schema.text)
        text = bare or f"{table.name.text}_{spec.name.lower()}_enum"
        name = self.server.table_name(text, True, schema, True)
        prefix = "" if schema is None else self.server.quote(schema) + "."
        written = prefix + self.server.quote(text)
        enums.setdefault(written, CreateEnum(spec.span, spec.span, name, spec.values))
        return written

    def _primary_key(self, table: str, specs: Sequence[Spec], span: Span, called: str | None) -> PrimaryKey | None:
        texts = [spec.name for spec in specs if spec.name is not None]
        if len(texts) != len(specs) or not texts:
            return None
        if called is None and self.server.family == "postgres" and self.naming.kind != "custom":
            called = hashed("PK", table, texts, 27)
        if self.server.family != "postgres":
            called = None
        name = None if called is None else self._identifier(called, NameKind.CONSTRAINT)
        return PrimaryKey(name, tuple(map(self._identifier, texts)), span)

    def _junction(self, junction: Junction) -> CreateTable:
        table = self._name(junction.name, junction.schema)
        indexes = []
        for link in junction.links:
            texts = [column.name for column in link.columns if column.name is not None]
            name = hashed("IDX", junction.name, texts, 26)
            parts = tuple(IndexPart(link.span, self._identifier(text)) for text in texts)
            known = None if self.naming.kind == "custom" else self._identifier(name, NameKind.INDEX)
            indexes.append(Index(known, parts, link.span))
        return CreateTable(
            span=junction.span,
            statement=junction.owner.of.statement,
            table=table,
            columns=tuple(self._column(spec, table, {}) for spec in junction.columns),
            primary_key=self._primary_key(
                junction.name, [one for one in junction.columns if one.primary], junction.span, None
            ),
            indexes=tuple(indexes),
            model=f"{junction.owner.of.name}.{junction.property}",
            certain=self.certain,
        )

    def _foreign_key(self, table: str, link: Link) -> ForeignKey | None:
        texts = [column.name for column in link.columns if column.name is not None]
        referenced = [column.name for column in link.referenced if column.name is not None]
        if not link.kept or link.target.name is None or len(texts) != len(referenced):
            return None
        called = link.name
        if called is None and self.naming.kind != "custom":
            called = hashed("FK", table, texts, 27)
        return ForeignKey(
            name=None if called is None else self._identifier(called, NameKind.CONSTRAINT),
            columns=tuple(map(self._identifier, texts)),
            ref_table=self._name(link.target.name, link.target.schema),
            ref_columns=tuple(map(self._identifier, referenced)),
            span=link.span,
            on_delete=link.on_delete or "NO ACTION",
            on_update=link.on_update or "NO ACTION",
        )


def _once(keys: Sequence[_Key]) -> Iterator[_Key]:
    """Each name once: `unique: true` beside `@Unique` is one constraint."""
    seen: set[Name] = set()
    for key in keys:
        if key.name is None or key.name not in seen:
            yield key
        if key.name is not None:
            seen.add(key.name)
