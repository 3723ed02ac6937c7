"""`Column(…)`, `mapped_column(…)`, `ForeignKey(…)` and their like, read from expressions into what they say.

Names are kept as written here; `tables` folds them for a dialect. What could not be told is marked: a value is None, a
clause stands in `unread`.
"""

from __future__ import annotations

from dataclasses import field

from schemalint.model.frozen import frozen, replace
from schemalint.model.span import Span
from schemalint.pysource.nodes import Attr, Call, Const, Dict, Elsewhere, Join, Node, Ref, Star, Text, span, text_span
from schemalint.pysource.resolve import External
from schemalint.pysource.sqltypes import UNKNOWN, TypeRead, TypeReader, library_name

COLUMNS = frozenset({"Column", "mapped_column"})
NOT_TYPES = frozenset(
    {"ForeignKey", "Identity", "Sequence", "Computed", "CheckConstraint", "FetchedValue", "DefaultClause"}
    | {"UniqueConstraint", "PrimaryKeyConstraint"}
)


@frozen
class Given:
    """A name as the source gives it. `known` False: computed. `final` (`op.f`, `conv`): no convention touches it."""

    text: str | None = None
    span: Span | None = None
    known: bool = True
    final: bool = False


@frozen
class Target:
    """What a key points at: a table and a column, or (`ref`) an attribute of a model that the caller looks up."""

    schema: str | None
    table: str | None
    column: str | None
    span: Span
    table_span: Span | None = None
    ref: Node | None = None
    path: str = ""


@frozen
class ForeignRead:
    """A foreign key; `columns` are keys of columns. `later`: CREATE TABLE leaves it out (`use_alter`)."""

    columns: tuple[tuple[str, Span], ...]
    targets: tuple[Target, ...]
    name: Given
    span: Span
    on_delete: str | None = None
    on_update: str | None = None
    later: bool = False


@frozen
class CheckRead:
    """`text` None: an expression that was not translated."""

    text: str | None
    name: Given
    span: Span


@frozen
class DefaultRead:
    """`stated` None: the source does not say whether the database has one. `text` None: not known what it is."""

    stated: bool | None = False
    text: str | None = None


@frozen
class ColumnRead:
    """A column. `key` is what constraints call it in Python, `attribute` the attribute of a model."""

    name: str | None
    key: str
    span: Span
    statement: Span
    type: TypeRead = UNKNOWN
    typed: bool = False  # a type was written
    type_span: Span | None = None
    nullable: bool | None = None  # as given; None: by the rules
    nullable_known: bool = True
    primary_key: bool = False
    autoincrement: bool | str = "auto"
    index: Span | None = None  # where `index=True` stands
    unique: Span | None = None
    foreign_keys: tuple[ForeignRead, ...] = ()
    checks: tuple[CheckRead, ...] = ()
    default: DefaultRead = field(default_factory=DefaultRead)
    client_default: bool = False
    sequence: str = ""  # "own" or "optional": the client default is a Sequence of that kind
    identity: bool = False
    identity_always: bool = False
    computed: str | None = None
    attribute: str | None = None
    unread: tuple[Span, ...] = ()


