"""What a model's names and indexes certainly come to, against what they seem to say. Every case was run with GORM v1.25.5,
v1.25.12, v1.30.0 and v1.31.2 against real servers: tests/oracles/gorm/starts/probes.txt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from schemalint.model.frozen import frozen
from schemalint.model.source import Hazard, HazardKind
from schemalint.model.span import Span
from schemalint.parsers.gorm.schema import Field, Schema
from schemalint.parsers.gorm.tags import IndexTag

_LONGEST = {"postgres": 63, "mysql": 64}


@frozen
class KeyHazards:
    """Looks through models that GORM migrates itself. `family` is that of the dialect; the versions are those of GORM and of
    the mysql driver."""

    family: str | None
    version: tuple[int, ...]
    mysql: tuple[int, ...]

    def of(self, schema: Schema) -> Iterator[Hazard]:
        """The hazards of one model."""
        yield from self._long_table(schema)
        names = Counter(tag.name for field in schema.fields for tag in field.tag.indexes())
        keys = [one for one in schema.primaries if not one.ignored]
        tagged: dict[str, list[tuple[Field, IndexTag]]] = {}
        for field in schema.fields:
            if not field.db or field.ignored or field.span.path != schema.struct.path:
                continue
            yield from self._long_column(schema, field)
            tags = field.tag.indexes()
            alone = [tag for tag in tags if tag.unique and (not tag.name or names[tag.name] == 1)]
            if keys == [field]:
                yield from self._key(schema, field, alone)
            yield from self._by_turns(schema, field, alone)
            for tag in tags:
                if tag.name:
                    tagged.setdefault(tag.name, []).append((field, tag))
        for name, several in tagged.items():
            yield from self._mixed(schema, name, several)

    def _long_table(self, schema: Schema) -> Iterator[Hazard]:
        """PostgreSQL cuts the name wherever GORM asks for the table, so that it is found again."""
        if self.family == "mysql" and len((schema.table or "").rpartition(".")[2]) > _LONGEST["mysql"]:
            span = Span(schema.struct.path, schema.struct.start, schema.struct.end)
            help = "give it a shorter name: TableName() returns it"
            effect = f"MySQL takes {_LONGEST['mysql']} characters and refuses the table (1103)"
            yield Hazard(HazardKind.LONG_NAME, span, schema.name, f"the table {schema.table}", effect, help, fails=True)

    def _long_column(self, schema: Schema, field: Field) -> Iterator[Hazard]:
        effect = ""
        if self.family == "mysql" and len(field.db) > _LONGEST["mysql"]:
            effect = f"MySQL takes {_LONGEST['mysql']} characters and refuses the table (1059)"
        elif self.family == "postgres" and len(field.db.encode("utf-8", "replace")) > _LONGEST["postgres"]:
            effect = (
                f"PostgreSQL keeps {_LONGEST['postgres']} bytes of it and says nothing, so GORM misses the column on the"
                " second start, adds it again and fails (42701, column already exists)"
            )
        if effect:
            said, help = f"the column {field.db}", "give it a shorter name: `column:…`"
            owner, span = _owner(schema, field), field.spot("COLUMN")
            yield Hazard(HazardKind.LONG_NAME, span, owner, said, effect, help, fails=True)

    def _key(self, schema: Schema, field: Field, alone: list[IndexTag]) -> Iterator[Hazard]:
        """Uniqueness of the one column of the primary key."""
        whole = [tag for tag in alone if not tag.option("WHERE")]
        if not (field.unique or whole):
            return
        span = field.spot("UNIQUE") if field.unique else Span(field.span.path, whole[0].start, whole[0].end)
        yield Hazard(
            HazardKind.UNIQUE_KEY,
            span,
            _owner(schema, field),
            f"{field.db} is the primary key, and unique besides",
            "a second index of the same column, which every INSERT has to keep up",
            "remove it",
        )

    def _by_turns(self, schema: Schema, field: Field, alone: list[IndexTag]) -> Iterator[Hazard]:
        """Several unique indexes of one column: the mysql driver keeps one, and AutoMigrate makes the others again."""
        if self.family != "mysql" or self.version < (1, 25, 7) or self.mysql < (1, 5, 3) or field.primary:
            return
        if len({tag.name for tag in alone}) < 2:
            return
        yield Hazard(
            HazardKind.ENDLESS_ALTER,
            Span(field.span.path, alone[1].start, alone[1].end),
            _owner(schema, field),
            f"{len(alone)} unique indexes of the same column",
            "on every start GORM drops all but one of them and then makes them again",
            "remove all but one",
        )

    def _mixed(self, schema: Schema, name: str, tags: list[tuple[Field, IndexTag]]) -> Iterator[Hazard]:
        """One index of which only some fields say that it is unique: then all of it is."""
        plain = [(field, tag) for field, tag in tags if not tag.unique and not tag.option("CLASS")]
        unique = [(field, tag) for field, tag in tags if tag.unique]
        if not plain or not unique or len({field.db for field, _ in tags}) < 2:
            return
        field, tag = plain[0]
        said = ", ".join(dict.fromkeys(one.db for one, _ in tags))
        yield Hazard(
            HazardKind.MIXED_INDEX,
            Span(field.span.path, tag.start, tag.end),
            _owner(schema, field),
            f"a plain index called {name}, which {unique[0][0].name} calls unique",
            f"one field is enough: ({said}) is unique as a whole",
            "say it on every field, or give the two indexes names of their own",
            related=((Span(unique[0][0].span.path, unique[0][1].start, unique[0][1].end), "unique here"),),
        )


def _owner(schema: Schema, field: Field) -> str:
    return f"{schema.name}.{field.name}"
