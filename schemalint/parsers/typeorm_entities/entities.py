"""Entities: classes that have a table, with their columns and relations, those of embedded objects, bases and children
included (EntityMetadataBuilder, 0.3.31)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from schemalint.jssource.evaluate import Evaluator
from schemalint.jssource.here import Here
from schemalint.model.frozen import frozen
from schemalint.model.span import Span
from schemalint.parsers.typeorm_entities.classes import UNKNOWN, Class, Classes, Decorator, Field
from schemalint.parsers.typeorm_entities.columns import COLUMNS, CONSTRUCTORS, Columns, Default, Spec
from schemalint.parsers.typeorm_entities.naming import Naming
from schemalint.parsers.typeorm_entities.options import Lack, Options, literal

_RELATIONS = ("ManyToOne", "OneToOne", "OneToMany", "ManyToMany", "TreeParent", "TreeChildren")
_DEEPEST = 8
_TREES: dict[str, list[tuple[str, str, bool, str | float]]] = {
    "materialized-path": [("mpath", "String", True, "")],
    "nested-set": [("nsleft", "Number", False, 1.0), ("nsright", "Number", False, 2.0)],
    "closure-table": [],
    "adjacency-list": [],
}
"""What kinds of trees add to their table: name, type, whether it may be NULL, default."""


@frozen
class Relation:
    """A property that stands for rows of another entity. `target` is the class, or its name where that is a text."""

    kind: str
    property: str
    own: str
    span: Span
    prefixes: tuple[str, ...]
    target: Class | str | None
    inverse: str | None
    options: Options
    join: tuple[Options, ...]  # of JoinColumn
    joined: bool
    table: Options | None  # of JoinTable
    owner: Class


@dataclass(slots=True)
class Entity:
    """A class with its table. `name` is the table's, None where it is not known; `unread` are places that may add to it."""

    of: Class
    line: list[Class]
    name: str | None
    given: str | None
    schema: str | None
    columns: list[Spec] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    scopes: list[tuple[Class, str]] = field(
        default_factory=list
    )  # whose indexes count, and the path to their properties
    unread: list[Span] = field(default_factory=list)
    discriminator: Spec | None = None
    primary_name: str | None = None
    closure: Options | None = None  # of a tree with a table of its own

    @property
    def bare_name(self) -> str:
        """The table without the prefix, for names that are made of it."""
        return self.given or ""

    def primaries(self) -> list[Spec]:
        """The columns of the primary key."""
        return [column for column in self.columns if column.primary]


