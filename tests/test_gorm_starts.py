"""AutoMigrate on paper equals what real GORM sends to tables that are there already, and what it leaves behind. See
tests/oracles/gorm/README.md."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import groupby
from typing import Any

import pytest

from schemalint import sql
from schemalint.config import Config
from schemalint.dialects import dialect as dialect_named
from schemalint.discover import MemoryTree
from schemalint.lint import lint
from schemalint.model import facts
from schemalint.model.catalog import Catalog, Refusal
from schemalint.model.schema import Column, Table
from schemalint.model.source import Source, SourceKind
from schemalint.model.span import SourceFile
from schemalint.replay.automigrate import played
from schemalint.replay.state import State
from tests.oracles.gorm.starts.cases import HERE, Case, cases
from tests.oracles.gorm.starts.renew import RELEASES

GOLDENS = json.loads((HERE / "goldens.json").read_text("utf-8"))
CASES = {case.name: case for case in cases()}
RUNS = [
    pytest.param(name, dialect, release, group["starts"], id=f"{name}-{dialect}-{release}")
    for name, dialects in GOLDENS.items()
    for dialect, groups in dialects.items()
    for group in groups
    for release in group["releases"]
]


SILENT = (Refusal.INDEX_DIFFERS, Refusal.LOST_IN_COPY)
SAID_ELSEWHERE = re.compile(
    "syntax error"  # a type that the server does not take: SL436
    "|errno: 150"  # key and column differ in type: SL107
    "|invalid DDL|a8_ls"  # a space before a name: SL404
    "|not found in origin ddl"  # sqlite up to v1.5.4, where a name is written without quotes: not known to the catalog
    "|idx_same already exists"  # one index name in two models: SL431
    "|Data truncated"  # rows that do not fit: SL442
    "|Cannot add a UNIQUE column"  # sqlite, up to GORM v1.25.6
)


def sources(case: Case, dialect: str, release: str) -> tuple[Catalog, Catalog, Source]:
    """What is there before, the models, and their source."""
    required = "".join(f"require gorm.io/{name} {version}\n" for name, version in RELEASES[release].items())
    files = {
        "models.go": case.code("models"),
        "go.mod": f"module starts\n\ngo 1.22\n\n{required}",
        "schema.sql": case.before[dialect] + ";\n",
    }
    report = lint(MemoryTree(files), Config(dialect=dialect), only=())
    assert report.broken == ()
    before, models, source = Catalog(), Catalog(), None
    for one, catalog in report.catalogs:
        if one.kind is SourceKind.MODELS:
            models, source = catalog, one
        else:
            before = catalog
    assert source is not None
    return before, models, source


def said(fact: facts.Fact) -> Iterator[tuple[str, ...]]:
    """What a statement does, without its details."""
    match fact:
        case facts.AddColumn():
            yield "add column", str(fact.table), str(fact.column.name)
            yield from (("add unique", str(fact.table)) for _ in fact.uniques)
        case facts.AlterColumn():
            what = (
                "all" if fact.replacement is not None
                else "type" if fact.type is not None
                else "null" if fact.nullable is not None
                else "default"
            )  # fmt: skip
            yield "alter column", str(fact.table), str(fact.column), what
        case facts.CreateIndex():
            yield "create index", str(fact.table), str(fact.index.name)
        case facts.DropIndex():
            yield "drop index", str(fact.name.name)
        case facts.AddConstraint():
            yield (
                "add unique" if isinstance(fact.constraint, facts.UniqueConstraint) else "add constraint",
                str(fact.table),
            )
        case facts.DropConstraint():
            yield "drop constraint", str(fact.table), str(fact.name)
        case facts.CreateTable():
            yield "create table", str(fact.table)


def in_order(statements: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Indexes that are made one behind the other sorted: up to GORM v1.26 their order is left to chance."""
    found: list[tuple[str, ...]] = []
    for made, some in groupby(statements, key=lambda one: one[0] == "create index"):
        here = list(some)
        found.extend(sorted(here) if made else here)
    return found


def read(statements: list[str], dialect: str) -> list[tuple[str, ...]]:
    found = []
    for text in statements:
        for fact in sql.read_literal(SourceFile("sent.sql", text), 0, text, dialect).facts:
            found.extend(said(fact))
    return found


def tables_of(statements: list[str], dialect: str) -> Catalog:
    text = ";\n".join(statements) + ";\n"
    report = lint(MemoryTree({"schema.sql": text}), Config(dialect=dialect), only=())
    return report.catalogs[0][1] if report.catalogs else Catalog()


def column(one: Column) -> tuple[object, ...]:
    return str(one.name), one.type.name if one.type else None, one.nullable


