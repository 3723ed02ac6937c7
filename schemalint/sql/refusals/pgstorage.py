"""PostgreSQL's parameters in WITH (…) and SET (…): of tables, indexes and views, by version. What the servers from 10 to 18
take is what their chapters "CREATE TABLE", "CREATE INDEX" and "CREATE VIEW" list under "Storage Parameters" and "WITH"."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from schemalint.model.described import AlterSettings
from schemalint.model.facts import CreateIndex, CreateTable, Servers
from schemalint.model.span import Span
from schemalint.sql.cursor import Cursor
from schemalint.sql.refusals.patterns import Match
from schemalint.sql.refusals.phrases import Layout
from schemalint.sql.refusals.say import Found
from schemalint.sql.tokens import words

_KNOWN = (Servers("postgres", None, (19,)),)
"""The versions whose parameters are listed here."""
_TABLE = words(
    """
    fillfactor toast_tuple_target parallel_workers autovacuum_enabled vacuum_index_cleanup vacuum_truncate
    autovacuum_vacuum_threshold autovacuum_vacuum_max_threshold autovacuum_vacuum_scale_factor
    autovacuum_vacuum_insert_threshold autovacuum_vacuum_insert_scale_factor autovacuum_analyze_threshold
    autovacuum_analyze_scale_factor autovacuum_vacuum_cost_delay autovacuum_vacuum_cost_limit autovacuum_freeze_min_age
    autovacuum_freeze_max_age autovacuum_freeze_table_age autovacuum_multixact_freeze_min_age
    autovacuum_multixact_freeze_max_age autovacuum_multixact_freeze_table_age log_autovacuum_min_duration
    vacuum_max_eager_freeze_failure_rate user_catalog_table oids security_barrier security_invoker check_option
    """
)
"""Of views, too: ALTER TABLE … SET sets theirs as well."""
_SINCE = {
    "vacuum_index_cleanup": 12,
    "vacuum_truncate": 12,
    "autovacuum_vacuum_insert_threshold": 13,
    "autovacuum_vacuum_insert_scale_factor": 13,
    "security_invoker": 15,
    "autovacuum_vacuum_max_threshold": 18,
    "vacuum_max_eager_freeze_failure_rate": 18,
}
_INDEX = {
    None: words("fillfactor deduplicate_items vacuum_cleanup_index_scale_factor"),
    "btree": words("fillfactor deduplicate_items vacuum_cleanup_index_scale_factor"),
    "hash": words("fillfactor"),
    "gist": words("fillfactor buffering"),
    "spgist": words("fillfactor"),
    "gin": words("fastupdate gin_pending_list_limit"),
    "brin": words("pages_per_range autosummarize"),
}
WORDS = words("OIDS SECURITY_INVOKER")
"""Words that `options` asks for."""


def of_settings(fact: CreateTable | AlterSettings) -> Iterator[Found]:
    """What to underline, the reason, the server's words and the servers, for each parameter of a table that is none."""
    yield from _unknown(fact.span, fact.settings, _TABLE)
    if isinstance(fact, CreateTable) and fact.partitioned:
        reason = "a partitioned table keeps no rows itself: parameters of storage belong to its partitions"
        yield fact.span, reason, "", ()


def of_index(fact: CreateIndex) -> Iterator[Found]:
    """The same of an index."""
    known = _INDEX.get(fact.index.method)
    if known is not None:
        yield from _unknown(fact.span, fact.index.settings, known)


def _unknown(span: Span, settings: tuple[tuple[str, str], ...], known: frozenset[str]) -> Iterator[Found]:
    for name, _ in settings:
        if "." in name:
            continue  # of an extension, or of what is kept beside the table
        if name not in known:
            near = get_close_matches(name, known, 1)
            meant = f", it has {near[0]}" if near else ""
            reason = f"PostgreSQL has no parameter {name} here{meant}"
            yield span, reason, f'unrecognized parameter "{name}"', _KNOWN
        elif name in _SINCE:
            version = _SINCE[name]
            reason = f"the parameter {name} came with PostgreSQL {version}"
            yield span, reason, f'unrecognized parameter "{name}"', (Servers("postgres", None, (version,)),)


def options(cursor: Cursor, made: Layout) -> Iterator[Match]:
    """OIDS of a table, and security_invoker of a view."""
    if cursor.family != "postgres" or WORDS.isdisjoint(made.values):
        return
    values = made.values
    before = ("WITH", "SET")
    opens = next((at + 1 for at in range(len(values) - 1) if values[at] in before and values[at + 1] == "("), 0)
    for at in range(opens, made.partners.get(opens, opens)):
        if values[at] == "OIDS" and made.kind == "create" and values[at + 1] in (")", ",", "="):
            if values[at + 1] != "=" or values[at + 2] in ("TRUE", "ON"):
                only = (Servers("postgres", (12,)),)
                words_ = "tables declared WITH OIDS are not supported"
                yield Match(at, at + 1, "tables WITH OIDS went with PostgreSQL 12", words_, only)
        elif values[at] == "SECURITY_INVOKER" and values[at - 1] in ("(", ",") and "VIEW" in values[1:6]:
            reason = "the parameter security_invoker came with PostgreSQL 15"
            words_ = 'unrecognized parameter "security_invoker"'
            yield Match(at, at + 1, reason, words_, (Servers("postgres", None, (15,)),))