class Entities:
    """The entities of one package."""

    def __init__(self, evaluator: Evaluator, classes: Classes, naming: Naming) -> None:
        self.evaluator, self.classes, self.naming = evaluator, classes, naming
        self._columns = Columns(evaluator, naming)
        self.lost: list[tuple[Span, str]] = []

    def read(self) -> list[Entity]:
        """Every entity, with its children's columns where one table holds several classes."""
        children: dict[Class, list[Class]] = {}
        for one in self.classes.by_place.values():
            if one.first(UNKNOWN) is not None and one.first("Entity") is None and one.has_columns:
                self.lost.append((one.span, "whether this class is an entity is not known"))
            if one.first("ChildEntity") is None:
                continue
            line, _ = self.classes.line(one)
            parent = next((base for base in line[1:] if base.first("TableInheritance") is not None), None)
            if parent is None:
                self.lost.append((one.span, "the entity whose table it shares is not known"))
            else:
                children.setdefault(parent, []).append(one)
        return [
            self._entity(one, children.get(one, []))
            for one in self.classes.by_place.values()
            if one.first("Entity") is not None and one.first("ChildEntity") is None and not self._is_of_mongo(one)
        ]

    def _is_of_mongo(self, one: Class) -> bool:
        line, _ = self.classes.line(one)
        return any(field.first("ObjectIdColumn") for base in line for field in base.fields)

    def _entity(self, one: Class, children: list[Class]) -> Entity:
        decorator = one.first("Entity")
        assert decorator is not None
        line, whole = self.classes.line(one)
        arguments = list(decorator.arguments)
        name: str | Lack | None = Lack.ABSENT
        if arguments:
            first = self.evaluator.follow(arguments[0])
            if first.kind not in {"obj", "undef"}:
                said = literal(first)
                name, arguments = said if isinstance(said, str) else Lack.UNKNOWN, arguments[1:]
        options = Options(self.evaluator, arguments[0] if arguments else None)
        if name is Lack.ABSENT:
            name = options.text("name")
        schema = options.text("schema")
        elsewhere = options.text("database") is not Lack.ABSENT
        if name is Lack.UNKNOWN or schema is Lack.UNKNOWN or elsewhere:
            table = None
        else:
            table = self.naming.table(one.name, None if isinstance(name, Lack) else name)
        given = table[len(self.naming.prefix) :] if table is not None else None
        entity = Entity(one, line, table, given, None if isinstance(schema, Lack) else schema)
        if not whole:
            entity.unread.append(one.base.span if one.base is not None else one.span)
        self._gather(entity, line, (), "", 0)
        known = {column.property for column in entity.columns} | {relation.property for relation in entity.relations}
        for child in children:
            self._child(entity, child, known)
        self._discriminator(entity)
        self._tree(entity)
        return entity

    def _child(self, entity: Entity, child: Class, known: set[str]) -> None:
        """The columns of a class that shares the table: all of them may be NULL."""
        line, whole = self.classes.line(child)
        own = [base for base in line if base not in entity.line]
        if not whole:
            entity.unread.append(child.span)
        made = Entity(child, own, None, None, None)
        self._gather(made, own, (), "", 0)
        concrete = {base for base in own if base.first("ChildEntity") is not None}
        owners = {field.span: owner for owner, field in self.classes.fields(own)}
        for column in made.columns:
            if column.property not in known:
                null = True if owners.get(column.span) in concrete or "." in column.property else column.nullable
                entity.columns.append(replace(column, nullable=null))
        entity.relations += [relation for relation in made.relations if relation.property not in known]
        known |= {column.property for column in made.columns} | {relation.property for relation in made.relations}
        entity.scopes += [scope for scope in made.scopes if scope not in entity.scopes]
        entity.unread += made.unread

    def _gather(self, entity: Entity, line: list[Class], prefixes: tuple[str, ...], path: str, depth: int) -> None:
        entity.scopes += [(one, path) for one in reversed(line)]
        for one in line:
            entity.unread += [decorator.span for decorator in one.decorators if decorator.name == UNKNOWN]
        for owner, told in self.classes.fields(line):
            if self._is_nothing(told):
                continue
            embedded = self._embedded(told)
            if embedded is not None:
                self._embed(entity, embedded, told, (prefixes, path, depth))
                continue
            if any(decorator.name == UNKNOWN for decorator in told.decorators):
                entity.unread.append(told.span)
            column = told.first(*COLUMNS)
            if column is not None:
                spec = self._columns.spec(owner, told, column, prefixes, path)
                if spec.name is None:
                    entity.unread.append(told.span)
                entity.columns.append(spec)
                if spec.primary:
                    options = Options(self.evaluator, column.arguments[-1] if column.arguments else None)
                    called = options.literal("primaryKeyConstraintName")
                    entity.primary_name = called if isinstance(called, str) else entity.primary_name
            relation = told.first(*_RELATIONS)
            if relation is not None:
                entity.relations.append(self._relation(owner, told, relation, prefixes, path))

    def _is_nothing(self, field: Field) -> bool:
        """`@Column(String)`: TypeORM takes any function for that of an embedded object, and String's has no columns."""
        column = field.first(*COLUMNS)
        if column is None or column.name != "Column" or not column.arguments:
            return False
        found = self.evaluator.follow(column.arguments[0])
        return found.kind == "id" and found.value["v"] in CONSTRUCTORS

    def _embedded(self, field: Field) -> tuple[Decorator, Here] | None:
        """`@Column(() => Address)`: the decorator and the function."""
        column = field.first("Column")
        if column is None or not column.arguments:
            return None
        found = self.evaluator.follow(column.arguments[0])
        return (column, found) if found.kind == "fn" else None

    def _embed(
        self, entity: Entity, embedded: tuple[Decorator, Here], field: Field, around: tuple[tuple[str, ...], str, int]
    ) -> None:
        prefixes, path, depth = around
        decorator, function = embedded
        target = self.classes.meant(function)
        options = Options(self.evaluator, decorator.arguments[1] if len(decorator.arguments) > 1 else None)
        prefix = options.literal("prefix")
        if target is None or depth > _DEEPEST or prefix is Lack.UNKNOWN or self.naming.kind == "custom":
            entity.unread.append(field.span)
            return
        own = (field.name,) if prefix in (Lack.ABSENT, True) else (str(prefix),) if prefix else ()
        line, whole = self.classes.line(target)
        if not whole:
            entity.unread.append(field.span)
        self._gather(entity, line, (*prefixes, *own), f"{path}{field.name}.", depth + 1)

    def _relation(
        self, owner: Class, field: Field, decorator: Decorator, prefixes: tuple[str, ...], path: str
    ) -> Relation:
        arguments = list(decorator.arguments)
        kind, target = decorator.name, None
        inverse = None
        if kind in {"TreeParent", "TreeChildren"}:
            options = Options(self.evaluator, arguments[0] if arguments else None)
            kind = "ManyToOne" if kind == "TreeParent" else "OneToMany"
            reached: Class | str | None = owner
        else:
            target = arguments[0] if arguments else None
            reached = None
            if target is not None:
                said = self.evaluator.text(target)
                reached = said if said is not None else self.classes.meant(target)
            rest = arguments[1:]
            if rest and self.evaluator.follow(rest[0]).kind in {"fn", "str"}:
                inverse = _property(self.evaluator.follow(rest[0]))
                rest = rest[1:]
            elif len(rest) > 1:
                rest = rest[1:]
            options = Options(self.evaluator, rest[0] if rest else None)
        join: list[Options] = []
        joins = [one for one in field.decorators if one.name == "JoinColumn"]
        for one in joins:
            join += self._objects(one)
        table = field.first("JoinTable")
        return Relation(
            kind,
            path + field.name,
            field.name,
            field.span,
            prefixes,
            reached,
            inverse,
            options,
            tuple(join),
            bool(joins),
            None if table is None else Options(self.evaluator, table.arguments[0] if table.arguments else None),
            owner,
        )

    def _objects(self, decorator: Decorator) -> Iterator[Options]:
        """What `@JoinColumn` is given: one object, or an array of them."""
        if not decorator.arguments:
            yield Options(self.evaluator, None)
            return
        found = self.evaluator.follow(decorator.arguments[0])
        items = found.arguments() if found.kind == "arr" else [found]
        yield from (Options(self.evaluator, item) for item in items)

    def _discriminator(self, entity: Entity) -> None:
        decorator = entity.of.first("TableInheritance")
        if decorator is None:
            return
        options = Options(self.evaluator, decorator.arguments[0] if decorator.arguments else None)
        column = options.here("column")
        if isinstance(column, Lack):
            if column is Lack.UNKNOWN:
                entity.unread.append(decorator.span)
                return
            inner = Options(self.evaluator, None)
            name = "type"
        else:
            inner = Options(self.evaluator, column if column.kind == "obj" else None)
            said = literal(column) if column.kind == "str" else inner.text("name")
            if said is Lack.UNKNOWN or not isinstance(said, (str, Lack)):
                entity.unread.append(decorator.span)
                return
            name = said if isinstance(said, str) else "type"
        known = next((one for one in entity.columns if one.own == name and "." not in one.property), None)
        if known is None:
            at = Field(name, decorator.span, None, ())
            made = Decorator(
                "Column", decorator.span, () if isinstance(column, Lack) or column.kind != "obj" else (column,)
            )
            known = self._columns.spec(entity.of, at, made, (), "")
            known = replace(known, type=known.type or "varchar" if inner.here("type") is Lack.ABSENT else known.type)
            if known.name is None:
                entity.unread.append(decorator.span)
            entity.columns.append(known)
        entity.discriminator = known

    def _tree(self, entity: Entity) -> None:
        """What `@Tree` adds: a path, or two bounds. A closure table is one of its own."""
        decorator = entity.of.first("Tree")
        if decorator is None:
            return
        kind = literal(self.evaluator.follow(decorator.arguments[0])) if decorator.arguments else Lack.UNKNOWN
        added = _TREES.get(str(kind))
        if added is None:
            entity.unread.append(decorator.span)
            return
        for name, type_, nullable, value in added:
            column, default = self.naming.column(name, name, ()), Default(True, value)
            entity.columns.append(
                Spec(column, decorator.span, name, name, type=type_, nullable=nullable, default=default)
            )
        if kind == "closure-table":
            entity.closure = Options(self.evaluator, decorator.arguments[1] if len(decorator.arguments) > 1 else None)


def _property(here: Here) -> str | None:
    """The property that `user => user.photos` or `'photos'` names."""
    if here.kind == "str":
        return str(here.value["v"])
    given = here.value.get("r")
    return given["p"] if given is not None and given["t"] == "mem" and isinstance(given["p"], str) else None
