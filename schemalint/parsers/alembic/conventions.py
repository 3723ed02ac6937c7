"""The naming convention that `target_metadata` has, which Alembic applies to constraints without a name.

env.py often reaches the metadata through an application object, so the convention is looked for in the project's own
files: there is seldom more than one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from schemalint.folders import aside
from schemalint.gitignore import patterns
from schemalint.histories.whole import is_whole, made_and_used
from schemalint.model.facts import DropConstraint, RenameConstraint
from schemalint.model.source import Script
from schemalint.parsers import Project
from schemalint.pysource.naming import NO_CONVENTION, UNKNOWN_CONVENTION, Convention, convention
from schemalint.pysource.nodes import Call, Node, Op, Ref, node
from schemalint.pysource.resolve import Modules

_KEYWORD = re.compile(rb"\bnaming_convention\s*=(?!=)")
_SERVERS = {"_fkey": "fk", "_key": "uq", "_pkey": "pk", "_check": "ck"}
"""How the names end that PostgreSQL gives, and of which kind of constraint."""
MAX_NODES = 20_000


def convention_of(modules: Modules, project: Project, unit: str) -> Convention:
    """The convention of a unit's metadata: none, the only one, or an unknown one."""
    include = patterns(project.config.include)
    read: list[Convention] = []
    for path in project.tree.paths:
        if not path.endswith(".py") or aside(path, include) is not None or project.unit(path) != unit:
            continue
        content = project.tree.read(path)
        # Operations of revisions take a `naming_convention` too: that of their batch only.
        if content is None or b"down_revision" in content or not _KEYWORD.search(content):
            continue
        here = _in_file(modules, path)
        read += here or [UNKNOWN_CONVENTION]
    distinct = {each.key for each in read}
    if not distinct:
        return NO_CONVENTION
    return read[0] if len(distinct) == 1 else UNKNOWN_CONVENTION


def is_younger(convention: Convention, scripts: Iterable[Script]) -> bool:
    """Whether revisions were run before the project had its convention: they work on tables that something else made, so that
    nobody runs them on an empty database, and call constraints by the names that PostgreSQL gives."""
    if not convention.known or convention == NO_CONVENTION:
        return False
    facts = [fact for script in scripts for fact in script.facts]
    old = {
        kind
        for fact in facts
        if isinstance(fact, DropConstraint | RenameConstraint) and fact.name is not None
        for suffix, kind in _SERVERS.items()
        if fact.name.text.endswith(suffix)
    }
    return any(
        kind in convention.templates and not convention.templates[kind].endswith(suffix)
        for suffix, kind in _SERVERS.items()
        if kind in old
    ) and not is_whole(*made_and_used(facts))


def _in_file(modules: Modules, path: str) -> list[Convention]:
    """Every convention that module level and class bodies set."""
    data = modules.module(path)
    if data is None:
        return []
    stack: list[Node] = [node(value) for values in data["values"].values() for value, _, _ in values]
    stack += [node(entry[3]) for each in data["classes"] for entry in each["body"] if entry[3] is not None]
    stack += [node(item) for item, _ in data["expressions"]]
    read: list[Convention] = []
    left = MAX_NODES
    while stack and left:
        left -= 1
        item = stack.pop()
        if isinstance(item, Call):
            for word, value in item.keywords:
                if word == "naming_convention":
                    read.append(convention(modules, path, value))
                else:
                    stack.append(value)
            stack += item.args
        elif isinstance(item, Op):
            if item.op == "=" and isinstance(item.left, Ref) and item.left.parts[-1] == "naming_convention":
                read.append(convention(modules, path, item.right))
            else:
                stack += [item.left, item.right]
    return read
