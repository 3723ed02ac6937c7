"""SL317 upgrade-differs. Docs and tests: rules/SL317-upgrade-differs.md"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from posixpath import basename

from schemalint.databases import Databases
from schemalint.dialects import dialect
from schemalint.equality import same_default, same_type
from schemalint.model.catalog import Catalog
from schemalint.model.facts import Fact, Opaque
from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.frozen import frozen
from schemalint.model.names import Name, TableName
from schemalint.model.objects import Write
from schemalint.model.schema import Column, Index, Table, UniqueConstraint
from schemalint.model.source import Source, SourceKind, Upgrades
from schemalint.model.span import Span
from schemalint.model.types import Family, Outcome
from schemalint.rules import Rule, listed, rule
from schemalint.upgrades import ColumnWord, IndexWord, Words, last_words

_SLIPS = 5
"""Names that one script gets wrong, at most: more of them are tables of something else."""


@frozen
class _Difference:
    """In what the upgrades end differently: what they say ("is NOT NULL"), what the schema says, and where."""

    name: Name
    what: str
    theirs: str
    ours: str
    there: Span
    here: Span


@rule("SL317", "upgrade-differs", severity=Severity.WARNING, on=Databases)
def check(self: Rule, databases: Databases) -> Iterator[Finding]:
    read = [(source, database.catalogs[source.id]) for database in databases.all for source in database.sources]
    for source, own in read:
        if source.upgrades is None:
            continue
        below = [one for one, _ in read if one is not source and _is_optional(one, source)]
        for schema, catalog in read:
            if _is_whole(schema, source) and not catalog.opaque:
                loose = [_own(script.facts, one.why) for one in below for script in one.scripts]
                words = _words(source, source.upgrades, loose)
                if _is_theirs(words, catalog):
                    yield from _judge(self, source, schema, words, catalog, own)
                    yield from _misnamed(self, source, schema, words, catalog)


def _is_optional(other: Source, source: Source) -> bool:
    """Whether scripts lie below a folder of upgrades and may be run on its databases: for whoever wants them, or for a later
    version."""
    alike = None in (other.dialect, source.dialect) or other.dialect == source.dialect
    return alike and bool(other.files) and all(_is_below(path, source.root) for path in other.files)


def _is_below(path: str, folder: str) -> bool:
    return path.startswith(f"{folder}/") and "/" in path.removeprefix(f"{folder}/")


def _is_whole(schema: Source, source: Source) -> bool:
    assert source.upgrades is not None
    alike = schema.dialect == source.dialect and schema.kind is SourceKind.SCHEMA
    return alike and schema.files == (source.upgrades.whole,)


def _words(source: Source, upgrades: Upgrades, optional: list[tuple[Fact, ...]]) -> Words:
    scripts = {script.path: _own(script.facts, source.why) for script in source.scripts}
    groups = [[scripts[path] for path in group if path in scripts] for group in upgrades.groups]
    loose = [*(scripts[path] for path in upgrades.loose if path in scripts), *optional]
    return last_words(groups, loose, dialect(source.dialect).index_scope == "table")


def _is_theirs(words: Words, catalog: Catalog) -> bool:
    """Whether the upgrades speak of the schema's tables, and not of those of something else."""
    named = [table for table, said in words.columns.items() if any(word and word.there for word in said.values())]
    return sum(name in catalog.tables for name in named) * 2 >= len(named)


def _judge(
    self: Rule, source: Source, schema: Source, words: Words, catalog: Catalog, own: Catalog
) -> Iterator[Finding]:
    for table in catalog.tables.values():
        made, last = own.tables.get(table.name), words.tables.get(table.name)
        if table.incomplete or (last is not None and not last.there) or (made is not None and not made.incomplete):
            continue  # what is made here from the beginning is a history's, and for SL313 to say
        found = [*_columns(table, words, source.dialect), *_indexes(table, words)]
        if found:
            yield _finding(self, table, found, source, schema)


def _own(facts: tuple[Fact, ...], doubt: str) -> tuple[Fact, ...]:
    """What a script says; the last of a folder is followed by the doubt about all of it."""
    return tuple(fact for fact in facts if not (isinstance(fact, Opaque) and fact.why == doubt))


def _columns(table: Table, words: Words, server: str | None) -> Iterator[_Difference]:
    said = words.columns.get(table.name, {})
    made = words.tables.get(table.name)
    for name, column in table.columns.items():
        if made is not None and name not in said:
            yield _Difference(name, "", "is not there", "has it", made.span, column.span)
    for name, word in said.items():
        if word is None:
            continue
        held = table.columns.get(name)
        if not word.there and held is not None:
            yield _Difference(name, "", "is dropped or renamed", "has it", word.span, held.span)
        elif word.there and held is None:
            yield _Difference(name, "", "is there", "has no such column", word.span, table.span)
        elif word.there and held is not None and word.column is not None:
            yield from _column(table, held, word, word.column, server)


