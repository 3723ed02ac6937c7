"""SQL inside programs: statements that Go, Rust, JavaScript, TypeScript and Python code gives to a database driver.

What code makes by itself is only a part of what there may be, and when it runs is rarely known: it never is the reference
beside other SQL, and only what one function does from top to bottom is held against itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from schemalint import syntax
from schemalint.jssource.files import speaks_of_migrating
from schemalint.model.source import Source, SourceKind
from schemalint.model.span import SourceFile
from schemalint.parsers import Extract, Project

SUFFIXES = (*syntax.LANGUAGES, ".py")
_WORDS = (b"CREATE ", b"create ", b"ALTER ", b"alter ", b"CREATE\n")
_DDL = re.compile(
    rb"(?i)(?:create|alter)\s+(?:(?:unique|virtual|unlogged|materialized|or\s+replace)\s+)?(?:table|index|type|view)\b"
)
_BUNDLE = 20_000  # bytes from which on a file of few lines is nobody's source
_REVISION = re.compile(rb"^down_revision\b|^from alembic import [^\n]*\bop\b", re.M)
"""A revision of Alembic, or the functions that revisions share: the reader of Alembic follows them."""


class Code:
    """See `schemalint.parsers.Parser`."""

    name = "code"
    kind = SourceKind.SCHEMA
    needs_dialect = True
    endings = frozenset(suffix[1:] for suffix in SUFFIXES)

    def claims(self, path: str, content: bytes) -> bool:
        """A program that holds the words of a statement that makes or changes a table. Alembic's revisions have a parser of
        their own, and so have migrations in JavaScript."""
        if not path.endswith(SUFFIXES) or not _bears(content):
            return False
        if len(content) > _BUNDLE and content.count(b"\n") < len(content) // 400:
            return False
        return not (path.endswith(".py") and _REVISION.search(content)) and not speaks_of_migrating(path, content)

    def extract(self, file: SourceFile, dialect: str | None) -> Extract:
        from schemalint.parsers.code import source

        return source.extract(file, dialect)

    def link(self, extracts: Mapping[str, Extract], project: Project) -> Iterator[Source]:
        """One source for what the code of one project says in one dialect."""
        if extracts:
            from schemalint.parsers.code.link import sources

            yield from sources(self.name, extracts, project, self.extract)


def _bears(content: bytes) -> bool:
    """Whether such a statement stands somewhere; its first word is looked for at the speed of memory."""
    for word in _WORDS:
        at = content.find(word)
        while at >= 0:
            if _DDL.match(content, at):
                return True
            at = content.find(word, at + 1)
    return False


PARSER = Code()
