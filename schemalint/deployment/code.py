"""Source code of Go, JavaScript, TypeScript, Rust and Python as far as deployment cares: calls, functions, comments,
strings, and what stands behind a constant false. One reading a file, kept small; nothing is run."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from schemalint import syntax
from schemalint.model.frozen import frozen
from schemalint.model.span import SourceFile, Span

if TYPE_CHECKING:
    from tree_sitter import Node

SUFFIXES = (*syntax.LANGUAGES, ".py")
_LITERALS = (
    b"igrat", b".sync(", b"reate_all", b"reateAll", b"reateTables", b"reate_tables", b"nitSchema", b"nit_schema",
    b".Up(", b".up(", b"goose", b"pgrade(", b".sql",
)  # fmt: skip
_TELLING = re.compile(
    rb"(?i)(?:migrat|create_?all|create_?tables|init_?schema|\.sync|upgrade|\.up|goose)[\w.]{0,60}!?\s{0,3}\("
    rb"|\.sql[\"'`\s$]|[\"'`/][\w./-]{0,60}migrations?[\"'`/]|//go:embed[^\n]{0,200}migrat"
    rb"|(?:prisma|sequelize|sequelize-cli|knex|typeorm|alembic|goose|dbmate|flyway|sqlx|diesel|migrate)\s[-\w]"
)
_NAMES = re.compile(
    r"(?i)migrat|^sync$|create_?all|create_?tables|init_?schema|^up|^upgrade$|^newprovider$|^newmigrator|^exec|^run|^latest$|^new$"
)
"""Names of calls that are kept with their place; of all others only the name is."""

_TEXTS = re.compile(rb"(?i)migrat|goose|dbmate|alembic|flyway|prisma|knex|diesel|sqlx|drizzle|\.sql")
"""Texts that make a call worth keeping for its arguments."""

_COMMENTED = re.compile(r"(?i)migrat|sync\s*\(|create_?all|create_?tables|init_?schema|\bup\s*\(")
_PYTHON_COMMENT = re.compile(rf"#[^\n]*(?:{_COMMENTED.pattern.removeprefix('(?i)')}|\.sql)", re.I)
"""A line with a comment that may matter: else the file is not taken apart for its comments."""

_FUNCTIONS = frozenset(
    {
        "function_declaration",
        "method_declaration",
        "function_item",
        "method_definition",
        "generator_function_declaration",
    }
)
_CALLS = frozenset({"call_expression", "macro_invocation"})
_STRINGS = frozenset(
    {"interpreted_string_literal", "raw_string_literal", "string", "template_string", "string_literal"}
)
_COMMENTS = frozenset({"comment", "line_comment", "block_comment"})
_BODIES = frozenset({"block", "statement_block", "statement_list"})


def telling(content: bytes) -> bool:
    """Whether a file may have something to say here: cheap, before it is parsed. Bundles are not the project's code."""
    if len(content) > 20_000 and content.count(b"\n") < len(content) // 400:
        return False
    if b"down_revision" in content and b".sql" not in content:
        return False  # a revision of Alembic is what is run, it runs nothing
    return any(literal in content for literal in _LITERALS) and _TELLING.search(content) is not None


@frozen
class CallSite:
    """`name` is the last part of what is called, `target` all of it; `strings` are the texts among its arguments."""

    name: str
    target: str
    span: Span
    text: str
    function: str | None
    strings: tuple[tuple[str, Span], ...]
    dead: bool = False  # behind a constant false


@frozen
class Function:
    name: str
    span: Span
    body: Span


@frozen
class Comment:
    """A comment inside a function, or in a script's own body. Documentation is left out."""

    span: Span
    text: str


@dataclass(slots=True)
class Code:
    """What one file holds."""

    file: SourceFile
    calls: list[CallSite] = field(default_factory=list)
    called: set[str] = field(default_factory=set)  # the names of everything that is called and not behind a false
    functions: list[Function] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)

    def function_at(self, offset: int) -> Function | None:
        """The innermost function around an offset."""
        around = [one for one in self.functions if one.body.start <= offset < one.body.end]
        return min(around, key=lambda one: one.body.end - one.body.start, default=None)


def read(file: SourceFile) -> Code | None:
    """What a file holds, None when it is not of a language that is read or cannot be parsed."""
    if file.path.endswith(".py"):
        return _python(file)
    return _parsed(file)


def _line(text: str) -> str:
    return " ".join(text.split())[:120]


def _parsed(file: SourceFile) -> Code | None:
    try:
        root = syntax.parse(file).root_node
    except (KeyError, ValueError):
        return None
    code = Code(file)
    falses = _false_constants(root)
    # Each entry carries the function around it and whether it stands behind a constant false.
    stack: list[tuple[Node, str | None, bool]] = [(root, None, False)]
    comments: list[Node] = []
    texts = [found.start() for found in _TEXTS.finditer(root.text or b"")]
    while stack:
        node, function, dead = stack.pop()
        kind = node.type
        if kind in _FUNCTIONS or kind == "variable_declarator":
            name = node.child_by_field_name("name")
            body = node.child_by_field_name("body")
            if kind == "variable_declarator":
                value = node.child_by_field_name("value")
                body = value if value is not None and value.type in ("arrow_function", "function_expression") else None
            if name is not None and body is not None:
                function = syntax.text(name)
                code.functions.append(Function(function, syntax.span(file, name), syntax.span(file, body)))
        elif kind in _CALLS:
            _call(code, node, function, dead, texts)
        elif kind in _COMMENTS:
            comments.append(node)
            continue
        if kind in ("if_statement", "if_expression"):
            condition = node.child_by_field_name("condition")
            branch = node.child_by_field_name("consequence")
            if condition is not None and branch is not None:
                said = syntax.text(condition).strip("() ")
                for child in reversed(node.children):
                    stack.append(
                        (child, function, dead or (child == branch and (said in ("false", "0") or said in falses)))
                    )
                continue
        if node.child_count:
            stack.extend((child, function, dead) for child in reversed(node.children))
    if any(_COMMENTED.search(syntax.text(node)) for node in comments):
        for node in comments:
            _comment(code, node)
    return code


