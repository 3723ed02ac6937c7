"""Decorated classes: what their decorators are called in TypeORM, and what they inherit.

TypeORM gathers decorators as they run: those of one property from the last written to the first, those of a class after those
of its base, and of several columns for one property it keeps the one that was there first (MetadataArgsStorage, 0.3.31).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from schemalint.jssource.evaluate import Evaluator
from schemalint.jssource.here import Here
from schemalint.model.frozen import frozen
from schemalint.model.span import Span

UNKNOWN = "?"
"""The name of a decorator that may be any of TypeORM's."""
_DEEPEST = 20
_MANY = 30


@frozen
class Decorator:
    """One decorator under TypeORM's name for it."""

    name: str
    span: Span
    arguments: tuple[Here, ...]


@frozen
class Field:
    """A property. `decorators` stand in the order in which they run; `type` is what TypeScript is told. `again` are those of
    classes that declare a base's property again; `shared`: some class does that with this one."""

    name: str
    span: Span
    type: str | None
    decorators: tuple[Decorator, ...]
    again: tuple[Decorator, ...] = ()
    shared: bool = False

    def first(self, *names: str) -> Decorator | None:
        """The decorator of these names that runs first."""
        return next((one for one in self.decorators if one.name in names), None)


@dataclass(frozen=True, slots=True, eq=False)
class Class:
    """A class with what stands on it."""

    name: str
    path: str
    place: tuple[int, int]
    span: Span
    statement: Span
    decorators: tuple[Decorator, ...]
    fields: tuple[Field, ...]
    abstract: bool
    base: Here | None

    @property
    def has_columns(self) -> bool:
        """Whether any decorator that may be TypeORM's stands on its properties."""
        return any(field.decorators for field in self.fields)

    def first(self, *names: str) -> Decorator | None:
        """The first of these."""
        return next((one for one in self.decorators if one.name in names), None)


class Classes:
    """The decorated classes of a project's files."""

    def __init__(self, evaluator: Evaluator, extracts: Mapping[str, Mapping[str, Any]]) -> None:
        self.evaluator, self._extracts = evaluator, extracts
        self.by_place: dict[tuple[str, int], Class] = {}
        for path, extract in extracts.items():
            for held in extract.get("decorated", ()):
                made = self._class(path, held)
                self.by_place[path, made.place[0]] = made

    @cached_property
    def _declared_again(self) -> frozenset[Span]:
        """The properties of bases that some class declares again."""
        found: set[Span] = set()
        for one in self.by_place.values():
            line, _ = self.line(one)
            own = {field.name for field in one.fields}
            found |= {field.span for base in line[1:] for field in base.fields if field.name in own}
        return frozenset(found)

    def _class(self, path: str, held: dict[str, Any]) -> Class:
        value = held["class"]
        named = Span(path, value.get("ns", value["s"]), value.get("ne", value["e"]))
        fields = tuple(
            Field(
                field["n"],
                Span(path, field["s"], field["e"]),
                field["type"],
                tuple(one for given in reversed(field["d"]) for one in self._decorators(path, given)),
            )
            for field in held["fields"]
        )
        return Class(
            name=value["n"] or "",
            path=path,
            place=(value["s"], value["e"]),
            span=named,
            statement=Span(path, value["s"], value["e"]),
            decorators=tuple(one for given in reversed(held["d"]) for one in self._decorators(path, given)),
            fields=fields,
            abstract=held["abstract"],
            base=Here(path, value["b"]) if "b" in value else None,
        )

    def _decorators(self, path: str, given: dict[str, Any]) -> Iterator[Decorator]:
        """What a decorator is in TypeORM's words; nothing for those of other libraries."""
        place = {"s": given["s"], "e": given["e"]}
        call = Here(path, {"t": "call", "f": given["f"], "a": given["a"]} | place)
        yield from self._meant(call, call.span, 0)

    def _meant(self, call: Here, span: Span, depth: int) -> Iterator[Decorator]:
        found = self.evaluator.follow(call)
        if found.kind == "fn" and found.path in self._extracts:  # a decorator that the project writes out
            yield Decorator(UNKNOWN, span, ())
        if found.kind != "call" or depth > _DEEPEST:
            return
        owner, name = self._of_tables(found.at(found.value["f"]))
        if owner == "typeorm":
            yield Decorator(name, span, tuple(found.arguments()))
        elif name == "applyDecorators":  # of NestJS: one for several
            for one in reversed(found.arguments()[:_MANY]):
                yield from self._meant(one, span, depth + 1)
        elif owner is None:
            yield Decorator(UNKNOWN, span, ())

    def _of_tables(self, callee: Here) -> tuple[str | None, str]:
        """The same where a name is bound by `onMongo ? ObjectIdColumn : PrimaryColumn`: what it is on servers that have
        tables."""
        named = {self._named(one) for one in self.evaluator.choices(callee)}
        others = named - {("typeorm", "ObjectIdColumn")}
        return next(iter(others or named)) if len(others or named) == 1 else (None, "")

    def _named(self, callee: Here) -> tuple[str | None, str]:
        """("typeorm", name) for what is TypeORM's own, (None, "") for what may lead to it, another package's name else."""
        name = ""
        for _ in range(_DEEPEST):
            found = self.evaluator.follow(callee)
            if found.kind == "mem":
                callee, name = found.at(found.value["o"]), found.value["p"]
                continue
            if found.kind == "imp":
                module, own = found.value["m"] or "", found.value["n"]
                if module == "typeorm" or module.startswith("typeorm/"):
                    return "typeorm", name or own
                inside = self.evaluator.module(found.path, module)
                if "typeorm" in module or (inside is not None and inside in self._extracts):
                    return None, ""
                return module, own
            if found.kind in {"fn", "call"} and found.path in self._extracts:
                return None, ""  # a decorator of the project, in a file that speaks of TypeORM
            break
        return "", ""

    def meant(self, here: Here) -> Class | None:
        """The class that an expression stands for, or that `() => X` and `type => X` give."""
        found = self.evaluator.follow(here)
        if found.kind == "fn" and "r" in found.value:
            found = self.evaluator.follow(found.at(found.value["r"]))
        return self.by_place.get((found.path, found.value["s"])) if found.kind == "class" else None

    def line(self, one: Class) -> tuple[list[Class], bool]:
        """A class and those that it extends, itself first, and whether all of them are known."""
        found = [one]
        base = one.base
        for _ in range(_DEEPEST):
            if base is None:
                return found, True
            end = self.evaluator.follow(base)
            if end.kind == "class":
                known = self.by_place.get((end.path, end.value["s"]))
                if known is None:  # without a body that was read, hence without decorators
                    if "b" not in end.value:
                        return found, end.path in self._extracts or not end.path.endswith(".d.ts")
                    base = end.at(end.value["b"])
                    continue
                if known in found:
                    return found, False
                found.append(known)
                base = known.base
                continue
            owner, _ = self._named(end)
            return found, owner == "typeorm"
        return found, False

    def fields(self, classes: list[Class]) -> list[tuple[Class, Field]]:
        """The properties of a class and its bases, each once, those of the bases first. A base says what its column is; a
        column of the class itself of that name only gives its default."""
        found: dict[str, tuple[Class, Field]] = {}
        for owner in reversed(classes):
            for field in owner.fields:
                if not field.decorators:
                    continue
                if field.name in found:
                    known, inner = found[field.name]
                    found[field.name] = known, replace(inner, again=(*inner.again, *field.decorators))
                else:
                    found[field.name] = owner, replace(field, shared=field.span in self._declared_again)
        return list(found.values())
