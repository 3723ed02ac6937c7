"""Names, types and clauses as node-pg-migrate 9.0.0 writes them (src/utils, src/operations/tables/shared.ts)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field

from schemalint.jssource.history import Unread
from schemalint.jssource.literals import Plain, Raw, keyed, said, truth
from schemalint.model.frozen import frozen

_ADAPTED = {
    "int": "integer",
    "string": "text",
    "float": "real",
    "double": "double precision",
    "datetime": "timestamp",
    "bool": "boolean",
}
_LONGEST = 20  # of shorthands that stand for one another


@frozen
class Style:
    """How a history is written: `shorthands` for types, as far as they were given so far; `decamelize`: names are sent in
    snake case."""

    decamelize: bool = False
    shorthands: Mapping[str, Plain] = field(default_factory=dict)

    def literal(self, value: Plain) -> str:
        """A name, in quotes; `{schema, name}` with its schema."""
        if isinstance(value, Raw):
            return value.text
        if isinstance(value, Mapping):
            schema = value.get("schema")
            return (f"{self.literal(schema)}." if schema else "") + self.literal(value.get("name"))
        if not isinstance(value, str) or '"' in value:
            raise Unread("a name is computed")
        return f'"{self.spelled(value)}"'

    def spelled(self, text: str) -> str:
        """A name without quotes."""
        if not self.decamelize:
            return text
        parted = re.sub(r"([a-z\d])([A-Z])", r"\1_\2", text)
        return re.sub(r"([A-Z])([A-Z][a-z]+)", r"\1_\2", parted).lower()

    def typed(self, told: Plain) -> dict[str, Plain]:
        """A column's options, with what the shorthand that its type is stands for."""
        options = {"type": told} if isinstance(told, str) else dict(told) if isinstance(told, Mapping) else None
        if options is None:
            raise Unread("a column is computed")
        known = {"id": {"type": "serial", "primaryKey": True}, **self.shorthands}
        extra: dict[str, Plain] = {}
        type_ = options.get("type")
        for _ in range(_LONGEST):
            if not isinstance(type_, str) or type_ not in known:
                break
            short = known[type_]
            short = {"type": short} if isinstance(short, str) else keyed(short)
            extra = {**short, **{key: value for key, value in extra.items() if key != "type"}}
            if short.get("type") == type_:
                break
            type_ = short.get("type")
        return {**extra, **options, "type": _ADAPTED.get(type_, type_) if isinstance(type_, str) else type_}

    def column(self, name: str, options: Mapping[str, Plain], key: bool) -> str:
        """The definition of a column; `key`: it is the primary key alone."""
        type_ = options.get("type")
        words = [self.literal(name), self.literal(type_) if isinstance(type_, Mapping) else type_]
        if not isinstance(words[1], str):
            raise Unread("a type is computed")
        array = options.get("array")
        words += ["ARRAY"] if array is True else [f"ARRAY[{array.text}]"] if isinstance(array, Raw) else []
        if truth(options, "collation"):
            words.append(f"COLLATE {said(options['collation'])}")
        if "default" in options:
            words.append(f"DEFAULT {escaped(options['default'])}")
        words += ["UNIQUE"] if truth(options, "unique") else []
        words += ["PRIMARY KEY"] if key else []
        words += ["NOT NULL"] if truth(options, "notNull") else []
        if truth(options, "check"):
            words.append(f"CHECK ({said(options['check'])})")
        if truth(options, "references"):
            named = options.get("referencesConstraintName")
            words.append(f"CONSTRAINT {self.literal(named)}" if named else "")
            words.append(self.references(options))
        words.append(deferrable(options))
        if truth(options, "sequenceGenerated"):
            words.append(f"GENERATED {said(keyed(options['sequenceGenerated']).get('precedence'))} AS IDENTITY")
        if truth(options, "expressionGenerated"):
            words.append(f"GENERATED ALWAYS AS ({said(options['expressionGenerated'])}) STORED")
        return " ".join(word for word in words if word)

    def references(self, options: Mapping[str, Plain]) -> str:
        """REFERENCES with its actions: a text in quotes or with columns goes as it stands, any other is a table's name."""
        told = options["references"]
        as_it_is = isinstance(told, str) and (told.startswith('"') or told.endswith(")"))
        clauses = [f"REFERENCES {told if as_it_is else self.literal(told)}"]
        for key, word in (("match", "MATCH"), ("onDelete", "ON DELETE"), ("onUpdate", "ON UPDATE")):
            clauses += [f"{word} {said(options[key])}"] if truth(options, key) else []
        return " ".join(clauses)

    def constraints(self, table: Plain, options: Mapping[str, Plain], name: Plain) -> Iterator[str]:
        """What `constraints` of a table and addConstraint give, under the names that the tool makes."""
        base = based(table)
        late = deferrable(options)
        for line in self._constraints(base, options, name):
            yield f"{line} {late}".rstrip()

    def _constraints(self, base: str, options: Mapping[str, Plain], name: Plain) -> Iterator[str]:
        checks = options.get("check")
        for at, check in enumerate(checks if isinstance(checks, list) else [checks] if checks else []):
            number = f"_{at + 1}" if isinstance(checks, list) else ""
            yield f"CONSTRAINT {self.literal(name or f'{base}_chck{number}')} CHECK ({said(check)})"
        uniques = listed(options.get("unique"))
        for columns in uniques if any(isinstance(one, list) for one in uniques) else [uniques] if uniques else []:
            names = listed(columns)
            yield f"CONSTRAINT {self.literal(name or f'{base}_uniq_' + '_'.join(map(said, names)))} UNIQUE ({self.names(names)})"
        if options.get("primaryKey"):
            names = listed(options["primaryKey"])
            yield f"CONSTRAINT {self.literal(name or f'{base}_pkey')} PRIMARY KEY ({self.names(names)})"
        for key in map(keyed, listed(options.get("foreignKeys"))):
            names = listed(key.get("columns"))
            called = key.get("referencesConstraintName") or name or f"{base}_fk_" + "_".join(map(said, names))
            yield f"CONSTRAINT {self.literal(called)} FOREIGN KEY ({self.names(names)}) {self.references(key)}"
        if options.get("exclude"):
            yield f"CONSTRAINT {self.literal(name or f'{base}_excl')} EXCLUDE {said(options['exclude'])}"

    def names(self, names: Sequence[Plain]) -> str:
        """Names in a row."""
        return ", ".join(map(self.literal, names))

    def index_name(self, table: Plain, columns: Sequence[Plain], options: Mapping[str, Plain]) -> str:
        """The name of an index, without its schema."""
        if options.get("name"):
            return said(options["name"])
        base = based(table)
        named = (one.get("name") if isinstance(one, Mapping) else one for one in columns)
        parts = [self.spelled(part) for part in named if isinstance(part, str)]
        if len(parts) < len(columns):
            raise Unread("an index without a name")
        joined = "_".join(parts)
        return f"{base}_{joined}{'_unique' if truth(options, 'unique') else ''}_index"

    def index_part(self, part: Plain) -> str:
        """A column or an expression of an index."""
        if isinstance(part, Mapping):
            words = [self.index_part(part.get("name")), part.get("opclass"), part.get("sort")]
            return " ".join(self.literal(word) if at == 1 else said(word) for at, word in enumerate(words) if word)
        if isinstance(part, Raw):
            return part.text
        name = self.spelled(said(part))
        if re.search(r'[^\w".]', name) is None:
            return self.literal(part)
        return name if name.endswith(")") else f"({name})"


def based(table: Plain) -> str:
    """A table's name without its schema."""
    return said(table.get("name") if isinstance(table, Mapping) else table)


def escaped(value: Plain) -> str:
    """A value as SQL."""
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    if isinstance(value, list):
        return f"ARRAY[{','.join(escaped(one).replace('ARRAY', '') for one in value)}]"
    if isinstance(value, Raw):
        return value.text
    raise Unread("a default is computed")


def deferrable(options: Mapping[str, Plain]) -> str:
    if not truth(options, "deferrable"):
        return ""
    return f"DEFERRABLE INITIALLY {'DEFERRED' if truth(options, 'deferred') else 'IMMEDIATE'}"


def listed(value: Plain) -> list[Plain]:
    """A value that may stand alone for a list of one."""
    return value if isinstance(value, list) else [] if value is None else [value]