def _false_constants(root: Node) -> set[str]:
    """Names that are constant and false in the whole file."""
    text = syntax.text(root)
    if "false" not in text:
        return set()
    return set(
        re.findall(r"^\s*const\s+([A-Za-z_]\w*)(?:\s*:?\s*bool(?:ean)?)?\s*=\s*false\s*;?\s*$", text, re.MULTILINE)
    )


def _call(code: Code, node: Node, function: str | None, dead: bool, texts: list[int]) -> None:
    """Keep a call: its name, and all of it where the name or a text inside it tells something."""
    file = code.file
    called = node.child_by_field_name("function") or node.child_by_field_name("macro")
    if called is None or called.end_byte - called.start_byte > 300:
        return
    target = re.sub(r"\s+", "", syntax.text(called))
    name = re.split(r"\.|::", target)[-1]
    if not name.isidentifier():
        return
    if not dead:
        code.called.add(name)
    at = bisect_left(texts, node.start_byte)
    if _NAMES.search(name) is None and not (at < len(texts) and texts[at] < node.end_byte):
        return
    if node.type == "macro_invocation":
        name, target = name + "!", target + "!"
    strings = []
    arguments = node.child_by_field_name("arguments")
    below = arguments if arguments is not None else node
    if below.end_byte - below.start_byte < 4000:
        for inner in syntax.walk(below):
            if inner.type in _STRINGS:
                strings.append((_unquoted(syntax.text(inner)), syntax.span(file, inner)))
    span = syntax.span(file, node)
    code.calls.append(CallSite(name, target, span, _line(file.slice(span)), function, tuple(strings), dead))


def _unquoted(text: str) -> str:
    return text.lstrip("r#b").strip("\"'`").rstrip('#"')


def _comment(code: Code, node: Node) -> None:
    text = syntax.text(node)
    if text.startswith(("///", "//!", "/**", "/*!")):
        return
    parent = node.parent
    while parent is not None and parent.type not in _BODIES and parent.type not in ("program", "source_file"):
        parent = parent.parent
    language_is_script = code.file.path.rpartition(".")[2] in ("js", "ts", "mjs", "cjs", "mts", "cts")
    if parent is None or (parent.type not in _BODIES and not language_is_script):
        return
    span = syntax.span(code.file, node)
    code.comments.append(Comment(span, code.file.slice(span)))


def _python(file: SourceFile) -> Code | None:
    try:
        tree = ast.parse(file.text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    code = Code(file)
    falses = {
        target.id
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and node.value.value is False
        for target in node.targets
        if isinstance(target, ast.Name) and target.id.isupper()
    }
    stack: list[tuple[ast.AST, str | None, bool]] = [(tree, None, False)]
    while stack:
        node, function, dead = stack.pop()
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            function = node.name
            whole = _ast_span(file, node)
            at = file.text.find(node.name, whole.start)
            code.functions.append(Function(node.name, Span(file.path, at, at + len(node.name)), whole))
        elif isinstance(node, ast.Call):
            found = _python_call(file, node, function, dead)
            if found is not None:
                code.calls.append(found)
                if not dead:
                    code.called.add(found.name)
        if isinstance(node, ast.If):
            test = node.test
            constant = (isinstance(test, ast.Constant) and not test.value) or (
                isinstance(test, ast.Name) and test.id in falses
            )
            stack.extend((child, function, dead) for child in (test, *node.orelse))
            stack.extend((child, function, dead or constant) for child in node.body)
        else:
            stack.extend((child, function, dead) for child in ast.iter_child_nodes(node))
    if _PYTHON_COMMENT.search(file.text):
        code.comments += _python_comments(file)
    return code


def _ast_span(file: SourceFile, node: ast.AST) -> Span:
    return file.span_of_ast(node.lineno, node.col_offset, node.end_lineno, node.end_col_offset)  # type: ignore[attr-defined]


def _python_call(file: SourceFile, node: ast.Call, function: str | None, dead: bool) -> CallSite | None:
    parts: list[str] = []
    called: ast.expr = node.func
    while isinstance(called, ast.Attribute):
        parts.append(called.attr)
        called = called.value
    parts.append(called.id if isinstance(called, ast.Name) else "?")
    if not parts[0].isidentifier():
        return None
    strings = tuple(
        (one.value, _ast_span(file, one))
        for one in (*node.args, *(keyword.value for keyword in node.keywords))
        if isinstance(one, ast.Constant) and isinstance(one.value, str)
    )
    span = _ast_span(file, node)
    return CallSite(parts[0], ".".join(reversed(parts)), span, _line(file.slice(span)), function, strings, dead)


def _python_comments(file: SourceFile) -> Iterator[Comment]:
    try:
        for token in tokenize.generate_tokens(io.StringIO(file.text).readline):
            if token.type == tokenize.COMMENT:
                start = file.offset(token.start[0], token.start[1] + 1)
                yield Comment(Span(file.path, start, start + len(token.string)), token.string)
    except (tokenize.TokenError, SyntaxError, ValueError):
        return
