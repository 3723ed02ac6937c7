"""`upgrade()` and `downgrade()` flattened to the calls they make, in order, with what stands around each.

Helpers of the same file are followed, loops over literal lists unrolled, local names replaced by what they stand for.
Every step is plain data: {"call", "if", "handler", "dialects", "assigned", "engine"}.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from schemalint.model.quick import replace
from schemalint.pysource.nodes import Plain
from schemalint.pysource.writing import Writer

MAX_STEPS = 3000
MAX_HELPERS = 3
MAX_BLOCKS = 40
MAX_STATEMENTS = 20_000
_DIALECTS = {"postgresql": "postgres", "mysql": "mysql", "mariadb": "mariadb", "sqlite": "sqlite", "mssql": "tsql"}

Step = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands around a statement: the span of the condition, of the handler and its block; the dialects it is for;
    the local names that are known."""

    condition: tuple[int, int] | None = None
    block: tuple[int, int] | None = None
    handler: tuple[int, int] | None = None
    dialects: tuple[tuple[tuple[str, ...], bool], ...] = ()
    known: Mapping[str, Plain] = field(default_factory=dict)
    engine: tuple[str, int, int] | None = None  # of several databases: its name, and the call that chooses it
    depth: int = 0  # of helpers
    level: int = 0  # of blocks


