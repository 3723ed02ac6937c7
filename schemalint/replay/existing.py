"""A table that is there when GORM's AutoMigrate comes: the statements that it sends to it, one after another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from schemalint.dialects import NameKind
from schemalint.model.facts import (
    AddColumn,
    AddConstraint,
    AlterColumn,
    CreateIndex,
    DropConstraint,
    DropIndex,
    Fact,
)
from schemalint.model.frozen import replace
from schemalint.model.names import Name, TableName
from schemalint.model.schema import Check, Column, Declared, ForeignKey, Index, IndexPart, Table, UniqueConstraint
from schemalint.model.source import Call
from schemalint.replay.constraints import constraints_of
from schemalint.replay.migratecolumn import Release, aliases, alters, tell
from schemalint.replay.parts import keys
from schemalint.replay.state import State

_NAMED = (1, 25, 7)
"""Since this GORM a `unique` tag makes a constraint with a name, and uniqueness is compared apart from the column."""
_COMPARED = (1, 23, 1)
"""Since this GORM uniqueness is compared at all; what older ones alter is not followed."""
_SEES_ALIASES = (1, 4, 6)
"""Since this postgres driver a type that differs in name only is not sent."""
_BY_INDEX = (1, 24, 4)
"""Since this GORM a unique index on one column is uniqueness of the column, too, which until then only the tag `unique` is."""


@dataclass(slots=True)
class Existing:
    """AutoMigrate of one model whose table is there. Each statement is to be applied before the next is asked for. An index
    is asked for in any case, with `if_not_exists` where one of its name is there."""

    state: State
    model: Table
    call: Call
    release: Release
    _own: dict[Name, Index] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        for index in self.model.indexes:
            if index.unique and (columns := index.columns) and len(columns) == 1 and not self._is_constraint(index):
                self._own[columns[0]] = index

    def statements(self) -> Iterator[Fact]:
        """What is sent, in this order."""
        if self._family == "postgres" and self.release.core >= _NAMED and self.release.driver < (1, 5, 5):
            return  # it fails on every table that is there: SL401
        for column in self.model.columns.values():
            kept = self._table.columns.get(column.name)
            if kept is None or self._spelled(kept.name) != self._spelled(column.name):
                yield self._add(column)
            elif column.declared is None:
                self._forget(kept)
            else:
                yield from self._column(column, column.declared, kept)
        constraints: tuple[ForeignKey | Check, ...] = (*self.model.foreign_keys, *self.model.checks)
        for key in constraints:
            if key.name not in {one.name for one in constraints_of(self._table)}:
                yield AddConstraint(key.span, self.call.span, self.model.name, key)
        for index in self.model.indexes:
            if index.name is not None and not index.implied and not self._is_constraint(index):
                yield from self._index(index)

    @property
    def _table(self) -> Table:
        return self.state.tables[self.model.name]

    @property
    def _family(self) -> str:
        return self.state.dialect.family

    @property
    def _by_parts(self) -> bool:
        """Whether the driver sends type, NULL and default each by itself."""
        return self._family == "postgres"

    def _spelled(self, name: Name) -> str:
        """A name as the server tells it."""
        return name.key if self._family == "postgres" else name.text

    def _name(self, text: str) -> Name:
        return self.state.dialect.identifier(text, True, NameKind.INDEX)

    def _index_of(self, column: Name) -> Index | None:
        """The unique index that the model has on this column alone; of several GORM keeps the last in mind."""
        return self._own.get(column)

    def _alone(self, column: Name) -> list[Index]:
        """The unique indexes of the table that are on this column alone. Asked for every column, after every statement."""
        found = self._table.indexes
        return [one for one in found if one.unique and len(one.parts) == 1 and one.parts[0].column == column]

    def _is_constraint(self, index: Index) -> bool:
        """MySQL: whether the index is what the `unique` tag makes."""
        if self._family != "mysql" or index.columns is None or len(index.columns) != 1 or index.name is None:
            return False
        column = self.model.columns.get(index.columns[0])
        declared = column.declared if column is not None else None
        return declared is not None and declared.unique and declared.unique_name == index.name.text

    def _claims(self, column: Column, declared: Declared) -> bool:
        """Field.Unique: from v1.24.4 to v1.25.6 a unique index on the column alone sets it as well."""
        by_index = _BY_INDEX <= self.release.core < _NAMED
        return declared.unique or (by_index and self._index_of(column.name) is not None)

    def _nameless(self, column: Column) -> UniqueConstraint:
        return UniqueConstraint(None, (column.name,), column.span, (column.span,))

    def _add(self, column: Column) -> Fact:
        declared = column.declared
        own = declared is not None and self.release.core < _NAMED and self._claims(column, declared)
        uniques = (self._nameless(column),) if own else ()
        primary = self.model.primary_key
        keyed = self._family == "mysql" and primary is not None and column.name in primary.columns
        return AddColumn(
            column.span,
            self.call.span,
            self.model.name,
            column,
            replace(primary, columns=(column.name,)) if keyed and primary is not None else None,
            uniques,
        )

    def _column(self, column: Column, declared: Declared, kept: Column) -> Iterator[Fact]:
        verdict = alters(declared, kept, self.release, self.state.dialect)
        if self._by_parts and declared.primary:
            return  # the driver leaves keys alone
        told = tell(kept, self.state.dialect)
        cast = told is not None and (told.guess or told.default is not None)  # which old drivers leave as it is
        if self.release.core < _COMPARED or (self._by_parts and self.release.driver < _SEES_ALIASES and cast):
            self._forget(kept, column)
            return
        unique = self._is_unique(kept)
        compared = _COMPARED <= self.release.core < _NAMED and not declared.primary and unique is not None
        if compared and unique != self._claims(column, declared):
            verdict = True
        if verdict is None:
            self._forget(kept, column)
        elif verdict:
            yield from self._altered(column, declared, kept)
        if self.release.core >= _NAMED and not declared.primary:
            yield from self._uniqueness(column, declared, unique)

    def _forget(self, kept: Column, column: Column | None = None) -> None:
        """Of a column that may be changed stays known what it is in either case."""
        same_type = column is not None and kept.type == column.type
        same_default = column is not None and kept.default == column.default
        unsure = replace(
            kept,
            type=kept.type if same_type else None,
            nullable=kept.nullable if column is not None and kept.nullable is column.nullable else None,
            default=kept.default if same_default else None,
            has_default=kept.has_default if same_default else None,
            declared=None,
        )
        table = self._table
        columns = {name: unsure if name == kept.name else one for name, one in table.columns.items()}
        self.state.put(replace(table, columns=columns))

    def _altered(self, column: Column, declared: Declared, kept: Column) -> Iterator[Fact]:
        span, table = column.span, self.model.name
        if self._family == "postgres":
            yield from self._altered_in_parts(column, declared, kept)
            return
        if self._family == "sqlite" and self.release.driver < (1, 5, 5) and kept.declared is None:
            self._forget(kept, column)  # it fails unless the name is written in quotes
            self.state.put(replace(self._table, incomplete=(*self._table.incomplete, self.call.span)))
            return
        yield AlterColumn(span, self.call.span, table, kept.name, replacement=column)
        if self.release.core < _NAMED and self._claims(column, declared):
            yield AddConstraint(span, self.call.span, table, self._nameless(column))

    def _altered_in_parts(self, column: Column, declared: Declared, kept: Column) -> Iterator[Fact]:
        """postgres: type, NULL and default each by itself, where the driver thinks that they differ."""
        told = tell(kept, self.state.dialect)
        if told is None:
            return
        span, table, statement = column.span, self.model.name, self.call.span
        found = told.type.lower() == declared.type
        if not found and self.release.driver < (1, 5, 5):
            found = told.type == declared.type
        meant = aliases(told.type, self.release, self.state.dialect) if self.release.driver >= _SEES_ALIASES else ()
        if not found and not any(declared.type.startswith(alias) for alias in meant):
            if declared.type == "boolean" and told.default:
                yield AlterColumn(span, statement, table, kept.name, drop_default=True)
            yield AlterColumn(span, statement, table, kept.name, type=column.type)
        if kept.nullable is declared.not_null:
            yield AlterColumn(span, statement, table, kept.name, nullable=not declared.not_null)
        yield from self._constraint(column, declared, kept)
        there = told.default is not None or told.guess
        if (not declared.given and there) or (told.default or "") != (declared.default or ""):
            if column.default is not None:
                yield AlterColumn(span, statement, table, kept.name, default=column.default)
            elif declared.default or (declared.default is None and self.release.driver >= (1, 6, 0)):
                yield AlterColumn(span, statement, table, kept.name, drop_default=True)

    def _constraint(self, column: Column, declared: Declared, kept: Column) -> Iterator[Fact]:
        """postgres, before GORM v1.25.7: the constraint of an altered column. Up to v1.4.5 the driver adds it where the two
        differ, even to take uniqueness away; up to v1.4.6 whether or not it is there."""
        claims, unique = self._claims(column, declared), self._is_unique(kept)
        adds = unique is not claims if self.release.driver < _SEES_ALIASES else claims and unique is False
        if self.release.core >= _NAMED or not adds:
            return
        name = self._name(f"idx_{self.model.name}_{column.name}".replace(".", "_"))
        if self.release.driver < (1, 4, 7) or self.state.find_key(self.model.name, name) is None:
            constraint = UniqueConstraint(name, (column.name,), column.span, (column.span,))
            yield AddConstraint(column.span, self.call.span, self.model.name, constraint)

    def _is_unique(self, kept: Column) -> bool | None:
        """ColumnType.Unique: whether the driver calls a column unique by itself, None where it does not say."""
        table = self._table
        constraints = [one for one in table.uniques if one.columns == (kept.name,)]
        if self._family == "postgres":
            return bool(constraints)
        if self._family == "sqlite":
            inline = any(one.span == kept.span for one in constraints)
            if self.release.driver >= (1, 5, 5):  # a nameless constraint behind the columns is not seen
                return inline or any(one.name is not None for one in constraints)
            # the last of its indexes decides, whatever other columns that has
            own = [one for one in table.indexes if one.columns is not None and kept.name in one.columns]
            return own[-1].unique if own else inline or None
        if self._shown_as_key(kept.name):
            return False
        return bool(constraints) or any(one.parts[0].prefix is None for one in self._alone(kept.name))

    def _shown_as_key(self, column: Name) -> bool:
        """MySQL calls the columns of a primary key so or, where there is none, those of the first unique key that takes no
        NULL."""
        table = self._table
        if table.primary_key is not None:
            return column in table.primary_key.columns
        uniques = [one.columns for one in table.uniques]
        uniques += [one.columns for one in table.indexes if one.unique and one.columns is not None]
        for columns in uniques:
            if all(name in table.columns and table.columns[name].nullable is False for name in columns):
                return column in columns
        return False

    def _uniqueness(self, column: Column, declared: Declared, unique: bool | None) -> Iterator[Fact]:
        """MigrateColumnUnique."""
        if unique is None:
            return
        name = self._name(declared.unique_name)
        if self._family == "mysql" and self.release.driver >= (1, 5, 3):
            yield from self._mysql_uniqueness(column, declared, unique)
        elif unique and not declared.unique:
            yield from self._dropped(column, name)
        elif not unique and declared.unique and self._family == "mysql":
            yield self._unique_key(column, name)
        elif not unique and declared.unique:
            constraint = UniqueConstraint(name, (column.name,), column.span, (column.span,))
            yield AddConstraint(column.span, self.call.span, self.model.name, constraint)

    def _unique_key(self, column: Column, name: Name) -> Fact:
        """MySQL: a unique constraint, which is an index and nothing else."""
        index = Index(name, (IndexPart(column.span, column.name),), column.span, unique=True)
        return CreateIndex(column.span, self.call.span, self.model.name, self.model.span, index)

    def _dropped(self, column: Column, name: Name) -> Iterator[Fact]:
        kind = "foreign key" if self._family == "mysql" else None
        missing = self._family == "sqlite"  # whose driver copies the table, whether there is such a constraint or not
        yield DropConstraint(column.span, self.call.span, self.model.name, name, kind, if_exists=missing)

    def _mysql_uniqueness(self, column: Column, declared: Declared, unique: bool) -> Iterator[Fact]:
        """The driver's own: indexes on the column alone that go by another name are dropped."""
        own, name = self._index_of(column.name), self._name(declared.unique_name)
        span, statement, table = column.span, self.call.span, self.model.name
        if unique:
            single: list[UniqueConstraint | Index] = [
                one for one in self._table.uniques if one.columns == (column.name,)
            ]
            single += self._alone(column.name)
            for key in sorted(single, key=lambda one: str(one.name)):
                if key.name is not None and key.name != name and (own is None or key.name != own.name):
                    yield DropIndex(span, statement, TableName(None, key.name), table)
            has = any(key.name == name for key in single)
            if declared.unique and not has:
                yield self._unique_key(column, name)
            elif not declared.unique and has:
                yield DropConstraint(span, statement, table, name)
                if own is not None:
                    yield CreateIndex(own.span, statement, table, self.model.span, own)
        elif declared.unique:
            yield self._unique_key(column, name)
        if own is None or own.name is None:
            return
        blind = not unique and self.release.driver < (1, 6, 0)
        if blind or self.state.find_key(table, own.name) is None:
            yield CreateIndex(own.span, statement, table, self.model.span, own)

    def _index(self, index: Index) -> Iterator[Fact]:
        """It is looked for in this table by its name alone."""
        assert index.name is not None
        there = any(key.name == index.name for key in keys(self._table))
        unless = there or self._family == "postgres"
        yield CreateIndex(index.span, self.call.span, self.model.name, self.model.span, index, if_not_exists=unless)
