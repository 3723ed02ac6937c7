"""All of a module's files that use GORM v1 together: its models and what its calls add, in the order of the calls."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from schemalint.dialects import Dialect
from schemalint.model.facts import CreateTable, Fact, Opaque
from schemalint.model.names import TableName
from schemalint.model.schema import ForeignKey
from schemalint.model.source import Call, Sync
from schemalint.model.span import Span
from schemalint.parsers.gorm.arguments import given_to
from schemalint.parsers.gorm.evidence import Evidence
from schemalint.parsers.gorm.expressions import Data
from schemalint.parsers.gorm.legacy.fields import Reader
from schemalint.parsers.gorm.legacy.naming import Naming, key_name
from schemalint.parsers.gorm.legacy.tables import Maker, schema_span
from schemalint.parsers.gorm.schema import table_name
from schemalint.parsers.gorm.starts import start_call, unknown
from schemalint.parsers.gorm.world import Struct, World
from schemalint.parsers.gorm.written import Written

_ADDS = Sync(adds_columns=True, adds_indexes=True)
_REFERENCE = re.compile(r'\s*[`"\[]?([\w.]+)[`"\]]?\s*\(\s*([\w`"\[\], ]+?)\s*\)\s*')


class Models:
    """Of one module, in one dialect."""

    def __init__(self, extracts: Mapping[str, Data], world: World, dialect: Dialect) -> None:
        family = dialect.family if dialect.family != "generic" else None
        self._extracts = extracts
        self._world = world
        self._maker = Maker(dialect, family, Written(dialect.name), Reader(world))
        self._naming = _naming(extracts)
        self._tables: dict[TableName, CreateTable] = {}

    def read(self, evidence: Callable[[set[str]], Evidence], skipped: re.Pattern[str]) -> tuple[list[Fact], list[Call]]:
        """The tables of all calls (but those in files that `skipped` fits), then of the other structs that are models by
        the `evidence` there is beside the structs that were migrated."""
        facts: list[Fact] = [] if self._naming is not None else list(self._unnamed())
        calls: list[Call] = []
        migrated: set[str] = set()
        elsewhere: set[str] = set()
        for path, extract in self._extracts.items():
            for call in () if skipped.search(path) else extract["calls"]:
                if call.get("history"):
                    continue
                given = given_to(call, path, self._world)
                other = call["other_table"]
                special = self._world.text(call["table"], path) if other else None
                facts.extend(unknown(path, call, given, other and special is None))
                names: list[TableName] = []
                for struct in given.structs:
                    (elsewhere if other else migrated).add(struct.key)
                    table = special if other else self._table(struct)
                    if table is not None:
                        names.append(self._make(struct, table))
                    elif not other:
                        facts.extend(self._computed(struct))
                if names or (given.open and not other):
                    start = start_call(path, call, tuple(names) or None)
                    calls.append(replace(start, sync=Sync() if call["creates"] else _ADDS))
        found = evidence(migrated)
        unproved: set[Span] = set()
        for struct in found.models():
            if struct.key in migrated or (struct.key in elsewhere and not found.proved(struct)):
                continue
            if not found.proved(struct):
                unproved.add(schema_span(struct))
            table = self._table(struct)
            if table is None:
                facts.extend(self._computed(struct))
            elif self._maker.table_name(table) not in self._tables:
                self._make(struct, table)
        facts.extend(self._changed())
        return [*(replace(one, certain=one.span not in unproved) for one in self._tables.values()), *facts], calls

    def _unnamed(self) -> Iterator[Fact]:
        """That the names of tables are computed, where that is first set."""
        for path, extract in self._extracts.items():
            if at := extract.get("legacy", {}).get("at"):
                span = Span(path, *at)
                yield Opaque(span, span, "the names of tables are computed here", None)
                return

    def _computed(self, struct: Struct) -> Iterator[Fact]:
        """That a struct's own method computes its name; what concerns all of them is said once."""
        if self._naming is not None or self._world.promoted(struct, "TableName") is not None:
            span = schema_span(struct)
            yield Opaque(span, span, f"the table name of {struct.name} is computed", None)

    def _table(self, struct: Struct) -> str | None:
        return table_name(self._world, struct, self._naming)

    def _make(self, struct: Struct, table: str) -> TableName:
        schema = self._maker.reader.schema(struct)
        for made in self._maker.tables(struct, schema, table):
            if self._naming is None and made.model is None:
                continue  # DefaultTableNameHandler names join tables as well
            self._tables.setdefault(made.table, made)
        return self._maker.table_name(table)

    def _changed(self) -> Iterator[Fact]:
        """Indexes and keys that calls add: parts of their tables, else what could not be told of them."""
        for path, extract in self._extracts.items():
            for change in extract.get("legacy", {}).get("changes", ()):
                span, statement = Span(path, *change["at"]), Span(path, *change["statement"])
                table = self._of(change, path)
                if table is None or table not in self._tables:
                    touched = None if table is None else (table,)
                    yield Opaque(span, statement, f"to which model {change['do']} adds could not be told", touched)
                    continue
                texts = [self._world.text(text, path) for text in change["texts"]]
                if None in texts or not self._add(change["do"], [text or "" for text in texts], table, span):
                    yield Opaque(span, statement, f"what {change['do']} adds could not be told", (table,))

    def _of(self, change: Data, path: str) -> TableName | None:
        """The table a change is made to."""
        if change.get("named"):
            text = self._world.text(change["table"], path)
            return None if text is None else self._maker.table_name(text)
        if change["model"] is None:
            return None
        given = given_to({"arguments": [change["model"]], "at": change["at"]}, path, self._world)
        text = self._table(given.structs[0]) if len(given.structs) == 1 and not given.open else None
        return None if text is None else self._maker.table_name(text)

    def _add(self, do: str, texts: list[str], name: TableName, span: Span) -> bool:
        """Adds an index or a key to a table; whether that was understood."""
        table = self._tables[name]
        if do != "AddForeignKey":
            if len(texts) < 2:
                return False
            index = self._maker.index(texts[0], texts[1:], do == "AddUniqueIndex", span)
            if any(one.name == index.name for one in table.indexes):
                return True  # GORM looks it up by its name, and leaves it as it is
            self._tables[name] = replace(table, indexes=(*table.indexes, index))
            return True
        found = _REFERENCE.fullmatch(texts[1]) if len(texts) == 4 else None
        if found is None:
            return False
        if self._maker.family == "sqlite":
            return True  # SQLite refuses it: ALTER TABLE adds no constraints there
        identifier = self._maker.dialect.identifier
        text = key_name(str(table.table), texts[0], [texts[1], "foreign"], self._maker.family == "mysql")
        key = ForeignKey(
            name=identifier(text, quoted=False),
            columns=tuple(identifier(column.strip(), quoted=False) for column in texts[0].split(",")),
            ref_table=self._maker.table_name(found[1]),
            ref_columns=tuple(identifier(column.strip(' `"[]'), quoted=False) for column in found[2].split(",")),
            span=span,
            on_delete=texts[2].upper(),
            on_update=texts[3].upper(),
        )
        self._tables[name] = replace(table, foreign_keys=(*table.foreign_keys, key))
        return True


def _naming(extracts: Mapping[str, Data]) -> Naming | None:
    """How tables without a TableName method are called; None where that is not told."""
    told = [extract["legacy"] for extract in extracts.values() if "legacy" in extract]
    singular = {value for one in told for value in one["singular"]}
    prefixes = {prefix for one in told for prefix in one["prefixes"]}
    if any(one["namer"] for one in told) or len(prefixes) > 1 or None in prefixes or singular - {"true", "false"}:
        return None
    if len(singular) > 1:
        return None
    return Naming(next(iter(prefixes), "") or "", singular == {"true"})
