"""What a model or a `sync()` of Sequelize 5 and 6 does that it does not look like. Each was run on MariaDB, PostgreSQL and SQLite
(tests/oracles/sequelize: sync.json, types.json)."""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.jssource.datatypes import DataType, printed
from schemalint.model.facts import CreateTable
from schemalint.model.frozen import frozen
from schemalint.model.schema import Index
from schemalint.model.source import Call, Hazard, HazardKind
from schemalint.model.span import Span
from schemalint.parsers.sequelize.facts import Tables
from schemalint.parsers.sequelize.models import Model

_TITLES = {"mysql": "MySQL", "mariadb": "MariaDB", "postgres": "PostgreSQL", "sqlite": "SQLite"}
_POSTGRES_ONLY = {"CITEXT", "JSONB", "ARRAY", "RANGE", "HSTORE", "INET", "CIDR", "MACADDR", "TSVECTOR", "GEOGRAPHY"}
_UNKNOWN_TYPES = {"mysql": _POSTGRES_ONLY, "mariadb": _POSTGRES_ONLY, "postgres": {"TINYINT", "MEDIUMINT"}}
_LONGEST = {"mysql": 64, "mariadb": 64, "postgres": 63}


def hazards(
    models: list[Model], made: Tables, calls: list[Call], dialect: str | None, version: tuple[int, int]
) -> Iterator[Hazard]:
    """The hazards of a package's models beside the calls that sync them. Sequelize 7 has but the first three of these habits."""
    stated = {id(model): model for model in models}
    by_place = {stated[key].statement: stated[key] for key in made.names}
    pairs = [
        (by_place[fact.statement], fact)
        for fact in made.facts
        if isinstance(fact, CreateTable) and fact.statement in by_place
    ]
    every = _Hazards(pairs, made, calls, dialect or "", version)
    yield from every.indexes_on_attributes()
    yield from every.long_names()
    yield from every.indexed_expressions()
    if version[0] >= 7:
        return
    yield from every.repeated_uniques()
    yield from every.altered_choices()
    yield from every.circles()
    yield from every.unknown_types()


