"""GORM v2 models and AutoMigrate calls, read from Go source: never built, never run."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from posixpath import basename

from schemalint.model.source import Source, SourceKind
from schemalint.model.span import SourceFile
from schemalint.parsers import Extract, Project

_TELLING = re.compile(rb"\bgorm\b|AutoMigrate|TableName\(\) string")
_MODEL_PATH = re.compile(r"(?:^|/)(?:models?|entit(?:y|ies)|domain|schemas?)(?:/|[\w-]*\.go$)|model[\w-]*\.go$")


class GormParser:
    name = "gorm"
    besides = ("gormigrate",)  # migrations in Go, which say their tables by the models
    kind = SourceKind.MODELS
    needs_dialect = False

    def claims(self, path: str, content: bytes) -> bool:
        """go.mod, and Go files that mention GORM or whose place says that they hold the structs others migrate."""
        if basename(path) == "go.mod":
            return b"gorm" in content
        if not path.endswith(".go") or path.endswith("_test.go"):
            return False
        if _TELLING.search(content) is not None:
            return True
        return b" struct" in content and _MODEL_PATH.search(path) is not None

    def extract(self, file: SourceFile, dialect: str | None) -> Extract:
        if basename(file.path) == "go.mod":
            from schemalint.parsers.gorm import gomod

            return gomod.extract(file)
        from schemalint.parsers.gorm import source

        return source.extract(file)

    def link(self, extracts: Mapping[str, Extract], project: Project) -> Iterator[Source]:
        from schemalint.parsers.gorm.link import sources

        yield from sources(extracts, project)


PARSER = GormParser()
