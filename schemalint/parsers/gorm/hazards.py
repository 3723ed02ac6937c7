"""What a model's fields certainly come to, against what they seem to say. Every case was run with GORM v1.25.5, v1.25.12,
v1.30.0 and v1.31.2 against PostgreSQL 15, MariaDB 10.11 and SQLite, three starts each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Set

from schemalint.model.frozen import frozen
from schemalint.model.source import Hazard, HazardKind
from schemalint.model.span import Span
from schemalint.parsers.gorm.schema import Field, Schema
from schemalint.parsers.gorm.world import World

_OPTIONS = re.compile(r"\b(not\s+null|default\b|unique\b|auto_increment|comment\b|primary\s+key)", re.IGNORECASE)
_NOT_POSTGRES = re.compile(
    r"enum\s*\(|set\s*\(|.*\bunsigned\b|(?:tiny|medium)int\b|(?:long|medium|tiny)(?:text|blob)\b|datetime\b|blob\b"
    r"|(?:var)?binary\b|(?:small|big)?int(?:eger)?\s*\(\d+\)|double\s*(?:\(.*|$)|nvarchar\b",
    re.IGNORECASE,
)
_LONGEST_VARCHAR = 10_485_760
"""PostgreSQL's driver makes a longer one text."""
_NOT_SQLITE = re.compile(r"(?:enum|set)\s*\(\s*'", re.IGNORECASE)


