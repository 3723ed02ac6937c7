"""Repairs of SQLAlchemy models as edits: one argument of one `Column(…)`, `mapped_column(…)` or, of SQLModel, `Field(…)`.

`ast` finds the call and decides whether that edit is certain to say what is wanted: arguments that are spread, computed or
given twice leave no fix. libcst, imported only when an argument is added, writes it in the layout that the call has.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from schemalint.discover import Tree
from schemalint.fixes.parsing import parsed
from schemalint.model.finding import Edit, Fix, Repair
from schemalint.model.frozen import frozen
from schemalint.model.span import SourceFile, Span

_COLUMNS = ("Column", "mapped_column")
_FIELD = "Field"
_HANDED_ON = frozenset(("sa_column", "sa_column_args", "sa_column_kwargs", "sa_type"))
_SIZED = ("String", "Unicode", "VARCHAR", "NVARCHAR", "CHAR", "NCHAR")
_WHOLE = ("sa", "sqlalchemy", "db")
_LONGEST = 4_000
"""Characters of a call: one that is longer is no column that somebody wrote, and libcst may run out of stack on it."""
_ELSEWHERE = re.compile(rb"\bnaming_convention\b|\bMetaData\s*\([^)]*\bschema\b")
_SCHEMA = re.compile(r"\bschema\b[\"']?\s*[=:]")


@frozen
class _Change:
    """`value` in the place of what `span` covers; with a `word` that argument is added to the call that it covers."""

    span: Span
    value: str
    word: str | None = None


def is_safe(repairs: Iterable[Repair], tree: Tree) -> bool | None:
    """Whether the fix of these repairs is safe; None where there is none."""
    able = [repair.safe for repair in repairs if _change(repair, tree) is not None]
    return all(able) if able else None


def fix(repairs: Iterable[Repair], tree: Tree) -> Fix | None:
    """The edits that make the repairs, those of them that one edit is certain to make; None where there is none."""
    edits: list[Edit] = []
    said: dict[str, int] = {}
    safe = True
    for repair in repairs:
        change, file = _change(repair, tree), tree.file(repair.span.path)
        edit = None if change is None or file is None else _edit(change, file)
        if change is None or edit is None:
            continue
        edits.append(edit)
        words = change.value if "(" in change.value else f"{repair.word}={change.value}"
        said[words] = said.get(words, 0) + 1
        safe = safe and repair.safe
    titles = [words if number == 1 else f"{words} in {number} columns" for words, number in said.items()]
    return Fix(f"write {', '.join(titles)}", tuple(edits), safe) if edits else None


def _change(repair: Repair, tree: Tree) -> _Change | None:
    """What to write where; None unless it is certain to be enough."""
    file = tree.file(repair.span.path)
    if file is None or file.cuts or "\r" in file.text.replace("\r\n", "") or "\f" in file.text:
        return None
    column = _columns(file).get(repair.span)
    if column is None:
        return None
    call, annotation = column
    words = {keyword.arg: keyword.value for keyword in call.keywords}
    if (
        None in words
        or not _HANDED_ON.isdisjoint(words)
        or any(isinstance(argument, ast.Starred) for argument in call.args)
    ):
        return None
    if repair.word == "length" and _last(call.func) == _FIELD:
        size = words.get("max_length")
        known = size is not None and _is(size, repair.was)
        return _Change(_span(file, size), str(repair.value)) if known and size is not None else None
    if repair.word == "length":
        return _length(file, [*call.args, *(words[word] for word in ("type_",) if word in words)], repair)
    if repair.word == "nullable" and ("primary_key" in words or re.search(r"\b(?:Optional|None)\b", annotation)):
        return None
    if repair.word in ("unique", "index"):
        other = words.get("index" if repair.word == "unique" else "unique")
        if other is not None and not _is(other, False):
            return None  # both together are one unique index
    if repair.word == "index" and not _usual_names(file, tree):
        return None
    value, wanted = words.get(repair.word), bool(repair.value)
    if value is None:
        place = _span(file, call)
        return _Change(place, str(wanted), repair.word) if place.end - place.start <= _LONGEST else None
    return _Change(_span(file, value), str(wanted)) if _is(value, not wanted) else None


def _length(file: SourceFile, arguments: Iterable[ast.expr], repair: Repair) -> _Change | None:
    """The length of the one type among the arguments: a number that stands there, or `String(…)` in the place of `Text`."""
    if repair.was is None:
        return _string(file, arguments, repair)
    types = [one for one in arguments if isinstance(one, ast.Call) and _last(one.func) in _SIZED]
    if len(types) != 1:
        return None
    given = types[0].args[:1] or [keyword.value for keyword in types[0].keywords if keyword.arg == "length"]
    if len(given) != 1 or not _is(given[0], repair.was):
        return None
    return _Change(_span(file, given[0]), str(repair.value))


def _string(file: SourceFile, arguments: Iterable[ast.expr], repair: Repair) -> _Change | None:
    """`sa.String(…)` for `sa.Text`, of a module that certainly has both; for a bare `Text` only where both are imported."""
    types = [one for one in arguments if _last(one) == "Text"]
    if len(types) != 1:
        return None
    span = _span(file, types[0])
    if isinstance(types[0], ast.Attribute):
        if _last(types[0].value) not in _WHOLE:
            return None
        span = Span(span.path, span.end - len("Text"), span.end)
    elif not _imported(file) >= {"Text", "String"}:
        return None
    return _Change(span, f"String({repair.value})")


@lru_cache(maxsize=32)
def _imported(file: SourceFile) -> frozenset[str]:
    """What a module imports from SQLAlchemy under its own name, at the top level."""
    tree = parsed(file.text)
    made = [one for one in tree.body if isinstance(one, ast.ImportFrom)] if tree is not None else []
    ours = (one for one in made if one.level == 0 and one.module in ("sqlalchemy", "sqlalchemy.types"))
    return frozenset(name.name for one in ours for name in one.names if name.asname is None)


@lru_cache(maxsize=32)
def _columns(file: SourceFile) -> dict[Span, tuple[ast.Call, str]]:
    """The calls that make columns, by where the column's name stands: the name it is assigned to, or the text that it is
    given; with the annotation there."""
    tree = parsed(file.text)
    found: dict[Span, tuple[ast.Call, str]] = {}
    for node in ast.walk(tree) if tree is not None else ():  # an assignment comes before what is in it
        if isinstance(node, ast.Call) and _last(node.func) in _COLUMNS:
            for span in _named(file, node):
                found.setdefault(span, (node, ""))
        elif isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Call):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            call = _made(node.value)
            if len(targets) == 1 and call is not None:
                annotation = file.slice(_span(file, node.annotation)) if isinstance(node, ast.AnnAssign) else ""
                for span in (_span(file, targets[0]), *_named(file, call)):
                    found[span] = (call, annotation)
    return found


def _named(file: SourceFile, call: ast.Call) -> Iterator[Span]:
    """Where the name that a column is given stands, with and without its quotes."""
    for given in (*call.args[:1], *(one.value for one in call.keywords if one.arg == "name")):
        if isinstance(given, ast.Constant) and isinstance(given.value, str):
            span = _span(file, given)
            yield span
            yield Span(span.path, span.start + 1, span.end - 1)


def _made(call: ast.Call) -> ast.Call | None:
    """The call that describes the column: inside of a `Field(…)` the one that it is given, where it is given one."""
    if _last(call.func) in _COLUMNS:
        return call
    if _last(call.func) != _FIELD:
        return None
    given = next((one.value for one in call.keywords if one.arg == "sa_column"), call)
    return given if isinstance(given, ast.Call) and _last(given.func) in (*_COLUMNS, _FIELD) else None


def _edit(change: _Change, file: SourceFile) -> Edit | None:
    """The edit that makes a change; an added argument stands behind the others, on a line of its own where they do."""
    if change.word is None:
        return Edit(change.span, change.value)
    old = file.slice(change.span)
    try:
        new = _added(old, change.word, change.value, "\r\n" if "\r\n" in old else "\n")
    except RecursionError:
        new = None
    if new is None:
        return None
    start = next((at for at, (one, two) in enumerate(zip(old, new, strict=False)) if one != two), len(old))
    rest = min(len(old), len(new)) - start
    tail = next((at for at in range(rest) if old[-1 - at] != new[-1 - at]), rest)
    place = Span(change.span.path, change.span.start + start, change.span.end - tail)
    return Edit(place, new[start : len(new) - tail])


def _added(call: str, word: str, value: str, newline: str) -> str | None:
    """The text of a call with one more argument; None if that is not exactly what came of it."""
    import libcst as cst

    wanted = ast.parse(call, mode="eval")
    assert isinstance(wanted.body, ast.Call)
    module = cst.Module([], default_newline=newline)
    try:
        read = cst.parse_expression(call, cst.PartialParserConfig(default_newline=newline))
    except cst.ParserSyntaxError:
        return None
    if not isinstance(read, cst.Call) or module.code_for_node(read) != call:
        return None
    equal = cst.AssignEqual(cst.SimpleWhitespace(""), cst.SimpleWhitespace(""))
    made = cst.Arg(cst.Name(value), cst.Name(word), equal=equal)
    args = list(read.args)
    if args:
        before = args[-2].comma if len(args) > 1 else None
        lead = before.whitespace_after if isinstance(before, cst.Comma) else read.whitespace_before_args
        last = args[-1]
        behind = last.comma.whitespace_after if isinstance(last.comma, cst.Comma) else last.whitespace_after_arg
        between: cst.BaseParenthesizableWhitespace = cst.SimpleWhitespace(" ")
        if isinstance(lead, cst.ParenthesizedWhitespace):
            between = lead.with_changes(first_line=cst.TrailingWhitespace(), empty_lines=[])
            if isinstance(behind, cst.ParenthesizedWhitespace):  # a comment behind the last argument stays there
                between = between.with_changes(first_line=behind.first_line)
                behind = behind.with_changes(first_line=cst.TrailingWhitespace())
        ends = isinstance(last.comma, cst.Comma)
        made = made.with_changes(comma=cst.Comma(whitespace_after=behind)) if ends else made
        made = made if ends else made.with_changes(whitespace_after_arg=behind)
        comma = cst.Comma(whitespace_after=between)
        args[-1] = last.with_changes(comma=comma, whitespace_after_arg=cst.SimpleWhitespace(""))
    new = module.code_for_node(read.with_changes(args=[*args, made]))
    wanted.body.keywords.append(ast.keyword(word, ast.Constant(value == "True")))
    checked = parsed(f"({new})")
    if checked is None or not checked.body or not isinstance(checked.body[0], ast.Expr):
        return None
    return new if ast.dump(checked.body[0].value) == ast.dump(wanted.body) else None


def _usual_names(file: SourceFile, tree: Tree) -> bool:
    """Whether nothing in the project gives indexes other names than `ix_<table>_<column>`: a naming convention does, and a
    schema, which becomes part of the name."""
    others = (tree.read(path) or b"" for path in tree.paths if path.endswith(".py"))
    return not _SCHEMA.search(file.text) and not any(_ELSEWHERE.search(content) for content in others)


def _is(node: ast.expr, value: object) -> bool:
    return isinstance(node, ast.Constant) and type(node.value) is type(value) and node.value == value


def _last(node: ast.expr) -> str | None:
    """The last word of a dotted name."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else None


def _span(file: SourceFile, node: ast.expr) -> Span:
    return file.span_of_ast(node.lineno, node.col_offset, node.end_lineno or 0, node.end_col_offset or 0)
