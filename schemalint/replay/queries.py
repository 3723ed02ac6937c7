"""What a query reads and gives, looked up in the database as it stands where the query is met."""

from __future__ import annotations

from schemalint.model.catalog import Refusal
from schemalint.model.clauses import Query
from schemalint.model.frozen import replace
from schemalint.model.names import Name, ObjectKind, TableName
from schemalint.model.schema import Column, Table, View
from schemalint.model.span import Span
from schemalint.replay.state import State
from schemalint.replay.trouble import Trouble, Troubles
from schemalint.sql.views import Read, body


def read_query(state: State, query: Query) -> Said | None:
    """What a query says, None when it was not understood."""
    said = body(query.text, state.dialect.name)
    if said is None:
        return None
    reads: list[tuple[TableName, tuple[Name, ...]]] = []
    absent: list[tuple[TableName, Span]] = []
    lacking: list[tuple[Table | View, Name, Span]] = []
    for read in said.reads:
        name = _resolved(state, query, read)
        owner = state.tables.get(name) or state.views.get(name)
        if owner is None and state.absent(name):
            absent.append((name, _place(query, read.start, read.end)))
        columns = []
        for mention in read.columns:
            column = state.dialect.identifier(mention.name, mention.quoted)
            columns.append(column)
            if owner is not None and _lacks(state, owner, column):
                lacking.append((owner, column, _place(query, mention.start, mention.end)))
        reads.append((name, tuple(dict.fromkeys(columns))))
    for unplaced in said.unplaced:
        column = state.dialect.identifier(unplaced.mention.name, unplaced.mention.quoted)
        owners = [state.tables.get(reads[read][0]) for read in unplaced.reads]
        if all(owner is not None and _lacks(state, owner, column) for owner in owners) and owners[0] is not None:
            lacking.append((owners[0], column, _place(query, unplaced.mention.start, unplaced.mention.end)))
    stars = iter(said.stars)
    for star in said.stars:
        if star is not None:  # a star reads every column there is
            name, columns_read = reads[star]
            reads[star] = (name, (*columns_read, *(_columns(state, name) or ())))
    gives: list[tuple[Name, Column | None]] | None = []
    for out in said.columns or ():
        if gives is None:
            break
        if out.star:
            gives = _starred(state, gives, reads, next(stars, None))
        elif out.name is None:
            gives = None
        else:
            source = _source(state, reads, out.source)
            gives.append((state.dialect.identifier(out.name, out.quoted), source))
    columns_given = tuple(gives) if gives is not None and said.columns is not None else None
    keyed = tuple(dict.fromkeys(reads[read][0] for read in said.keyed))
    listed = said.columns is not None and not any(out.star for out in said.columns)
    sources = tuple(_source(state, reads, out.source) for out in said.columns or ()) if listed else None
    return Said(tuple(reads), columns_given, tuple(absent), tuple(lacking), keyed, sources)


def understood(state: State, view: View) -> View:
    """The view with what its query says of columns and relations, where that was not asked when it was made: a script by
    itself may be meant for a database that has more in it."""
    if view.reads is not None or not view.query:
        return view
    said = read_query(state, Query(view.span, view.query, view.schema))
    return (
        view if said is None else replace(view, reads=said.reads, columns=view.columns or said.names, keyed=said.keyed)
    )


def _resolved(state: State, query: Query, read: Read) -> TableName:
    """The relation that a name in a query means: its own schema, else the one in force where it is there, else the usual."""
    name = state.dialect.table_name(read.name, read.quoted, read.schema, read.schema_quoted)
    if read.schema is None and query.schema is not None and state.dialect.family == "postgres":
        there = TableName(query.schema, name.name)
        if there in state.tables or there in state.views or (name not in state.tables and name not in state.views):
            return there
    return name


def _place(query: Query, start: int, end: int) -> Span:
    at, more = query.inserted
    if query.span.end - query.span.start + more != len(query.text) or at <= start < at + more:
        return query.span
    back = more if start >= at + more else 0
    return Span(query.span.path, query.span.start + start - back, query.span.start + end - back)


def _lacks(state: State, owner: Table | View, column: Name) -> bool:
    if isinstance(owner, Table):
        # PostgreSQL reads t.f as f(t) where there is such a function.
        called = any(thing.kind is ObjectKind.FUNCTION and thing.name.name == column for thing in state.things.values())
        return state.lacks(owner, column) and not called
    return owner.columns is not None and column not in owner.columns and owner.name not in state.doubtful


def _columns(state: State, name: TableName) -> tuple[Name, ...] | None:
    """The columns of a relation, None where they are not all known."""
    table = state.tables.get(name)
    if table is not None:
        return None if table.incomplete else tuple(table.columns)
    view = state.views.get(name)
    return view.columns if view is not None and name not in state.doubtful else None


def _starred(
    state: State,
    gives: list[tuple[Name, Column | None]],
    reads: list[tuple[TableName, tuple[Name, ...]]],
    read: int | None,
) -> list[tuple[Name, Column | None]] | None:
    columns = _columns(state, reads[read][0]) if read is not None else None
    if read is None or columns is None:
        return None
    return [*gives, *((name, _column(state, reads[read][0], name)) for name in columns)]


def _source(
    state: State, reads: list[tuple[TableName, tuple[Name, ...]]], source: tuple[int, str] | None
) -> Column | None:
    """The column that one of the query's is and nothing else."""
    if source is None:
        return None
    return _column(state, reads[source[0]][0], state.dialect.identifier(source[1], state.dialect.family == "postgres"))


def _column(state: State, relation: TableName, name: Name) -> Column | None:
    """A column of a table, or what is known of a view's."""
    table = state.tables.get(relation)
    if table is not None:
        return table.columns.get(name)
    view = state.views.get(relation)
    if view is None or view.columns is None or name not in view.columns or len(view.types) != len(view.columns):
        return None
    type_ = view.types[view.columns.index(name)]
    return Column(name, view.span, type_, nullable=True, has_default=False)


class Said:
    """What a query says, against the state it was met in.

    `reads` and `keyed` as in View; `columns` are what it gives: the name and, where it is a plain column of a table, that
    column; None where they are not all known. `sources` are these columns alone, one for each item of the list, None where a star
    stands among them."""

    __slots__ = ("_absent", "_lacking", "columns", "keyed", "reads", "sources")

    def __init__(
        self,
        reads: tuple[tuple[TableName, tuple[Name, ...]], ...],
        columns: tuple[tuple[Name, Column | None], ...] | None,
        absent: tuple[tuple[TableName, Span], ...],
        lacking: tuple[tuple[Table | View, Name, Span], ...],
        keyed: tuple[TableName, ...],
        sources: tuple[Column | None, ...] | None,
    ) -> None:
        self.reads = reads
        self.keyed = keyed
        self.columns = columns
        self.sources = sources
        self._absent = absent
        self._lacking = lacking

    @property
    def names(self) -> tuple[Name, ...] | None:
        return None if self.columns is None else tuple(name for name, _ in self.columns)

    def troubles(self, holder: TableName, relation: Refusal, column: Refusal) -> Troubles:
        """The relations and columns that certainly are not there."""
        for missing, span in self._absent:
            yield Trouble(relation, span, missing, missing.name, holder=holder)
        for owner, name, span in self._lacking:
            existing = owner if isinstance(owner, Table) else None
            yield Trouble(column, span, owner.name, name, (name,), existing=existing, taken=owner.span, holder=holder)
