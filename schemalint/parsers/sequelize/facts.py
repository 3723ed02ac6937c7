"""Models → facts: the tables that Sequelize makes of them, in the order in which it makes them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from schemalint.dialects import Dialect
from schemalint.model.facts import AddConstraint, Fact, Opaque
from schemalint.model.names import TableName
from schemalint.model.schema import ForeignKey
from schemalint.model.span import Span
from schemalint.parsers.sequelize.models import Model
from schemalint.parsers.sequelize.package import Package, unknown_table
from schemalint.parsers.sequelize.table import Maker


@dataclass(slots=True)
class Tables:
    """The facts of a package, and which models stand in a circle of foreign keys."""

    facts: list[Fact]
    names: dict[int, TableName]
    circles: list[list[Model]]


def tables(package: Package, dialect: Dialect) -> Tables:
    """Every table of the package's models. Models whose table is not certain become an Opaque that touches nothing."""
    facts: list[Fact] = []
    certain: list[Model] = []
    for model in package.models:
        if model.table is None:
            facts.append(Opaque(model.span, model.statement, unknown_table(model), touches=()))
        else:
            certain.append(model)
    names = {id(model): table_name(model, dialect) for model in certain}
    _resolve(package, certain)
    for part in lost(package):
        for model in certain:
            if model.statement.path == part.span.path and _overlaps(model.statement, part.span):
                model.unread.append(part.span)
    ordered, circles = _order(certain, names, dialect)
    later: list[Fact] = []
    made: set[TableName] = set()
    for model in ordered:
        maker = Maker(package.evaluator, model, dialect, names)
        facts += maker.enums()
        table = maker.table()
        made.add(table.table)
        kept = []
        for key in table.foreign_keys:
            if key.ref_table in made or not _awaited(key, ordered, names):
                kept.append(key)
            else:
                later.append(AddConstraint(key.span, model.statement, table.table, key))
        facts.append(replace(table, foreign_keys=tuple(kept)))
    return Tables(facts + later, names, circles)


def lost(package: Package) -> list[Opaque]:
    """The parts of files that may define models and were not understood."""
    return [
        Opaque(Span(path, start, end), Span(path, start, end), why, touches=())
        for path, extract in package.files.items()
        for start, end, why in extract.get("lost", ())
    ]


def _overlaps(one: Span, other: Span) -> bool:
    return one.start <= other.end and other.start <= one.end


def _awaited(key: ForeignKey, ordered: list[Model], names: dict[int, TableName]) -> bool:
    return any(names[id(model)] == key.ref_table for model in ordered)


def table_name(model: Model, dialect: Dialect) -> TableName:
    """The model's table as the database names it. MySQL and SQLite get one identifier with a dot in it; for MariaDB the
    schema is another database."""
    text = model.table or ""
    if model.schema is None:
        return dialect.table_name(text, quoted=True)
    if dialect.name in {"mysql", "sqlite"}:
        return dialect.table_name(f"{model.schema}.{text}", quoted=True)
    return dialect.table_name(text, quoted=True, schema=model.schema, schema_quoted=True)


def _resolve(package: Package, models: list[Model]) -> None:
    """`references: {model: User}`: the model that the expression means."""
    for model in models:
        for attribute in model.attributes.values():
            reference = attribute.reference
            if reference is None or reference.model is not None or reference.table is not None:
                continue
            if attribute.referenced is not None:
                reference.model = package.find(attribute.referenced)
            if reference.model is None:
                model.unread.append(reference.span)


def _order(models: list[Model], names: dict[int, TableName], dialect: Dialect) -> tuple[list[Model], list[list[Model]]]:
    """Parents before children, as sync goes; the circles found on the way."""
    by_table = {names[id(model)]: model for model in models}
    parents = {id(model): _parents(model, by_table, names, dialect) for model in models}
    ordered: list[Model] = []
    circles: list[list[Model]] = []
    state: dict[int, int] = {}
    for start in models:
        stack = [(start, iter(parents[id(start)]))] if id(start) not in state else []
        if stack:
            state[id(start)] = 1
        while stack:
            model, rest = stack[-1]
            parent = next(rest, None)
            if parent is None:
                state[id(model)] = 2
                ordered.append(model)
                stack.pop()
            elif id(parent) not in state:
                state[id(parent)] = 1
                stack.append((parent, iter(parents[id(parent)])))
            elif state[id(parent)] == 1:
                open = [held for held, _ in stack]
                circles.append(open[[id(one) for one in open].index(id(parent)) :])
    return ordered, circles


def _parents(
    model: Model, by_table: dict[TableName, Model], names: dict[int, TableName], dialect: Dialect
) -> list[Model]:
    found: list[Model] = []
    for attribute in model.attributes.values():
        reference = attribute.reference
        if reference is None:
            continue
        target = reference.model
        if target is None and reference.table is not None:
            target = by_table.get(dialect.table_name(reference.table, quoted=True))
        if target is not None and target is not model and id(target) in names:
            found.append(target)
    return found
