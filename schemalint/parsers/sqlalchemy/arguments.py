"""`__table_args__` and the arguments of `Table(…)`: constraints, indexes, columns and options."""

from __future__ import annotations

from dataclasses import dataclass, field

from schemalint.model.frozen import replace
from schemalint.model.span import Span
from schemalint.parsers.sqlalchemy.classes import Classes
from schemalint.pysource.columns import ColumnRead
from schemalint.pysource.constraints import ConstraintReader, IndexRead, Read
from schemalint.pysource.nodes import Call, Const, Dict, Node, Op, Ref, Seq, Star, Text, span
from schemalint.pysource.resolve import ClassDef

MAX_HOPS = 12


@dataclass(slots=True)
class Args:
    """What `__table_args__` says."""

    constraints: list[Read] = field(default_factory=list)
    columns: list[ColumnRead] = field(default_factory=list)
    unread: list[Span] = field(default_factory=list)
    schema: str | None = None
    schema_known: bool = True


class ArgumentReader:
    """Reads the arguments of tables."""

    def __init__(self, classes: Classes, constraints: ConstraintReader) -> None:
        self.classes, self.modules = classes, classes.modules
        self.constraints, self.columns = constraints, constraints.columns

    def read(self, found: ClassDef, parent: ClassDef | None) -> Args:
        """What a class's `__table_args__` says: its own, or those of the nearest base before a mapped parent."""
        args = Args()
        lineage = self.classes.lineage(found)
        for owner in (found, *lineage.ancestors):
            if parent is not None and owner is not found and owner.key == parent.key:
                break
            entry = self.classes.entries(owner).get("__table_args__")
            if entry is not None:
                if entry.value is not None:
                    self.collect(owner, entry.value, args, MAX_HOPS)
                break
        return args

    def collect(self, owner: ClassDef, value: Node, args: Args, left: int) -> None:
        """Both shapes, joined tuples and those of a base class."""
        path, meant = self.modules.value(owner.path, value)
        if left <= 0:
            args.unread.append(span(path, meant))
            return
        inherited = self._base_args(owner, meant)
        if inherited is not None:
            self.collect(inherited[0], inherited[1], args, left - 1)
        elif isinstance(meant, Dict):
            self._options(path, meant, args)
        elif isinstance(meant, Seq):
            for item in meant.items:
                if isinstance(item, Star):
                    self.collect(owner, item.value, args, left - 1)
                else:
                    self.item(path, item, args)
        elif isinstance(meant, Op) and meant.op == "+":
            self.collect(owner, meant.left, args, left - 1)
            self.collect(owner, meant.right, args, left - 1)
        elif isinstance(meant, Call) and self.constraints.kind(path, meant):
            # `__table_args__ = (UniqueConstraint(…))`: a tuple without its comma, which SQLAlchemy refuses.
            self.item(path, meant, args)
        else:
            args.unread.append(span(path, meant))

    def _base_args(self, owner: ClassDef, item: Node) -> tuple[ClassDef, Node] | None:
        """`Base.__table_args__` and `super().__table_args__`."""
        if not isinstance(item, Ref) or item.parts[-1] != "__table_args__" or len(item.parts) < 2:
            return None
        target = self.modules.resolve(owner.path, Ref(item.start, item.end, item.parts[:-1]))
        if not isinstance(target, ClassDef):
            return None
        for each in (target, *self.classes.lineage(target).ancestors):
            entry = self.classes.entries(each).get("__table_args__")
            if entry is not None and entry.value is not None:
                return each, entry.value
        return None

    def spread(self, path: str, item: Node, args: Args) -> None:
        """An argument of `Table`; `*columns` is one for each item of the list."""
        if not isinstance(item, Star):
            self.item(path, item, args)
            return
        where, meant = self.modules.value(path, item.value)
        if isinstance(meant, Seq) and not any(isinstance(each, Star) for each in meant.items):
            for each in meant.items:
                self.item(where, each, args)
        else:
            args.unread.append(span(path, item))

    def item(self, path: str, item: Node, args: Args) -> None:
        """One entry: a constraint, an index, a column, or the options."""
        where, meant = self.modules.value(path, item)
        if isinstance(meant, Dict):
            self._options(where, meant, args)
            return
        kind = self.constraints.kind(where, meant)
        if kind is not None and isinstance(meant, Call):
            read = self.constraints.read(where, meant, kind)
            if isinstance(read, Span):
                args.unread.append(read)
            elif read is not None:
                args.constraints.append(replace(read, table=None) if isinstance(read, IndexRead) else read)
        elif isinstance(meant, Call) and self.columns.is_column(where, meant):
            args.columns.append(self.columns.column(where, meant))
        elif not (isinstance(meant, Const) and meant.value is None):
            args.unread.append(span(where, meant))

    def _options(self, path: str, options: Dict, args: Args) -> None:
        for key, value in options.items:
            if key is None:
                where, meant = self.modules.value(path, value)
                if isinstance(meant, Dict) and meant is not options:
                    self._options(where, replace(meant, items=tuple(i for i in meant.items if i[0] is not None)), args)
                else:
                    args.unread.append(span(path, value))
                continue
            if isinstance(key, Text) and key.value == "schema":
                _, meant = self.modules.value(path, value)
                if isinstance(meant, Text):
                    args.schema = meant.value
                elif not (isinstance(meant, Const) and meant.value is None):
                    args.schema_known = False
