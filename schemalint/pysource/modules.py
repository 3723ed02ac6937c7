"""What one Python file defines, as plain data: imports, module-level values, classes, functions' names.

Read once with `ast`, never imported. Bodies of functions are not read here: a migration's steps are their parser's.
"""

from __future__ import annotations

import ast
import re
import sys
import warnings
from collections.abc import Iterator
from typing import Any

from schemalint.model.span import SourceFile
from schemalint.pysource.nodes import Plain
from schemalint.pysource.writing import Writer

MAX_STATEMENTS = 20_000

_RUNNING = f"Python {sys.version_info[0]}.{sys.version_info[1]}, which runs schemalint,"
_MOST_NAMES = 8
_LONE_RETURN = re.compile(r"\r(?!\n)")


class Unreadable(Exception):
    """The file is not Python that can be read; carries where and why."""

    def __init__(self, start: int, end: int, why: str) -> None:
        super().__init__(why)
        self.start, self.end, self.why = start, end, why

    @property
    def plain(self) -> dict[str, Any]:
        """The extract of a file that could not be parsed."""
        return {"error": {"start": self.start, "end": self.end, "why": self.why}}


def parse(file: SourceFile) -> tuple[ast.Module, SourceFile]:
    """The syntax tree of a file, and the file to take positions from. Raises only Unreadable."""
    # Python ends a line at a lone carriage return, SourceFile does not: offsets stay the same when it is replaced.
    text = _LONE_RETURN.sub("\n", file.text) if "\r" in file.text else file.text
    read = file if text is file.text else SourceFile(file.path, text)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text), read
    except SyntaxError as error:
        why = f"{_RUNNING} cannot parse it ({error.msg})"
        start = read.offset(error.lineno or 1, max(error.offset or 1, 1))
        raise Unreadable(start, min(start + 1, len(text)), why) from None
    except (ValueError, RecursionError, MemoryError) as error:
        raise Unreadable(0, 0, f"{_RUNNING} cannot parse it ({type(error).__name__})") from None


def module(tree: ast.Module, file: SourceFile) -> dict[str, Any]:
    """Everything that module level defines.

    `imports`: local name → [module, attribute or null, level]; `stars`: [module, level]; `values`: name → every value
    assigned (with what was annotated); `classes`; `expressions`: calls that stand alone; `functions`: names;
    `returns`: functions that do nothing but return → [names of parameters, defaults by name, what they return].
    """
    write = Writer(file)
    found: dict[str, Any] = {
        "imports": {},
        "stars": [],
        "values": {},
        "classes": [],
        "expressions": [],
        "functions": [],
        "returns": {},
    }
    for statement, condition in _flat(tree.body):
        if isinstance(statement, (ast.Import, ast.ImportFrom)):
            imports(statement, found)
        elif isinstance(statement, ast.Assign):
            value = write.plain(statement.value)
            for target in statement.targets:
                if isinstance(target, ast.Name):
                    found["values"].setdefault(target.id, []).append([value, list(write.span(target)), None])
                elif isinstance(target, ast.Attribute):
                    found["expressions"].append(
                        [["op", *write.span(statement), "=", write.plain(target), value], condition]
                    )
        elif isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            if statement.value is not None:
                annotation = write.plain(statement.annotation)
                entry = [write.plain(statement.value), list(write.span(statement.target)), annotation]
                found["values"].setdefault(statement.target.id, []).append(entry)
        elif isinstance(statement, ast.ClassDef):
            found["classes"].append(_class(statement, write, condition))
        elif isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
            found["expressions"].append([write.plain(statement.value), condition])
        elif isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)):
            found["functions"].append(statement.name)
            if isinstance(statement, ast.FunctionDef) and condition is None and (made := _returned(statement, write)):
                found["returns"][statement.name] = made
        elif type(statement).__name__ == "TypeAlias":  # `type X = …`, Python 3.12
            name = statement.name  # type: ignore[attr-defined]
            entry = [write.plain(statement.value), list(write.span(name)), None]  # type: ignore[attr-defined, list-item]
            found["values"].setdefault(name.id, []).append(entry)
    return found