class ColumnReader:
    """Reads columns for one dialect."""

    def __init__(self, types: TypeReader) -> None:
        self.types = types
        self.modules = types.modules

    def is_column(self, path: str, item: Node | None) -> bool:
        """Whether an expression is a call that makes a column."""
        return isinstance(item, Call) and library_name(self.modules.resolve(path, item.func)) in COLUMNS

    def column(self, path: str, call: Call, attribute: str | None = None, place: Span | None = None) -> ColumnRead:
        """What a `Column(…)` says. `attribute` and `place` are the name it is assigned to, when it is."""
        statement = span(path, call)
        read = ColumnRead(attribute, attribute or "", place or statement, statement, attribute=attribute)
        args = list(call.args)
        named = call.keyword("name")
        if (named is None and args and not isinstance(args[0], Star) and self._is_text(path, args[0])) or (
            attribute is None and args and not isinstance(args[0], Star) and named is None
        ):
            named = args.pop(0)
        if named is not None and not (isinstance(named, Const) and named.value is None):
            read = self._named(path, read, named)
        for at, arg in enumerate(args):
            read = self._argument(path, read, arg, at)
        for word, value in call.keywords:
            read = self._keyword(path, read, word, value)
        key = call.keyword("key")
        if isinstance(key, Text):
            read = replace(read, key=key.value)
        return read

    def _is_text(self, path: str, item: Node) -> bool:
        return isinstance(self.modules.value(path, item)[1], Text)

    def _named(self, path: str, read: ColumnRead, named: Node) -> ColumnRead:
        given = self.name(path, named)
        if given.text is None:
            return replace(read, name=None, key="", unread=(*read.unread, span(path, named)))
        return replace(read, name=given.text, key=given.text, span=given.span or read.span)

    def _argument(self, path: str, read: ColumnRead, arg: Node, at: int) -> ColumnRead:
        if isinstance(arg, Star):
            return replace(read, unread=(*read.unread, span(path, arg)))
        if isinstance(arg, Const) and arg.value is None:
            return read
        where, meant = self.modules.value(path, arg)
        kind = library_name(self.modules.resolve(where, meant.func)) if isinstance(meant, Call) else None
        if isinstance(meant, Call) and kind in NOT_TYPES:
            return self._item(where, read, meant, kind)
        if isinstance(meant, Ref) and library_name(self.modules.resolve(where, meant)) == "Identity":
            return read
        if read.typed:
            return replace(read, unread=(*read.unread, span(path, arg)))
        return replace(read, type=self.types.read(path, arg), typed=True, type_span=span(path, arg))

    def _item(self, path: str, read: ColumnRead, call: Call, kind: str) -> ColumnRead:
        if kind == "ForeignKey":
            return replace(read, foreign_keys=(*read.foreign_keys, self.foreign_key(path, call, read)))
        if kind == "Identity":
            always = call.argument(0, "always")
            return replace(read, identity=True, identity_always=isinstance(always, Const) and always.value is True)
        if kind == "Sequence":
            return replace(read, client_default=True, sequence=_sequence(call))
        if kind == "Computed":
            made = call.argument(0, "sqltext")
            known = None if made is None else self.sql(path, made)
            return replace(read, computed=known if known is not None else "")
        if kind == "CheckConstraint":
            return replace(read, checks=(*read.checks, self.check(path, call)))
        if kind == "DefaultClause":
            given = call.argument(0, "arg")
            return replace(read, default=DefaultRead(True) if given is None else self.default(path, given))
        return replace(read, default=DefaultRead(None))  # FetchedValue: a trigger, or nothing

    def _keyword(self, path: str, read: ColumnRead, word: str | None, value: Node) -> ColumnRead:
        where, meant = self.modules.value(path, value)
        if word is None:
            if isinstance(meant, Dict) and all(isinstance(key, Text) for key, _ in meant.items):
                for key, handed in meant.items:
                    if isinstance(key, Text):
                        read = self._keyword(where, read, key.value, handed)
                return read
            return replace(read, unread=(*read.unread, span(path, value)), nullable_known=False)
        flag = meant.value if isinstance(meant, Const) else None
        if word in ("type_", "sa_type"):
            return replace(read, type=self.types.read(path, value), typed=True, type_span=span(path, value))
        if word == "nullable":
            known = isinstance(meant, Const)
            return replace(read, nullable=bool(flag) if known else None, nullable_known=known)
        if word == "primary_key":
            return replace(read, primary_key=bool(flag))
        if word == "autoincrement":
            given = meant.value if isinstance(meant, Text) else flag
            return replace(read, autoincrement=given if isinstance(given, str) else bool(given))
        if word in ("index", "unique"):
            if not isinstance(meant, Const):
                return replace(read, unread=(*read.unread, span(path, value)))
            place = self.keyword_span(path, word, value) if flag else None
            return replace(read, index=place) if word == "index" else replace(read, unique=place)
        if word == "server_default":
            return replace(read, default=self.default(path, value)) if not self._is_identity(path, meant) else read
        if word in ("default", "insert_default", "default_factory"):
            none = isinstance(meant, Const) and meant.value is None
            if isinstance(meant, Call) and library_name(self.modules.resolve(path, meant.func)) == "Sequence":
                return replace(read, client_default=True, sequence=_sequence(meant))
            return replace(read, client_default=not none)
        return read

    def keyword_span(self, path: str, word: str, value: Node) -> Span:
        """Where a keyword argument stands with its word, as far as that is written the usual way."""
        file = self.modules.file(path)
        begin = value.start - len(word) - 1
        if file is not None and file.text[max(begin, 0) : value.start] == f"{word}=":
            return Span(path, begin, value.end)
        return span(path, value)

    def _is_identity(self, path: str, item: Node) -> bool:
        return isinstance(item, Call) and library_name(self.modules.resolve(path, item.func)) == "Identity"

    def name(self, path: str, item: Node | None) -> Given:
        """A name given to a constraint, an index, a column or a table; `None` and no name at all are a known none."""
        if item is None:
            return Given()
        where, meant = self.modules.value(path, item)
        if isinstance(meant, Text):
            here = where == path or isinstance(item, Elsewhere)
            return Given(meant.value, text_span(where, meant) if here else span(path, item))
        if isinstance(meant, Const) and meant.value is None:
            return Given()
        if isinstance(meant, Call) and isinstance(meant.func, (Attr, Ref)) and meant.args:
            last = meant.func.name if isinstance(meant.func, Attr) else meant.func.parts[-1]
            if last in ("f", "conv", "quoted_name", "_truncated_label"):
                inner = self.name(where, meant.args[0])
                return replace(inner, final=last in ("f", "conv"))
        return Given(None, span(path, item), known=False)

    def foreign_key(self, path: str, call: Call, column: ColumnRead) -> ForeignRead:
        """`ForeignKey("table.column", …)` of a column."""
        target = call.argument(0, "column")
        targets = () if target is None else (self.target(path, target),)
        return ForeignRead(
            ((column.key, column.span),),
            targets,
            self.name(path, call.keyword("name")),
            targets[0].span if targets else span(path, call),
            self.action(path, call.keyword("ondelete")),
            self.action(path, call.keyword("onupdate")),
            holds(call.keyword("use_alter")),
        )

    def target(self, path: str, item: Node) -> Target:
        """What a foreign key points at: `"schema.table.column"`, or `User.id`."""
        where, meant = self.modules.value(path, item)
        if self.types.any_schema and isinstance(meant, Join) and len(meant.parts) == 2:
            first, rest = (self.modules.value(where, part)[1] for part in meant.parts)
            if not isinstance(first, Text) and isinstance(rest, Text) and rest.value.count(".") == 2:
                meant = Text(item.start, item.end, rest.value.removeprefix("."))
        if not isinstance(meant, Text):
            return Target(None, None, None, span(path, item), ref=item, path=path)
        whole = text_span(where, meant) if where == path else span(path, item)
        parts = meant.value.split(".")
        if len(parts) == 1:
            return Target(None, parts[0], None, whole, whole)
        column, table = parts[-1], parts[-2]
        schema = ".".join(parts[:-2]) or None
        table_span = whole
        if meant.verbatim is not None and where == path:
            start = whole.start + (len(schema) + 1 if schema else 0)
            table_span = Span(path, start, start + len(table))
        return Target(schema, table, column, whole, table_span)

    def action(self, path: str, item: Node | None) -> str | None:
        """ON DELETE or ON UPDATE in upper case."""
        if item is None:
            return None
        _, meant = self.modules.value(path, item)
        return " ".join(meant.value.upper().split()) if isinstance(meant, Text) else None

    def check(self, path: str, call: Call) -> CheckRead:
        """`CheckConstraint("a > 0", name="…")`."""
        made = call.argument(0, "sqltext")
        text = None if made is None else self.sql(path, made)
        name = self.name(path, call.argument(1, "name"))
        place = name.span or (span(path, made) if made is not None else span(path, call))
        return CheckRead(text, name, place)

    def sql(self, path: str, item: Node) -> str | None:
        """SQL given as a string or `text("…")`, None when it is an expression of Python."""
        where, meant = self.modules.value(path, item)
        if isinstance(meant, Text):
            return meant.value
        if isinstance(meant, Call) and meant.args and self.is_sql(where, meant):
            return self.sql(where, meant.args[0])
        return None

    def is_sql(self, path: str, call: Call) -> bool:
        """Whether a call is `text("…")`."""
        return library_name(self.modules.resolve(path, call.func)) in ("text", "literal_column")

    def default(self, path: str, item: Node) -> DefaultRead:
        """`server_default=`: a string is a literal, `text()` stands as it is, a function is called."""
        where, meant = self.modules.value(path, item)
        if isinstance(meant, Text):
            return DefaultRead(True, "'" + meant.value.replace("'", "''") + "'")
        if isinstance(meant, Const):
            return DefaultRead(meant.value not in (None, False))
        if not isinstance(meant, Call):
            return DefaultRead(True)
        found = self.modules.resolve(where, meant.func)
        name = library_name(found)
        if name == "FetchedValue":
            return DefaultRead(None)
        if name in ("text", "literal_column"):
            return DefaultRead(True, self.sql(where, meant))
        if name == "DefaultClause" and meant.args:
            return self.default(where, meant.args[0])
        if name in ("true", "false") and self.types.family != "generic":
            numeric = {"true": "1", "false": "0"} if self.types.family in ("sqlite", "tsql") else {}
            return DefaultRead(True, numeric.get(name, name))
        if name == "null":
            return DefaultRead(True, "NULL")
        return DefaultRead(True, self._function(found, meant))

    def _function(self, found: object, call: Call) -> str | None:
        """`func.now()` as SQLAlchemy spells it; one with arguments is not spelled out."""
        if not isinstance(found, External) or ".func." not in f".{found.dotted}" or call.args or call.keywords:
            return None
        name = found.last
        if name == "now":
            return {"sqlite": "CURRENT_TIMESTAMP", "tsql": "CURRENT_TIMESTAMP"}.get(self.types.family, "now()")
        if name in ("current_timestamp", "current_date", "current_time", "localtime", "localtimestamp", "current_user"):
            return name.upper()
        return f"{name}()"


def _sequence(call: Call) -> str:
    """An optional Sequence gives way to SERIAL."""
    optional = call.keyword("optional")
    return "optional" if isinstance(optional, Const) and optional.value is True else "own"


def holds(item: Node | None) -> bool:
    """Whether an argument is a literal True."""
    return isinstance(item, Const) and item.value is True
