"""One file (or folder) a source kind. Dropping a module that ends in `PARSER = …` in here is all the registration there is.

A parser has two halves. `extract` sees one file, is pure, and returns plain JSON-able data: it is what gets cached and
spread over processes. `link` sees all of a parser's extracts and yields its sources with their facts in replay order.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Any, Protocol

from schemalint.config import Config
from schemalint.discover import Tree
from schemalint.model.deployment import Deployment
from schemalint.model.frozen import frozen
from schemalint.model.source import Source, SourceKind
from schemalint.model.span import SourceFile

Extract = dict[str, Any]
"""What one file says, as plain data: dicts with text keys, lists, text, numbers, true, false and None; at the top also tuples,
which hold facts. The cache can keep that."""


@frozen
class DialectChoice:
    """A dialect and why it was chosen; `name` None when nothing tells."""

    name: str | None
    why: str


class Project(Protocol):
    """What `link` may ask about the rest of the project."""

    tree: Tree
    config: Config
    deployment: Deployment

    def dialect_of(self, path: str) -> DialectChoice:
        """The dialect in force at a file or folder."""

    def unit(self, path: str) -> str:
        """The folder of the nearest manifest (go.mod, package.json, pyproject.toml, Cargo.toml, …) at or above a path,
        "" for the checked root: models below one unit belong together."""


class Parser(Protocol):
    """`needs_dialect`: extracting depends on the dialect (SQL does; code does not)."""

    name: str
    kind: SourceKind
    needs_dialect: bool

    @property
    def endings(self) -> frozenset[str] | None:
        """What follows the last dot in the names of the files that it may claim, in small letters; None: anything."""

    def claims(self, path: str, content: bytes) -> bool:
        """Whether this parser wants the file: by its name, then by cheap byte tests."""

    def extract(self, file: SourceFile, dialect: str | None) -> Extract:
        """What one file says. Never raises on input: what cannot be read is said in the extract: key "error" holds
        {"start": int, "end": int, "why": str} (code points) when the file as a whole could not be parsed."""

    def link(self, extracts: Mapping[str, Extract], project: Project) -> Iterator[Source]:
        """The sources that these extracts (by path, in path order) make up."""


@cache
def parsers() -> tuple[Parser, ...]:
    """Every parser in this folder, by name."""
    found = []
    for module in pkgutil.iter_modules(__path__):
        found.append(importlib.import_module(f"{__name__}.{module.name}").PARSER)
    return tuple(sorted(found, key=lambda parser: parser.name))


def claiming(path: str, content: bytes) -> list[Parser]:
    """The parsers that want a file, by name."""
    return [parser for parser in _by_ending(path[path.rfind(".") + 1 :].lower()) if parser.claims(path, content)]


@lru_cache(maxsize=100)
def _by_ending(ending: str) -> tuple[Parser, ...]:
    return tuple(parser for parser in parsers() if parser.endings is None or ending in parser.endings)


def source_kinds() -> frozenset[str]:
    """What a source may be called in the configuration: the parsers, and what they make besides sources of their own name."""
    found: set[str] = set()
    for parser in parsers():
        found |= {parser.name, *getattr(parser, "besides", ())}
    return frozenset(found)
