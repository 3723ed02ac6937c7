"""Revisions of Alembic that call `create_all`: which models are certainly loaded by then, so that their tables are made.

SQLAlchemy knows of the classes whose modules were imported. Alembic runs env.py, then the revision: what these two import, and
what that imports in turn, is loaded for certain; what is imported under a condition or while something runs is not.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from posixpath import dirname
from typing import Any

from schemalint.model.source import Call, Sync
from schemalint.model.span import SourceFile, Span
from schemalint.parsers import Extract, Project
from schemalint.parsers.sqlalchemy.calls import create_all_calls
from schemalint.parsers.sqlalchemy.models import Model
from schemalint.pysource.modules import Unreadable, imports, module, parse
from schemalint.pysource.resolve import Modules
from schemalint.pysource.tables import Builder
from schemalint.pysource.writing import Writer
from schemalint.sql import mentioning

MAX_FILES = 2_000

Revised = tuple[str, Extract, str, frozenset[str]]
"""The file of a revision, its call, the place of the declarative base that is meant, and the files that are loaded."""

_Import = tuple[str, tuple[str, ...], int]
"""A module, the names taken from it, and how many folders above it is looked for."""


def made_by_revision(tree: ast.Module, read: SourceFile) -> Extract:
    """The calls of `create_all` in the upgrade of a revision, and what the revision defines and imports before them."""
    made: Extract = {"calls": [], "module": module(tree, read)}
    for each in create_all_calls(tree, Writer(read)):
        if each["within"] == "upgrade" and each["condition"] is None and each["tables"] is None and "one" not in each:
            made["calls"].append(each)
    for statement in _loaded(tree):
        imports(statement, made["module"])
    return made


def made_by(call: Revised, models: Iterable[Model], dialect: str | None) -> Call:
    """A call with the tables that it makes for certain, of all models of the project."""
    path, item, place, loaded = call
    builder = Builder(dialect, partial(mentioning, dialect))
    own = (each.read for each in models if each.root == place and each.bind is None)
    tables = [builder.table_name(each.name, each.schema) for each in own if each.span.path in loaded]
    return Call(Span(path, *item["span"]), item["text"], Sync(), tuple(tables))


def certainly_loaded(path: str, modules: Modules, project: Project) -> frozenset[str]:
    """The files that are imported when Alembic runs a revision."""
    found: set[str] = set()
    waiting = [path, *_environment(path, project)]
    while waiting and len(found) < MAX_FILES:
        one = waiting.pop()
        file = None if one in found else modules.file(one)
        found.add(one)
        if file is None:
            continue
        try:
            tree, _ = parse(file)
        except Unreadable:
            continue
        for statement in _loaded(tree):
            waiting += _files(one, statement, modules)
    return frozenset(found)


def _environment(path: str, project: Project) -> Iterator[str]:
    folder = dirname(path)
    while folder:
        folder = dirname(folder)
        env = f"{folder}/env.py".lstrip("/")
        if project.tree.exists(env):
            yield env
            return


def _loaded(tree: ast.Module) -> Iterator[ast.Import | ast.ImportFrom]:
    """The imports that happen whenever a file is run as a module, and those of a function `upgrade`."""
    waiting: list[ast.stmt] = list(reversed(tree.body))
    while waiting:
        statement = waiting.pop()
        if isinstance(statement, (ast.Import, ast.ImportFrom)):
            yield statement
        elif isinstance(statement, (ast.Try, ast.With)) or (
            isinstance(statement, ast.FunctionDef) and statement.name == "upgrade"
        ):
            waiting += reversed(statement.body)


def _files(path: str, statement: ast.Import | ast.ImportFrom, modules: Modules) -> Iterable[str]:
    """The files of the repository that an import runs."""
    for dotted, names, level in _named(statement):
        parts = dotted.split(".") if dotted else []
        stems = [".".join(parts[: count + 1]) for count in range(len(parts))] or [""]
        stems += [f"{dotted}.{name}".strip(".") for name in names]
        yield from (place for stem in stems if (place := modules.place(path, stem, level)) is not None)


def _named(statement: ast.Import | ast.ImportFrom) -> Iterator[_Import]:
    if isinstance(statement, ast.Import):
        yield from ((alias.name, (), 0) for alias in statement.names)
    else:
        yield statement.module or "", tuple(alias.name for alias in statement.names), statement.level


def revised(extracts: Mapping[str, Extract]) -> dict[str, Mapping[str, Any]]:
    """The revisions that create tables, by their paths."""
    return {path: extract["revision"] for path, extract in extracts.items() if extract.get("revision", {}).get("calls")}
