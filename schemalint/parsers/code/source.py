"""What one program runs, and what it holds that others may run."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from schemalint import syntax
from schemalint.model.facts import Opaque
from schemalint.model.span import SourceFile, Span
from schemalint.parsers import Extract
from schemalint.parsers.code import gormigrate, python, trees
from schemalint.parsers.code.drivers import imported
from schemalint.parsers.code.grammar import GRAMMARS
from schemalint.parsers.code.texts import Run, Text, alters, bears, facts
from schemalint.sql.plain import encode

if TYPE_CHECKING:
    from tree_sitter import Node

_MOST = 2_000_000
"""Characters of SQL that are read of one file: loops over one list may run it again and again."""
_STEPS = re.compile(
    r"queryInterface|knex\.schema|\bexports\.(?:up|down)\b|\bexport\s+(?:async\s+)?(?:function|const)\s+(?:up|down)\b"
    r"|\.alterTable\(|\.[aA]ddColumn\(|\badd_column\(|\.Migrator\(\)|MigrationInterface|MustRegister\("
    r"|goose\.Add\w*Migration|gormigrate|migrations\.Migration\b|def (?:upgrade|downgrade)\("
)
"""What changes tables by other means than SQL, or makes the file a step of a history."""


def extract(file: SourceFile, dialect: str | None) -> Extract:
    """`runs`: what each function runs, in order, as [name, the facts of each text]; `named`: the facts of texts that have
    a name and are run by nothing in this file; `step`: whether the file is a step of a history of some tool; `alters`:
    whether it may change any table; `several`: it has drivers of several databases, and which of them a text is for is not
    known."""
    drivers = imported(file)
    driver = next(iter(drivers.items())) if len(drivers) == 1 else None
    dialect = "generic" if len(drivers) > 1 else dialect if driver is None else driver[0]
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
        "several": len(drivers) > 1,
        "runs": [run for run in runs if run[1]],
        "named": {name: what for name, what in lone.items() if what},
        "alters": any(alters(step.text) for run in found for step in run.steps),
        "step": _STEPS.search(file.text) is not None,
    }


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
