"""SQL inside programs: statements that Go, Rust, JavaScript, TypeScript and Python code gives to a database driver.

What code makes by itself is only a part of what there may be, and when it runs is rarely known: it never is the reference
beside other SQL, and only what one function does from top to bottom is held against itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from schemalint import syntax
from schemalint.jssource.files import speaks_of_migrating
from schemalint.model.facts import Opaque
from schemalint.model.source import Source, SourceKind
from schemalint.model.span import SourceFile, Span
from schemalint.parsers import Extract, Project
from schemalint.parsers.code import gormigrate, python, trees
from schemalint.parsers.code.drivers import imported
from schemalint.parsers.code.grammar import GRAMMARS
from schemalint.parsers.code.link import sources
from schemalint.parsers.code.texts import Run, Text, alters, bears, facts
from schemalint.sql.plain import encode

if TYPE_CHECKING:
    from tree_sitter import Node

SUFFIXES = (*syntax.LANGUAGES, ".py")
_WORDS = (b"CREATE ", b"create ", b"ALTER ", b"alter ", b"CREATE\n")
_DDL = re.compile(
    rb"(?i)(?:create|alter)\s+(?:(?:unique|virtual|unlogged|materialized|or\s+replace)\s+)?(?:table|index|type|view)\b"
)
_BUNDLE = 20_000  # bytes from which on a file of few lines is nobody's source
_MOST = 2_000_000
"""Characters of SQL that are read of one file: loops over one list may run it again and again."""
_REVISION = re.compile(rb"^down_revision\b|^from alembic import [^\n]*\bop\b", re.M)
"""A revision of Alembic, or the functions that revisions share: the reader of Alembic follows them."""
_STEPS = re.compile(
    r"queryInterface|knex\.schema|\bexports\.(?:up|down)\b|\bexport\s+(?:async\s+)?(?:function|const)\s+(?:up|down)\b"
    r"|\.alterTable\(|\.[aA]ddColumn\(|\badd_column\(|\.Migrator\(\)|MigrationInterface|MustRegister\("
    r"|goose\.Add\w*Migration|gormigrate|migrations\.Migration\b|def (?:upgrade|downgrade)\("
)
"""What changes tables by other means than SQL, or makes the file a step of a history."""


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
        """`runs`: what each function runs, in order, as [name, the facts of each text]; `named`: the facts of texts that have
        a name and are run by nothing in this file; `step`: whether the file is a step of a history of some tool; `alters`:
        whether it may change any table."""
        driver = imported(file)
        dialect = dialect if driver is None else driver[0]
        found, named = _read(file)
        left = _MOST

        def said(text: Text, certain: bool) -> list[dict[str, object]]:
            nonlocal left
            left -= len(text.value)
            return facts(file.path, text, dialect, certain, driver is not None) if left > 0 else []

        runs = [[run.name, [what for step in run.steps if (what := said(step.text, step.certain))]] for run in found]
        if left <= 0:
            start = Span(file.path, 0, len(file.line(1)))
            runs.append(["", [[encode(Opaque(start, start, "the program runs more SQL than is read", None))]]])
        used = [step.text.starts for run in found for step in run.steps]
        lone = {
            name: said(text, False)
            for name, text in named.items()
            if bears(text) and not any(text.starts[0] in starts for starts in used)
        }
        return {
            "driver": None if driver is None else list(driver),
            "runs": [run for run in runs if run[1]],
            "named": {name: what for name, what in lone.items() if what},
            "alters": any(alters(step.text) for run in found for step in run.steps),
            "step": _STEPS.search(file.text) is not None,
        }

    def link(self, extracts: Mapping[str, Extract], project: Project) -> Iterator[Source]:
        """One source for what the code of one project says in one dialect."""
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


def _read(file: SourceFile) -> tuple[list[Run], dict[str, Text]]:
    if file.path.endswith(".py"):
        return python.runs(file)
    language = syntax.LANGUAGES[file.path[file.path.rindex(".") :]]
    root: Node = syntax.parse(file).root_node
    found, named = trees.runs(file, root, GRAMMARS[language])
    apart = gormigrate.places(file, root) if language == "go" else []
    for run in found if apart else ():
        run.steps = [step for step in run.steps if not any(a <= step.text.starts[0] < b for a, b in apart)]
    return [run for run in found if run.steps], named


PARSER = Code()