@frozen
class Hazards:
    """Looks through models that GORM migrates itself. `family` is that of the dialect; the versions are those of GORM
    and of the mysql driver."""

    family: str | None
    dialect: str | None
    version: tuple[int, ...]
    mysql: tuple[int, ...]
    time_precision: int | None  # of a datetime in MySQL, None when computed

    def of(self, schema: Schema) -> Iterator[Hazard]:
        """The hazards of one model."""
        shared = _shared(schema)
        soft = next((one for one in schema.fields if one.soft_delete and one.db), None)
        for field in schema.fields:
            if field.ignored or not field.db or field.span.path != schema.struct.path:
                continue
            yield from self._default(schema, field)
            yield from self._altered(schema, field)
            yield from self._type(schema, field)
            yield from self._unique(schema, field, shared, soft)
        yield from self._keys(schema, shared)
        yield from self._twice(schema)

    def default(self, schema: Schema) -> Iterator[Hazard]:
        """Defaults at which GORM fails wherever it meets the model, migrated or not."""
        for field in schema.fields:
            if field.db and field.default_parsed and not _parses(field):
                yield _hazard(
                    HazardKind.SYNTAX,
                    schema,
                    field,
                    ("DEFAULT",),
                    f"`default:{field.default}` is no {_kind(field)}",
                    f"GORM fails on the model: failed to parse {field.default} as default value for {_kind(field)}",
                    "write the value without quotes" if field.default[:1] in "'\"" else f"write a {_kind(field)}",
                    fails=True,
                )

    def _default(self, schema: Schema, field: Field) -> Iterator[Hazard]:
        """Defaults that never equal what the server tells of them, so that the column is changed on every start."""
        if "DEFAULT" not in field.settings or field.auto_increment:
            return
        written = field.settings["DEFAULT"].value.strip()
        literal = field.value("TYPE")
        why = ""
        if not written:
            why = "an empty default is none, but counts as a change on every start"
        elif self.family == "postgres" and written.lower() == "null" and _measured(field):
            why = "of a type with a length or precision the server keeps the NULL, which counts as a change on every start"
        elif _is_float(field) and not literal and re.fullmatch(r"[+-]?\d+\.\d*0", written):
            why = "the server tells of it without the zeros, which counts as a change on every start"
        elif self.family == "mysql" and _is_float(field) and (scale := _scale(literal)):
            if re.fullmatch(r"[+-]?\d+(?:\.\d+)?", written) and len(written.partition(".")[2]) != scale:
                why = f"the server tells of it with {scale} decimals, which counts as a change on every start"
        elif self.family == "postgres" and re.fullmatch(r"(?i)current_timestamp\s*\(\d\)", written):
            why = "the server tells of it in another spelling, which counts as a change on every start"
        if why:
            help = "remove it" if not written or written.lower() == "null" else _spelled(written, field, literal)
            yield _hazard(
                HazardKind.ENDLESS_ALTER, schema, field, ("DEFAULT",), f"`default:{written}`", why, help,
                notes=(_statement(self.family, schema, field),),
            )  # fmt: skip
        bare = re.fullmatch(r"(?i)current_timestamp(?:\(\))?|now\(\)", written)
        fine = field.kind == "time" and not literal and "PRECISION" not in field.settings and self.time_precision == 3
        if bare and fine and self.family == "mysql":
            yield _hazard(
                HazardKind.ENDLESS_ALTER,
                schema,
                field,
                ("DEFAULT",),
                f"`default:{written}` on a column that becomes datetime(3)",
                "MySQL refuses it (1067, Invalid default value), and MariaDB is made to change it on every start",
                "write `default:CURRENT_TIMESTAMP(3)`",
                notes=(_statement(self.family, schema, field),),
            )

    def _altered(self, schema: Schema, field: Field) -> Iterator[Hazard]:
        """Types that never equal what the server tells of them."""
        literal, why, help = field.value("TYPE"), "", ""
        if literal and field.data_type.lower() != literal.lower():
            return  # a foreign key has the type of what it refers to
        keys: tuple[str, ...] = ("TYPE",)
        if _is_float(field) and not literal and field.precision > 0 and self.version >= (1, 31, 2):
            spaced = self.family == "mysql" or (self.family == "postgres" and field.scale > 0)
            if spaced:
                kind = f"decimal({field.precision},{field.scale})"
                why = "GORM writes the type with a space that the server does not keep: a change on every start"
                help, keys = f"write `type:{kind}`", ("PRECISION",)
        elif self.family == "mysql" and re.match(r"(?i)numeric\s*\(", literal):
            why, help = "the server calls it decimal, which counts as a change on every start", "write `decimal`"
        elif self.dialect == "mariadb" and literal.lower() == "json":
            why, help = "MariaDB calls it longtext, which counts as a change on every start", "write `type:longtext`"
        elif (length := re.fullmatch(r"(?i)(?:var)?char\s*\((\d+)\)", literal)) and 0 < field.size != int(length[1]):
            if "SIZE" in field.settings:
                size, help, keys = f"`size:{field.size}`", "remove `size`", ("SIZE",)
            else:
                size = f"{field.size}, the size of the Go type,"
                help = "let the field be a string, or the column a number"
            why = f"{size} is what GORM compares with, so that the column is changed on every start"
        if why:
            said = "`precision` on a float" if keys == ("PRECISION",) else f"`type:{literal}`"
            notes = (_statement(self.family, schema, field),)
            yield _hazard(HazardKind.ENDLESS_ALTER, schema, field, keys, said, why, help, notes=notes)

    def _type(self, schema: Schema, field: Field) -> Iterator[Hazard]:
        """Types that the server does not take."""
        literal = field.value("TYPE").strip()
        if not literal:
            return
        options = _OPTIONS.search(literal)
        # `not null` alone is compared since v1.30.0
        if options and (self.version >= (1, 30, 0) or not re.fullmatch(r"(?i)\S+\s+not\s+null", literal)):
            said = f"`type:{literal}` holds more than a type"
            help = f"write `{options[1].lower()}` as a key of its own"
            if self.family == "postgres":
                effect = "the table is made, but from the second start on ALTER COLUMN … TYPE fails with a syntax error"
                yield _hazard(HazardKind.FOREIGN_TYPE, schema, field, ("TYPE",), said, effect, help, fails=True)
            elif self.family in ("mysql", "sqlite") and "unique" not in options[1].lower():
                effect = "GORM compares all of it with the column's type: a change on every start"
                notes = (_statement(self.family, schema, field),)
                yield _hazard(HazardKind.ENDLESS_ALTER, schema, field, ("TYPE",), said, effect, help, notes=notes)
        foreign = {"postgres": _NOT_POSTGRES, "sqlite": _NOT_SQLITE}.get(self.family or "")
        if foreign is not None and foreign.match(literal):
            server = {"postgres": "PostgreSQL", "sqlite": "SQLite"}[self.family or ""]
            yield _hazard(
                HazardKind.FOREIGN_TYPE,
                schema,
                field,
                ("TYPE",),
                f"`type:{literal}`",
                f"{server} knows no such type and refuses the table",
                "leave the type to GORM, or name one that this server has",
                fails=True,
            )

    def _unique(self, schema: Schema, field: Field, shared: Set[str], soft: Field | None) -> Iterator[Hazard]:
        """Predicates that are not sent, uniqueness beside soft delete, unique booleans."""
        tags = field.tag.indexes()
        single = [tag for tag in tags if tag.unique and tag.name not in shared]
        for tag in tags:
            if tag.option("WHERE") and self.family == "mysql":
                unique = tag.unique
                yield Hazard(
                    HazardKind.IGNORED_WHERE,
                    Span(field.span.path, tag.start, tag.end),
                    f"{schema.name}.{field.name}",
                    f"`where:{tag.option('WHERE')}`",
                    "MySQL has no partial indexes and GORM leaves it out: "
                    + ("every row must be unique" if unique else "every row is in the index"),
                    "remove it, or make the condition a column of the index",
                )
        if (field.unique or single) and field.kind == "bool":
            keys = ("UNIQUE", "UNIQUEINDEX", "INDEX")
            effect = "the table can hold one row with true and one with false"
            yield _hazard(HazardKind.UNIQUE_BOOLEAN, schema, field, keys, "a boolean is unique", effect, "remove it")
        if soft is not None and (field.unique or any(not tag.option("WHERE") for tag in single)) and not field.primary:
            yield _hazard(
                HazardKind.SOFT_DELETE,
                schema,
                field,
                ("UNIQUE", "UNIQUEINDEX", "INDEX"),
                f"unique by itself, while {soft.db} only marks rows as deleted",
                "a value stays taken when its row is deleted",
                "where it may be used again, let the index leave deleted rows out"
                if self.family != "mysql"
                else "where it may be used again, let the index hold what tells deleted rows from others",
            )

    def _keys(self, schema: Schema, shared: Set[str]) -> Iterator[Hazard]:
        keys = [field for field in schema.primaries if not field.ignored]
        own = schema.prioritized
        if self.family == "sqlite" and own is not None and own.auto_increment and len(keys) > 1:
            lost = [field for field in keys if field is not own]
            where = next((field for field in lost if field.span.path == schema.struct.path), None)
            if where is not None and own.data_type in ("int", "uint"):
                yield _hazard(
                    HazardKind.LOST_KEY,
                    schema,
                    where,
                    ("PRIMARYKEY", "PRIMARY_KEY"),
                    f"{', '.join(field.db for field in lost)} should be part of the primary key",
                    f"SQLite's driver makes {own.db} the whole key, for it counts up",
                    f"write `autoIncrement:false` on {own.name}",
                )
        if keys or self.family != "mysql" or self.version < (1, 25, 7):
            return
        for field in schema.fields:
            if not field.db or field.ignored or not field.not_null or field.span.path != schema.struct.path:
                continue
            single = any(tag.unique and tag.name not in shared for tag in field.tag.indexes())
            if field.unique or (single and (1, 5, 3) <= self.mysql < (1, 6, 0)):
                name = f"uni_{schema.table}_{field.db}" if field.unique else f"idx_{schema.table}_{field.db}"
                yield _hazard(
                    HazardKind.NO_KEY,
                    schema,
                    field,
                    ("UNIQUE", "UNIQUEINDEX", "INDEX"),
                    f"unique and NOT NULL in {schema.table}, which has no primary key",
                    "MySQL calls it the primary key, GORM misses its uniqueness and adds it again on the second start",
                    "give the model a primary key",
                    fails=True,
                    notes=(f"MySQL: Error 1061 (42000): Duplicate key name '{name}'",),
                )

    def _twice(self, schema: Schema) -> Iterator[Hazard]:
        """Two fields of one struct, of which only the first becomes the column."""
        seen: dict[str, Field] = {}
        for field in schema.fields:
            if not field.db or len(field.binds) > 1 or not field.permitted:
                continue
            first = seen.setdefault(field.db, field)
            if first is not field:
                yield _hazard(
                    HazardKind.COLUMN_TWICE,
                    schema,
                    field,
                    ("COLUMN",),
                    f"a second field for the column {field.db}",
                    f"GORM reads and writes only {first.name}; what the tag of {field.name} says is lost",
                    "give it a column of its own, or `-`",
                    related=((first.spot("COLUMN"), f"{field.db} is {first.name}"),),
                )


