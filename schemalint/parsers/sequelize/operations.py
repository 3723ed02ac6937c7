"""The methods of Sequelize's queryInterface as facts, versions 5 and 6: what each sends to the server, which is not always what
its name says. `createTable` adds nothing by itself; `changeColumn` redefines the column whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from schemalint.dialects import NameKind
from schemalint.dialects import dialect as dialect_named
from schemalint.jssource.evaluate import Evaluator
from schemalint.jssource.here import Entry, Here
from schemalint.jssource.history import Unread
from schemalint.jssource.inflection import underscore
from schemalint.model.facts import (
    AddColumn,
    AddConstraint,
    AlterColumn,
    CreateIndex,
    CreateTable,
    DropColumn,
    DropConstraint,
    DropIndex,
    DropTable,
    Fact,
    Opaque,
    RenameColumn,
    RenameTable,
)
from schemalint.model.names import Name, TableName
from schemalint.model.schema import Check, Column, Expr, ForeignKey, PrimaryKey, UniqueConstraint
from schemalint.model.span import Span
from schemalint.parsers.sequelize.indexes import IndexReader
from schemalint.parsers.sequelize.models import Attribute, Model, Options, literal, read_attribute
from schemalint.parsers.sequelize.table import Maker
from schemalint.parsers.sequelize.uniques import IgnoredUnique

READS = frozenset(
    {"describeTable", "showAllTables", "tableExists", "showIndex", "showConstraint", "showConstraints", "listTables"}
    | {"getForeignKeyReferencesForTable", "getForeignKeysForTables", "showAllSchemas", "select", "rawSelect"}
    | {"bulkInsert", "bulkUpdate", "bulkDelete", "insert", "update", "delete", "upsert", "increment", "decrement"}
    | {"createDatabase", "createSchema", "createFunction", "dropFunction", "renameFunction", "createTrigger"}
    | {"dropTrigger", "renameTrigger", "databaseVersion", "fetchDatabaseVersion", "nameIndexes", "startTransaction"}
    | {"commitTransaction", "rollbackTransaction", "setAutocommit", "generateTransactionId", "setIsolationLevel"}
    | {"quoteIdentifier", "quoteIdentifiers", "quoteTable", "quote", "escape"}
)
"""Methods that read, change rows or make what is not kept here."""


@dataclass(frozen=True, slots=True)
class _Operation:
    """One call: its arguments, the table it works on as written and folded."""

    call: Here
    arguments: list[Here]
    table: TableName
    text: str
    schema: str | None
    place: Span

    def argument(self, at: int) -> Here | None:
        return self.arguments[at] if at < len(self.arguments) else None


class Operations:
    """Makes facts of calls for one dialect, and keeps what they say for nothing."""

    def __init__(self, evaluator: Evaluator, dialect: str | None) -> None:
        self.evaluator = evaluator
        self.dialect = dialect_named(dialect)
        self.ignored: list[IgnoredUnique] = []
        self._methods: dict[str, Callable[[_Operation], Iterator[Fact]]] = {
            "createTable": self._create_table,
            "dropTable": self._drop_table,
            "renameTable": self._rename_table,
            "addColumn": self._add_column,
            "removeColumn": self._remove_column,
            "changeColumn": self._change_column,
            "renameColumn": self._rename_column,
            "addIndex": self._add_index,
            "removeIndex": self._remove_index,
            "addConstraint": self._add_constraint,
            "removeConstraint": self._remove_constraint,
        }

    def knows(self, method: str) -> bool:
        """Whether a method changes tables in a way that is read here."""
        return method in self._methods

    def facts(self, method: str, call: Here) -> Iterator[Fact]:
        """The facts of a call of one of these methods. Raises Unread where its arguments are not known."""
        arguments = call.arguments()
        if not arguments:
            raise Unread(f"{method} is given nothing")
        text, schema, place = self._table(arguments[0])
        yield from self._methods[method](_Operation(call, arguments, self._named(text, schema), text, schema, place))

    # Names

    def _table(self, here: Here) -> tuple[str, str | None, Span]:
        """A table is named by text or by `{tableName, schema}`."""
        found = self.evaluator.follow(here)
        schema = None
        if found.kind == "obj":
            entries, unread = self.evaluator.entries(found)
            named = entries.get("tableName")
            if named is None or unread:
                raise Unread("the table's name is computed")
            if "schema" in entries:
                schema = self.evaluator.text(entries["schema"].value)
                if schema is None:
                    raise Unread("the table's schema is computed")
            here = named.value
        text = self.evaluator.text(here)
        if text is None:
            raise Unread("the table's name is computed")
        return text, schema, here.span

    def _named(self, text: str, schema: str | None) -> TableName:
        if schema is not None and self.dialect.family in {"mysql", "sqlite"}:
            return self.dialect.table_name(f"{schema}.{text}", quoted=True)
        return self.dialect.table_name(text, quoted=True, schema=schema, schema_quoted=True)

    def _column_name(self, text: str) -> Name:
        return self.dialect.identifier(text, quoted=True)

    def _text(self, op: _Operation, at: int, what: str) -> tuple[str, Span]:
        here = op.argument(at)
        text = None if here is None else self.evaluator.text(here)
        if here is None or text is None:
            raise Unread(f"{what} is computed", op.table)
        return text, here.span

    def _options(self, op: _Operation, here: Here | None) -> dict[str, Entry]:
        """The options of a call. What is spread into them from elsewhere may say anything."""
        if here is None:
            return {}
        entries, unread = self.evaluator.entries(here)
        if unread and self.evaluator.follow(here).kind not in {"id", "mem", "param", "call", "other", "tool"}:
            raise Unread("options are computed", op.table)
        return entries

    # Tables

    def _create_table(self, op: _Operation) -> Iterator[Fact]:
        attributes = op.argument(1)
        if attributes is None:
            raise Unread("the table's columns are not given", op.table)
        model = self._model(op)
        entries, unread = self.evaluator.entries(attributes)
        model.unread += unread
        for name, entry in entries.items():
            made = read_attribute(self.evaluator, model, entry)
            if isinstance(made, Attribute):
                model.attributes[name] = self._without_named_unique(op, made)
            elif made is not None:
                model.unread.append(entry.span)
        options = self._options(op, op.argument(2))
        keys = list(self._unique_keys(op, options))
        maker = Maker(self.evaluator, model, self.dialect, {id(model): op.table})
        yield from maker.enums()
        table = maker.table()
        kept = [*table.uniques, *keys]
        yield replace(table, span=op.place, uniques=tuple(kept), model=None, columns=tuple(map(_plain, table.columns)))

    def _model(self, op: _Operation) -> Model:
        options = Options(self.evaluator, None, {})
        return Model(op.call, op.text, op.place, op.call.span, op.text, op.schema, options)

    def _without_named_unique(self, op: _Operation, made: Attribute) -> Attribute:
        """In a migration, only `unique: true` does something."""
        if isinstance(made.unique, str) and made.field is not None:
            method = str(op.call.value["f"].get("p"))
            self.ignored.append(IgnoredUnique(op.table, self._column_name(made.field), made.unique, made.span, method))
        made.unique = made.unique is True
        return made

    def _unique_keys(self, op: _Operation, options: dict[str, Entry]) -> Iterator[UniqueConstraint]:
        """`uniqueKeys: {name: {fields: […]}}`, which has its name in MySQL and SQL Server alone."""
        if "uniqueKeys" not in options:
            return
        entries, unread = self.evaluator.entries(options["uniqueKeys"].value)
        if unread:
            raise Unread("the table's unique keys are computed", op.table)
        for name, entry in entries.items():
            fields = self.evaluator.entry(self.evaluator.follow(entry.value), "fields")
            columns = None if fields is None else self._columns(fields.value)
            if not columns:
                raise Unread("the columns of a unique key are computed", op.table)
            named = self.dialect.family in {"mysql", "tsql"}
            key = self.dialect.identifier(name, quoted=True, kind=NameKind.CONSTRAINT) if named else None
            yield UniqueConstraint(key, tuple(c for c, _ in columns), entry.span, tuple(s for _, s in columns))

    def _columns(self, here: Here) -> list[tuple[Name, Span]] | None:
        """The columns of a literal array (or of one text); None when one is not known."""
        found = self.evaluator.follow(here)
        items = found.arguments() if found.kind == "arr" else [here]
        texts = []
        for item in items:
            inner = self.evaluator.follow(item)
            if inner.kind == "obj":
                named = self.evaluator.entry(inner, "name") or self.evaluator.entry(inner, "attribute")
                item = item if named is None else named.value
            text = self.evaluator.text(item)
            if text is None:
                return None
            texts.append((self._column_name(text), item.span))
        return texts

    def _drop_table(self, op: _Operation) -> Iterator[Fact]:
        options = self._options(op, op.argument(1))
        cascade = "cascade" in options and literal(self.evaluator, options["cascade"].value) is True
        postgres = self.dialect.family == "postgres"
        yield DropTable(op.place, op.call.span, op.table, if_exists=True, cascade=cascade and postgres)

    def _rename_table(self, op: _Operation) -> Iterator[Fact]:
        after = op.argument(1)
        if after is None:
            raise Unread("the new name is not given", op.table)
        try:
            text, schema, place = self._table(after)
        except Unread as unread:
            raise Unread("the new name is computed") from unread
        yield RenameTable(op.place, op.call.span, op.table, self._named(text, schema or op.schema), place)

    # Columns

    def _attribute(self, op: _Operation, model: Model) -> Attribute:
        text, place = self._text(op, 1, "the column's name")
        given = op.argument(2)
        if given is None:
            raise Unread("the column's definition is not given", op.table)
        made = read_attribute(self.evaluator, model, Entry(text, place, given))
        if not isinstance(made, Attribute):
            raise Unread("the column's definition is computed", op.table)
        made.field = text
        return self._without_named_unique(op, made)

    def _made(self, op: _Operation) -> tuple[Attribute, CreateTable, list[Fact]]:
        """The column of a call as a table of its own, and the type that comes before it."""
        model = self._model(op)
        made = self._attribute(op, model)
        model.attributes[made.name] = made
        maker = Maker(self.evaluator, model, self.dialect, {id(model): op.table})
        before: list[Fact] = list(maker.enums())
        table = maker.table()
        if table.unread:
            before.append(Opaque(made.span, op.call.span, "a part of the column is computed", (op.table,)))
        return made, table, before

    def _add_column(self, op: _Operation) -> Iterator[Fact]:
        made, table, before = self._made(op)
        yield from before
        keys = table.foreign_keys
        if self.dialect.family == "mysql":
            name = self.dialect.identifier(f"{op.text}_{made.field}_foreign_idx", quoted=True, kind=NameKind.CONSTRAINT)
            keys = tuple(replace(key, name=name) for key in keys)
        yield AddColumn(
            made.span,
            op.call.span,
            op.table,
            _plain(table.columns[0]),
            primary_key=table.primary_key,
            uniques=table.uniques,
            foreign_keys=keys,
        )

    def _remove_column(self, op: _Operation) -> Iterator[Fact]:
        """In MySQL, Sequelize looks up the foreign keys of the column and drops them first."""
        text, place = self._text(op, 1, "the column's name")
        keys = self.dialect.family == "mysql"
        fact = DropColumn(place, op.call.span, op.table, self._column_name(text), keys_first=keys)
        yield from self._rebuilt(op, fact)

    def _change_column(self, op: _Operation) -> Iterator[Fact]:
        made, table, before = self._made(op)
        yield from before
        column = _plain(table.columns[0])
        if table.foreign_keys:
            # Only the key is added: what else is said of the column is left out.
            if self.dialect.family == "sqlite":
                yield Opaque(made.span, op.call.span, "SQLite's table is made anew", (op.table,))
                return
            for key in table.foreign_keys:
                yield AddConstraint(made.span, op.call.span, op.table, key)
            return
        if made.auto_increment or made.primary_key:
            yield Opaque(made.span, op.call.span, "changeColumn of a key or a counted column", (op.table,))
            return
        yield from self._rebuilt(op, AlterColumn(made.span, op.call.span, op.table, column.name, replacement=column))
        for unique in table.uniques if self.dialect.family != "sqlite" else ():
            yield AddConstraint(made.span, op.call.span, op.table, unique)

    def _rename_column(self, op: _Operation) -> Iterator[Fact]:
        before, place = self._text(op, 1, "the column's name")
        after, new_place = self._text(op, 2, "the new name")
        fact = RenameColumn(
            place, op.call.span, op.table, self._column_name(before), self._column_name(after), new_place
        )
        yield from self._rebuilt(op, fact)

    def _rebuilt(self, op: _Operation, fact: Fact) -> Iterator[Fact]:
        """For SQLite, Sequelize makes the table anew from what `PRAGMA table_info` tells: keys and indexes may be lost."""
        yield fact
        if self.dialect.family == "sqlite":
            yield Opaque(fact.span, op.call.span, "SQLite's table is made anew, without some of its keys", (op.table,))

    # Indexes

    def _add_index(self, op: _Operation) -> Iterator[Fact]:
        second = op.argument(1)
        found = None if second is None else self.evaluator.follow(second)
        if found is None:
            raise Unread("the index's columns are not given", op.table)
        if found.kind in {"arr", "str"}:
            array: Here | None = (
                found if found.kind == "arr" else found.at({**found.value, "t": "arr", "a": [found.value]})
            )
            options = self._options(op, op.argument(2))
        else:
            options = self._options(op, second)
            array = None if "fields" not in options else self.evaluator.follow(options["fields"].value)
        if array is None or array.kind != "arr":
            raise Unread("the index's columns are computed", op.table)
        unread: list[Span] = []
        reader = IndexReader(self.evaluator, self.dialect, op.text, unread)
        index = reader.index(op.call, options, array)
        if index is None or unread:
            raise Unread("a part of the index is computed", op.table)
        concurrently = (
            "concurrently" in options
            and self.dialect.family == "postgres"
            and literal(self.evaluator, options["concurrently"].value) is True
        )
        yield CreateIndex(index.span, op.call.span, op.table, op.place, index, concurrently=concurrently)

    def _remove_index(self, op: _Operation) -> Iterator[Fact]:
        second = op.argument(1)
        if second is None:
            raise Unread("the index's name is not given", op.table)
        text = self.evaluator.text(second)
        place = second.span
        if text is None:
            found = self.evaluator.follow(second)
            if found.kind == "obj":
                entries, unread = self.evaluator.entries(found)
                named = entries.get("name")
                text = None if named is None or unread else self.evaluator.text(named.value)
                found = found if "fields" not in entries else self.evaluator.follow(entries["fields"].value)
            if text is None:
                columns = self._columns(found) if found.kind == "arr" else None
                if columns is None:
                    raise Unread("the index's name is computed", op.table)
                text = underscore(f"{op.text}_{'_'.join(str(name) for name, _ in columns)}")
        lenient = self.dialect.family not in {"mysql", "tsql"}
        table = op.table if self.dialect.family in {"mysql", "tsql", "generic"} else None
        schema = op.table.schema if self.dialect.family == "postgres" else None
        name = TableName(schema, self.dialect.identifier(text, quoted=True, kind=NameKind.INDEX))
        yield DropIndex(place, op.call.span, name, table, if_exists=lenient)

    # Constraints

    def _add_constraint(self, op: _Operation) -> Iterator[Fact]:
        second = op.argument(1)
        found = None if second is None else self.evaluator.follow(second)
        if second is None or found is None:
            raise Unread("the constraint is not given", op.table)
        if found.kind in {"arr", "str"}:  # Sequelize 5 also takes the columns first
            options, fields = self._options(op, op.argument(2)), found
        else:
            options = self._options(op, second)
            fields = found if "fields" not in options else options["fields"].value
        kind = self.evaluator.text(options["type"].value) if "type" in options else None
        columns = self._columns(fields)
        if kind is None or columns is None:
            raise Unread("the constraint is computed", op.table)
        name = None
        place = op.call.at(op.call.value["f"]).span
        if "name" in options:
            name = self.evaluator.text(options["name"].value)
            place = options["name"].value.span
            if name is None:
                raise Unread("the constraint's name is computed", op.table)
        made = self._constraint(op, kind.lower(), name, columns, options, place)
        yield from self._rebuilt(op, AddConstraint(place, op.call.span, op.table, made))

    def _constraint(
        self,
        op: _Operation,
        kind: str,
        name: str | None,
        columns: list[tuple[Name, Span]],
        options: dict[str, Entry],
        place: Span,
    ) -> PrimaryKey | UniqueConstraint | ForeignKey | Check:
        names, spans = tuple(name for name, _ in columns), tuple(span for _, span in columns)
        inferred = f"{op.text}_{'_'.join(map(str, names))}"

        def called(ending: str) -> Name:
            return self.dialect.identifier(name or f"{inferred}_{ending}", quoted=True, kind=NameKind.CONSTRAINT)

        if kind == "unique":
            return UniqueConstraint(called("uk"), names, place, spans)
        if kind == "primary key":
            return PrimaryKey(None if self.dialect.family == "mysql" else called("pk"), names, place)
        if kind == "check":
            return Check(called("ck"), Expr(f"{op.call.path}:{op.call.value['s']}", "…"), place)
        if kind != "foreign key" or "references" not in options:
            raise Unread(f"a constraint of type {kind}", op.table)
        return self._foreign_key(op, called, names, options, place)

    def _foreign_key(
        self,
        op: _Operation,
        called: Callable[[str], Name],
        names: tuple[Name, ...],
        options: dict[str, Entry],
        place: Span,
    ) -> ForeignKey:
        references, unread = self.evaluator.entries(options["references"].value)
        if "table" not in references or unread:
            raise Unread("the other table is computed", op.table)
        try:
            text, schema, target = self._table(references["table"].value)
        except Unread as inner:
            raise Unread("the other table is computed", op.table) from inner
        entry = references.get("fields") or references.get("field")
        others = None if entry is None else self._columns(entry.value)
        if others is None:
            raise Unread("the other table's columns are computed", op.table)

        def action(key: str) -> str | None:
            said = self.evaluator.text(options[key].value) if key in options else None
            return None if said is None else said.upper()

        return ForeignKey(
            called(f"{text}_fk"),
            names,
            self._named(text, schema if schema is not None else op.schema),
            tuple(name for name, _ in others),
            place,
            target,
            action("onDelete"),
            action("onUpdate"),
        )

    def _remove_constraint(self, op: _Operation) -> Iterator[Fact]:
        text, place = self._text(op, 1, "the constraint's name")
        name = self.dialect.identifier(text, quoted=True, kind=NameKind.CONSTRAINT)
        yield from self._rebuilt(op, DropConstraint(place, op.call.span, op.table, name))


def _plain(column: Column) -> Column:
    """A column of a migration: no model stands behind it."""
    return replace(column, attribute=None, client_default=None)
