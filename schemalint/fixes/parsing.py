"""Whether a file still is what its language takes."""

from __future__ import annotations

import ast
import warnings

from schemalint.model.span import SourceFile
from schemalint.syntax import LANGUAGES, parse

_PYTHON = (".py", ".pyi")


def has_grammar(path: str) -> bool:
    """Whether `parses` can tell anything of a file of that name."""
    return _suffix(path) in LANGUAGES or _suffix(path) in _PYTHON


def parses(path: str, content: bytes) -> bool:
    """Whether a file of that name parses whole. What has no grammar here always does."""
    if _suffix(path) in _PYTHON:
        return parsed(content) is not None
    if _suffix(path) in LANGUAGES:
        return not parse(SourceFile(path, content.decode("utf-8-sig", "surrogatepass"))).root_node.has_error
    return True


def _suffix(path: str) -> str:
    return path[path.rfind(".") :].lower()


def parsed(source: str | bytes) -> ast.Module | None:
    """The syntax tree of a Python file; None for what is none, or nests too deep."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
