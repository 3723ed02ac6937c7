"""Relations: columns and foreign keys of those to one, tables between two entities of those to many
(RelationJoinColumnBuilder and JunctionEntityMetadataBuilder, 0.3.31)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from schemalint.model.frozen import frozen
from schemalint.model.span import Span
from schemalint.parsers.typeorm_entities.classes import Class
from schemalint.parsers.typeorm_entities.columns import Spec, referring
from schemalint.parsers.typeorm_entities.entities import Entity, Relation
from schemalint.parsers.typeorm_entities.naming import Naming
from schemalint.parsers.typeorm_entities.options import Lack, Options

_LONGEST = 63
"""PostgreSQL's and MySQL's limit: TypeORM shortens names of tables between two beyond it."""


@frozen
class Link:
    """A foreign key before it is written. `name` None: TypeORM makes one up."""

    span: Span
    columns: tuple[Spec, ...]
    target: Entity
    referenced: tuple[Spec, ...]
    on_delete: str | None
    on_update: str | None
    name: str | None = None
    unique: bool = False
    kept: bool = True  # False: createForeignKeyConstraints is false


@frozen
class Junction:
    """A table between two entities."""

    name: str
    schema: str | None
    span: Span
    columns: tuple[Spec, ...]
    links: tuple[Link, ...]
    owner: Entity
    property: str


class Relations:
    """Resolves the relations of all entities of a package."""

    def __init__(self, entities: Sequence[Entity], naming: Naming, mysql: bool) -> None:
        self.entities, self.naming, self.mysql = entities, naming, mysql
        self._by_class: dict[Class, Entity] = {}
        for entity in entities:
            self._by_class[entity.of] = entity
            for one, _ in entity.scopes:
                if one.first("ChildEntity") is not None:
                    self._by_class.setdefault(one, entity)
        self.links: dict[int, list[Link]] = {}
        self.joined: dict[tuple[int, str], list[Spec]] = {}
        self.junctions: list[Junction] = []
        self.lost: list[tuple[Span, str]] = []

    def resolve(self) -> None:
        """Adds the columns of relations to one, then the tables of those to many."""
        for entity in self.entities:
            for relation in entity.relations:
                if relation.kind == "ManyToOne" or (relation.kind == "OneToOne" and relation.joined):
                    self._to_one(entity, relation)
        for entity in self.entities:
            for relation in entity.relations:
                if relation.kind == "ManyToMany" and relation.table is not None:
                    self._to_many(entity, relation)

    def _target(self, relation: Relation) -> Entity | None:
        if isinstance(relation.target, str):
            named = relation.target
            found = [one for one in self.entities if named in (one.of.name, one.given)]
            return found[0] if len(found) == 1 else None
        return None if relation.target is None else self._by_class.get(relation.target)

    # To one

    def _to_one(self, entity: Entity, relation: Relation) -> None:
        target = self._target(relation)
        referenced = None if target is None else _referenced(target, relation.join)
        if target is None or not referenced or relation.options.open or any(one.open for one in relation.join):
            entity.unread.append(relation.span)
            return
        columns: list[Spec] = []
        for one in referenced:
            column = self._join_column(entity, relation, one)
            if column is None:
                entity.unread.append(relation.span)
                return
            columns.append(column)
        self.joined[id(entity), relation.property] = columns
        kept = relation.options.flag("createForeignKeyConstraints", True)
        unique = relation.kind == "OneToOne" and not all(column.primary for column in columns) and kept is not False
        called = relation.join[0].text("foreignKeyConstraintName") if relation.join else Lack.ABSENT
        if kept is None or called is Lack.UNKNOWN:
            entity.unread.append(relation.span)
        self.links.setdefault(id(entity), []).append(
            Link(
                relation.span,
                tuple(columns),
                target,
                tuple(referenced),
                _action(relation.options, "onDelete"),
                _action(relation.options, "onUpdate"),
                called if isinstance(called, str) else None,
                unique,
                kept is True,
            )
        )

    def _join_column(self, entity: Entity, relation: Relation, referenced: Spec) -> Spec | None:
        given = _given(relation.join, referenced)
        if given is Lack.UNKNOWN:
            return None
        own = given if isinstance(given, str) else self.naming.join_column(relation.own, referenced.own)
        if own is None:
            return None
        path = relation.property.removesuffix(relation.own)
        for index, column in enumerate(entity.columns):
            beside = column.property.removesuffix(column.own) == path
            if beside and self.naming.column(column.own, column.given, ()) == own:
                # The relation gives its type to the column that is there; length and all else stay the column's own.
                made = replace(column, type=referenced.type, sure=column.sure and referenced.sure)
                if referenced.type in {"enum", "simple-enum"}:
                    made = replace(made, sure=False)
                entity.columns[index] = made
                return made
        name = self.naming.column(own, own, relation.prefixes)
        if name is None:
            return None
        nullable = relation.options.flag("nullable", True)
        primary = relation.options.flag("primary") is True  # 0.2
        path = f"{relation.property}.{referenced.own}"
        made = referring(referenced, name, relation.span, nullable is not False, primary, path)
        made = replace(made, given=own, own=relation.own, nullable=None if nullable is None else made.nullable)
        if primary:
            made = replace(made, nullable=False)
        entity.columns.append(made)
        return made

    # To many

    def _to_many(self, entity: Entity, relation: Relation) -> None:
        target, table = self._target(relation), relation.table
        made = None if target is None or table is None else self._junction(entity, target, relation, table)
        if made is None:
            self.lost.append((relation.span, "the table of this relation is not known"))
        else:
            self.junctions.append(made)

    def _junction(self, entity: Entity, target: Entity, relation: Relation, table: Options) -> Junction | None:
        if table.open or entity.name is None or target.name is None or entity.given is None or target.given is None:
            return None
        given, schema = table.text("name"), table.text("schema")
        name = given if isinstance(given, str) else None
        if given is Lack.ABSENT:
            name = self.naming.join_table(entity.given, relation.property, target.given)
        here = _several(table, "joinColumn", "joinColumns")
        there = _several(table, "inverseJoinColumn", "inverseJoinColumns")
        if (
            name is None
            or len(name) > _LONGEST
            or "." in name
            or schema is Lack.UNKNOWN
            or here is None
            or there is None
        ):
            return None
        ours, theirs = _referenced(entity, here), _referenced(target, there)
        if not ours or not theirs:
            return None
        first = self._sides(entity, ours, here, relation.span)
        second = self._sides(target, theirs, there, relation.span)
        if first is None or second is None:
            return None
        clash = {column.name for column in first} & {column.name for column in second}
        first = [self._numbered(column, 1, clash) for column in first]
        second = [self._numbered(column, 2, clash) for column in second]
        back = next((one for one in target.relations if one.own == relation.inverse), None)
        kept = relation.options.flag("createForeignKeyConstraints", True) is not False
        forth = relation.options
        links = (
            Link(
                relation.span,
                tuple(first),
                entity,
                tuple(ours),
                _action(forth, "onDelete") or "CASCADE",
                _action(forth, "onUpdate") or "CASCADE",
                _called(here),
                kept=kept,
            ),
            Link(
                relation.span,
                tuple(second),
                target,
                tuple(theirs),
                "CASCADE" if back is None else _action(back.options, "onDelete"),
                "CASCADE" if back is None else _action(back.options, "onUpdate"),
                _called(there),
                kept=kept,
            ),
        )
        where = schema if isinstance(schema, str) else entity.schema
        return Junction(
            self.naming.prefix + name, where, relation.span, (*first, *second), links, entity, relation.property
        )

    def _sides(
        self, entity: Entity, referenced: Sequence[Spec], join: Sequence[Options], span: Span
    ) -> list[Spec] | None:
        made: list[Spec] = []
        for one in referenced:
            given = _given(join, one)
            name = given if isinstance(given, str) else None
            if given is Lack.ABSENT and one.name is not None and entity.given is not None:
                name = self.naming.join_table_column(entity.given, one.name)
            name = None if name is None else self.naming.column(name, name, ())
            if name is None:
                return None
            made.append(referring(one, name, span, False, True, name))
        return made

    @staticmethod
    def _numbered(column: Spec, number: int, clash: set[str | None]) -> Spec:
        return replace(column, name=f"{column.name}_{number}") if column.name in clash else column


def _referenced(target: Entity, join: Sequence[Options]) -> list[Spec] | None:
    """The columns that are referred to: those named, else the primary key."""
    named = [one.text("referencedColumnName") for one in join]
    if any(name is Lack.UNKNOWN for name in named):
        return None
    if not any(isinstance(name, str) for name in named):
        found = target.primaries()
        if target.unread and not found:
            return None
    else:
        by_name = {column.property: column for column in target.columns}
        found = [by_name[name] for name in named if isinstance(name, str) and name in by_name]
        if len(found) != len(named):
            return None
    return found if all(column.name is not None for column in found) else None


def _given(join: Sequence[Options], referenced: Spec) -> str | Lack:
    """The name that a join column is given."""
    for one in join:
        name, refers = one.text("name"), one.text("referencedColumnName")
        if name is Lack.UNKNOWN:
            return name
        if isinstance(name, str) and (not isinstance(refers, str) or refers == referenced.own):
            return name
    return Lack.ABSENT


def _several(table: Options, one: str, many: str) -> list[Options] | None:
    """The join columns of `@JoinTable`, None where they are computed."""
    single, several = table.here(one), table.here(many)
    if single is Lack.UNKNOWN or several is Lack.UNKNOWN:
        return None
    if not isinstance(single, Lack):
        return [Options(table.evaluator, single)]
    if isinstance(several, Lack):
        return []
    if several.kind != "arr":
        return None
    return [Options(table.evaluator, item) for item in several.arguments()]


def _called(join: Sequence[Options]) -> str | None:
    found = join[0].text("foreignKeyConstraintName") if join else None
    return found if isinstance(found, str) else None


def _action(options: Options, key: str) -> str | None:
    found = options.literal(key)
    return found.upper() if isinstance(found, str) else None
