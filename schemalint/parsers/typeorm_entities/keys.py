"""Indexes, unique constraints and checks of an entity under the names that TypeORM gives them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import schemalint.sql as sql
from schemalint.dialects import Dialect, NameKind
from schemalint.jssource.evaluate import Evaluator
from schemalint.jssource.hashednames import hashed
from schemalint.jssource.here import Here
from schemalint.model.names import Name
from schemalint.model.schema import Check, Index, IndexPart, UniqueConstraint
from schemalint.model.span import Span
from schemalint.parsers.typeorm_entities.classes import Class, Decorator, Field
from schemalint.parsers.typeorm_entities.columns import COLUMNS, Spec
from schemalint.parsers.typeorm_entities.entities import Entity
from schemalint.parsers.typeorm_entities.naming import Naming
from schemalint.parsers.typeorm_entities.options import Lack, Options, literal


@dataclass(slots=True)
class Keys:
    """What an entity has besides columns, and the places that are not understood."""

    indexes: list[Index] = field(default_factory=list)
    uniques: list[UniqueConstraint] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    unread: list[Span] = field(default_factory=list)


class KeyReader:
    """Reads keys for one server. `joined` are the columns of relations by entity and property."""

    def __init__(
        self, evaluator: Evaluator, server: Dialect, naming: Naming, joined: dict[tuple[int, str], list[Spec]]
    ) -> None:
        self.evaluator, self.server, self.naming, self.joined = evaluator, server, naming, joined

    def keys(self, entity: Entity) -> Keys:
        """Everything that stands on the classes and properties of an entity, and its relations one to one."""
        found = Keys()
        for owner, path in entity.scopes:
            for decorator in owner.decorators:
                self._on_class(entity, found, decorator, path)
            for one in owner.fields:
                self._on_field(entity, found, owner, one, path)
        discriminator = entity.discriminator
        if discriminator is not None and discriminator.name is not None:
            alone = (self.name(discriminator.name),)
            if not any(index.columns == alone for index in found.indexes):
                self._add(entity, found, [discriminator], None, discriminator.span, unique=False)
        return found

    def name(self, text: str, kind: NameKind = NameKind.COLUMN) -> Name:
        """A name, quoted as TypeORM does."""
        return self.server.identifier(text, True, kind)

    def one_to_one(self, entity: Entity, found: Keys, columns: Sequence[Spec], span: Span) -> None:
        """The uniqueness of a relation one to one."""
        texts = [column.name for column in columns if column.name is not None]
        name = None if self.naming.kind == "custom" else hashed("REL", entity.name or "", texts, 26)
        self._unique(entity, found, columns, name, span)

    def _on_class(self, entity: Entity, found: Keys, decorator: Decorator, path: str) -> None:
        if decorator.name not in {"Index", "Unique", "Check"}:
            return
        arguments = [self.evaluator.follow(one) for one in decorator.arguments]
        called: str | None = None
        if arguments and arguments[0].kind == "str" and not (decorator.name == "Check" and len(arguments) == 1):
            called = str(arguments.pop(0).value["v"])
        if decorator.name == "Check":
            self._check(entity, found, decorator, arguments, called)
            return
        by_hand = decorator.name == "Index" and arguments and arguments[0].kind == "obj"
        if by_hand and Options(self.evaluator, arguments[0]).flag("synchronize", True) is False:
            return  # its columns are not said
        if not arguments:
            found.unread.append(decorator.span)
            return
        properties, descending = _properties(self.evaluator, arguments[0])
        columns = None if properties is None else self._columns(entity, [path + name for name in properties])
        options = Options(self.evaluator, arguments[1] if len(arguments) > 1 else None)
        if columns is None:
            found.unread.append(decorator.span)
        elif decorator.name == "Unique":
            self._unique(entity, found, columns, called, decorator.span)
        else:
            self._index(entity, found, columns, (called, decorator.span, descending), options)

    def _on_field(self, entity: Entity, found: Keys, owner: Class, one: Field, path: str) -> None:
        for decorator in one.decorators:
            arguments = [self.evaluator.follow(given) for given in decorator.arguments]
            if decorator.name in {"Index", "Unique"}:
                called = None
                if arguments and arguments[0].kind == "str":
                    called = str(arguments.pop(0).value["v"])
                columns = self._columns(entity, [path + one.name])
                if columns is None:
                    found.unread.append(decorator.span)
                elif decorator.name == "Unique":
                    self._unique(entity, found, columns, called, decorator.span)
                else:
                    options = Options(self.evaluator, arguments[0] if arguments else None)
                    self._index(entity, found, columns, (called, decorator.span, ()), options)
            elif decorator.name in COLUMNS:
                options = Options(self.evaluator, _object(arguments))
                unique = options.flag("unique")
                columns = self._columns(entity, [path + one.name])
                if unique is None or (unique and columns is None):
                    found.unread.append(one.span)
                elif unique and columns is not None and decorator.name == "Column":
                    self._unique(entity, found, columns, None, one.span)

    def _columns(self, entity: Entity, paths: Sequence[str]) -> list[Spec] | None:
        """The columns of properties, and those of relations; None where one is not known."""
        found: list[Spec] = []
        for path in paths:
            path = path.strip()
            one = next((column for column in entity.columns if column.property == path), None)
            several = [one] if one is not None else self.joined.get((id(entity), path))
            if several is None or any(column.name is None for column in several):
                return None
            found += several
        return found

    def _index(
        self,
        entity: Entity,
        found: Keys,
        columns: Sequence[Spec],
        said: tuple[str | None, Span, Sequence[bool]],
        options: Options,
    ) -> None:
        called, span, descending = said
        if options.flag("synchronize", True) is False:
            return
        unique, where = options.flag("unique"), options.literal("where")
        kinds = [options.flag(key) for key in ("spatial", "fulltext")]
        if options.open or unique is None or any(kind is not False for kind in kinds) or where is Lack.UNKNOWN:
            found.unread.append(span)
            return
        predicate = where if isinstance(where, str) and self.server.family in {"postgres", "sqlite"} else None
        self._add(entity, found, columns, called, span, unique=unique, where=predicate, descending=descending)

    def _unique(self, entity: Entity, found: Keys, columns: Sequence[Spec], called: str | None, span: Span) -> None:
        if self.server.family == "mysql":
            self._add(entity, found, columns, called, span, unique=True)
            return
        texts = [column.name for column in columns if column.name is not None]
        if called is None and self.naming.kind != "custom":
            called = hashed("UQ", entity.name or "", texts, 27)
        name = None if called is None else self.name(called, NameKind.CONSTRAINT)
        found.uniques.append(UniqueConstraint(name, tuple(map(self.name, texts)), span))

    def _add(
        self,
        entity: Entity,
        found: Keys,
        columns: Sequence[Spec],
        called: str | None,
        span: Span,
        *,
        unique: bool,
        where: str | None = None,
        descending: Sequence[bool] = (),
    ) -> None:
        texts = [column.name for column in columns if column.name is not None]
        if called is None and self.naming.kind != "custom":
            called = hashed("IDX", entity.name or "", texts, 26, where or "")
        name = None if called is None else self.name(called, NameKind.INDEX)
        ways = [*descending, *[False] * len(texts)]
        parts = tuple(IndexPart(span, self.name(text), descending=way) for text, way in zip(texts, ways, strict=False))
        expr, mentions = (None, ()) if where is None else sql.mentioning(self.server.name, where, span)
        found.indexes.append(Index(name, parts, span, unique=unique, where=expr, where_mentions=mentions))

    def _check(
        self, entity: Entity, found: Keys, decorator: Decorator, arguments: list[Here], called: str | None
    ) -> None:
        said = literal(arguments[0]) if arguments else Lack.UNKNOWN
        if not isinstance(said, str):
            found.unread.append(decorator.span)
            return
        if called is None and self.naming.kind != "custom":
            called = hashed("CHK", entity.name or "", [said], 26)
        expr, mentions = sql.mentioning(self.server.name, said, decorator.span)
        name = None if called is None else self.name(called, NameKind.CONSTRAINT)
        found.checks.append(Check(name, expr, decorator.span, mentions))


def _object(arguments: Sequence[Here]) -> Here | None:
    """The options among a column's arguments: the last of them, where that is no name of a type."""
    if not arguments or arguments[-1].kind in {"str", "id"} or (len(arguments) == 1 and arguments[0].kind == "fn"):
        return None
    return arguments[-1]