def unexported(world: World, schema: Schema) -> Iterator[Hazard]:
    """Embedded structs whose name is lower case: GORM skips them with all their columns."""
    for entry in schema.struct.fields:
        name: str = entry["name"]
        if not entry["anonymous"] or not name[:1].islower():
            continue
        inner = world.meaning(entry["type"], schema.struct.path, schema.struct.parameters).struct
        lost = [field["name"] for field in inner.fields if field["name"][:1].isupper()] if inner is not None else []
        if lost:
            yield Hazard(
                HazardKind.UNEXPORTED,
                Span(schema.struct.path, *entry["at"]),
                schema.name,
                f"the embedded struct {name} is not exported",
                f"GORM skips it: there are no columns for {', '.join(lost[:8])}",
                f"call it {name[:1].upper()}{name[1:]}",
            )


def _hazard(
    kind: HazardKind,
    schema: Schema,
    field: Field,
    keys: tuple[str, ...],
    said: str,
    effect: str,
    help: str,
    fails: bool = False,
    related: tuple[tuple[Span, str], ...] = (),
    notes: tuple[str, ...] = (),
) -> Hazard:
    return Hazard(
        kind, field.spot(*keys), f"{schema.name}.{field.name}", said, effect, help, fails, True, related, notes
    )


def _kind(field: Field) -> str:
    kind = field.kind.rstrip("0123456789")
    return {"uint": "whole number from 0", "int": "whole number", "float": "number", "bool": "bool"}.get(kind, kind)


