"""A v1 schema to the CREATE TABLE fact of the table that GORM makes of it (createTable and autoIndex in scope.go)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from schemalint.dialects import Dialect, NameKind
from schemalint.model.facts import CreateTable
from schemalint.model.frozen import frozen
from schemalint.model.names import Name, TableName
from schemalint.model.schema import Column, Index, IndexPart, PrimaryKey, UniqueConstraint
from schemalint.model.span import Span
from schemalint.parsers.gorm.legacy.fields import Field, Reader, Schema, names_of
from schemalint.parsers.gorm.legacy.naming import column, key_name
from schemalint.parsers.gorm.legacy.types import data_type
from schemalint.parsers.gorm.world import Struct
from schemalint.parsers.gorm.written import Written

_SIMPLE = re.compile(r"[a-zA-Z\d]+(?:\.[a-zA-Z\d]+)*")
_INTEGERS = frozenset(f"{sign}int{size}" for sign in ("", "u") for size in ("", "8", "16", "32", "64"))
_LENGTH = re.compile(r"(.+)\((\d{1,6})\)")


@frozen
class Maker:
    """Makes facts in one dialect; `family` is None where nothing tells it."""

    dialect: Dialect
    family: str | None
    written: Written
    reader: Reader

    def table_name(self, text: str) -> TableName:
        """A table's name; what stands before a dot is its schema."""
        schema, dot, name = text.rpartition(".")
        if not dot:
            return self.dialect.table_name(text, quoted=True)
        return self.dialect.table_name(name, quoted=True, schema=schema, schema_quoted=True)

    def tables(self, struct: Struct, schema: Schema, table: str) -> Iterator[CreateTable]:
        """The join tables of a model, then its own table."""
        for made in schema.fields:
            yield from self._join(schema, made)
        columns: list[Column] = []
        uniques: list[UniqueConstraint] = []
        unread = list(schema.unread)
        keys, alone = [made for made in schema.fields if made.primary], None
        for made in schema.fields:
            if not made.normal:
                continue
            found, unique, primary, understood = self._column(made)
            columns.append(found)
            if not understood:
                unread.append(found.type_span or found.span)
            if unique:
                uniques.append(UniqueConstraint(None, (found.name,), made.spot("UNIQUE", "TYPE"), (found.span,)))
            alone = made if primary else alone
        keys = keys if alone is None else [alone]
        place = keys[0].spot("PRIMARY_KEY") if keys else schema_span(struct)
        yield CreateTable(
            span=schema_span(struct),
            statement=Span(struct.path, *struct.statement),
            table=self.table_name(table),
            columns=tuple(columns),
            primary_key=PrimaryKey(None, tuple(self._name(key.db) for key in keys), place) if keys else None,
            uniques=tuple(uniques),
            indexes=tuple(self._indexes(schema, table)),
            model=schema.name,
            unread=tuple(dict.fromkeys(unread)),
        )

    def index(self, name: str, columns: Iterable[str], unique: bool, span: Span) -> Index:
        """An index as addIndex sends it: its name never in quotes, its columns where they are plain words."""
        parts = []
        for text in columns:
            prefix = _LENGTH.fullmatch(text)
            plain = prefix[1] if prefix else text
            named = self.dialect.identifier(plain, quoted=_SIMPLE.fullmatch(plain) is not None, kind=NameKind.COLUMN)
            parts.append(IndexPart(span, named, None, None, int(prefix[2]) if prefix else None))
        return Index(
            self.dialect.identifier(name, quoted=False, kind=NameKind.INDEX), tuple(parts), span, unique=unique
        )

    def _name(self, text: str) -> Name:
        return self.dialect.identifier(text, quoted=True, kind=NameKind.COLUMN)

    def _column(self, made: Field, joined: bool = False) -> tuple[Column, bool, bool, bool]:
        """The column; whether its definition makes it unique, or the primary key; and whether all of it was understood."""
        numbered = self._numbered(made) and not joined
        written_type = made.value("TYPE") or data_type(
            self.family,
            made.kind,
            _size(made),
            "SIZE" in made.settings,
            numbered,
            made.settings["PRECISION"].value if "PRECISION" in made.settings else None,
        )
        key = (made.primary or joined) and self.family != "sqlite"
        found = Column(
            name=self._name(made.db),
            span=made.span,
            type_span=made.spot("TYPE") if "TYPE" in made.settings else made.type_span,
            nullable=not (key or "NOT NULL" in made.settings),
            has_default="DEFAULT" in made.settings,
            attribute=made.name,
            client_default=made.kind == "time" and made.name in ("CreatedAt", "UpdatedAt"),
        )
        rest = " ".join(made.value(key) for key in ("NOT NULL", "UNIQUE"))
        rest += f" DEFAULT {made.value('DEFAULT')}" if "DEFAULT" in made.settings else ""
        rest += f" COMMENT {made.value('COMMENT')}" if "COMMENT" in made.settings else ""
        read = self.written.column(f"{written_type or 'int'} {rest}".strip())
        if read is None:
            return found, False, False, False
        known = read.columns[0]
        # What the type says of a key, a default or a number still holds where the type itself is not known.
        found = replace(
            found,
            type=known.type if written_type is not None else None,
            nullable=bool(found.nullable) and known.nullable is not False,
            default=known.default,
            has_default=known.has_default,
            identity=bool(known.identity) or (written_type is None and numbered and made.kind in _INTEGERS),
            generated=known.generated,
            collation=known.collation,
        )
        return found, bool(read.uniques), read.primary_key is not None and not joined, True

    def _numbered(self, made: Field) -> bool:
        """fieldCanAutoIncrement."""
        if "AUTO_INCREMENT" in made.settings:
            ignored = self.family == "mysql" and "INDEX" not in made.settings and not made.primary
            written = made.value("AUTO_INCREMENT")
            no = written == "FALSE" if self.family == "tsql" else written.lower() == "false"
            return not ignored and not no
        return made.primary

    def _indexes(self, schema: Schema, table: str) -> Iterator[Index]:
        for key, kind in (("INDEX", "idx"), ("UNIQUE_INDEX", "uix")):
            grouped: dict[str, list[tuple[str, Span]]] = {}
            for made in schema.fields:
                for name in made.value(key).split(",") if key in made.settings else ():
                    text = made.db
                    if name in (key, ""):
                        name = key_name(kind, table, [made.db], self.family == "mysql")
                    elif self.family == "mysql" and (found := _LENGTH.fullmatch(name)):
                        name, text = found[1], f"{made.db}({found[2]})"
                    grouped.setdefault(name, []).append((text, made.spot(key)))
            for name, parts in grouped.items():
                yield self.index(name, [text for text, _ in parts], key == "UNIQUE_INDEX", parts[0][1])

    def _join(self, schema: Schema, made: Field) -> Iterator[CreateTable]:
        """createJoinTable: a column for every key of both sides, all of them its primary key, and nothing else."""
        if made.joins is None:
            return
        own, other = made.owner, self.reader.schema(made.joins)
        columns: list[Column] = []
        unread: list[Span] = []
        sides = (
            (own, schema, own.name, "FOREIGNKEY", "JOINTABLE_FOREIGNKEY"),
            (other, other, made.joins.name, "ASSOCIATION_FOREIGNKEY", "ASSOCIATION_JOINTABLE_FOREIGNKEY"),
        )
        for side, whole, name, key, join_key in sides:
            wanted = names_of(made, key) or (names_of(made, key.replace("_", "")) if "_" in key else [])
            named = names_of(made, join_key)
            keys = wanted or [field.db for field in side.primaries]
            for index, text in enumerate(keys):
                found = side.look_up(text)
                kept = found and whole.look_up(found.db)
                if kept is None:
                    unread.append(made.span)
                    continue
                db = named[index] if index < len(named) else f"{column(name)}_{kept.db}"
                one, _, _, understood = self._column(replace(kept, db=db, primary=False), joined=True)
                columns.append(replace(one, span=made.span, type_span=made.spot("MANY2MANY"), attribute=made.name))
                if not understood:
                    unread.append(made.span)
        span = made.spot("MANY2MANY")
        yield CreateTable(
            span=span,
            statement=span,
            table=self.table_name(made.value("MANY2MANY")),
            columns=tuple(columns),
            primary_key=PrimaryKey(None, tuple(one.name for one in columns), span) if columns else None,
            unread=tuple(dict.fromkeys(unread)),
        )


def schema_span(struct: Struct) -> Span:
    """The name of a struct."""
    return Span(struct.path, struct.start, struct.end)


def _size(made: Field) -> int:
    """strconv.Atoi gives 0 for what is no number."""
    if "SIZE" not in made.settings:
        return 255
    text = made.value("SIZE")
    return int(text) if re.fullmatch(r"[+-]?[0-9]{1,9}", text, re.ASCII) else 0
