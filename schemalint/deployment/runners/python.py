"""Programs in Python as `program` wants them."""

from __future__ import annotations

import ast
from itertools import accumulate

from schemalint.deployment.runners.folders import globbed, joined, parent
from schemalint.deployment.runners.program import Call, Folder, Listing, Program, Range
from schemalint.model.span import SourceFile

_LISTS = frozenset({"glob", "iglob", "listdir", "iterdir", "scandir"})
_SAME = frozenset({"Path", "PurePath", "str", "resolve", "absolute", "abspath", "realpath", "fspath", "expanduser"})
_DEPTH = 40
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def read(file: SourceFile) -> Program | None:
    """The program of a file, None where it is none."""
    try:
        tree = ast.parse(file.text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    program = Program(file)
    reader = _Reader(file, program)
    stack: list[tuple[ast.AST, ast.AST | None]] = [(tree, None)]
    while stack:
        node, above = stack.pop()
        reader.above[node] = above
        reader.note(node)
        stack.extend((child, node) for child in ast.iter_child_nodes(node))
    for call, name in reader.listing:
        program.listings.append(Listing(reader.at(call), globbed(reader.listed(call, name)), ordered=False))
    program.goes_on = lambda call: reader.caught(reader.sending[call.at])
    return program


class _Reader:
    def __init__(self, file: SourceFile, program: Program) -> None:
        self.file = file
        self.program = program
        self.lines = [0, *accumulate(len(line) for line in file.text.encode("utf-8", "surrogatepass").splitlines(True))]
        self.above: dict[ast.AST, ast.AST | None] = {}
        self.bound: dict[str, list[ast.expr]] = {}
        self.listing: list[tuple[ast.Call, str]] = []
        self.sending: dict[Range, ast.Call] = {}

    def at(self, node: ast.expr) -> Range:
        return self._place(node.lineno, node.col_offset), self._place(node.end_lineno, node.end_col_offset)

    def _place(self, line: int | None, column: int | None) -> int:
        return self.lines[(line or 1) - 1] + (column or 0)

    def note(self, node: ast.AST) -> None:
        """Keep what one node says."""
        match node:
            case ast.Name(id=name):
                self.program.names.append((self.at(node)[0], name))
            case ast.Attribute(attr=name):
                self.program.names.append((self.at(node)[1] - len(name.encode()), f".{name}"))
            case ast.Constant(value=str(text)):
                self.program.texts.append((self.at(node)[0], text))
            case ast.Assign(targets=targets, value=value):
                for target in targets:
                    self._bind(node, target, value)
            case ast.AnnAssign(target=target, value=ast.expr() as value) | ast.AugAssign(target=target, value=value):
                self._bind(node, target, value)
            case ast.NamedExpr(target=target, value=value):
                self._bind(node, target, value)
            case ast.For(target=target, iter=value) | ast.AsyncFor(target=target, iter=value):
                self._bind(node, target, value)
            case ast.comprehension(target=target, iter=value, ifs=conditions):
                self._bind(node, target, value)
                self.program.conditions += [self.at(one) for one in conditions]
            case ast.withitem(context_expr=value, optional_vars=ast.expr() as target):
                self._bind(node, target, value)
            case ast.If(test=test) | ast.IfExp(test=test):
                self.program.conditions.append(self.at(test))
            case ast.FunctionDef(name=name, args=given) | ast.AsyncFunctionDef(name=name, args=given):
                names = tuple(one.arg for one in (*given.posonlyargs, *given.args) if one.arg not in ("self", "cls"))
                self.program.parameters.setdefault(name, names)
            case ast.Return(value=ast.expr() as value):
                function = self._function(node)
                if function is not None:
                    self.program.bindings.append(((function.name, f".{function.name}"), self.at(value)))
            case ast.Call():
                self._call(node)
            case _:
                pass

    def _bind(self, node: ast.AST, target: ast.expr, value: ast.expr) -> None:
        names = tuple(_names(target))
        if isinstance(target, ast.Name) and isinstance(self.above.get(node), ast.ClassDef):
            names = (*names, f".{target.id}")
        self.program.bindings.append((names, self.at(value)))
        for name in names:
            self.bound.setdefault(name, []).append(value)

    def _call(self, node: ast.Call) -> None:
        called = node.func
        name = called.attr if isinstance(called, ast.Attribute) else called.id if isinstance(called, ast.Name) else None
        if name is None:
            return
        keywords = {one.arg: one.value for one in node.keywords}
        given = tuple(self.at(one) for one in (*node.args, *keywords.values()))
        call = Call(self.at(node), name, self.at(called), given)
        self.program.calls.append(call)
        if name in ("sorted", "sort"):
            self.program.sorts.append((call.at, not {"key", "reverse"}.isdisjoint(keywords)))
        self.sending[call.at] = node
        if name in _LISTS:
            self.listing.append((node, name))

    def caught(self, node: ast.AST) -> bool:
        """Whether the loop or function that a call stands in goes on where it fails."""
        child, above = node, self.above.get(node)
        while above is not None and not isinstance(above, (*_FUNCTIONS, ast.For, ast.AsyncFor, ast.While)):
            if isinstance(above, ast.Try) and child in above.body and above.handlers:
                return not all(_leaves(handler) for handler in above.handlers)
            child, above = above, self.above.get(above)
        return False

    def _function(self, node: ast.AST) -> ast.FunctionDef | ast.AsyncFunctionDef | None:
        above = self.above.get(node)
        while above is not None and not isinstance(above, _FUNCTIONS):
            above = self.above.get(above)
        return above

    def listed(self, node: ast.Call, name: str) -> Folder | None:
        """The folder that a call lists."""
        called = node.func
        owner = called.value if isinstance(called, ast.Attribute) else None
        if name in ("listdir", "scandir", "iglob") or owner is None or _is(owner, "glob"):
            return self._folder(node.args[0], 0) if node.args else None
        folder = self._folder(owner, 0)
        if name == "iterdir":
            return folder
        pattern = node.args[0] if node.args else None
        text = pattern.value if isinstance(pattern, ast.Constant) and isinstance(pattern.value, str) else None
        return None if text is None else joined([folder, Folder(text)], "/")

    def _folder(self, node: ast.expr, depth: int) -> Folder | None:
        """The folder that an expression stands for."""
        if depth > _DEPTH:
            return None
        match node:
            case ast.Constant(value=str(text)):
                return Folder(text)
            case ast.Name(id="__file__"):
                return Folder(self.file.path, anchored=True)
            case ast.Name(id=name):
                return self._held(node, name, depth)
            case ast.Attribute(value=inner, attr="parent"):
                found = self._folder(inner, depth + 1)
                return None if found is None else parent(found)
            case ast.Subscript(value=ast.Attribute(value=inner, attr="parents"), slice=ast.Constant(value=int(times))):
                found = self._folder(inner, depth + 1)
                return None if found is None or not 0 <= times < _DEPTH else parent(found, times + 1)
            case ast.Attribute(attr=name):
                return self._held(node, f".{name}", depth)
            case ast.BinOp(left=left, op=ast.Div(), right=right):
                return joined([self._folder(left, depth + 1), self._folder(right, depth + 1)], "/")
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                return joined([self._folder(left, depth + 1), self._folder(right, depth + 1)], "")
            case ast.JoinedStr(values=values):
                inner_values = (one.value if isinstance(one, ast.FormattedValue) else one for one in values)
                return joined([self._folder(one, depth + 1) for one in inner_values], "")
            case ast.Call():
                return self._made(node, depth)
            case _:
                return None

    def _held(self, node: ast.expr, name: str, depth: int) -> Folder | None:
        values = self.bound.get(name, [])
        found = {self._folder(value, depth + 1) for value in values[:4]}
        if len(found) == 1 and len(values) < 4:
            return found.pop()
        function = None if values else self._function(node)
        known = () if function is None else self.program.parameters.get(function.name, ())
        return Folder(parameter=(function.name, known.index(name))) if function is not None and name in known else None

    def _made(self, node: ast.Call, depth: int) -> Folder | None:
        called = node.func
        name = called.attr if isinstance(called, ast.Attribute) else called.id if isinstance(called, ast.Name) else None
        owner = called.value if isinstance(called, ast.Attribute) else None
        if name in ("cwd", "getcwd") and not node.args:
            return Folder()
        if name in ("join", "joinpath"):
            first = [] if owner is None or _is(owner, "path") else [owner]
            return joined([self._folder(one, depth + 1) for one in (*first, *node.args)], "/")
        if name == "dirname" and len(node.args) == 1:
            found = self._folder(node.args[0], depth + 1)
            return None if found is None else parent(found)
        if name in _SAME and len(node.args) == 1:
            return self._folder(node.args[0], depth + 1)
        if name in _SAME and owner is not None and not node.args:
            return self._folder(owner, depth + 1)
        if name == "Path" and len(node.args) > 1:
            return joined([self._folder(one, depth + 1) for one in node.args], "/")
        return None


def _is(node: ast.expr, name: str) -> bool:
    return (isinstance(node, ast.Name) and node.id == name) or (isinstance(node, ast.Attribute) and node.attr == name)


def _names(target: ast.expr) -> list[str]:
    match target:
        case ast.Name(id=name):
            return [name]
        case ast.Attribute(attr=name):
            return [f".{name}"]
        case ast.Tuple(elts=inner) | ast.List(elts=inner):
            return [name for one in inner for name in _names(one)]
        case ast.Starred(value=inner_value):
            return _names(inner_value)
        case ast.Subscript(value=inner_value):
            return _names(inner_value)
        case _:
            return []


def _leaves(handler: ast.ExceptHandler) -> bool:
    """Whether a handler does not go on with what follows."""
    for node in ast.walk(handler):
        match node:
            case ast.Raise() | ast.Return() | ast.Break():
                return True
            case ast.Call(func=ast.Attribute(attr="exit" | "_exit") | ast.Name(id="exit" | "quit")):
                return True
            case _:
                pass
    return False