def _flat(body: list[ast.stmt]) -> Iterator[tuple[ast.stmt, str | None]]:
    """Module-level statements, those under `if`, `try` and `with` included, with the condition around them."""
    stack: list[tuple[ast.stmt, str | None]] = [(statement, None) for statement in reversed(body)]
    left = MAX_STATEMENTS
    while stack and left:
        left -= 1
        statement, condition = stack.pop()
        inner: list[tuple[ast.stmt, str | None]] = []
        if isinstance(statement, ast.If):
            test = condition_text(statement.test)
            if test == "TYPE_CHECKING":
                test = None
            inner = [(each, test or condition) for each in statement.body]
            inner += [(each, f"not ({test})" if test else condition) for each in statement.orelse]
        elif isinstance(statement, ast.Try):
            inner = [(each, condition) for each in statement.body]
            for handler in statement.handlers:
                inner += [(each, "except") for each in handler.body]
            inner += [(each, condition) for each in (*statement.orelse, *statement.finalbody)]
        elif isinstance(statement, (ast.With, ast.AsyncWith)):
            inner = [(each, condition) for each in statement.body]
        else:
            yield statement, condition
        stack.extend(reversed(inner))


def condition_text(test: ast.expr) -> str | None:
    """A condition as one line of text; None for `if __name__ == "__main__"`, which is none, and for a true constant."""
    if isinstance(test, ast.Constant) and test.value:
        return None
    try:
        text = ast.unparse(test)
    except RecursionError:
        return "…"
    if text in ("__name__ == '__main__'", "'__main__' == __name__"):
        return None
    if text.endswith("TYPE_CHECKING"):
        return "TYPE_CHECKING"
    return text if len(text) < 120 else text[:117] + "…"


def imports(statement: ast.Import | ast.ImportFrom, found: dict[str, Any]) -> None:
    """Adds what an import brings to what a file defines."""
    if isinstance(statement, ast.Import):
        for alias in statement.names:
            if alias.asname:
                found["imports"][alias.asname] = [alias.name, None, 0]
            else:
                top = alias.name.partition(".")[0]
                found["imports"][top] = [top, None, 0]
        return
    for alias in statement.names:
        if alias.name == "*":
            found["stars"].append([statement.module or "", statement.level])
        else:
            found["imports"][alias.asname or alias.name] = [statement.module or "", alias.name, statement.level]


def _returned(function: ast.FunctionDef, write: Writer) -> list[Any] | None:
    """The parameters of a function and what it returns, where that is all it does."""
    given = function.args
    value = _result(function.body, write)
    if value is None or function.decorator_list or given.vararg is not None or given.kwarg is not None:
        return None
    names = [arg.arg for arg in (*given.posonlyargs, *given.args)]
    defaults = [[name, write.plain(value)] for name, value in zip(names[::-1], given.defaults[::-1], strict=False)]
    for only, default in zip(given.kwonlyargs, given.kw_defaults, strict=True):
        defaults += [[only.arg, write.plain(default)]] if default is not None else []
    return [names, [arg.arg for arg in given.kwonlyargs], defaults, value]


def _result(body: list[ast.stmt], write: Writer) -> Plain | None:
    """What a body returns that only gives names to what it returns, also within a `with`."""
    known: dict[str, Plain] = {}
    left = list(reversed(body))
    while left:
        statement = left.pop()
        match statement:
            case ast.Expr(ast.Constant()):
                continue
            case ast.Return(ast.expr() as value):
                return write.plain(value, known)
            case ast.Assign([ast.Name(name)], value) if len(known) < _MOST_NAMES:
                known[name] = write.plain(value, known)
            case ast.With([ast.withitem(ast.Call() as opened, ast.Name(name))], inner) if _opens(opened):
                known[name] = write.plain(opened, known)
                left += reversed(inner)
            case _:
                return None
    return None