def keys(table: Table) -> set[object]:
    """Keys and indexes by what they do; MySQL's unique constraints are unique indexes."""
    found: set[object] = {("unique", str(one.name), one.columns) for one in table.uniques} | {
        ("foreign key", str(one.name), one.columns, one.ref_table) for one in table.foreign_keys
    }
    found |= {("check", str(one.name)) for one in table.checks if "json_valid" not in one.expr.raw}  # MariaDB's own
    for index in table.indexes:
        found.add(("unique" if index.unique else "index", str(index.name), index.columns))
    return found


def merged(found: set[object]) -> set[object]:
    """Of several uniques of the same columns the first by name: in one CREATE TABLE postgres makes one of them."""
    first: dict[object, object] = {}
    for kind, name, *rest in sorted(found, key=str):
        first.setdefault((kind, *rest) if kind == "unique" else (kind, name, *rest), name)
    return set(first.items())


def not_followed(state: State, dialect: str, release: str) -> bool:
    """Whether it is left open which columns are altered: before GORM v1.23.1, and by postgres drivers before v1.4.6 where a
    column has a default, which they tell with its cast."""
    columns = [one for table in state.tables.values() for one in table.columns.values()]
    defaults = any(one.default is not None or one.has_default is not False for one in columns)
    return release == "1.22.5" or (release == "1.24.3" and dialect == "postgres" and defaults)


def says(one: Column) -> bool:
    """Whether a column has a default other than NULL."""
    return one.default is not None and not one.default.raw.upper().startswith("NULL")


def same_columns(table: Table, real: Table) -> None:
    assert [str(name) for name in table.columns] == [str(name) for name in real.columns]
    for one, other in zip(table.columns.values(), real.columns.values(), strict=True):
        if one.type is not None:  # it is known
            assert column(one)[:2] == column(other)[:2]
        if one.nullable is not None:
            assert column(one)[2] == column(other)[2]
        if one.has_default is not None and not other.identity and not one.identity:
            assert says(one) == says(other), str(one.name)


@pytest.mark.parametrize(("name", "dialect", "release", "starts"), RUNS)
def test_a_start_is_played_as_gorm_does_it(name: str, dialect: str, release: str, starts: list[Any]) -> None:
    if (dialect == "postgres" and re.search("name of 64|name that is too long", name)) or (
        name == "two unique indexes of one field" and release == "1.25.12"
    ):
        return  # PostgreSQL cuts names, which SL443 speaks of; which of two indexes comes first was left to chance
    if release == "1.22.5" and re.search("space before an index name|name that is too long", name):
        return  # before v1.23 such names are made otherwise, which is not followed
    before, models, source = sources(CASES[name], dialect, release)
    state = State(dialect_named(dialect), closed=True)
    for table in before.tables.values():
        state.put(table)
    state.views, state.things = dict(before.views), {(t.kind, t.name, t.table): t for t in before.things}
    call = source.calls[0]
    for number, start in enumerate(starts):
        if start["error"] == "insufficient arguments":  # the postgres driver is too old for GORM: SL401
            assert (dialect, release) == ("postgres", "1.30.0, old drivers")
            return
        if "CREATE TABLE" in "".join(start["sent"][-1:]) and start["error"] and "__temp" not in start["sent"][-1]:
            return  # the models' own table is refused, which no table of before changes
        if start["error"] and not start["sent"] and number == 0:
            return  # GORM does not take the model
        kept: list[tuple[str, ...]] = []
        refused = []
        for fact, troubles in played(state, models, call, source):
            refused += [one for one in troubles if one.refusal not in SILENT]
            if not isinstance(fact, facts.CreateTable) and all(
                one.refusal is not Refusal.INDEX_DIFFERS for one in troubles
            ):
                kept.extend(said(fact))
            if refused:
                break
        unsure = any(c.type is None for t in state.tables.values() for c in t.columns.values())
        unsure = unsure or not_followed(state, dialect, release)
        if SAID_ELSEWHERE.search(start["error"]):
            return
        if start["error"]:
            assert refused or unsure, start["error"]
            return
        assert not refused
        created = [text for text in start["sent"] if text.startswith("CREATE TABLE")]
        # for a comment that only the table has, the postgres driver sends the type as it is: comments are not kept
        commented = (name, dialect) == ("comments", "postgres")
        if dialect != "sqlite" and not unsure and not created and not commented:
            assert in_order(kept) == in_order(read(start["sent"], dialect))
        if "tables" in start:
            for table in tables_of(start["tables"], dialect).tables.values():
                same_columns(state.tables[table.name], table)
                if not state.tables[table.name].incomplete:
                    assert merged(keys(state.tables[table.name])) == merged(keys(table))


def test_there_is_enough_to_judge_by() -> None:
    assert sum(bool(sql) for case in CASES.values() for sql in case.before.values()) >= 150
    assert len(RUNS) >= 1300
