"""Which tags and fields of a module are looked through for hazards."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator

from schemalint.model.source import Hazard, HazardKind
from schemalint.model.span import Span
from schemalint.parsers.gorm.expressions import Data
from schemalint.parsers.gorm.hazards import Hazards, unexported
from schemalint.parsers.gorm.keyhazards import KeyHazards
from schemalint.parsers.gorm.naming import snake
from schemalint.parsers.gorm.schema import Schema
from schemalint.parsers.gorm.slips import Slips
from schemalint.parsers.gorm.tags import Tag
from schemalint.parsers.gorm.world import Struct, World

_TYPES = dict.fromkeys(("int", "int64", "uint", "uint64"), ("BIGINT",))
"""What a Go type becomes without a word, on every server."""


def hazards(
    world: World,
    schemas: Iterable[Schema],
    migrated: Iterable[Schema],
    at_start: Container[str],
    slips: Slips,
    careful: Hazards,
    keyed: KeyHazards,
) -> tuple[Hazard, ...]:
    """Every hazard once. `schemas` are all models, `migrated` those whose tables GORM makes, `at_start` the keys of
    the structs that are migrated on every start, and not by a migration once."""
    made = [schema for schema in migrated if not schema.is_join]
    found: dict[tuple[object, Span], Hazard] = {}
    everything = [(schema, True) for schema in made] + [(one, False) for one in schemas if not one.is_join]
    for schema, is_made in everything:
        several = [
            *_of_tags(world, schema.struct, slips, is_made),
            *careful.default(schema),
            *unexported(world, schema),
        ]
        for hazard in several + ([*careful.of(schema), *keyed.of(schema)] if is_made else []):
            if hazard.kind is HazardKind.ENDLESS_ALTER and schema.struct.key not in at_start:
                continue
            found.setdefault((hazard.kind, hazard.span), hazard)
    return tuple(sorted(found.values(), key=lambda hazard: (hazard.span, hazard.kind.value)))


def _of_tags(world: World, struct: Struct, slips: Slips, migrated: bool) -> Iterator[Hazard]:
    pending, seen = [struct], {struct.key}
    while pending:
        here = pending.pop()
        for entry in here.fields:
            if not entry["anonymous"] and not entry["name"][:1].isupper():
                continue
            raw, meaning = entry.get("tag"), world.meaning(entry["type"], here.path, here.parameters)
            if raw is not None:
                anyhow = frozenset({snake(entry["name"]).upper(), *_TYPES.get(meaning.basic or "", ())})
                yield from slips.of(_tag(raw), here.path, f"{here.name}.{entry['name']}", migrated, anyhow)
            inner = meaning.struct
            embedded = entry["anonymous"] or (raw is not None and "embedded" in raw["value"])
            if embedded and inner is not None and inner.key not in seen:
                seen.add(inner.key)
                pending.append(inner)


def _tag(raw: Data) -> Tag:
    text, at = raw["value"], raw["at"]
    return Tag(text, tuple(range(at[0], at[0] + len(text))) if len(at) == 1 else tuple(at))