def _properties(evaluator: Evaluator, here: Here) -> tuple[list[str] | None, tuple[bool, ...]]:
    """The properties that `['a', 'b']` or `(user) => [user.a, user.b]` or `(user) => ({a: 1, b: -1})` names."""
    found = here
    if found.kind == "fn" and "r" in found.value:
        found = found.at(found.value["r"])
    if found.kind == "obj":
        names = [entry[0] for entry in found.value["p"]]
        ways = tuple(entry[3].get("v") == "-1" for entry in found.value["p"])
        return (None, ()) if None in names or "..." in names else ([str(name) for name in names], ways)
    if found.kind != "arr":
        return None, ()
    return _listed(evaluator, found), ()


def _listed(evaluator: Evaluator, found: Here) -> list[str] | None:
    names: list[str] = []
    for item in found.arguments():
        name = _path(item.value) if item.kind == "mem" else None
        said = name or evaluator.text(item)
        if said is None:
            return None
        names.append(said)
    return names or None


def _path(value: dict[str, object]) -> str | None:
    """`user.name.first` without its first name; None for what is no plain path of a parameter."""
    names: list[str] = []
    while value["t"] == "mem":
        names.append(str(value["p"]))
        inner = value["o"]
        assert isinstance(inner, dict)
        value = inner
    return ".".join(reversed(names)) if value["t"] == "id" and names else None