@frozen
class _Hazards:
    pairs: list[tuple[Model, CreateTable]]
    made: Tables
    calls: list[Call]
    dialect: str
    version: tuple[int, int]

    @property
    def _server(self) -> str:
        return _TITLES.get(self.dialect, self.dialect)

    def _call(self, fact: CreateTable) -> Call | None:
        """The call that makes this table, the most certain one first."""
        mine = [call for call in self.calls if call.tables is None or fact.table in call.tables]
        return max(mine, key=_certain, default=None)

    def _altering(self, call: Call) -> list[tuple[Model, CreateTable]]:
        """The models whose columns a call changes."""
        if not call.sync.alters_columns:
            return []
        return [pair for pair in self.pairs if call.tables is None or pair[1].table in call.tables]

    def indexes_on_attributes(self) -> Iterator[Hazard]:
        """`indexes[].fields` are columns; Sequelize does not look up what column an attribute has (issue 9737)."""
        for model, fact in self.pairs:
            columns = {one.field for one in model.attributes.values()}
            call = self._call(fact)
            for index in fact.indexes:
                for part in index.parts:
                    name = part.column.text if part.column is not None else ""
                    attribute = model.attributes.get(name)
                    if attribute is None or attribute.field is None or name in columns or None in columns:
                        continue
                    related = [(attribute.span, f"{name} is column {attribute.field}")]
                    yield Hazard(
                        HazardKind.INDEX_ON_ATTRIBUTE,
                        part.span,
                        f"{model.name}.{name}",
                        f"index {index.name} of {fact.table} names the attribute `{name}`",
                        f"names in `indexes` are columns, and its column is `{attribute.field}`"
                        + (f": {call.title} will fail" if call is not None else ""),
                        f"write '{attribute.field}'",
                        fails=call is not None and _certain(call),
                        migrated=call is not None,
                        related=tuple(related + ([(call.span, "adds the index")] if call else [])),
                    )

    def repeated_uniques(self) -> Iterator[Hazard]:
        """`unique: true` is sent with each change of its column, and makes one more index each time (issue 8984)."""
        if self.dialect not in {"mysql", "mariadb", "postgres"}:
            return
        for call in self.calls:
            found = [
                (model, attribute)
                for model, _ in self._altering(call)
                for attribute in model.attributes.values()
                if attribute.unique is True and not attribute.primary_key and attribute.reference is None
            ]
            if not found:
                continue
            names = [f"{model.table}.{attribute.field}" for model, attribute in found]
            listed = ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")
            end = (
                "the indexes pile up without limit"
                if self.dialect == "postgres"
                else f"{self._server} refuses the 65th key of a table (1069)"
            )
            yield Hazard(
                HazardKind.REPEATED_UNIQUE,
                call.span,
                call.text,
                f"{call.title} adds one more unique index to {listed} at every start",
                end,
                "say it in `indexes: [{ unique: true, fields: […] }]`, which are looked up by name, and drop the copies",
                related=tuple((attribute.span, "`unique: true` is sent again") for _, attribute in found[:12]),
                notes=_conditions(call),
            )

    def altered_choices(self) -> Iterator[Hazard]:
        """Before 6.30, changing a column of an enumeration creates its type again (issue 7649)."""
        if self.dialect != "postgres" or self.version >= (6, 30):
            return
        for call in self.calls:
            for model, fact in self._altering(call):
                held = [one for one in model.attributes.values() if _is_enum(one.type) and one.field]
                if not held:
                    continue
                start = "the first start" if self.version < (6, 20) else "the second start"
                yield Hazard(
                    HazardKind.ALTERED_ENUM,
                    call.span,
                    f"{fact.table}.{held[0].field}",
                    f"{call.title} fails at {start}: it creates the type of {fact.table}.{held[0].field} again",
                    f"Sequelize {self.version[0]}"
                    + (f".{self.version[1]}" if self.version[1] < 99 else "")
                    + " does not look whether it exists",
                    "use Sequelize 6.30 or later, or change tables by migrations",
                    fails=_certain(call),
                    related=tuple((one.span, "an enumeration") for one in held[:12]),
                    notes=(
                        f'PostgreSQL: type "enum_{model.table}_{held[0].field}" already exists (42710)',
                        *_conditions(call),
                    ),
                )
                break

    def long_names(self) -> Iterator[Hazard]:
        """MySQL refuses a name that is too long; PostgreSQL cuts it, so that it is not found at the next start."""
        limit = _LONGEST.get(self.dialect)
        if limit is None:
            return
        for model, fact in self.pairs:
            call = self._call(fact)
            if call is None:
                continue
            for name, span in _named(fact, self.dialect):
                size = len(name.encode()) if self.dialect == "postgres" else len(name)
                if size > limit:
                    yield self._long_name(model, name, span, size, call)

    def _long_name(self, model: Model, name: str, span: Span, size: int, call: Call) -> Hazard:
        if self.dialect == "postgres":
            said = f"the name of index {name} has {size} bytes, and PostgreSQL keeps 63"
            effect = f"{call.title} does not find it at the second start, creates it again, and fails"
            words = f'PostgreSQL: relation "{name.encode()[:63].decode(errors="ignore")}" already exists (42P07)'
        else:
            said = f"the name of index {name} has {size} letters, and {self._server} takes 64"
            effect = f"{call.title} fails"
            words = f"{self._server}: Identifier name '{name}' is too long (1059)"
        return Hazard(
            HazardKind.LONG_INDEX_NAME,
            span,
            f"{model.name}.{name}",
            said,
            effect,
            "give the index a shorter `name`",
            fails=_certain(call),
            related=((call.span, "adds the index"),),
            notes=(words, *_conditions(call)),
        )

    def circles(self) -> Iterator[Hazard]:
        """Before 6.20, models are put in the order of their foreign keys, and a circle has none (pull request 14499)."""
        if self.version >= (6, 20) or not self.made.circles:
            return
        circle = self.made.circles[0]
        names = " and ".join(sorted(model.name for model in circle))
        tables = [str(self.made.names[id(model)]) for model in circle]
        for call in self.calls:
            if call.tables is None:
                yield Hazard(
                    HazardKind.CIRCLE,
                    call.span,
                    call.text,
                    f"{call.title} fails before it sends anything: the foreign keys of {names} form a circle",
                    f"Sequelize {'.'.join(map(str, self.version)).removesuffix('.99')} finds no order for the tables",
                    "put `constraints: false` on one of the associations, or use Sequelize 6.20 or later, which makes the"
                    " tables first and their keys afterwards, and alters every table for it",
                    fails=_certain(call),
                    related=tuple((model.span, f"{model.name} is part of it") for model in circle[:12]),
                    notes=(
                        f"Sequelize: Cyclic dependency found. {tables[0]} is dependent of itself.",
                        *_conditions(call),
                    ),
                )

    def unknown_types(self) -> Iterator[Hazard]:
        """Types that Sequelize writes as they are called, and the server does not have."""
        for model, fact in self.pairs:
            call = self._call(fact)
            for attribute in model.attributes.values():
                written = _refused(attribute.type, self.dialect)
                if written is None or call is None:
                    continue
                yield Hazard(
                    HazardKind.REFUSED_TYPE,
                    attribute.type_span or attribute.span,
                    f"{model.name}.{attribute.name}",
                    f"{fact.table}.{attribute.field} becomes {written}, which {self._server} does not have",
                    f"{call.title} fails",
                    "use a type that the server knows"
                    + (
                        ": DataTypes.JSON" if written == "JSONB" else ": DataTypes.SMALLINT" if "INT" in written else ""
                    ),
                    fails=_certain(call),
                    related=((call.span, "creates the table"),),
                    notes=_conditions(call),
                )

    def indexed_expressions(self) -> Iterator[Hazard]:
        """MySQL wants an expression in parentheses of its own, MariaDB has no such indexes; Sequelize writes none."""
        if self.dialect not in {"mysql", "mariadb"}:
            return
        for model, fact in self.pairs:
            call = self._call(fact)
            for index in fact.indexes:
                part = next((one for one in index.parts if one.expr is not None and "(" in one.expr.raw), None)
                if part is None or part.expr is None or part.expr.raw.lstrip().startswith("(") or call is None:
                    continue
                yield Hazard(
                    HazardKind.REFUSED_TYPE,
                    part.span,
                    f"{model.name}.{index.name}",
                    f"index {index.name} of {fact.table} is over {part.expr.raw}, which {self._server} takes for a mistake",
                    f"{call.title} fails",
                    "index a column" if self.dialect == "mariadb" else "index a column, or write literal('((…))')",
                    fails=_certain(call),
                    related=((call.span, "adds the index"),),
                    notes=_conditions(call),
                )


def _certain(call: Call) -> bool:
    """Whether it runs in production for sure, as far as code tells."""
    return call.environment == "production" or (call.environment is None and call.condition is None)


def _conditions(call: Call) -> tuple[str, ...]:
    return (f"only when {call.condition}",) if call.condition else ()


def _is_enum(type: DataType | None) -> bool:
    return type is not None and type.name == "ENUM"


def _named(fact: CreateTable, dialect: str) -> Iterator[tuple[str, Span]]:
    """The names that Sequelize writes for the table's indexes."""
    keys: tuple[Index, ...] = fact.indexes
    for key in keys:
        if key.name is not None:
            yield key.name.text, key.span
    for unique in fact.uniques if dialect != "postgres" else ():
        if unique.name is not None:
            yield unique.name.text, unique.span


def _refused(type: DataType | None, dialect: str) -> str | None:
    """The type as it is written, where the server certainly does not take it."""
    if type is None:
        return None
    if dialect == "sqlite" and type.name == "ARRAY":
        written = printed(type, dialect) or ""
        return written if written.endswith(")[]") else None
    if type.name not in _UNKNOWN_TYPES.get(dialect, ()):
        return None
    return printed(type, dialect) or type.name