class Flattener:
    """Flattens functions of one file."""

    def __init__(self, tree: ast.Module, write: Writer) -> None:
        self.write = write
        self.functions = {each.name: each for each in tree.body if isinstance(each, ast.FunctionDef)}
        self.known: dict[str, Plain] = {}
        self._left = MAX_STATEMENTS
        for statement in tree.body:
            self._assign(statement, self.known)

    def flatten(self, name: str) -> list[Step] | None:
        """The steps of a function; None when the file has none of that name."""
        function = self.functions.get(name)
        if function is None:
            return None
        self._left = MAX_STATEMENTS
        steps: list[Step] = []
        for step in self._body(function.body, _Around(known=dict(self.known))):
            steps.append(step)
            if len(steps) >= MAX_STEPS:
                start, end = self.write.span(function)
                steps.append(lost_step(start, end, "more steps than are read"))
                break
        return steps

    def helper(self, name: str, call: Plain, path: str) -> list[Step] | None:
        """The steps of a function that another file calls; None when it is not a plain function of this one."""
        function = self.functions.get(name)
        if function is None or function.decorator_list:
            return None
        self._left = MAX_STATEMENTS
        args = [_elsewhere(arg, path) for arg in call[4]]
        words = [(word, _elsewhere(value, path)) for word, value in call[5]]
        return list(islice(self._helper(function, args, words, _Around()), MAX_STEPS))

    def _assign(self, statement: ast.stmt, known: dict[str, Plain]) -> bool:
        """Remembers `name = value`. True when it was one."""
        if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
            target, value = statement.targets[0], statement.value
        elif isinstance(statement, ast.AnnAssign) and statement.value is not None:
            target, value = statement.target, statement.value
        else:
            return False
        if not isinstance(target, ast.Name):
            return False
        known[target.id] = self.write.plain(value, known)
        return True

    def _body(self, body: list[ast.stmt], around: _Around) -> Iterator[Step]:
        """Steps of a block. Deep nesting (a long `elif` is one) is given up, with a step that says so."""
        if around.level > MAX_BLOCKS:
            start, end = self.write.span(body[0])
            yield _step(["other", start, end, "nested too deep"], around)
            return
        known = dict(around.known)
        around = replace(around, known=known, level=around.level + 1)
        for statement in body:
            self._left -= 1
            if self._left < 0:
                return
            if isinstance(statement, ast.If):
                yield from self._if(statement, around)
                around = self._after(statement, around)
                known = around.known  # type: ignore[assignment]
            elif isinstance(statement, (ast.For, ast.While)):
                yield from self._loop(statement, around)
            elif isinstance(statement, ast.With):
                yield from self._with(statement, around)
            elif isinstance(statement, ast.Try):
                yield from self._try(statement, around)
            elif isinstance(statement, ast.Expr):
                yield from self._calls(statement.value, around)
            elif isinstance(statement, ast.Return):
                if statement.value is not None:
                    yield from self._calls(statement.value, around)
                return
            elif isinstance(statement, (ast.Assign, ast.AnnAssign)):
                if isinstance(statement.value, ast.Call):
                    yield from ({**step, "assigned": True} for step in self._calls(statement.value, around))
                if not self._assign(statement, known):
                    self._forget(statement, known)

    def _forget(self, statement: ast.Assign | ast.AnnAssign, known: dict[str, Plain]) -> None:
        targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
        for target in targets:
            for each in ast.walk(target):
                if isinstance(each, ast.Name):
                    known.pop(each.id, None)

    def _calls(self, item: ast.expr, around: _Around) -> Iterator[Step]:
        if isinstance(item, ast.Call):
            if isinstance(item.func, ast.Name) and item.func.id in self.functions and around.depth < MAX_HELPERS:
                yield from self._helper(self.functions[item.func.id], *self._arguments(item, around), around)
                return
            if (engines := self._engines(item)) and around.depth < MAX_HELPERS:
                start, end = self.write.span(item)
                for engine in engines:
                    own = engine.name.partition("_")[2], start, end
                    inner = replace(_conditional(around, (start, end)), engine=own)
                    yield from self._helper(engine, *self._arguments(item, around), inner)
                return
            yield _step(self.write.plain(item, around.known), around)
        elif isinstance(item, (ast.ListComp, ast.GeneratorExp)) and isinstance(item.elt, ast.Call):
            yield _step(self.write.plain(item.elt, around.known), _conditional(around, self.write.span(item)))
        elif isinstance(item, (ast.Tuple, ast.List)):
            for each in item.elts:
                yield from self._calls(each, around)
        elif isinstance(item, ast.IfExp):
            inner = _conditional(around, self.write.span(item.test))
            yield from self._calls(item.body, inner)
            yield from self._calls(item.orelse, inner)

    def _engines(self, item: ast.Call) -> list[ast.FunctionDef]:
        """What `globals()["upgrade_%s" % engine_name]()` of the template for several databases may call (before Alembic
        0.9 it said `eval("upgrade_%s" % engine_name)()`). Each database runs its own, so that every step is conditional."""
        func = item.func
        if isinstance(func, ast.Subscript) and isinstance(func.value, ast.Call):
            maker, name = func.value.func, func.slice
        elif isinstance(func, ast.Call) and len(func.args) == 1:
            maker, name = func.func, func.args[0]
        else:
            return []
        if not (isinstance(maker, ast.Name) and maker.id in ("globals", "eval")):
            return []
        first = (
            name.left if isinstance(name, ast.BinOp) else name.values[0] if isinstance(name, ast.JoinedStr) else None
        )
        if not (isinstance(first, ast.Constant) and isinstance(first.value, str)):
            return []
        prefix = first.value.partition("%")[0]
        return [each for called, each in self.functions.items() if prefix and called.startswith(prefix)]

    def _arguments(self, call: ast.Call, around: _Around) -> tuple[list[Plain], list[tuple[str | None, Plain]]]:
        """What a call gives, by place and by name."""
        args = [self.write.plain(arg, around.known) for arg in call.args]
        return args, [(word.arg, self.write.plain(word.value, around.known)) for word in call.keywords]

    def _helper(
        self, function: ast.FunctionDef, args: list[Plain], words: list[tuple[str | None, Plain]], around: _Around
    ) -> Iterator[Step]:
        """The body of a helper with its parameters bound to what the call gives, else to their defaults."""
        given = function.args
        names = [arg.arg for arg in (*given.posonlyargs, *given.args)]
        every = {*names, *(arg.arg for arg in given.kwonlyargs)}
        known = {name: value for name, value in self.known.items() if name not in every}
        if given.defaults:
            for name, value in zip(names[-len(given.defaults) :], given.defaults, strict=True):
                known[name] = self.write.plain(value, self.known)
        for only, default in zip(given.kwonlyargs, given.kw_defaults, strict=True):
            if default is not None:
                known[only.arg] = self.write.plain(default, self.known)
        for name, arg in zip(names, args, strict=False):
            if arg[0] == "star":
                for unsure in names[names.index(name) :]:
                    known.pop(unsure, None)
                break
            known[name] = arg
        known |= {word: value for word, value in words if word in every}
        yield from self._body(function.body, replace(around, known=known, depth=around.depth + 1))

    # Blocks

    def _if(self, statement: ast.If, around: _Around) -> Iterator[Step]:
        dialects = self._dialects(statement.test, around)
        if dialects is not None:
            names, positive = dialects
            yield from self._body(statement.body, replace(around, dialects=(*around.dialects, (names, positive))))
            yield from self._body(statement.orelse, replace(around, dialects=(*around.dialects, (names, not positive))))
            return
        constant = statement.test.value if isinstance(statement.test, ast.Constant) else None
        if constant is True or (isinstance(statement.test, ast.UnaryOp) and self._offline(statement.test.operand)):
            yield from self._body(statement.body, around)
            return
        if constant is False or self._offline(statement.test):
            yield from self._body(statement.orelse, around)
            return
        inner = _conditional(around, self.write.span(statement.test))
        yield from self._body(statement.body, inner)
        yield from self._body(statement.orelse, inner)

    def _after(self, statement: ast.If, around: _Around) -> _Around:
        """`if …: return` makes everything after it conditional."""
        if statement.orelse or not statement.body or not isinstance(statement.body[-1], (ast.Return, ast.Raise)):
            return around
        if isinstance(statement.body[-1], ast.Raise) or self._offline(statement.test):
            return around
        dialects = self._dialects(statement.test, around)
        if dialects is not None:
            return replace(around, dialects=(*around.dialects, (dialects[0], not dialects[1])))
        return _conditional(around, self.write.span(statement.test))

    def _offline(self, test: ast.expr) -> bool:
        """`context.is_offline_mode()`: a deployment runs online."""
        return (
            isinstance(test, ast.Call) and isinstance(test.func, ast.Attribute) and test.func.attr == "is_offline_mode"
        )

    def _dialects(self, test: ast.expr, around: _Around) -> tuple[tuple[str, ...], bool] | None:
        """The dialects that `bind.dialect.name == "postgresql"` asks for, and whether for or against them."""
        if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
            inner = self._dialects(test.operand, around)
            return None if inner is None else (inner[0], not inner[1])
        if not isinstance(test, ast.Compare) or len(test.ops) != 1:
            return None
        left = self.write.plain(test.left, around.known)
        right = self.write.plain(test.comparators[0], around.known)
        if not _names_dialect(left):
            return None
        items = right[4] if right[0] == "seq" else [right]
        if not items or any(item[0] != "text" for item in items):
            return None
        names = tuple(_DIALECTS.get(item[3], item[3]) for item in items)
        sign = test.ops[0]
        if isinstance(sign, (ast.Eq, ast.In)):
            return names, True
        return (names, False) if isinstance(sign, (ast.NotEq, ast.NotIn)) else None

    def _loop(self, statement: ast.For | ast.While, around: _Around) -> Iterator[Step]:
        if isinstance(statement, ast.For):
            values = self.write.plain(statement.iter, around.known)
            if values[0] == "seq" and len(values[4]) <= MAX_STEPS and all(item[0] != "star" for item in values[4]):
                for value in values[4]:
                    known = dict(around.known)
                    _bind(statement.target, value, known)
                    yield from self._body(statement.body, replace(around, known=known))
                return
            known = dict(around.known)
            _bind(statement.target, None, known)
            inner = _conditional(replace(around, known=known), self.write.span(statement.iter))
        else:
            inner = _conditional(around, self.write.span(statement.test))
        yield from self._body(statement.body, inner)

    def _with(self, statement: ast.With, around: _Around) -> Iterator[Step]:
        known = dict(around.known)
        inner = replace(around, known=known)
        for item in statement.items:
            made = self.write.plain(item.context_expr, around.known)
            if made[0] == "call" and made[3][0] in ("ref", "attr") and made[3][-1] == "suppress":
                start, end = self.write.span(item.context_expr)
                inner = replace(inner, handler=(start, end), block=self.write.span(statement))
            elif made[0] == "call" and made[3][0] == "ref" and made[3][-1] not in _CONTEXTS:
                yield _step(made, around)
            if isinstance(item.optional_vars, ast.Name):
                known[item.optional_vars.id] = made
        yield from self._body(statement.body, inner)

    def _try(self, statement: ast.Try, around: _Around) -> Iterator[Step]:
        inner = around
        if statement.handlers and not any(isinstance(last.body[-1], ast.Raise) for last in statement.handlers):
            inner = replace(around, handler=self._head(statement.handlers[0]), block=self.write.span(statement))
        yield from self._body(statement.body, inner)
        for handler in statement.handlers:
            yield from self._body(handler.body, _conditional(around, self._head(handler)))
        yield from self._body(statement.orelse, inner)
        yield from self._body(statement.finalbody, around)

    def _head(self, handler: ast.ExceptHandler) -> tuple[int, int]:
        """`except … :` without its body."""
        start, _ = self.write.span(handler)
        end = start + len("except") if handler.type is None else self.write.span(handler.type)[1]
        return start, end