def _parses(field: Field) -> bool:
    """Whether strconv takes a default as GORM calls it: ParseBool, ParseInt and ParseUint of base 0, ParseFloat."""
    text, kind = field.default, field.kind.rstrip("0123456789")
    if kind == "bool":
        return text in ("1", "t", "T", "TRUE", "true", "True", "0", "f", "F", "FALSE", "false", "False")
    if kind in ("int", "uint"):
        sign = "" if kind == "uint" else "[+-]?"
        return re.fullmatch(rf"{sign}(?:[0-9][0-9_]*|0[xX][0-9a-fA-F_]+|0[bB][01_]+|0[oO][0-7_]+)", text) is not None
    if kind == "float":
        return (
            re.fullmatch(r"(?i)[+-]?(?:[0-9_]*\.?[0-9_]*(?:e[+-]?\d+)?|0x[0-9a-f._p+-]+|inf(?:inity)?|nan)", text)
            is not None
        )
    return True


def _is_float(field: Field) -> bool:
    return field.kind.startswith("float")


def _measured(field: Field) -> bool:
    """Whether PostgreSQL's driver writes the type with a length or precision."""
    if field.data_type == "string":
        return 0 < field.size <= _LONGEST_VARCHAR
    if field.data_type in ("time", "float"):
        return field.precision > 0
    return "(" in field.data_type


def _scale(literal: str) -> int:
    found = re.fullmatch(r"(?i)\s*decimal\s*\(\s*\d+\s*,\s*(\d+)\s*\)\s*", literal)
    return int(found[1]) if found else 0


def _spelled(written: str, field: Field, literal: str) -> str:
    """How a default is spelled so that it stays as it is."""
    if scale := _scale(literal):
        return f"write `default:{written.partition('.')[0]}.{written.partition('.')[2][:scale].ljust(scale, '0')}`"
    if _is_float(field):
        whole, _, part = written.partition(".")
        return f"write `default:{whole}{'.' + part.rstrip('0') if part.rstrip('0') else ''}`"
    return "write `default:CURRENT_TIMESTAMP`"


def _statement(family: str | None, schema: Schema, field: Field) -> str:
    if family == "sqlite":
        return f"sent on every start: the whole table {schema.table} is copied and replaced"
    change = {"mysql": "MODIFY COLUMN", "postgres": "ALTER COLUMN"}.get(family or "", "…")
    return f"sent on every start: ALTER TABLE {schema.table} {change} {field.db} …"


def _shared(schema: Schema) -> Set[str]:
    """The names of indexes that several fields of the model are in; one without a name is its field's own."""
    named = Counter(name for field in schema.fields for name in {tag.name for tag in field.tag.indexes()})
    return {name for name, fields in named.items() if name and fields > 1}
