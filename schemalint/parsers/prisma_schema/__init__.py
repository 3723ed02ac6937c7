"""Prisma's schema.prisma: models, enumerations and relations, as the tables that Prisma Migrate makes of them.

A schema is one file, or all files of a folder of which one holds the `datasource` block (Prisma 5.15 and later). Views and
composite types make no table, MongoDB has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from posixpath import basename, dirname, join, normpath

from schemalint.dialects import dialect
from schemalint.model.facts import Opaque
from schemalint.model.source import Call, Part, Script, Source, SourceKind, Sync
from schemalint.model.span import SourceFile, Span
from schemalint.parsers import DialectChoice, Extract, Project
from schemalint.parsers.prisma_schema.reading import read
from schemalint.parsers.prisma_schema.schema import Data, Schema, text
from schemalint.parsers.prisma_schema.tables import facts
from schemalint.parsers.prisma_schema.types import DIALECTS

_STATES = frozenset(
    {Part.TABLES, Part.COLUMNS, Part.NULLABILITY, Part.DEFAULTS, Part.INDEXES, Part.UNIQUES, Part.ENUMS}
)
_FOLDER = re.compile(r"""["']?schema["']?\s*:\s*["']([\w./-]{1,200})["']|--schema[= ]([\w./-]{1,200})""")
"""Where prisma.config.ts, package.json or a script of it names a schema: a file or a folder."""
_CONFIGURED = re.compile(r"package\.json|prisma\.config\.[cm]?[jt]s")


class PrismaSchema:
    """Reads schemas of Prisma."""

    name = "prisma-schema"
    kind = SourceKind.MODELS
    needs_dialect = False
    endings = frozenset({"prisma"})

    def claims(self, path: str, content: bytes) -> bool:
        return path.endswith(".prisma")

    def extract(self, file: SourceFile, dialect: str | None) -> Extract:
        return read(file)

    def link(self, extracts: Mapping[str, Extract], project: Project) -> Iterator[Source]:
        folders = frozenset(_folders(project)) if extracts else frozenset()
        schemas = list(_schemas({path: one for path, one in extracts.items() if not _generated(path, project)}))
        for root, main, paths in schemas:
            settings = _settings(extracts[main])
            provider = text(settings.get("provider"))
            if provider is not None and provider not in DIALECTS:
                continue  # MongoDB has no schema of its own
            choice = project.dialect_of(root)
            if provider is not None:
                choice = DialectChoice(DIALECTS[provider], f"the provider in {main}")
            client_keeps = text(settings.get("relationMode")) == "prisma"
            mine = {path: extracts[path] for path in paths}
            schema = Schema(mine, dialect(choice.name), client_keeps)
            # A folder is one schema only where Prisma is told so; files beside a schema that is whole may be anything.
            whole = root in folders or not any(block["kind"] == "model" for block in extracts[main]["blocks"])
            made = [*facts(schema, frozenset() if whole else frozenset(paths) - {main})]
            for path, extract in mine.items():
                made += [_opaque(Span(path, *place)) for place in extract["unread"]]
            yield Source(
                id=f"{self.name}:{root or '.'}",
                kind=self.kind,
                parser=self.name,
                root=root,
                dialect=choice.name,
                dialect_why=choice.why,
                states=_STATES if client_keeps else _STATES | {Part.FOREIGN_KEYS},
                scripts=(Script(main, main, tuple(made)),),
                files=tuple(paths),
                calls=tuple(_pushes(project)) if len(schemas) == 1 else (),
            )


def _pushes(project: Project) -> Iterator[Call]:
    """`prisma db push` where it is deployed: it changes the database until it is what the schema says, and refuses to lose
    rows unless it is told that it may."""
    for call in project.deployment.tool_calls:
        if call.tool == PrismaSchema.name and call.where in ("image", "compose", "code"):
            yield Call(
                call.span,
                call.text,
                Sync(
                    adds_columns=True,
                    adds_indexes=True,
                    adds_foreign_keys=True,
                    alters_columns=True,
                    alters_indexes=True,
                    drops_columns="--accept-data-loss" in call.text,
                    drops_tables="--force-reset" in call.text,
                ),
            )


def _opaque(span: Span) -> Opaque:
    return Opaque(span, span, "a line outside of any block that was not understood", None)


def _generated(path: str, project: Project) -> bool:
    """Whether it is the copy that Prisma puts beside a client that it generates."""
    return any(project.tree.exists(join(dirname(path), name)) for name in ("index.d.ts", "client.d.ts", "client.ts"))


def _settings(extract: Extract) -> dict[str, Data]:
    """What the datasource says."""
    for block in extract["blocks"]:
        if block["kind"] == "datasource":
            return {entry["name"]: entry["value"] for entry in block["entries"]}
    return {}


def _schemas(extracts: Mapping[str, Extract]) -> Iterator[tuple[str, str, list[str]]]:
    """Every schema: its root, the file with its datasource, and all of its files. A folder with several datasources holds
    as many schemas; files without one belong to that of the nearest folder at or above them."""
    mains: dict[str, list[str]] = {}
    for path, extract in extracts.items():
        if any(block["kind"] == "datasource" for block in extract["blocks"]):
            mains.setdefault(dirname(path), []).append(path)
    parts: dict[str, list[str]] = {}
    known = {path for paths in mains.values() for path in paths}
    for path in extracts:
        folder = dirname(path)
        while folder and folder not in mains:
            folder = dirname(folder)
        if path not in known and len(mains.get(folder, ())) == 1:
            parts.setdefault(folder, []).append(path)
    for folder, paths in sorted(mains.items()):
        for main in paths:
            rest = parts.get(folder, []) if len(paths) == 1 else []
            taken = {block["name"] for block in extracts[main]["blocks"]}
            apart = [
                path for path in rest if taken.isdisjoint(block["name"] for block in extracts[path]["blocks"])
            ]  # what is there twice is copied into the schema by another tool
            yield folder if len(paths) == 1 else main, main, [main, *apart]


def _folders(project: Project) -> Iterator[str]:
    """The folders that Prisma is told to read as one schema."""
    for path in project.tree.paths:
        if not _CONFIGURED.fullmatch(basename(path)) or (file := project.tree.file(path)) is None:
            continue
        if "prisma" in file.text:
            for match in _FOLDER.finditer(file.text):
                yield normpath(join(dirname(path), match[1] or match[2]))


PARSER = PrismaSchema()
