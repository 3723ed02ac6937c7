"""Python programs: which texts they run as SQL, in which order, and whether for certain."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import replace

from schemalint.model.frozen import frozen
from schemalint.model.span import SourceFile
from schemalint.parsers.code.grammar import BACK
from schemalint.parsers.code.texts import Run, Step, Text, bears, escaped, filled, joined, unknown, verbatim
from schemalint.pysource.modules import Unreadable, parse
from schemalint.sql import HOLE

_CALLS = frozenset({"execute", "executescript", "exec_driver_sql", "execute_batch", "execute_sql", "run_sql"})
_MADE = frozenset({"text", "DDL", "SQL", "dedent", "sa_text", "cleandoc"})
_BLANKS = frozenset({"strip", "lstrip", "rstrip"})
_PERCENT = re.compile(r"%%|%(?:\(\w+\))?[-+# 0]*\d*(?:\.\d+)?[a-zA-Z]")
_BRACES = re.compile(r"\{\{|\}\}|\{[^{}]*\}")
_LITERAL = re.compile(
    r"(?P<prefix>[A-Za-z]{0,2})(?:\"\"\"(?P<a>(?:[^\\\"]|\\.|\"(?!\"\"))*)\"\"\"|'''(?P<b>(?:[^\\']|\\.|'(?!''))*)'''"
    r"|\"(?P<c>(?:[^\\\"\n]|\\.)*)\"|'(?P<d>(?:[^\\'\n]|\\.)*)')",
    re.S,
)
_BETWEEN = re.compile(r"(?:[\s\\()]|#[^\n]*)*")
_DEEPEST = 12
_MOST = 50_000
_LONGEST = 2_000  # items of a list
_END = verbatim("\n;\n", 0)

_Functions = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
_Names = dict[str, tuple[ast.expr, bool] | None]
"""What a name stands for: an expression (True: its items, one by one), None where it is not known."""


@frozen
class _Place:
    run: Run
    names: _Names
    certain: bool


def runs(file: SourceFile) -> tuple[list[Run], dict[str, Text]]:
    """What a file runs, and the texts that it gives a name at its top."""
    try:
        tree, read = parse(file)
    except Unreadable:
        return [], {}  # whose models or revisions it holds, says so
    walk = _Walk(read)
    found = walk.read(tree)
    return found, dict(walk.named(tree))


class _Walk:
    def __init__(self, file: SourceFile) -> None:
        self.file = file
        self.runs: list[Run] = []
        self._left = _MOST

    def read(self, tree: ast.Module) -> list[Run]:
        names: _Names = {}
        for statement in tree.body:
            _bind(statement, names)
        todo: list[tuple[list[ast.stmt], _Place]] = [(tree.body, _Place(self._run(""), names, True))]
        while todo:
            body, place = todo.pop()
            todo += reversed(list(self._body(body, place)))
        return [run for run in self.runs if run.steps]

    def named(self, tree: ast.Module) -> Iterator[tuple[str, Text]]:
        names: _Names = {}
        for statement in tree.body:
            _bind(statement, names)
        for name, bound in names.items():
            if bound is not None:
                items = bound[0].elts if isinstance(bound[0], (ast.List, ast.Tuple)) else [bound[0]]
                whole = joined(piece for item in items[:_LONGEST] for piece in (self._text(item, names), _END))
                if whole is not None:
                    yield name, whole

    def _run(self, name: str) -> Run:
        self.runs.append(Run(name))
        return self.runs[-1]

    def _body(self, body: list[ast.stmt], place: _Place) -> Iterator[tuple[list[ast.stmt], _Place]]:
        """Reads the calls of a body's own statements, up to the first that has a body itself; that one and the rest are
        handed back, so that everything is read in order."""
        for at, statement in enumerate(body):
            if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)):
                if not BACK.match(statement.name):
                    given = statement.args
                    names = {**place.names, **dict.fromkeys(a.arg for a in (*given.posonlyargs, *given.args))}
                    yield statement.body, _Place(self._run(statement.name), names, True)
            elif isinstance(statement, ast.ClassDef):
                yield statement.body, replace(place, run=self._run(statement.name), names=dict(place.names))
            elif (inner := list(self._inner(statement, place))) or hasattr(statement, "body"):
                self._calls(_headers(statement), place, statement)
                yield from inner
                after = replace(place, certain=place.certain and not _may_leave(statement))
                for name in _assigned(statement):
                    after.names[name] = None
                yield body[at + 1 :], after
                return
            else:
                self._calls([statement], place, statement)
                _bind(statement, place.names)

    def _inner(self, statement: ast.stmt, place: _Place) -> Iterator[tuple[list[ast.stmt], _Place]]:
        loose = replace(place, certain=False)
        if isinstance(statement, (ast.With, ast.AsyncWith)):
            swallows = any("suppress" in ast.unparse(item.context_expr)[:200] for item in statement.items)
            yield statement.body, loose if swallows else place
        elif isinstance(statement, (ast.For, ast.AsyncFor)):
            yield statement.body, self._loop(statement, place)
        elif isinstance(statement, (ast.If, ast.While)):
            yield statement.body, place if _is_main(statement) else loose
            yield statement.orelse, loose
        elif isinstance(statement, ast.Try):
            raises = all(isinstance(handler.body[-1], ast.Raise) for handler in statement.handlers)
            yield statement.body, place if raises else loose
            for handler in statement.handlers:
                yield handler.body, loose
            yield statement.orelse, loose
            yield statement.finalbody, loose
        elif isinstance(statement, ast.Match):
            for case in statement.cases:
                yield case.body, loose

    def _loop(self, statement: ast.For | ast.AsyncFor, place: _Place) -> _Place:
        """A loop over a list that is written out runs every item, and every part of items that are pairs."""
        names = dict(place.names)
        for target in ast.walk(statement.target):
            if isinstance(target, ast.Name):
                names[target.id] = None
        listed = self._items(statement.iter, place.names)
        for name, values in _unpacked(statement.target, listed):
            names[name] = (ast.List(values, ast.Load()), True)
        return _Place(place.run, names, place.certain and bool(listed))

    def _calls(self, parts: list[ast.AST], place: _Place, statement: ast.stmt) -> None:
        plain = isinstance(statement, (ast.Expr, ast.Assign, ast.AnnAssign, ast.Return, ast.With, ast.AsyncWith))
        for part in parts:
            for call in sorted(_calls(part), key=lambda node: (node.lineno, node.col_offset)):
                name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
                if name in _CALLS and call.args:
                    found = [one for one in self._meant(call.args[0], place.names) if bears(one)]
                    place.run.steps += (Step(one, place.certain and plain) for one in found)

    def _items(self, node: ast.expr, names: _Names) -> list[ast.expr]:
        for _ in range(_DEEPEST):
            bound = names.get(node.id) if isinstance(node, ast.Name) else None
            if bound is None or bound[1]:
                break
            node = bound[0]
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "items":
            return _pairs(node.func.value, names)
        return node.elts[:_LONGEST] if isinstance(node, (ast.List, ast.Tuple)) else []

    def _meant(self, node: ast.expr, names: _Names) -> list[Text]:
        while isinstance(node, ast.Call) and node.args and _name(node) in _MADE:
            node = node.args[0]
        bound = names.get(node.id) if isinstance(node, ast.Name) else None
        if bound is not None and bound[1]:
            return [self._text(item, names) for item in self._items(bound[0], names)]
        return [self._text(node, names)]

    def _text(self, node: ast.expr, names: _Names, depth: int = 0) -> Text:
        self._left -= 1
        start, end = self._span(node)
        nothing = unknown(start, max(end, start + 1))
        if depth > _DEEPEST or self._left < 0:
            return nothing
        if isinstance(node, ast.Constant):
            return self._literal(node.value, start, end) if isinstance(node.value, str) else nothing
        if isinstance(node, ast.JoinedStr):
            return self._formatted(node, start, end)
        if isinstance(node, ast.Name):
            bound = names.get(node.id)
            return nothing if bound is None or bound[1] else self._text(bound[0], names, depth + 1)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            return joined(self._text(side, names, depth + 1) for side in _sides(node)) or nothing
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod):
            return filled(self._text(node.left, names, depth + 1), _PERCENT)
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Attribute) and node.func.attr == "format":
                return filled(self._text(node.func.value, names, depth + 1), _BRACES)
            if isinstance(node.func, ast.Attribute) and node.func.attr in _BLANKS:
                return self._text(node.func.value, names, depth + 1)
            if _name(node) in _MADE and node.args:
                return self._text(node.args[0], names, depth + 1)
        return nothing

    def _literal(self, value: str, start: int, end: int) -> Text:
        """A string with the place of every character; where that cannot be told, all of it stands at the literal."""
        pieces = list(self._pieces(start, end))
        whole = joined(pieces)
        if whole is not None and whole.value == value:
            return pieces[0] if len(pieces) == 1 else whole
        return Text(value, [start] * len(value), [end] * len(value))

    def _formatted(self, node: ast.JoinedStr, start: int, end: int) -> Text:
        """An f-string: what it computes are holes. Places inside of it are told by Python only since 3.12, so that all of
        it stands at the literal where it does not read as pieces."""
        pieces = list(self._pieces(start, end))
        told = joined(filled(piece, _BRACES) for piece in pieces)
        meant = "".join(
            part.value if isinstance(part, ast.Constant) and isinstance(part.value, str) else HOLE
            for part in node.values
        )
        if told is not None and told.value == meant:
            return told
        return Text(meant, [start] * len(meant), [end] * len(meant))

    def _pieces(self, start: int, end: int) -> Iterator[Text]:
        """The literals that stand one behind the other in a stretch."""
        text, at = self.file.text, start
        while at < end:
            at = _BETWEEN.match(text, at, end).end()  # type: ignore[union-attr]
            match = _LITERAL.match(text, at, end)
            if match is None:
                return
            group = next(name for name in "abcd" if match[name] is not None)
            raw, inside = match[group], match.start(group)
            yield verbatim(raw, inside) if "r" in match["prefix"].lower() else escaped(raw, inside)
            at = match.end()

    def _span(self, node: ast.expr) -> tuple[int, int]:
        if not hasattr(node, "end_lineno") or node.end_lineno is None or node.end_col_offset is None:
            return 0, 0
        span = self.file.span_of_ast(node.lineno, node.col_offset, node.end_lineno, node.end_col_offset)
        return span.start, span.end


def _pairs(node: ast.expr, names: _Names) -> list[ast.expr]:
    """The keys and values of a dictionary that is written out."""
    bound = names.get(node.id) if isinstance(node, ast.Name) else None
    given = bound[0] if bound is not None and not bound[1] else node
    if not isinstance(given, ast.Dict) or None in given.keys:
        return []
    pairs = zip(given.keys[:_LONGEST], given.values, strict=False)
    return [ast.Tuple([key, value], ast.Load()) for key, value in pairs if key is not None]


def _unpacked(target: ast.expr, listed: list[ast.expr]) -> Iterator[tuple[str, list[ast.expr]]]:
    """What each name that a loop sets is, one item after the other."""
    if isinstance(target, ast.Name) and listed:
        yield target.id, listed
    if not isinstance(target, (ast.Tuple, ast.List)) or not listed:
        return
    size = len(target.elts)
    rows = [one.elts for one in listed if isinstance(one, (ast.Tuple, ast.List)) and len(one.elts) == size]
    starred = any(isinstance(value, ast.Starred) for row in (*rows, target.elts) for value in row)
    if len(rows) == len(listed) and not starred:
        for at, name in enumerate(target.elts):
            if isinstance(name, ast.Name):
                yield name.id, [row[at] for row in rows]


def _headers(statement: ast.stmt) -> list[ast.AST]:
    """What a statement with a body evaluates itself."""
    found: list[ast.AST] = []
    for name, value in ast.iter_fields(statement):
        if name in ("body", "orelse", "finalbody", "handlers", "cases"):
            continue
        found += [value] if isinstance(value, ast.AST) else [one for one in value or () if isinstance(one, ast.AST)]
    return found


def _calls(part: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(part) if isinstance(node, ast.Call))


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _sides(node: ast.expr) -> list[ast.expr]:
    found: list[ast.expr] = []
    while isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        found.append(node.right)
        node = node.left
    return [node, *reversed(found)]


def _is_main(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.If) and "__name__" in ast.unparse(statement.test)[:60]


def _may_leave(statement: ast.stmt) -> bool:
    """Whether what follows is only reached under a condition."""
    leaving = (ast.Return, ast.Raise, ast.Break, ast.Continue)
    return isinstance(statement, (ast.If, ast.While, ast.Match)) and any(
        isinstance(node, leaving) for node in ast.walk(statement)
    )


def _assigned(statement: ast.stmt) -> Iterator[str]:
    """The names that a statement with a body may give another value. A `with` gives it for certain, but for a while only."""
    if not isinstance(statement, (ast.With, ast.AsyncWith)):
        for node in ast.walk(statement):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                yield node.id


def _bind(statement: ast.stmt, names: _Names) -> None:
    targets: list[ast.expr] = []
    value: ast.expr | None = None
    if isinstance(statement, ast.Assign):
        targets, value = statement.targets, statement.value
    elif isinstance(statement, ast.AnnAssign):
        targets, value = [statement.target], statement.value
    elif isinstance(statement, ast.AugAssign):
        targets = [statement.target]
    for target in targets:
        if isinstance(target, ast.Name):
            names[target.id] = None if value is None else (value, False)
        else:
            names.update((node.id, None) for node in ast.walk(target) if isinstance(node, ast.Name))
