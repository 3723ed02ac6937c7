"""The methods of Sequelize's queryInterface as facts, versions 5 and 6: what each sends to the server, which is not always what
its name says. `createTable` adds nothing by itself; `changeColumn` redefines the column whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from schemalint.dialects import NameKind
from schemalint.dialects import dialect as dialect_named
from schemalint.jssource.evaluate import Evaluator
from schemalint.jssource.here import Entry, Here
from schemalint.jssource.history import Unread
from schemalint.jssource.operation import Operation
from schemalint.model.facts import (
    AddColumn,
    AddConstraint,
    AlterColumn,
    CreateTable,
    DropColumn,
    DropTable,
    Fact,
    Invalid,
    Opaque,
    RenameColumn,
    RenameTable,
)
from schemalint.model.objects import RemakeTable, Write
from schemalint.model.schema import Column, UniqueConstraint
from schemalint.model.span import Span
from schemalint.parsers.sequelize.arguments import Arguments
from schemalint.parsers.sequelize.borrowed import Borrowed
from schemalint.parsers.sequelize.keys import Keys
from schemalint.parsers.sequelize.models import Attribute, Model, Options, literal, read_attribute
from schemalint.parsers.sequelize.table import Maker
from schemalint.parsers.sequelize.uniques import IgnoredUnique

READS = frozenset(
    {"describeTable", "showAllTables", "tableExists", "showIndex", "showConstraint", "showConstraints", "listTables"}
    | {"getForeignKeyReferencesForTable", "getForeignKeysForTables", "showAllSchemas", "select", "rawSelect"}
    | {"bulkUpdate", "bulkDelete", "insert", "update", "delete", "upsert", "increment", "decrement"}
    | {"createDatabase", "createSchema", "createFunction", "dropFunction", "renameFunction", "createTrigger"}
    | {"dropTrigger", "renameTrigger", "databaseVersion", "fetchDatabaseVersion", "nameIndexes", "startTransaction"}
    | {"commitTransaction", "rollbackTransaction", "setAutocommit", "generateTransactionId", "setIsolationLevel"}
    | {"quoteIdentifier", "quoteIdentifiers", "quoteTable", "quote", "escape"}
)
"""Methods that read, change rows or make what is not kept here."""


_ROWS = 200
"""So many rows of a bulkInsert are looked at."""


class Operations:
    """Makes facts of calls for one dialect, and keeps what they say for nothing."""

    def __init__(
        self,
        evaluator: Evaluator,
        dialect: str | None,
        major: int = 6,
        driver: bool = False,
        borrowed: Borrowed | None = None,
    ) -> None:
        self.evaluator, self.major, self._borrowed = evaluator, major, borrowed
        self.dialect = dialect_named(dialect)
        self.ignored: list[IgnoredUnique] = []
        self._arguments = Arguments(evaluator, self.dialect, major, driver)
        keys = Keys(evaluator, self.dialect, self._arguments)
        self._methods: dict[str, Callable[[Operation], Iterator[Fact]]] = {
            "createTable": self._create_table,
            "dropTable": self._drop_table,
            "renameTable": self._rename_table,
            "addColumn": self._add_column,
            "removeColumn": self._remove_column,
            "changeColumn": self._change_column,
            "renameColumn": self._rename_column,
            "bulkInsert": self._bulk_insert,
            "addIndex": keys.add_index,
            "removeIndex": keys.remove_index,
            "addConstraint": keys.add_constraint,
            "removeConstraint": keys.remove_constraint,
        }

    def knows(self, method: str) -> bool:
        """Whether a method changes tables in a way that is read here."""
        return method in self._methods

    def facts(self, method: str, call: Here) -> Iterator[Fact]:
        """The facts of a call of one of these methods. Raises Unread where its arguments are not known."""
        arguments = call.arguments()
        if method == "bulkInsert" and (not arguments or self.evaluator.text(arguments[0]) is None):
            return  # rows of a table that is not known change nothing that is
        if not arguments:
            raise Unread(f"{method} is given nothing")
        try:
            text, schema, place = self._arguments.table(arguments[0])
        except Unread:
            if method != "renameTable" or len(arguments) < 2:
                raise
            yield from self._becomes(arguments, call)
            return
        yield from self._methods[method](
            Operation(call, arguments, self._arguments.named(text, schema), text, place, schema)
        )

    # Tables

    def _create_table(self, op: Operation) -> Iterator[Fact]:
        attributes = op.argument(1)
        if attributes is None:
            raise Unread("the table's columns are not given", op.table)
        model = self._model(op)
        if self._arguments.remakes:
            model.major = self.major  # SQLite's driver knows `columnName` here; the others of Sequelize 7 do not
        of_model = None if self._borrowed is None else self._borrowed.attributes(attributes)
        model.attributes |= of_model or {}
        entries, unread = ({}, []) if of_model else self.evaluator.entries(attributes)
        model.unread += unread
        for name, entry in entries.items():
            made = read_attribute(self.evaluator, model, entry)
            if isinstance(made, Attribute):
                model.attributes[name] = self._without_named_unique(op, made)
            elif made is not None:
                model.unread.append(entry.span)
        options = self._arguments.options(op, op.argument(2))
        keys = list(self._unique_keys(op, options))
        model.major = self.major
        tables = self._borrowed.tables if self._borrowed and of_model else {}
        maker = Maker(self.evaluator, model, self.dialect, {**tables, id(model): op.table})
        yield from maker.enums()
        table = maker.table()
        kept = [*table.uniques, *self._inline_uniques(model), *keys]
        columns = tuple(map(_plain, table.columns))
        yield replace(
            table,
            span=op.place,
            uniques=tuple(kept),
            model=None,
            columns=columns,
            quoted=self.major >= 7 and not table.unread,
        )

    def _model(self, op: Operation) -> Model:
        options = Options(self.evaluator, None, {})
        return Model(op.call, op.text, op.place, op.call.span, op.text, op.schema, options)

    def _without_named_unique(self, op: Operation, made: Attribute) -> Attribute:
        """In a migration, only `unique: true` does something."""
        if isinstance(made.unique, str) and made.field is not None:
            method = str(op.call.value["f"].get("p"))
            self.ignored.append(
                IgnoredUnique(op.table, self._arguments.column_name(made.field), made.unique, made.span, method)
            )
        made.unique = made.unique is True
        if self.major >= 7:
            made.indexed = ()
        return made

    def _inline_uniques(self, model: Model) -> Iterator[UniqueConstraint]:
        """Sequelize 7 makes indexes of a model's `unique`; in a migration it goes with the column."""
        for attribute in model.attributes.values() if self.major >= 7 else ():
            if attribute.unique is True and attribute.field is not None:
                name = self._arguments.column_name(attribute.field)
                yield UniqueConstraint(None, (name,), attribute.span, (attribute.span,), inline=True)

    def _unique_keys(self, op: Operation, options: dict[str, Entry]) -> Iterator[UniqueConstraint]:
        """`uniqueKeys: {name: {fields: […]}}`, which has its name in MySQL and SQL Server alone."""
        if "uniqueKeys" not in options:
            return
        entries, unread = self.evaluator.entries(options["uniqueKeys"].value)
        if unread:
            raise Unread("the table's unique keys are computed", op.table)
        for name, entry in entries.items():
            fields = self.evaluator.entry(self.evaluator.follow(entry.value), "fields")
            columns = None if fields is None else self._arguments.columns(fields.value)
            if not columns:
                raise Unread("the columns of a unique key are computed", op.table)
            named = self.dialect.family in {"mysql", "tsql"}
            key = self.dialect.identifier(name, quoted=True, kind=NameKind.CONSTRAINT) if named else None
            yield UniqueConstraint(key, tuple(c for c, _ in columns), entry.span, tuple(s for _, s in columns))

    def _drop_table(self, op: Operation) -> Iterator[Fact]:
        options = self._arguments.options(op, op.argument(1))
        cascade = "cascade" in options and literal(self.evaluator, options["cascade"].value) is True
        postgres = self.dialect.family == "postgres"
        yield DropTable(op.place, op.call.span, op.table, if_exists=True, cascade=cascade and postgres)

    def _rename_table(self, op: Operation) -> Iterator[Fact]:
        after = op.argument(1)
        if after is None:
            raise Unread("the new name is not given", op.table)
        try:
            text, schema, place = self._arguments.table(after)
        except Unread as unread:
            raise Unread("the new name is computed") from unread
        yield RenameTable(op.place, op.call.span, op.table, self._arguments.named(text, schema or op.schema), place)

    def _becomes(self, arguments: list[Here], call: Here) -> Iterator[Fact]:
        """A table whose name is computed gets another: one of that name, where it is known, is there from then on."""
        why = "the table's name is computed"
        text, schema, place = self._arguments.table(arguments[1])
        yield Opaque(place, call.span, why, (self._arguments.named(text, schema),))
        yield Opaque(call.span, call.span, why, None)

    # Columns

    def _attribute(self, op: Operation, model: Model) -> Attribute:
        text, place = self._arguments.text(op, 1, "the column's name")
        given = op.argument(2)
        if given is None:
            raise Unread("the column's definition is not given", op.table)
        made = read_attribute(self.evaluator, model, Entry(text, place, given))
        if not isinstance(made, Attribute):
            raise Unread("the column's definition is computed", op.table)
        made.field = text
        return self._without_named_unique(op, made)

    def _made(self, op: Operation) -> tuple[Attribute, CreateTable, list[Fact]]:
        """The column of a call as a table of its own, and the type that comes before it."""
        model = self._model(op)
        made = self._attribute(op, model)
        model.attributes[made.name] = made
        model.major = self.major
        maker = Maker(self.evaluator, model, self.dialect, {id(model): op.table})
        before: list[Fact] = list(maker.enums())
        table = maker.table()
        table = replace(table, uniques=(*table.uniques, *self._inline_uniques(model)))
        if table.unread:
            before.append(Opaque(made.span, op.call.span, "a part of the column is computed", (op.table,)))
        return made, table, before

    def _add_column(self, op: Operation) -> Iterator[Fact]:
        made, table, before = self._made(op)
        yield from before
        if self.dialect.family == "sqlite" and (table.uniques or table.primary_key):
            word = "PRIMARY KEY" if table.primary_key else "UNIQUE"
            reason = f"SQLite's ADD COLUMN takes no {word}"
            yield Invalid(made.span, op.call.span, reason, f"Cannot add a {word} column", op.table)
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
            quoted=self.major >= 7,
        )

    def _remove_column(self, op: Operation) -> Iterator[Fact]:
        """In MySQL, Sequelize looks up the foreign keys of the column and drops them first."""
        text, place = self._arguments.text(op, 1, "the column's name")
        if self._arguments.remakes:
            fact = RemakeTable(place, op.call.span, op.table, self._arguments.column_name(text))
            yield self._arguments.remake(op, fact, 2)
            return
        keys = self.dialect.family == "mysql"
        dropped = DropColumn(place, op.call.span, op.table, self._arguments.column_name(text), keys_first=keys)
        yield from self._arguments.rebuilt(op, dropped)

    def _change_column(self, op: Operation) -> Iterator[Fact]:
        made, table, before = self._made(op)
        yield from before
        column = _plain(table.columns[0])
        if self._arguments.remakes and not (made.auto_increment or made.primary_key):
            yield self._remade(op, made, column, table)
            return
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
        yield from self._arguments.rebuilt(
            op, AlterColumn(made.span, op.call.span, op.table, column.name, replacement=column)
        )
        for unique in table.uniques if self.dialect.family != "sqlite" else ():
            yield AddConstraint(made.span, op.call.span, op.table, unique)

    def _remade(self, op: Operation, made: Attribute, column: Column, table: CreateTable) -> RemakeTable:
        """SQLite: what the attribute says is laid over what is there. A bare type says that NULL is taken, before Sequelize 7."""
        given = op.argument(2)
        bare = given is not None and self.evaluator.follow(given).kind == "mem"
        if column.null_unsaid:
            column = replace(column, nullable=True if bare and self.major < 7 else None)
        if column.has_default is False and made.default is None:
            column = replace(column, has_default=None)
        unique = True if table.uniques else False if made.indexed else None
        key = next(iter(table.foreign_keys), None)
        fact = RemakeTable(made.span, op.call.span, op.table, column.name, column, unique, key)
        kept = made.type.name if made.type is not None else ""
        return replace(self._arguments.remake(op, fact, 3), kept=kept)

    def _rename_column(self, op: Operation) -> Iterator[Fact]:
        before, place = self._arguments.text(op, 1, "the column's name")
        after, new_place = self._arguments.text(op, 2, "the new name")
        if self._arguments.remakes:
            old, new = self._arguments.column_name(before), self._arguments.column_name(after)
            yield self._arguments.remake(op, RemakeTable(place, op.call.span, op.table, old, new=new), 3)
            return
        renamed = RenameColumn(
            place,
            op.call.span,
            op.table,
            self._arguments.column_name(before),
            self._arguments.column_name(after),
            new_place,
        )
        yield from self._arguments.rebuilt(op, renamed)

    # Rows

    def _bulk_insert(self, op: Operation) -> Iterator[Fact]:
        """`bulkInsert(table, rows)`, whose keys are columns."""
        given = op.argument(1)
        rows = () if given is None else self.evaluator.follow(given).arguments()[:_ROWS]
        columns: dict[str, Span] = {}
        for row in rows:
            for name, entry in self.evaluator.entries(row)[0].items():
                if entry.sure:
                    columns.setdefault(name, entry.span)
        named = tuple((self._arguments.column_name(name), span) for name, span in columns.items())
        yield Write(op.place, op.call.span, "INSERT", op.table, named)


def _plain(column: Column) -> Column:
    """A column of a migration: no model stands behind it."""
    return replace(column, attribute=None, client_default=None)
