"""Names in a query: what stands in FROM, and which of it a column certainly means."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlglot import exp

from schemalint.dialects import Dialect, NameKind
from schemalint.sql.expressions import NOT_COLUMNS
from schemalint.sql.tokens import name_text, words
from schemalint.sql.views import Mention, OutColumn, Read, Unplaced

_PSEUDO = {
    "postgres": frozenset({"ctid", "xmin", "xmax", "cmin", "cmax", "tableoid", "oid", "rowid"}),
    "mysql": frozenset({"_rowid", "row_start", "row_end"}),  # the last two: system versioning of MariaDB
    "sqlite": frozenset({"rowid", "oid", "_rowid_", "rank", "docid", "languageid"}),  # the last three: full text
    "tsql": frozenset({"identitycol", "rowguidcol"}),
}
"""Columns that no definition lists. CockroachDB is read as PostgreSQL and has `rowid`."""
_ANY_PSEUDO = frozenset().union(*_PSEUDO.values(), ("rownum", "level", "sysdate"))
_SYSTEM_SCHEMAS = words(
    "information_schema pg_catalog pg_toast pg_temp crdb_internal mysql performance_schema sys temp"
)
_SYSTEM_RELATIONS = words(
    """
    dual dbstat inserted deleted old new excluded geometry_columns geography_columns spatial_ref_sys raster_columns
    raster_overviews json_each json_tree jsonb_each jsonb_tree generate_series
    """
)
_VALUES = words(
    """
    user current_user session_user system_user current_role current_catalog current_schema current_date current_time
    current_timestamp localtime localtimestamp
    """
)
"""PostgreSQL takes `FROM user` for a function."""
_OF_ROWS = words(
    """
    any_out any_value anycompatible_out anycompatiblenonarray_out anyelement_out anynonarray_out array_agg concat count
    hash_record json_agg json_agg_strict json_build_array json_build_object jsonb_agg jsonb_agg_strict jsonb_build_array
    jsonb_build_object max min num_nonnulls num_nulls quote_literal quote_nullable record_out record_send row_to_json
    to_json to_jsonb
    """
)
"""PostgreSQL's own functions of any row: without such a column it takes `t.count` for `count(t)`. Found by asking
PostgreSQL 18 for each function it has; besides them `pg_typeof` and its like."""
_UNITS = words(
    """
    DD DY DW WK WW MM MN YY YYYY QQ HH MI SS MS MCS NS TZ DAYOFYEAR WEEKDAY ISO_WEEK ISOWK ISOWW MILLISECOND
    MILLISECONDS MICROSECONDS NANOSECOND EPOCH DOW DOY ISODOW ISOYEAR DECADE CENTURY MILLENNIUM NFC NFD NFKC NFKD D M N
    Q S Y W H
    """
)
"""Words that some function takes as an argument without them being columns."""


@dataclass(slots=True)
class Source:
    """One thing in FROM. `read`: a relation whose columns have their own names here. `columns`: of a query in FROM,
    None when unknown. `alias` is None where nothing can name it."""

    alias: str | None
    loose: str | None
    read: int | None = None
    columns: tuple[OutColumn, ...] | None = None
    schema: str | None = None  # folded, of a relation without an alias


@dataclass(slots=True)
class Scope:
    """The names of one SELECT. `outer` is the scope that a name not found here is looked for in."""

    outer: Scope | None
    sources: list[Source] = field(default_factory=list)
    named: dict[str, list[Source]] = field(default_factory=dict)
    closed: bool = False  # FROM is read to its end
    merged: bool = False  # USING or NATURAL: columns of two are one
    aliases: frozenset[str] = frozenset()  # of the select list
    made_up: bool = False  # the select list has columns that the server names
    listing: bool = False  # reading the select list
    sorting: bool = False  # reading ORDER BY and its like, where output names count

    def add(self, source: Source) -> None:
        self.sources.append(source)
        if source.loose is not None:
            self.named.setdefault(source.loose, []).append(source)

    def around(self) -> Iterator[Scope]:
        scope: Scope | None = self
        while scope is not None:
            yield scope
            scope = scope.outer


class Names:
    """The names of one body: folds them, and collects what is read."""

    def __init__(self, text: str, dialect: Dialect) -> None:
        self.text = text
        self.dialect = dialect
        self._pseudo = _PSEUDO.get(dialect.family, _ANY_PSEUDO)
        self._reads: list[Read] = []
        self._mentions: list[dict[int, Mention]] = []
        self._unplaced: dict[int, Unplaced] = {}

    def reads(self) -> tuple[Read, ...]:
        return tuple(
            Read(
                read.schema,
                read.schema_quoted,
                read.name,
                read.quoted,
                read.start,
                read.end,
                tuple(mentions[start] for start in sorted(mentions)),
            )
            for read, mentions in zip(self._reads, self._mentions, strict=True)
        )

    def unplaced(self) -> tuple[Unplaced, ...]:
        return tuple(self._unplaced[start] for start in sorted(self._unplaced))

    def fold(self, name: exp.Identifier, kind: NameKind) -> str:
        return self.dialect.identifier(name.this, bool(name.args.get("quoted")), kind).key

    def place(self, name: exp.Identifier) -> tuple[int, int] | None:
        """Where an identifier stands, None unless the text there is that very name."""
        start, last = name.meta.get("start"), name.meta.get("end")
        if not isinstance(start, int) or not isinstance(last, int):
            return None
        raw = self.text[start : last + 1]
        if self.text[start - 1 : start] in ("#", "@", "$", ":"):  # `#t` of SQL Server is `t` to sqlglot
            return None
        return (start, last + 1) if name_text(raw) == (name.this, bool(name.args.get("quoted"))) else None

    def is_text(self, name: exp.Identifier) -> bool:
        """Whether a quoted name is a text where no column goes by it."""
        return (
            bool(name.args.get("quoted"))
            and self.dialect.family in ("sqlite", "generic")
            and self.text[name.meta.get("start", 0)] == '"'
        )

    def is_title(self, name: exp.Identifier) -> bool:
        """Whether a column written as this name and nothing else is called by it. SQLite calls `rowid` by the key's
        name."""
        return not self.is_text(name) and not (self.dialect.family == "sqlite" and name.this.lower() in self._pseudo)

    def relation(self, table: exp.Table) -> int | None:
        """A new read, None for what is no relation of the user's own."""
        name, schema = table.this, table.args.get("db")
        if not isinstance(name, exp.Identifier) or table.args.get("catalog") or not name.this:
            return None
        place = self.place(name)
        low = name.this.lower()
        if place is None or low in _SYSTEM_RELATIONS or low[0] in "#@$:":
            return None
        start = place[0]
        if schema is not None:
            there = self.place(schema) if isinstance(schema, exp.Identifier) else None
            if there is None or schema.this.lower() in _SYSTEM_SCHEMAS or schema.this.lower().startswith("pg_"):
                return None
            start = there[0]
        elif self._is_system(low, bool(name.args.get("quoted"))):
            return None
        self._reads.append(
            Read(
                None if schema is None else schema.this,
                schema is not None and bool(schema.args.get("quoted")),
                name.this,
                bool(name.args.get("quoted")),
                start,
                place[1],
            )
        )
        self._mentions.append({})
        return len(self._reads) - 1

    def _is_system(self, name: str, quoted: bool) -> bool:
        family = self.dialect.family
        if name in _VALUES:
            return not quoted and family in ("postgres", "generic")
        return name.startswith(("pg_", "pragma_", "sqlite_")) or (family == "tsql" and name.startswith("sys"))

    def mention(self, read: int, name: exp.Identifier) -> bool:
        """Notes a column of a relation; False when it is none that a definition lists."""
        place = self.place(name)
        if place is None or name.this.lower() in self._pseudo or name.this[:1] in "@$#:":
            return False
        self._mentions[read][place[0]] = Mention(name.this, bool(name.args.get("quoted")), *place)
        return True

    def column(self, column: exp.Column, scope: Scope, called: bool = False) -> tuple[int, str] | None:
        """The relation and the column there that a column of a query certainly means; it is noted. `called`: it stands
        as an argument of a function."""
        name = column.this
        if not isinstance(name, exp.Identifier) or not name.this or column.args.get("catalog"):
            return None
        qualified = bool(column.args.get("table"))
        if qualified and self.dialect.family in ("postgres", "generic"):
            low = name.this.lower()
            if low in _OF_ROWS or low.startswith("pg_"):
                return None
        source = self._qualified(column, scope) if qualified else self._bare(name, scope, called)
        if source is None:
            if not qualified:
                self._among_several(name, scope, called)
            return None
        if source.read is None:
            return self._through(name, source)
        return (source.read, name.this) if self.mention(source.read, name) else None

    def _through(self, name: exp.Identifier, source: Source) -> tuple[int, str] | None:
        """Where a column of a query in FROM comes from."""
        if source.columns is None:
            return None
        key = self.fold(name, NameKind.COLUMN)
        found = [
            column.source
            for column in source.columns
            if column.name is not None
            and self.dialect.identifier(column.name, column.quoted, NameKind.COLUMN).key == key
        ]
        return found[0] if len(found) == 1 else None

    def _qualified(self, column: exp.Column, scope: Scope) -> Source | None:
        table, schema = column.args["table"], column.args.get("db")
        if not isinstance(table, exp.Identifier) or not (schema is None or isinstance(schema, exp.Identifier)):
            return None
        source = self.called(table, scope)
        if self.dialect.family != "postgres" and sum(table.this.lower() in each.named for each in scope.around()) > 1:
            return None  # PostgreSQL takes the inner one; others take the outer where the inner has no such column
        if source is None or schema is None:
            return source
        return source if source.schema == self.fold(schema, NameKind.SCHEMA) else None

    def called(self, name: exp.Identifier, scope: Scope) -> Source | None:
        """What goes by this name. Names that differ by case only are told apart as the server does, or not at all."""
        loose = name.this.lower()
        for around in scope.around():
            near = around.named.get(loose)
            if near:
                exact = near[0].alias == self.fold(name, NameKind.TABLE)
                return near[0] if exact and len(near) == 1 else None
        return None

    def _bare(self, name: exp.Identifier, scope: Scope, called: bool) -> Source | None:
        if not scope.closed or len(scope.sources) != 1:
            return None
        loose = name.this.lower()
        for around in scope.around():
            if around is not scope and (around.sources or not around.closed or loose in around.aliases):
                return None  # may be a column of the query around this one
        if not self._is_column(name, scope, called):
            return None
        if loose in scope.aliases and not (scope.listing and self.dialect.family != "generic"):
            return None
        return scope.sources[0]

    def _is_column(self, name: exp.Identifier, scope: Scope, called: bool) -> bool:
        """Whether a name without a qualifier can be nothing but a column."""
        if name.this.lower() in scope.named or (scope.sorting and scope.made_up):
            return False  # a whole row; `ORDER BY count` beside `count(*)`
        if name.args.get("quoted"):
            return not self.is_text(name)
        return name.this.upper() not in NOT_COLUMNS and not (called and name.this.upper() in _UNITS)

    def _among_several(self, name: exp.Identifier, scope: Scope, called: bool) -> None:
        """Notes a column that only relations can own, of this query and of those around it."""
        loose, found = name.this.lower(), []
        for around in scope.around():
            if not around.closed or loose in around.aliases or loose in around.named:
                return
            for source in around.sources:
                if source.read is None:
                    return
                found.append(source.read)
        place = self.place(name)
        if len(found) < 2 or place is None or loose in self._pseudo or name.this[:1] in "@$#:":
            return
        if self._is_column(name, scope, called):
            mention = Mention(name.this, bool(name.args.get("quoted")), *place)
            self._unplaced[place[0]] = Unplaced(mention, tuple(found))
