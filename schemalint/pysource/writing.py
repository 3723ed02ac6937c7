"""Expressions of `ast` to plain data. Bounded: what is deeper or larger than real code becomes an "other" node."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Mapping

from schemalint.model.span import SourceFile
from schemalint.pysource.nodes import Plain

MAX_DEPTH = 40
MAX_NODES = 6000
MAX_TEXT = 160
TEXT_OF_A_NODE = 64
MAX_JOINED = 100_000
MAX_NUMBER = 10**30

_OPERATORS: dict[type[ast.AST], str] = {
    ast.BitOr: "|",
    ast.Add: "+",
    ast.Mod: "%",
    ast.BitAnd: "&",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.In: "in",
    ast.NotIn: "not in",
    ast.Is: "is",
    ast.IsNot: "is not",
}
_STRING = re.compile(r"[rbuRBU]{0,2}(\"\"\"|'''|\"|')")
_SEQUENCES: dict[type[ast.AST], str] = {ast.Tuple: "tuple", ast.List: "list", ast.Set: "set"}


class Writer:
    """Writes expressions of one file as plain data. Names found in `known` are replaced by what they stand for, so that
    a helper's parameters and a loop's variable become the values they have."""

    __slots__ = ("_budget", "_offsets", "file")

    def __init__(self, file: SourceFile) -> None:
        self.file = file
        self._budget = MAX_NODES
        self._offsets = file.offsets_of_ast

    def span(self, item: ast.expr | ast.stmt | ast.ExceptHandler | ast.arg | ast.keyword) -> tuple[int, int]:
        """Where an `ast` node stands."""
        line, column = item.lineno, item.col_offset
        return self._offsets(line, column, item.end_lineno or line, item.end_col_offset or column)

    def plain(self, item: ast.expr, known: Mapping[str, Plain] | None = None) -> Plain:
        """An expression as plain data."""
        self._budget = MAX_NODES
        return self._plain(item, known or {}, 0)

    def _plain(self, item: ast.expr, known: Mapping[str, Plain], depth: int) -> Plain:
        start, end = self.span(item)
        self._budget -= 1
        if depth > MAX_DEPTH or self._budget < 0:
            return self._other(start, end)

        def below(child: ast.expr) -> Plain:
            return self._plain(child, known, depth + 1)

        if isinstance(item, ast.Constant):
            return self._constant(item, start, end)
        if isinstance(item, ast.Name):
            if item.id in known and self._fits(known[item.id], depth):
                return known[item.id]
            return ["ref", start, end, item.id]
        if isinstance(item, ast.Attribute):
            base = below(item.value)
            if base[0] == "ref":
                return ["ref", start, end, *base[3:], item.attr]
            return ["attr", start, end, base, item.attr]
        if isinstance(item, ast.Call):
            keywords = [[word.arg, below(word.value)] for word in item.keywords]
            called: Plain = ["call", start, end, below(item.func), [below(arg) for arg in item.args], keywords]
            return _formatted(called) or called
        if isinstance(item, (ast.Tuple, ast.List, ast.Set)):
            return ["seq", start, end, _SEQUENCES[type(item)], [below(each) for each in item.elts]]
        if isinstance(item, ast.Starred):
            return ["star", start, end, below(item.value)]
        if isinstance(item, ast.Dict):
            pairs = zip(item.keys, item.values, strict=True)
            return ["dict", start, end, [[None if key is None else below(key), below(value)] for key, value in pairs]]
        if isinstance(item, ast.Subscript):
            return ["sub", start, end, below(item.value), below(item.slice)]
        if isinstance(item, ast.BinOp) and type(item.op) in _OPERATORS:
            left, right, sign = below(item.left), below(item.right), _OPERATORS[type(item.op)]
            return _joined_texts(sign, left, right, start, end) or ["op", start, end, sign, left, right]
        if isinstance(item, ast.Compare) and len(item.ops) == 1:
            sign = _OPERATORS.get(type(item.ops[0]), "?")
            return ["op", start, end, sign, below(item.left), below(item.comparators[0])]
        if isinstance(item, ast.UnaryOp) and isinstance(item.op, ast.USub):
            value = below(item.operand)
            if value[0] == "const" and isinstance(value[3], (int, float)) and not isinstance(value[3], bool):
                return ["const", start, end, -value[3]]
            return self._other(start, end)
        if isinstance(item, ast.IfExp):
            return ["ways", start, end, below(item.body), below(item.orelse)]
        if isinstance(item, ast.JoinedStr):
            return self._format_string(item, known, depth, start, end)
        if isinstance(item, (ast.ListComp, ast.GeneratorExp)) and _only_trims(item):
            through = below(item.generators[0].iter)
            if through[0] == "call" and through[3][-1] == "split":
                return through
        return self._other(start, end)

    def _fits(self, value: Plain, depth: int) -> bool:
        """Whether a known value may stand here; `a = (a, a)`, repeated, must not grow without end."""
        stack: list[tuple[object, int]] = [(value, depth)]
        while stack:
            here, at = stack.pop()
            if isinstance(here, list):
                self._budget -= 1
                # A node and the list that holds its children are two levels of lists.
                if self._budget < 0 or at > 2 * MAX_DEPTH:
                    return False
                stack.extend((child, at + 1) for child in here)
            elif isinstance(here, str):
                self._budget -= len(here) // TEXT_OF_A_NODE
        return True

    def _constant(self, item: ast.Constant, start: int, end: int) -> Plain:
        value = item.value
        if isinstance(value, str):
            written = self.file.text[start:end]
            quote = _STRING.match(written)
            verbatim = None
            if quote and written[quote.end() : len(written) - len(quote[1])] == value:
                verbatim = start + quote.end()
            return ["text", start, end, _storable(value), verbatim]
        if value is None or value is Ellipsis:
            return ["const", start, end, None]
        if isinstance(value, (bool, int, float)) and abs(value) < MAX_NUMBER:
            return ["const", start, end, value]
        return self._other(start, end)

    def _format_string(
        self, item: ast.JoinedStr, known: Mapping[str, Plain], depth: int, start: int, end: int
    ) -> Plain:
        parts: list[Plain] = []
        for piece in item.values:
            if isinstance(piece, ast.Constant) and isinstance(piece.value, str):
                parts.append(["text", start, end, _storable(piece.value), None])
            elif isinstance(piece, ast.FormattedValue):
                # Python 3.11 gives no usable positions inside f-strings: what stands there takes the whole string's.
                value = _at(self._plain(piece.value, known, depth + 1), start, end)
                plain_value = (
                    piece.conversion == -1
                    and piece.format_spec is None
                    and value[0] in ("text", "ref", "call", "elsewhere")
                )
                parts.append(value if plain_value else ["other", start, end, "{…}"])
        if all(part[0] == "text" for part in parts):
            return ["text", start, end, "".join(part[3] for part in parts), None]
        return ["join", start, end, parts]

    def _other(self, start: int, end: int) -> Plain:
        return ["other", start, end, _storable(self.file.text[start : min(end, start + MAX_TEXT)])]


def _only_trims(item: ast.ListComp | ast.GeneratorExp) -> bool:
    """`[one.strip() for one in text.split(";") if one.strip()]`: all of it but blanks."""
    if len(item.generators) != 1 or not isinstance(item.generators[0].target, ast.Name):
        return False
    name = item.generators[0].target.id
    return all(trimmed(one, frozenset({name})) for one in (item.elt, *item.generators[0].ifs))


def trimmed(item: ast.expr, names: Collection[str]) -> bool:
    """Whether an expression is one of these names, or what is left of its text without the blanks around."""
    if isinstance(item, ast.Call) and isinstance(item.func, ast.Attribute) and item.func.attr in ("strip", "rstrip"):
        item = item.func.value
    return isinstance(item, ast.Name) and item.id in names


def _storable(text: str) -> str:
    """Lone surrogates cannot be stored as UTF-8."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _at(item: Plain, start: int, end: int) -> Plain:
    """The same node, standing elsewhere."""
    moved = [item[0], start, end, *item[3:]]
    if moved[0] == "text":
        moved[4] = None
    return moved