def _opens(call: ast.Call) -> bool:
    """Whether what a `with` gives a name is what is called: a file."""
    return "open" in (getattr(call.func, "id", None), getattr(call.func, "attr", None))


def _class(definition: ast.ClassDef, write: Writer, condition: str | None, depth: int = 0) -> dict[str, Any]:
    """A class: `body` holds [name, span, annotation, value, decorators, condition] for every attribute, in order. A
    decorated method counts as one, with what it returns as its value. Classes inside are read one level deep."""
    start, _ = write.span(definition)
    text = write.file.text
    body_start = write.span(definition.body[0])[0] if definition.body else start
    # With decorators, `lineno` is that of the `class` keyword itself.
    named = re.compile(r"class\s+(" + re.escape(definition.name) + r")\b").search(text, start, max(body_start, start))
    name_span = [named.start(1), named.end(1)] if named else [start, start]
    made: dict[str, Any] = {
        "name": definition.name,
        "span": name_span,
        "end": write.span(definition)[1],
        "bases": [write.plain(base) for base in definition.bases],
        "keywords": [[word.arg, write.plain(word.value)] for word in definition.keywords],
        "decorators": [write.plain(each) for each in definition.decorator_list],
        "condition": condition,
        "body": [],
        "methods": [],
        "open": [],
        "inner": [],
    }
    for statement, inner in _flat(definition.body):
        if isinstance(statement, ast.Assign):
            for target, given in _assigned(statement):
                made["body"].append([target.id, list(write.span(target)), None, write.plain(given), None, inner])
        elif isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            assigned = None if statement.value is None else write.plain(statement.value)
            annotation = write.plain(statement.annotation)
            made["body"].append(
                [statement.target.id, list(write.span(statement.target)), annotation, assigned, None, inner]
            )
        elif isinstance(statement, ast.FunctionDef):
            made["methods"].append(statement.name)
            if statement.decorator_list or statement.name in ("__tablename__", "__table_args__"):
                made["body"].append(_method(statement, write, inner))
        elif isinstance(statement, ast.ClassDef) and depth == 0:
            made["inner"].append(_class(statement, write, inner, depth + 1))
        elif isinstance(statement, (ast.For, ast.While)):
            made["open"].append(list(write.span(statement)))  # it may make columns that no name in the file tells
    return made


def _assigned(statement: ast.Assign) -> Iterator[tuple[ast.Name, ast.expr]]:
    """The names that an assignment sets, each with its value; `a, b = 1, 2` sets two."""
    for target in statement.targets:
        if isinstance(target, ast.Name):
            yield target, statement.value
        elif isinstance(target, ast.Tuple) and isinstance(statement.value, ast.Tuple):
            for name, value in zip(target.elts, statement.value.elts, strict=False):
                if isinstance(name, ast.Starred) or isinstance(value, ast.Starred):
                    break  # what comes after it stands in places that are not counted here
                if isinstance(name, ast.Name):
                    yield name, value


def _method(method: ast.FunctionDef, write: Writer, condition: str | None) -> list[Any]:
    """A decorated method as an attribute: its value is what it returns, unknown when that takes more to tell."""
    start, end = write.span(method)
    named = re.compile(r"def\s+(" + re.escape(method.name) + r")\b").search(write.file.text, start, end)
    place = [named.start(1), named.end(1)] if named else [start, start]
    decorators = [write.plain(each) for each in method.decorator_list]
    annotation = None if method.returns is None else write.plain(method.returns)
    body = [each for each in method.body if not (isinstance(each, ast.Expr) and isinstance(each.value, ast.Constant))]
    value: Plain = ["other", start, end, method.name]
    if len(body) == 1 and isinstance(body[0], ast.Return) and body[0].value is not None:
        value = write.plain(body[0].value)
    return [method.name, place, annotation, value, decorators, condition]
