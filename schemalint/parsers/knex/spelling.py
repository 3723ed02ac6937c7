"""Configurations that send other names than the migrations write: Objection's mappers, Knex's own hook.

`knexSnakeCaseMappers()` leaves a name alone that has no capital letter (objection 3.1.5, utils/identifierMapping.js), and says
nothing of SQL that is written out: migrations with such names only are what they were without it. Any other is not run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace

from schemalint import histories
from schemalint.folders import aside
from schemalint.model.facts import Fact
from schemalint.model.names import Name
from schemalint.model.source import Script
from schemalint.parsers import Project

_SUFFIXES = (".js", ".cjs", ".ts")
_MAPPER = b"SnakeCaseMappers"
_HOOK = b"wrapIdentifier"
_WITH_OPTIONS = re.compile(rb"SnakeCaseMappers\s*\(\s*[^\s)]")


def respelled(scripts: list[Script], project: Project) -> list[Script]:
    """The scripts, without what the project may send under other names."""
    found = [code for code in _code(project) if _MAPPER in code or _HOOK in code]
    if not found:
        return scripts
    mapped = not any(_HOOK in code or _WITH_OPTIONS.search(code) for code in found)
    return [script if mapped and _left_alone(script) else _unread(script, project) for script in scripts]


def _code(project: Project) -> Iterator[bytes]:
    for path in project.tree.paths:
        if path.endswith(_SUFFIXES) and not aside(path):
            yield project.tree.read(path) or b""


def _left_alone(script: Script) -> bool:
    facts: list[Fact] = [*script.facts, *(script.down or ())]
    return all(name == name.lower() for name in _names(facts))


def _names(facts: list[Fact]) -> Iterator[str]:
    stack: list[object] = list(facts)
    while stack:
        one = stack.pop()
        if isinstance(one, Name):
            yield one.text
        elif isinstance(one, tuple | list):
            stack.extend(one)
        elif is_dataclass(one):
            stack.extend(getattr(one, field.name) for field in fields(one))


def _unread(script: Script, project: Project) -> Script:
    why = "a function of the project spells the names that Knex sends, and it is not run"
    return replace(script, facts=histories.opaque(script.path, why, project), down=None, down_path=None)
