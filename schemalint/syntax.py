"""tree-sitter, loaded late: source code of Go, JavaScript, TypeScript and Rust to syntax trees.

Positions come out in bytes; `SourceFile.span_of_bytes` converts. Walk with `walk`, never by recursion: hostile files nest deep.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tree_sitter import Node, Parser, Tree

    from schemalint.model.span import SourceFile, Span

LANGUAGES = {
    ".go": "go",
    ".js": "javascript",
    ".jsx": "javascript",
    ".mjs": "javascript",
    ".cjs": "javascript",
    ".ts": "typescript",
    ".mts": "typescript",
    ".cts": "typescript",
    ".tsx": "tsx",
    ".rs": "rust",
}


@cache
def _parser(language: str) -> Parser:
    import tree_sitter

    pointer: object
    if language == "go":
        import tree_sitter_go

        pointer = tree_sitter_go.language()
    elif language == "javascript":
        import tree_sitter_javascript

        pointer = tree_sitter_javascript.language()
    elif language == "rust":
        import tree_sitter_rust

        pointer = tree_sitter_rust.language()
    else:
        import tree_sitter_typescript

        pointer = (
            tree_sitter_typescript.language_tsx() if language == "tsx" else tree_sitter_typescript.language_typescript()
        )
    return tree_sitter.Parser(tree_sitter.Language(pointer))


@lru_cache(maxsize=64)
def _tree(language: str, text: str) -> Tree:
    return _parser(language).parse(text.encode("utf-8", "surrogatepass"))


def parse(file: SourceFile, language: str | None = None) -> Tree:
    """The syntax tree of a file, by its suffix or the language given. Trees of the same text are shared, so that a
    parser and the deployment reader do not parse one file twice. Raises KeyError for a suffix that has no grammar."""
    if language is None:
        language = LANGUAGES[file.path[file.path.rindex(".") :].lower()]
    return _tree(language, file.text)


def walk(node: Node) -> Iterator[Node]:
    """The node and everything below it, in source order."""
    stack = [node]
    while stack:
        here = stack.pop()
        yield here
        stack.extend(reversed(here.children))


def text(node: Node) -> str:
    """The source text of a node."""
    return (node.text or b"").decode("utf-8", "replace")


def span(file: SourceFile, node: Node) -> Span:
    """Where a node stands, in code points."""
    return file.span_of_bytes(node.start_byte, node.end_byte)
