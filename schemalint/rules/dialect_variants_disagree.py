"""SL314 dialect-variants-disagree. Docs and tests: rules/SL314-dialect-variants-disagree.md"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from schemalint.databases import Databases
from schemalint.model.catalog import Catalog
from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.frozen import frozen
from schemalint.model.schema import Table
from schemalint.model.source import Source, SourceKind
from schemalint.model.span import Span
from schemalint.rules import Rule, rule

_WORDS = "postgres postgresql pg pgsql psql mysql mariadb sqlite sqlite3 mssql sqlserver cockroach cockroachdb crdb"
_DIALECTS = frozenset(_WORDS.split())
_WORD = re.compile(r"[A-Za-z0-9]+")


@frozen
class _Variant:
    """One dialect's history: the word its folder has, and what it ends with, by names that are alike in all dialects."""

    word: str
    source: Source
    tables: Mapping[str, Table]


@rule("SL314", "dialect-variants-disagree", severity=Severity.WARNING, on=Databases)
def check(self: Rule, databases: Databases) -> Iterator[Finding]:
    families: dict[tuple[str, str], list[_Variant]] = {}
    for database in databases.all:
        for source in database.sources:
            catalog = database.alone[source.id].catalog
            place = _place(source.root)
            if source.kind is not SourceKind.MODELS and not source.partial and place is not None and not catalog.opaque:
                variant = _Variant(place[1], source, _tables(catalog))
                families.setdefault((source.parser, place[0]), []).append(variant)
    for variants in families.values():
        if len(variants) > 1 and len({variant.word for variant in variants}) == len(variants):
            yield from _judge(self, variants)


def _place(root: str) -> tuple[str, str] | None:
    """A folder or file without the one word of its path that names a dialect, and that word."""
    named = [match for match in _WORD.finditer(root) if match[0].lower() in _DIALECTS]
    if len(named) != 1:
        return None
    start, end = named[0].span()
    return f"{root[:start]}*{root[end:]}", named[0][0]


def _tables(catalog: Catalog) -> dict[str, Table]:
    return {name.name.key.lower(): table for name, table in catalog.tables.items()}


def _judge(self: Rule, variants: list[_Variant]) -> Iterator[Finding]:
    shared = set.intersection(*(set(variant.tables) for variant in variants))
    if len(shared) * 2 <= max(len(variant.tables) for variant in variants):
        return  # not the same schema in several dialects
    for name in dict.fromkeys(name for variant in variants for name in variant.tables):
        having = [variant for variant in variants if name in variant.tables]
        lacking = [variant for variant in variants if name not in variant.tables]
        if lacking:
            yield _table(self, name, having, lacking)
        elif not any(variant.tables[name].incomplete for variant in variants):
            yield from _columns(self, name, variants)


def _table(self: Rule, name: str, having: list[_Variant], lacking: list[_Variant]) -> Finding:
    table = having[0].tables[name]
    return self.finding(
        f"{_words(lacking)} {_verb(lacking, 'lack')} table {table.name}, which {_words(having)} {_verb(having, 'have')}",
        Location(table.span, f"{table.name} is created here only"),
        *(Location(_end(variant), f"{variant.word} ends without it") for variant in lacking),
        help="give every dialect the same migrations",
        table=table.name,
        sources=tuple(variant.source.id for variant in (*having, *lacking)),
    )


def _columns(self: Rule, name: str, variants: list[_Variant]) -> Iterator[Finding]:
    said: list[str] = []
    places: list[Location] = []
    odd: set[str] = set()
    counted = True
    columns = [{column.key.lower(): one for column, one in v.tables[name].columns.items()} for v in variants]
    for column in dict.fromkeys(column for mapping in columns for column in mapping):
        having = [v for v, mapping in zip(variants, columns, strict=True) if column in mapping]
        lacking = [v for v in variants if v not in having]
        if lacking:
            odd.add(_words(lacking))
            said.append(
                f"{_words(lacking)} {_verb(lacking, 'lack')} {column}, which {_words(having)} {_verb(having, 'have')}"
            )
            first = next(mapping[column] for mapping in columns if column in mapping)
            counted = counted and bool(first.identity)
            places.append(Location(first.span, f"{having[0].word} has {column}"))
    keys = {variant.word: _key(variant.tables[name]) for variant in variants}
    if len(set(keys.values())) > 1 and not said:
        told = (f"({', '.join(key)}) in {word}" if key else f"none in {word}" for word, key in keys.items())
        said.append(f"its primary key is {', '.join(told)}")
        for variant in variants:
            primary = variant.tables[name].primary_key
            if primary is not None:
                places.append(Location(primary.span, f"the primary key in {variant.word}"))
    if said:
        table = variants[0].tables[name]
        more = f"; {len(said) - 3} more" if len(said) > 3 else ""
        yield self.finding(
            f"table {table.name} is not the same in all dialects: {'; '.join(said[:3])}{more}",
            places[0],
            *places[1:5],
            *(Location(variant.tables[name].span, f"{table.name} in {variant.word}") for variant in variants),
            # Where each has what the other lacks, or one counts its rows, the table was made differently on purpose.
            severity=Severity.NOTE if len(odd) > 1 or (odd and counted) else Severity.WARNING,
            help="give every dialect the same migrations",
            table=table.name,
            sources=tuple(variant.source.id for variant in variants),
        )


def _key(table: Table) -> tuple[str, ...]:
    return tuple(column.key.lower() for column in table.primary_key.columns) if table.primary_key else ()


def _words(variants: list[_Variant]) -> str:
    return " and ".join(variant.word for variant in variants)


def _verb(variants: list[_Variant], plural: str) -> str:
    return plural if len(variants) > 1 else {"have": "has", "lack": "lacks"}[plural]


def _end(variant: _Variant) -> Span:
    scripts = variant.source.scripts
    return Span(scripts[-1].path if scripts else variant.source.files[-1], 0, 0)