_CONTEXTS = frozenset(
    {"batch_alter_table", "autocommit_block", "begin", "connect", "nested", "begin_nested", "get_bind"}
)


def _conditional(around: _Around, place: tuple[int, int]) -> _Around:
    return replace(around, condition=around.condition or place)


def _names_dialect(item: Plain) -> bool:
    """`….dialect.name`, also where the bind came from a call."""
    if item[0] == "ref":
        return item[-2:] == ["dialect", "name"] or item[-1] in ("dialect_name",)
    if item[0] == "attr":
        base = item[3]
        return item[4] == "name" and base[0] in ("attr", "ref") and base[-1] == "dialect"
    return False


def _bind(target: ast.expr, value: Plain | None, known: dict[str, Plain]) -> None:
    """Binds a loop's variables to one value; to nothing when it is not known."""
    if isinstance(target, ast.Name):
        if value is None:
            known.pop(target.id, None)
        else:
            known[target.id] = value
    elif isinstance(target, (ast.Tuple, ast.List)):
        fits = value is not None and value[0] == "seq" and len(value[4]) == len(target.elts)
        for at, each in enumerate(target.elts):
            _bind(each, value[4][at] if fits and value is not None else None, known)


def _elsewhere(item: Plain, path: str) -> Plain:
    """A node of another file. Constants mean the same everywhere, and a sequence is one of such nodes."""
    if item[0] == "const":
        return item
    if item[0] == "seq":
        return [*item[:4], [_elsewhere(each, path) for each in item[4]]]
    if item[0] == "star":
        return [*item[:3], _elsewhere(item[3], path)]
    return ["elsewhere", item[1], item[2], path, item]


def lost_step(start: int, end: int, why: str) -> Step:
    """A step that stands for what is not known."""
    return _step(["other", start, end, why], _Around())


def _step(call: Plain, around: _Around) -> Step:
    return {
        "call": call,
        "if": None if around.condition is None else list(around.condition),
        "handler": None if around.handler is None else [list(around.handler), list(around.block or around.handler)],
        "dialects": [[list(names), positive] for names, positive in around.dialects],
        "assigned": False,
        "engine": None if around.engine is None else list(around.engine),
    }
