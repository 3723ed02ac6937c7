"""Calls that migrate, as the model knows them, and what of their arguments is not known."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from posixpath import dirname

from schemalint.model.facts import Fact, Opaque
from schemalint.model.names import TableName
from schemalint.model.source import Call, Sync
from schemalint.model.span import Span
from schemalint.parsers.gorm.arguments import Given
from schemalint.parsers.gorm.expressions import Data
from schemalint.parsers.gorm.world import World

_MIGRATES = re.compile(r"[mM]igrat")
_MAY_MIGRATE = re.compile(r"(?i)migrat|model|entit|table|schema")
"""Names of functions that may migrate what they are given, the second where nothing but the name is known of them."""
_OF_GORM = frozenset(("AutoMigrate", "MigrateColumn", "MigrateColumnUnique", "CreateTable", "DropTable", "HasTable"))
_SYNC = Sync(adds_columns=True, adds_indexes=True, adds_foreign_keys=True, alters_columns=True)


def start_call(path: str, call: Data, tables: tuple[TableName, ...] | None, given: Given | None = None) -> Call:
    """A call that was read, with the tables that it makes."""
    condition = call["condition"]
    return Call(
        span=Span(path, *call["at"]),
        text=call["text"],
        sync=Sync() if call["creates"] else _SYNC,
        tables=tables,
        condition=condition,
        environment=_environment(condition or ""),
        unordered=given is not None and given.unordered,
        stand_ins=given is not None and bool(given.stand_ins),
    )


def _environment(condition: str) -> str | None:
    """Whether a guard certainly keeps a call out of production, or lets it run there only."""
    found = re.fullmatch(r'[\w.()" ]*?env[\w.()" ]*?\s*([!=]=)\s*"(\w+)"', condition, re.IGNORECASE)
    if found is None:
        return None
    equal, value = found.group(1) == "==", found.group(2).lower()
    if value in ("production", "prod"):
        return "production" if equal else "development"
    return "development" if equal and value in ("development", "dev", "local", "test") else None


def unknown(path: str, call: Data, given: Given, elsewhere: bool) -> Iterator[Fact]:
    """What a call is given that could not be told: it may migrate any model, but touches no table that is known. `elsewhere`:
    nor could the table that it makes of another name."""
    statement = Span(path, *call["statement"])
    for span in given.open:
        yield Opaque(span, statement, f"what {call['text']} migrates here could not be told", ())
    if elsewhere:
        span = Span(path, *call["at"])
        what = "works on a database of dbresolver" if "resolver" in call else "makes a table of another name"
        yield Opaque(span, statement, f"{call['text']} {what}", ())


def given_away(extracts: Mapping[str, Data], world: World, passed_over: re.Pattern[str]) -> Iterator[Fact]:
    """Models that are handed to a function that by its name may migrate them, where that was not read, or does not show. Files of
    tests are passed over."""
    takers = {
        ("()" if one["method"] else dirname(path), one["declared"])
        for path, extract in extracts.items()
        for kind, key in (("calls", "arguments"), ("hands", "given"), ("adds", "given"))
        for one in extract.get(kind, ())
        if any("forward" in item for item in one[key])
    }
    for path, extract in extracts.items():
        if passed_over.search(path):
            continue
        for site in (*extract.get("hands", ()), *extract.get("registers", ())):
            package, name = site["name"]
            imported = world.imports(path).get(package or "")
            home = dirname(path) if package is None else "()" if imported is None else world.folder(imported)
            telling = _MAY_MIGRATE if home is None else _MIGRATES
            if (
                (home, name) in takers
                or name in _OF_GORM
                or not telling.search(name)
                or not site.get("types_only", True)
            ):
                continue
            types = (item["type"] for given in site["given"] for item in given.get("list", [given]) if "type" in item)
            structs = (struct for kind in types if (struct := world.meaning(kind, path).struct) is not None)
            if (struct := next(structs, None)) is not None:
                span = Span(path, *site["at"])
                yield Opaque(span, span, f"what {name} does with {struct.name} could not be told", ())