def _joined_texts(sign: str, left: Plain, right: Plain, start: int, end: int) -> Plain | None:
    """`"a" + "b"`, and `"…%s…" % "b"` with one or several known texts."""
    if left[0] != "text" or len(left[3]) > MAX_JOINED:
        return None
    if sign == "+" and right[0] == "text" and len(right[3]) < MAX_JOINED:
        return ["text", start, end, left[3] + right[3], None]
    if sign == "%":
        values = right[4] if right[0] == "seq" and right[3] == "tuple" else [right]
        pieces = left[3].split("%s")
        if len(pieces) == len(values) + 1 and "%" not in "".join(pieces) and all(_short(value) for value in values):
            joined = "".join(piece + value[3] for piece, value in zip(pieces, values, strict=False)) + pieces[-1]
            return ["text", start, end, joined, None]
    return None


def _short(item: Plain) -> bool:
    """A known text of a length that names and statements have."""
    return item[0] == "text" and len(item[3]) < MAX_JOINED // 10


def _formatted(call: Plain) -> Plain | None:
    """`"… {} …".format("b")` and `textwrap.dedent("…")`, when everything in it is known."""
    func, args, keywords = call[3], call[4], call[5]
    if func[0] == "ref" and func[-1] == "dedent" and len(args) == 1 and args[0][0] == "text" and not keywords:
        return args[0]  # type: ignore[no-any-return]  # indentation means nothing in SQL
    if func[0] != "attr" or func[3][0] != "text":
        return None
    if func[4] in ("strip", "lstrip", "rstrip") and not args:
        return func[3]  # type: ignore[no-any-return]
    if func[4] == "format" and all(_short(value) for value in (func[3], *args, *(word[1] for word in keywords))):
        template, used = func[3][3], iter(args)
        named = {word[0]: word[1][3] for word in keywords}
        pieces = re.split(r"\{(\w*)\}", template)
        joined = [pieces[0]]
        for name, rest in zip(pieces[1::2], pieces[2::2], strict=True):
            if name == "":
                value = next(used, None)
                value = None if value is None else value[3]
            elif name.isdigit():
                value = args[int(name)][3] if int(name) < len(args) else None
            else:
                value = named.get(name)
            if value is None:
                return None
            joined += [value, rest]
        if "{" in "".join(pieces[::2]):
            return None
        return ["text", call[1], call[2], "".join(joined), None]
    return None
