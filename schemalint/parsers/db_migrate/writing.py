"""Operations of db-migrate as the SQL that its drivers send: db-migrate-base 2.3, db-migrate-pg 1.5 and db-migrate-mysql 3.0."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from schemalint.jssource.here import Here
from schemalint.jssource.history import Unread
from schemalint.jssource.literals import Key, Literals, Plain, Raw, said, truth
from schemalint.model.frozen import frozen
from schemalint.model.span import Span

CONSTANTS = {
    "CHAR": "char", "STRING": "string", "TEXT": "text", "SMALLINT": "smallint", "BIGINT": "bigint", "INTEGER": "int",
    "SMALL_INTEGER": "smallint", "BIG_INTEGER": "bigint", "REAL": "real", "DATE": "date", "DATE_TIME": "datetime",
    "TIME": "time", "BLOB": "blob", "TIMESTAMP": "timestamp", "BINARY": "binary", "BOOLEAN": "boolean",
    "DECIMAL": "decimal",
}  # fmt: skip
"""`dbm.dataType`."""
_TYPES = {"string": "VARCHAR", "int": "INTEGER", "bigint": "BIGINT"}
_OF_FAMILY = {
    "postgres": {"datetime": "TIMESTAMP", "blob": "BYTEA"},
    "mysql": {"datetime": "DATETIME", "boolean": "TINYINT(1)"},
}
_SIZES = ((16777216, "LONG"), (65536, "MEDIUM"), (256, ""))


@frozen
class Sql:
    """SQL and the place that it comes from; `columns` is where each column of a new table stands, `lost` what was not
    understood of `table`."""

    text: str
    span: Span
    columns: Mapping[str, Span]
    lost: tuple[Span, ...] = ()
    table: str = ""


@frozen
class Driver:
    """Writes for "postgres" or "mysql"."""

    family: str
    literals: Literals

    def write(self, name: str, call: Here) -> Iterator[Sql]:
        """The SQL of one call, in order. Raises Unread where it is not known."""
        writer = _WRITERS.get(name)
        if writer is None:
            raise Unread(f"{name} is not read")
        arguments = [one for one in call.arguments() if not self._is_function(one)]
        yield from getattr(self, writer)(arguments, call)

    def _is_function(self, here: Here) -> bool:
        """Whether an argument is what is called afterwards: a function, or the callback that a migration was given."""
        return self.literals.evaluator.follow(here).kind in {"fn", "tool", "param"}

    def quoted(self, name: Plain) -> str:
        if not isinstance(name, str) or '"' in name or "`" in name:
            raise Unread("a name is computed")
        return f'"{name}"' if self.family == "postgres" else f"`{name}`"

    def _names(self, arguments: list[Here], count: int) -> list[str]:
        if len(arguments) < count:
            raise Unread("an argument is missing")
        return [self.quoted(self.literals.plain(one)) for one in arguments[:count]]

    def _options(self, arguments: list[Here], at: int) -> dict[str, Plain]:
        found = self.literals.plain(arguments[at]) if len(arguments) > at else None
        return found if isinstance(found, dict) else {}

    # Tables

    def create_table(self, arguments: list[Here], call: Here) -> Iterator[Sql]:
        (table,) = self._names(arguments, 1)
        keys = {key.name: key for key in self.literals.keys(arguments[1])} if len(arguments) > 1 else {}
        absent = ""
        if "columns" in keys and self.literals.evaluator.follow(keys["columns"].value).kind == "obj":
            given = keys.get("ifNotExists")
            absent = "IF NOT EXISTS" if given is not None and self.literals.plain(given.value) is True else ""
            keys = {key.name: key for key in self.literals.keys(keys["columns"].value)}
        known: list[tuple[Key, dict[str, Plain]]] = []
        lost: list[Span] = []
        for key in keys.values():
            try:
                known.append((key, self._spec(key.value)))
            except Unread:
                lost.append(key.span)
        primary = [key.name for key, spec in known if truth(spec, "primaryKey")]
        lines = [self._column(key.name, spec, [key.name] == primary) for key, spec in known]
        if len(primary) > 1:
            lines.append(f"PRIMARY KEY ({', '.join(map(self.quoted, primary))})")
        text = f"CREATE TABLE {absent} {table} ({', '.join(lines)});"
        yield Sql(text, arguments[0].span, {key.name: key.span for key, _ in known}, tuple(lost), table)
        # The tool takes them from the end, and does not wait for one before it sends the next.
        for key, spec in reversed(known):
            yield from self._referring(table, key.name, spec, key.span)

    def drop_table(self, arguments: list[Here], call: Here) -> Iterator[Sql]:
        exists = "IF EXISTS " if truth(self._options(arguments, 1), "ifExists") else ""
        yield Sql(f"DROP TABLE {exists}{self._names(arguments, 1)[0]};", arguments[0].span, {})

    def rename_table(self, arguments: list[Here], call: Here) -> Iterator[Sql]:
        old, new = self._names(arguments, 2)
        words = f"ALTER TABLE {old} RENAME TO {new}" if self.family == "postgres" else f"RENAME TABLE {old} TO {new}"
        yield Sql(f"{words};", arguments[0].span, {})

    # Columns

    def _spec(self, here: Here) -> dict[str, Plain]:
        told = self.literals.plain(here)
        spec = {"type": told} if isinstance(told, str) else told
        if not isinstance(spec, dict) or not isinstance(spec.get("type"), str):
            raise Unread("a column is computed")
        return spec

    def _type(self, spec: Mapping[str, Plain]) -> str:
        """The type with its length."""
        told = str(spec["type"])
        length = _text(spec.get("length"))
        if self.family == "mysql" and told in ("text", "blob"):
            size = int(length) if length.isdecimal() else 1000
            return next((word for least, word in _SIZES if size > least), "TINY") + told.upper()
        found = _OF_FAMILY[self.family].get(told) or _TYPES.get(told) or told.upper()
        if self.family == "mysql" and told == "decimal":
            precision, scale = _text(spec.get("precision")), _text(spec.get("scale"))
            return f"DECIMAL({precision},{scale})" if precision and scale else "DECIMAL"
        if self.family == "mysql" and found == "VARCHAR" and not length:
            length = "255"
        return f"{found}({length})" if length else found

    def _column(self, name: str, spec: Mapping[str, Plain], key: bool) -> str:
        return self._postgres(name, spec, key) if self.family == "postgres" else self._mysql(name, spec, key)

    def _postgres(self, name: str, spec: Mapping[str, Plain], key: bool) -> str:
        told = spec["type"]
        zoned = told in ("timetz", "timestamptz")
        spec = {**spec, "type": told.removesuffix("tz")} if zoned else spec
        counted = truth(spec, "primaryKey") and truth(spec, "autoIncrement")
        words = [self.quoted(name), "" if counted else self._type(spec)]
        words += ["WITH TIME ZONE"] if zoned or truth(spec, "timezone") else []
        if counted:
            words.append("BIGSERIAL" if told == "bigint" else "SERIAL")
        words += ["PRIMARY KEY"] if key else []
        words += ["NOT NULL"] if spec.get("notNull") is True else []
        words += ["UNIQUE"] if truth(spec, "unique") else []
        if "defaultValue" in spec:
            words.append(f"DEFAULT {_default(spec['defaultValue'])}")
        return " ".join(word for word in words if word)

    def _mysql(self, name: str, spec: Mapping[str, Plain], key: bool) -> str:
        words = [self.quoted(name), self._type(spec)]
        words += ["UNSIGNED"] if truth(spec, "unsigned") else []
        for option, word in (("characterSet", "CHARACTER SET"), ("collation", "COLLATE")):
            words += [f"{word} {said(spec[option])}"] if truth(spec, option) else []
        words += ["PRIMARY KEY"] if key else []
        words += ["AUTO_INCREMENT"] if truth(spec, "autoIncrement") else []
        words += ["NOT NULL"] if spec.get("notNull") is True else []
        words += ["UNIQUE"] if truth(spec, "unique") else []
        words += ["NULL"] if truth(spec, "null") or spec.get("notNull") is False else []
        if "defaultValue" in spec:
            told = spec["defaultValue"]
            if isinstance(told, dict):
                raise Unread("the driver for MySQL writes no default that an object stands for")
            clock = isinstance(told, str) and told.startswith("CURRENT_TIMESTAMP")
            words.append(f"DEFAULT {told if clock else _default(told)}")
        words += [f"AFTER {self.quoted(spec['after'])}"] if truth(spec, "after") else []
        return " ".join(words)

    def add_column(self, arguments: list[Here], call: Here) -> Iterator[Sql]:
        table, _ = self._names(arguments, 2)
        name, spec = self.literals.plain(arguments[1]), self._spec(_third(arguments))
        key = self.family == "mysql" and truth(spec, "primaryKey")
        yield Sql(f"ALTER TABLE {table} ADD COLUMN {self._column(name, spec, key)};", arguments[1].span, {})
        yield from self._referring(table, name, spec, arguments[1].span)

    def remove_column(self, arguments: list[Here], call: Here) -> Iterator[Sql]:
        table, column = self._names(arguments, 2)
        yield Sql(f"ALTER TABLE {table} DROP COLUMN {column};", arguments[1].span, {})

    def rename_column(self, arguments: list[Here], call: Here) -> Iterator[Sql]:
        table, old, new = self._names(arguments, 3)
        yield Sql(f"ALTER TABLE {table} RENAME COLUMN {old} TO {new};", arguments[1].span, {})

    def change_column(self, arguments: list[Here], call: Here) -> Iterator[Sql]:
        table, column = self._names(arguments, 2)
        name, place, third = self.literals.plain(arguments[1]), arguments[1].span, _third(arguments)
        if self.family == "mysql":
            spec = self._spec(third)
            if spec.get("unique") is False:
                yield Sql(f"DROP INDEX {column} ON {table};", place, {})
            line = self._column(name, spec, truth(spec, "primaryKey"))
            yield Sql(f"ALTER TABLE {table} CHANGE COLUMN {column} {line};", place, {})
            yield from self._referring(table, name, spec, place)
            return
        spec = self._options([third], 0)
        key = self.quoted(f"{self.literals.plain(arguments[0])}_{name}_key")
        alter = f"ALTER TABLE {table} ALTER COLUMN {column}"
        yield Sql(f"{alter} {'SET' if spec.get('notNull') is True else 'DROP'} NOT NULL;", place, {})
        if spec.get("unique") is True:
            yield Sql(f"ALTER TABLE {table} ADD CONSTRAINT {key} UNIQUE ({column});", place, {})
        elif spec.get("unique") is False:
            yield Sql(f"ALTER TABLE {table} DROP CONSTRAINT {key};", place, {})
        default = f"SET DEFAULT {_default(spec['defaultValue'])}" if "defaultValue" in spec else "DROP DEFAULT"
        yield Sql(f"{alter} {default};", place, {})
        if "type" in spec:
            yield Sql(f"{alter} TYPE {self._type(self._spec(third))};", place, {})

    # Keys and indexes

    def _referring(self, table: str, column: str, spec: Mapping[str, Plain], place: Span) -> Iterator[Sql]:
        key = spec.get("foreignKey")
        if isinstance(key, dict):
            mapping = key.get("mapping")
            mapping = {column: mapping} if isinstance(mapping, str) else mapping
            yield self._foreign(table, key.get("table"), key.get("name"), mapping, key.get("rules"), place)

    def _foreign(self, table: str, other: Plain, name: Plain, mapping: Plain, rules: Plain, place: Span) -> Sql:
        if not isinstance(mapping, dict) or not mapping:
            raise Unread("the columns of a key are computed")
        acts = rules if isinstance(rules, dict) else {}
        ours, theirs = (", ".join(map(self.quoted, names)) for names in (mapping.keys(), mapping.values()))
        text = f"ALTER TABLE {table} ADD CONSTRAINT {self.quoted(name)} FOREIGN KEY ({ours})"
        text += f" REFERENCES {self.quoted(other)} ({theirs}) ON DELETE {said(acts.get('onDelete') or 'NO ACTION')}"
        return Sql(f"{text} ON UPDATE {said(acts.get('onUpdate') or 'NO ACTION')};", place, {})

    def add_foreign_key(self, arguments: list[Here], call: Here) -> Iterator[Sql]:
        table, *_ = self._names(arguments, 3)
        _, other, name, mapping, *rest = (self.literals.plain(one) for one in arguments[:5])
        yield self._foreign(table, other, name, mapping, rest[0] if rest else None, arguments[2].span)

    def remove_foreign_key(self, arguments: list[Here], call: Here) -> Iterator[Sql]:
        table, name = self._names(arguments, 2)
        kind = "CONSTRAINT" if self.family == "postgres" else "FOREIGN KEY"
        yield Sql(f"ALTER TABLE {table} DROP {kind} {name};", arguments[1].span, {})
        if self.family == "mysql" and self._options(arguments, 2).get("dropIndex") is True:
            yield Sql(f"ALTER TABLE {table} DROP INDEX {name};", arguments[1].span, {})

    def add_index(self, arguments: list[Here], call: Here) -> Iterator[Sql]:
        table, name = self._names(arguments, 2)
        told = self.literals.plain(_third(arguments))
        columns = ", ".join(map(self._part, told if isinstance(told, list) else [told]))
        unique = "UNIQUE " if len(arguments) > 3 and self.literals.plain(arguments[3]) is True else ""
        head = f"CREATE {unique}INDEX {name} ON {table}"
        if self.family == "mysql":
            head = f"ALTER TABLE {table} ADD {unique}INDEX {name}"
        yield Sql(f"{head} ({columns});", arguments[1].span, {})

    def _part(self, told: Plain) -> str:
        if isinstance(told, dict) and self.family == "mysql":
            length = _text(told.get("length"))
            return self.quoted(told.get("name")) + (f"({length})" if length else "")
        return self.quoted(told)

    def remove_index(self, arguments: list[Here], call: Here) -> Iterator[Sql]:
        if self.family == "mysql":
            table, name = self._names(arguments, 2)
            yield Sql(f"DROP INDEX {name} ON {table};", arguments[1].span, {})
        else:
            yield Sql(f"DROP INDEX {self._names(arguments[-1:], 1)[0]};", arguments[-1].span, {})


def _third(arguments: list[Here]) -> Here:
    if len(arguments) < 3:
        raise Unread("an argument is missing")
    return arguments[2]


def _text(value: Plain) -> str:
    return "" if value is None else said(value)


def _default(value: Plain) -> str:
    """A default as the drivers write it: texts between quotes, and nothing in them is escaped."""
    if isinstance(value, dict):
        value = Raw(said(value.get("raw") or value.get("special")))
    if isinstance(value, str):
        return f"'{value}'"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Raw) and value.text:
        return value.text
    if value is None:
        return "NULL"
    raise Unread("a default is computed")


_WRITERS = {
    "createTable": "create_table",
    "dropTable": "drop_table",
    "renameTable": "rename_table",
    "addColumn": "add_column",
    "removeColumn": "remove_column",
    "renameColumn": "rename_column",
    "changeColumn": "change_column",
    "addForeignKey": "add_foreign_key",
    "removeForeignKey": "remove_foreign_key",
    "addIndex": "add_index",
    "removeIndex": "remove_index",
}
QUIET = frozenset({"insert", "update", "truncate", "all", "connection", "close", "checkDBMS", "lookup", "log"})
"""Calls that change no schema."""