def _column(table: Table, column: Column, word: ColumnWord, last: Column, server: str | None) -> Iterator[_Difference]:
    if column.generated is not None or last.generated is not None:
        return
    if word.typed and same_type(column.type, last.type, server, server).outcome is Outcome.DIFFERENT:
        assert column.type is not None
        assert last.type is not None
        here = column.type_span or column.span
        yield _Difference(column.name, "", f"is {last.type.name}", f"says {column.type.name}", word.typed, here)
    key = table.primary_key.columns if table.primary_key else ()
    stamp = any(one.type is not None and one.type.family is Family.TIMESTAMP for one in (column, last))
    if column.name in key or (stamp and dialect(server).family == "mysql"):
        return  # the server decides, by itself or by a setting
    if word.nulls and None not in (column.nullable, last.nullable) and column.nullable is not last.nullable:
        theirs, ours = ("takes NULL", "says NOT NULL") if last.nullable else ("is NOT NULL", "takes NULL")
        yield _Difference(column.name, "", theirs, ours, word.nulls, column.span)
    if word.filled and same_default(column, last, server, server).outcome is Outcome.DIFFERENT:
        yield _Difference(column.name, "", _default(last), f"says {_default(column)}", word.filled, column.span)


def _default(column: Column) -> str:
    return f"has default {column.default.raw}" if column.default is not None else "has no default"


def _indexes(table: Table, words: Words) -> Iterator[_Difference]:
    held: dict[Name, Index | UniqueConstraint] = {one.name: one for one in table.uniques if one.name is not None}
    held |= {one.name: one for one in table.indexes if one.name is not None and not one.implied}
    said = {key[1]: word for key, word in words.words_on(table.name)}
    for name in held:
        lone = words.indexes.get(words.key(table.name, name))
        if lone is not None and lone.table is None:  # a statement that names only the index
            said[name] = lone
    for name, word in said.items():
        index = held.get(name)
        if not word.there and index is not None:
            yield _Difference(name, "index ", "is dropped or renamed", "has it", word.span, index.span)
        elif word.there and index is not None:
            yield from _index(index, word)
        elif word.there and word.columns is not None:
            others = (one for one in held.values() if one.columns == word.columns and one.name not in said)
            twin = next(others, None)
            ours = f"calls it {twin.name}" if twin else "has none of that name"
            here = twin.span if twin else table.span
            yield _Difference(name, "index ", f"is on ({listed(word.columns)})", ours, word.span, here)


def _index(index: Index | UniqueConstraint, word: IndexWord) -> Iterator[_Difference]:
    assert index.name is not None
    if word.columns is not None and index.columns is not None and word.columns != index.columns:
        said = f"is on ({listed(word.columns)})"
        yield _Difference(index.name, "index ", said, f"says ({listed(index.columns)})", word.span, index.span)


def _finding(self: Rule, table: Table, found: list[_Difference], source: Source, schema: Source) -> Finding:
    said = [
        f"{one.what}{one.name} {one.theirs} after {basename(one.there.path)}, {basename(one.here.path)} {one.ours}"
        for one in found
    ]
    places = []
    for number, one in enumerate(found[:6]):
        if number:
            places.append(Location(one.there, f"{one.name} {one.theirs} in an upgraded database"))
        places.append(Location(one.here, f"the schema {one.ours}"))
    return self.finding(
        f"{table.name} ends differently in a new database and in an upgraded one: {'; '.join(said[:4])}"
        + (f"; {len(said) - 4} more" if len(said) > 4 else ""),
        Location(found[0].there, f"{found[0].name} {found[0].theirs} in an upgraded database"),
        *places,
        help="make the two say the same, or bring upgraded databases into line by one more upgrade",
        table=table.name,
        column=found[0].name if len(found) == 1 and not found[0].what else None,
        object=", ".join(str(one.name) for one in found),
        sources=(source.id, schema.id),
    )


def _misnamed(self: Rule, source: Source, schema: Source, words: Words, catalog: Catalog) -> Iterator[Finding]:
    """Rows of a table that neither the schema has nor any upgrade makes, renames or drops, in a script that changes one of
    nearly that name."""
    for script in source.scripts:
        changes = [fact for fact in script.facts if not isinstance(fact, Write)]
        used = {
            table.key: table for fact in changes if (table := getattr(fact, "table", None)) in catalog.tables and table
        }
        lost: dict[TableName, Write] = {}
        for fact in script.facts if used else ():
            if not isinstance(fact, Write) or fact.verb == "SELECT" or (fact.guard and not fact.guard.doubted):
                continue
            if not any(fact.table in known for known in (catalog.tables, catalog.views, words.tables)):
                lost.setdefault(fact.table, fact)
        for name, fact in lost.items() if len(lost) <= _SLIPS else ():
            for key in get_close_matches(name.key, used, n=1, cutoff=0.88):
                near = used[key]
                yield self.finding(
                    f"table {name} is in no version of the schema: neither {basename(schema.files[0])} nor an upgrade makes it,"
                    f" and this script changes {near}",
                    Location(fact.span, "no such table"),
                    Location(catalog.tables[near].span, f"{near} is created here"),
                    help=f"did you mean {near}?",
                    table=name,
                    sources=(source.id, schema.id),
                )
