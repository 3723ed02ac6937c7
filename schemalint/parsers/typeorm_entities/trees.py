"""`@Tree('closure-table')`: the table of its own (ClosureJunctionEntityMetadataBuilder, 0.3.31)."""

from __future__ import annotations

from dataclasses import replace

from schemalint.parsers.typeorm_entities.columns import Spec, referring
from schemalint.parsers.typeorm_entities.entities import Entity
from schemalint.parsers.typeorm_entities.naming import Naming
from schemalint.parsers.typeorm_entities.options import Lack, Options
from schemalint.parsers.typeorm_entities.relations import Junction, Link

_ENDS = ("ancestor", "descendant")


def closure(entity: Entity, options: Options, naming: Naming) -> Junction | None:
    """The table that says of each row what is above it; None where its names are not known."""
    given, schema = options.text("closureTableName"), options.text("closureTableSchema")
    renamed = any(options.here(f"{end}ColumnName") is not Lack.ABSENT for end in _ENDS)
    primaries = entity.primaries()
    if options.open or renamed or Lack.UNKNOWN in (given, schema) or len(primaries) != 1 or naming.kind == "custom":
        return None
    span, primary = entity.of.span, primaries[0]
    bare = given if isinstance(given, str) else entity.given
    names = [naming.column(f"{primary.own}_{end}", None, ()) for end in _ENDS]
    level = naming.column("level", None, ())
    if bare is None or level is None:
        return None
    columns = [_end(primary, entity, name) for name in names if name is not None]
    if len(columns) != len(names):
        return None
    links = tuple(Link(span, (one,), entity, (primary,), "CASCADE", None) for one in columns)
    if any(told.first("TreeLevelColumn") for one in entity.line for told in one.fields):
        columns.append(Spec(level, span, "level", "level", type="Number"))
    where = schema if isinstance(schema, str) else entity.schema
    return Junction(f"{naming.prefix}{bare}_closure", where, span, tuple(columns), links, entity, "closure")


def _end(primary: Spec, entity: Entity, name: str) -> Spec:
    return replace(referring(primary, name, entity.of.span, False, True, name), length=primary.length)
