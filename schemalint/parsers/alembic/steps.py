"""`upgrade()` and `downgrade()` flattened to the calls they make, in order, with what stands around each.

Helpers of the same file are followed, loops over literal lists unrolled, local names replaced by what they stand for.
Every step is plain data: {"call", "if", "handler", "dialects", "assigned", "engine"}.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from itertools import islice

from schemalint.model.frozen import replace
from schemalint.parsers.alembic.around import Around, Step, conditional, lost_step, step
from schemalint.parsers.alembic.called import by_engine, looked_up, tables
from schemalint.parsers.alembic.choices import bound, either, expanded, undecided
from schemalint.parsers.alembic.execute import EXECUTES
from schemalint.parsers.alembic.values import bind, elsewhere, in_order, names_dialect, whole
from schemalint.pysource.nodes import Plain
from schemalint.pysource.writing import Writer, trimmed

MAX_STEPS = 3000
MAX_HELPERS = 3
MAX_BLOCKS = 40
MAX_STATEMENTS = 20_000
_DIALECTS = {"postgresql": "postgres", "mysql": "mysql", "mariadb": "mariadb", "sqlite": "sqlite", "mssql": "tsql"}


class Flattener:
    """Flattens functions of one file."""

    def __init__(self, tree: ast.Module, write: Writer) -> None:
        self.write = write
        self.functions = {each.name: each for each in tree.body if isinstance(each, ast.FunctionDef)}
        self.tables = tables(tree, self.functions)
        self.known: dict[str, Plain] = {}
        self._left = MAX_STATEMENTS
        self._pieces: set[str] = set()  # names of what a text is taken apart to
        for statement in tree.body:
            self._assign(statement, self.known)

    def flatten(self, name: str) -> list[Step] | None:
        """The steps of a function; None when the file has none of that name."""
        function = self.functions.get(name)
        if function is None:
            return None
        self._left = MAX_STATEMENTS
        steps: list[Step] = []
        for one in self._body(function.body, Around(known=dict(self.known))):
            steps.append(one)
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
        args = [elsewhere(arg, path) for arg in call[4]]
        words = [(word, elsewhere(value, path)) for word, value in call[5]]
        return list(islice(self._helper(function, args, words, Around()), MAX_STEPS))

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

    def _body(self, body: list[ast.stmt], around: Around) -> Iterator[Step]:
        """Steps of a block. Deep nesting (a long `elif` is one) is given up, with a step that says so."""
        if body and around.level > MAX_BLOCKS:
            start, end = self.write.span(body[0])
            yield step(["other", start, end, "nested too deep"], around)
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
                    yield from ({**one, "assigned": True} for one in self._calls(statement.value, around))
                if not self._assign(statement, known):
                    self._forget(statement, known)
            elif isinstance(statement, ast.AugAssign) and isinstance(statement.target, ast.Name):
                self._grow(statement, known)
            if isinstance(statement, (ast.If, ast.For, ast.While, ast.With, ast.Try)):
                after = self._run([statement], around, known) or known
                around = replace(around, known=after, several=around.several or undecided(known, after))
                known = after

    def _grow(self, statement: ast.AugAssign, known: dict[str, Plain]) -> None:
        """`sql += "…"`."""
        assert isinstance(statement.target, ast.Name)
        name = statement.target.id
        start, end = self.write.span(statement)
        before = known.pop(name, None)
        if before is not None and isinstance(statement.op, ast.Add):
            known[name] = ["op", start, end, "+", before, self.write.plain(statement.value, known)]

    def _run(self, body: list[ast.stmt], around: Around, before: dict[str, Plain]) -> dict[str, Plain] | None:
        """The local names after a block; None when it leaves the function or the loop."""
        known = dict(before)
        if around.level > MAX_BLOCKS:
            return {name: value for name, value in known.items() if name not in {*bound(body)}}
        around = replace(around, level=around.level + 1)
        for statement in body:
            if isinstance(statement, (ast.Return, ast.Raise, ast.Continue, ast.Break)):
                return None
            if isinstance(statement, (ast.Assign, ast.AnnAssign)):
                if not self._assign(statement, known):
                    self._forget(statement, known)
            elif isinstance(statement, ast.AugAssign) and isinstance(statement.target, ast.Name):
                self._grow(statement, known)
            elif isinstance(statement, ast.If):
                decided = self._decided(statement.test)
                then = self._run(statement.body, around, known) if decided is not False else None
                other = self._run(statement.orelse, around, known) if decided is not True else None
                if then is None and other is None:
                    return None
                dialects = self._dialects(statement.test, replace(around, known=known))
                known = either(self.write.span(statement.test), dialects, then, other)
            elif isinstance(statement, ast.With) and (given := self._given(statement, known)) is not None:
                after = self._run(statement.body, around, known | given)
                if after is None:
                    return None
                known = after
            elif not isinstance(statement, (ast.FunctionDef, ast.ClassDef)):
                for name in bound([statement]):
                    known.pop(name, None)
        return known

    def _given(self, statement: ast.With, known: dict[str, Plain]) -> dict[str, Plain] | None:
        """The names that a `with` gives; None where it may end early, or gives something else than what it opens."""
        given: dict[str, Plain] = {}
        for item in statement.items:
            made, name = self.write.plain(item.context_expr, known), item.optional_vars
            if made[0] != "call" or made[3][-1] not in ("open", *_CONTEXTS) or not isinstance(name, ast.Name | None):
                return None
            given |= {} if name is None else {name.id: made}
        return given

    def _forget(self, statement: ast.Assign | ast.AnnAssign, known: dict[str, Plain]) -> None:
        targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
        for target in targets:
            for each in ast.walk(target):
                if isinstance(each, ast.Name):
                    known.pop(each.id, None)

    def _calls(self, item: ast.expr, around: Around) -> Iterator[Step]:
        if isinstance(item, ast.Call):
            if isinstance(item.func, ast.Name) and item.func.id in self.functions and around.depth < MAX_HELPERS:
                yield from self._helper(self.functions[item.func.id], *self._arguments(item, around), around)
                return
            if (asked := looked_up(item)) is not None and asked[0] in self.tables and around.depth < MAX_HELPERS:
                yield from self._from_table(self.tables[asked[0]], asked[1], item, around)
                return
            if (engines := by_engine(self.functions, item)) and around.depth < MAX_HELPERS:
                start, end = self.write.span(item)
                for engine in engines:
                    own = engine.name.partition("_")[2], start, end
                    inner = replace(conditional(around, (start, end)), engine=own)
                    yield from self._helper(engine, *self._arguments(item, around), inner)
                return
            yield from self._made(self.write.plain(item, around.known), around)
        elif isinstance(item, (ast.ListComp, ast.GeneratorExp)) and isinstance(item.elt, ast.Call):
            inner = conditional(around, self.write.span(item))
            yield from self._made(self.write.plain(item.elt, around.known), inner)
        elif isinstance(item, (ast.Tuple, ast.List)):
            for each in item.elts:
                yield from self._calls(each, around)
        elif isinstance(item, ast.IfExp):
            inner = conditional(around, self.write.span(item.test))
            yield from self._calls(item.body, inner)
            yield from self._calls(item.orelse, inner)

    def _made(self, call: Plain, around: Around) -> Iterator[Step]:
        """A call, once for each thing that the names in it may be."""
        if not around.several:
            yield step(call, around)
            return
        sends = call[0] == "call" and call[3][0] in ("ref", "attr") and call[3][-1] in EXECUTES
        for branches, meant in expanded(call, sends):
            inner = around
            for place, dialects in branches:
                chosen = (
                    (*inner.dialects, (tuple(dialects[0]), dialects[1])) if dialects is not None else inner.dialects
                )
                inner = replace(inner if dialects is not None else conditional(inner, place), dialects=chosen)
            yield step(meant, inner)

    def _from_table(
        self, table: Mapping[str, ast.FunctionDef], key: ast.expr, item: ast.Call, around: Around
    ) -> Iterator[Step]:
        """The function that a dictionary has for a key; each of them, under a condition, where the key is computed."""
        args = self._arguments(item, around)
        given = self.write.plain(key, around.known)
        if given[0] == "text":
            if given[3] in table:
                yield from self._helper(table[given[3]], *args, around)
            return
        for name, function in table.items():
            inner = conditional(around, self.write.span(item))
            if names_dialect(given):
                inner = replace(around, dialects=(*around.dialects, ((_DIALECTS.get(name, name),), True)))
            yield from self._helper(function, *args, inner)

    def _arguments(self, call: ast.Call, around: Around) -> tuple[list[Plain], list[tuple[str | None, Plain]]]:
        """What a call gives, by place and by name."""
        args = [self.write.plain(arg, around.known) for arg in call.args]
        return args, [(word.arg, self.write.plain(word.value, around.known)) for word in call.keywords]

    def _helper(
        self, function: ast.FunctionDef, args: list[Plain], words: list[tuple[str | None, Plain]], around: Around
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
        if given.vararg is not None and all(arg[0] != "star" for arg in args):
            start, end = self.write.span(function)
            known[given.vararg.arg] = ["seq", start, end, "tuple", args[len(names) :]]
        known |= {word: value for word, value in words if word in every}
        yield from self._body(function.body, replace(around, known=known, depth=around.depth + 1))

    # Blocks

    def _if(self, statement: ast.If, around: Around) -> Iterator[Step]:
        dialects = self._dialects(statement.test, around)
        if dialects is not None:
            names, positive = dialects
            yield from self._body(statement.body, replace(around, dialects=(*around.dialects, (names, positive))))
            yield from self._body(statement.orelse, replace(around, dialects=(*around.dialects, (names, not positive))))
            return
        decided = self._decided(statement.test)
        if decided is not None:
            yield from self._body(statement.body if decided else statement.orelse, around)
            return
        inner = conditional(around, self.write.span(statement.test))
        yield from self._body(statement.body, inner)
        yield from self._body(statement.orelse, inner)

    def _decided(self, test: ast.expr) -> bool | None:
        """Whether a condition certainly holds where a deployment runs, None where that is not known."""
        if isinstance(test, ast.Constant) and isinstance(test.value, bool):
            return test.value
        if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
            if trimmed(test.operand, self._pieces):
                return False
            if self._offline(test.operand):
                return True
        if trimmed(test, self._pieces):
            return True
        return False if self._offline(test) else None

    def _after(self, statement: ast.If, around: Around) -> Around:
        """`if …: return` makes everything after it conditional."""
        if statement.orelse or not statement.body or not isinstance(statement.body[-1], (ast.Return, ast.Raise)):
            return around
        if isinstance(statement.body[-1], ast.Raise) or self._offline(statement.test):
            return around
        dialects = self._dialects(statement.test, around)
        if dialects is not None:
            return replace(around, dialects=(*around.dialects, (dialects[0], not dialects[1])))
        return conditional(around, self.write.span(statement.test))

    def _offline(self, test: ast.expr) -> bool:
        """`context.is_offline_mode()`: a deployment runs online."""
        return (
            isinstance(test, ast.Call) and isinstance(test.func, ast.Attribute) and test.func.attr == "is_offline_mode"
        )

    def _dialects(self, test: ast.expr, around: Around) -> tuple[tuple[str, ...], bool] | None:
        """The dialects that `bind.dialect.name == "postgresql"` asks for, and whether for or against them."""
        if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
            inner = self._dialects(test.operand, around)
            return None if inner is None else (inner[0], not inner[1])
        if not isinstance(test, ast.Compare) or len(test.ops) != 1:
            return None
        left = self.write.plain(test.left, around.known)
        right = self.write.plain(test.comparators[0], around.known)
        if not names_dialect(left):
            return None
        items = right[4] if right[0] == "seq" else [right]
        if not items or any(item[0] != "text" for item in items):
            return None
        names = tuple(_DIALECTS.get(item[3], item[3]) for item in items)
        sign = test.ops[0]
        if isinstance(sign, (ast.Eq, ast.In)):
            return names, True
        return (names, False) if isinstance(sign, (ast.NotEq, ast.NotIn)) else None

    def _loop(self, statement: ast.For | ast.While, around: Around) -> Iterator[Step]:
        if isinstance(statement, ast.For):
            values = in_order(self.write.plain(statement.iter, around.known))
            if (text := whole(values)) is not None and not _skips(statement) and isinstance(statement.target, ast.Name):
                self._pieces.add(statement.target.id)
                values = ["seq", *values[1:3], "list", [text]]
            if values[0] == "seq" and len(values[4]) <= MAX_STEPS and all(item[0] != "star" for item in values[4]):
                for value in values[4]:
                    known = dict(around.known)
                    bind(statement.target, value, known)
                    yield from self._body(statement.body, replace(around, known=known))
                return
            known = dict(around.known)
            bind(statement.target, None, known)
            inner = conditional(replace(around, known=known), self.write.span(statement.iter))
        else:
            inner = conditional(around, self.write.span(statement.test))
        yield from self._body(statement.body, inner)

    def _with(self, statement: ast.With, around: Around) -> Iterator[Step]:
        known = dict(around.known)
        inner = replace(around, known=known)
        for item in statement.items:
            made = self.write.plain(item.context_expr, around.known)
            if made[0] == "call" and made[3][0] in ("ref", "attr") and made[3][-1] == "suppress":
                start, end = self.write.span(item.context_expr)
                inner = replace(inner, handler=(start, end), block=self.write.span(statement))
            elif made[0] == "call" and made[3][0] == "ref" and made[3][-1] not in _CONTEXTS:
                yield step(made, around)
            if isinstance(item.optional_vars, ast.Name):
                known[item.optional_vars.id] = made
        yield from self._body(statement.body, inner)

    def _try(self, statement: ast.Try, around: Around) -> Iterator[Step]:
        inner = around
        if statement.handlers and not any(isinstance(last.body[-1], ast.Raise) for last in statement.handlers):
            inner = replace(around, handler=self._head(statement.handlers[0]), block=self.write.span(statement))
        yield from self._body(statement.body, inner)
        for handler in statement.handlers:
            yield from self._body(handler.body, conditional(around, self._head(handler)))
        yield from self._body(statement.orelse, inner)
        yield from self._body(statement.finalbody, around)

    def _head(self, handler: ast.ExceptHandler) -> tuple[int, int]:
        """`except … :` without its body."""
        start, _ = self.write.span(handler)
        end = start + len("except") if handler.type is None else self.write.span(handler.type)[1]
        return start, end


def _skips(statement: ast.For) -> bool:
    """Whether a loop over pieces leaves out some of them, those that begin with a comment."""
    return any(isinstance(node, ast.Attribute) and node.attr in ("startswith", "match") for node in ast.walk(statement))


_CONTEXTS = frozenset(
    {"batch_alter_table", "autocommit_block", "begin", "connect", "nested", "begin_nested", "get_bind"}
)
