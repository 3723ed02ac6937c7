"""What Go code tells golang-migrate by `Force`: that all steps up to a version have run
(github.com/golang-migrate/migrate, migrate.go: it sets the version, and runs nothing)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from schemalint import syntax
from schemalint.deployment.code import Code
from schemalint.model.deployment import Baseline

if TYPE_CHECKING:
    from tree_sitter import Node

_FUNCTIONS = frozenset({"function_declaration", "method_declaration"})
_BRANCHES = frozenset({"expression_case", "type_case", "communication_case"})
_UNRECORDED = re.compile(r"(?:==\s*|(?<!!)errors\.Is\([^()]*,\s*)migrate\.ErrNilVersion\)?$")
_ON_DEMAND = re.compile(r"(?i)dirty|force")
"""What stands around a call that mends a record, or that somebody has to ask for."""


def baselines(code: Code, others: Iterable[Code]) -> tuple[Baseline, ...]:
    """What a program may write into the record of a database that has none. `others` is the code of the project, which may call
    what this file makes of `Force`."""
    if "Force" not in code.called or not code.file.path.endswith(".go"):
        return ()
    return tuple(_found(code, others))


def _found(code: Code, others: Iterable[Code]) -> Iterator[Baseline]:
    for node in syntax.walk(syntax.parse(code.file).root_node):
        given = _given(node)
        if given is None:
            continue
        around, function = _around(node)
        if any(_ON_DEMAND.search(one) for one in around):
            continue
        if function is not None and _is_parameter(given, function):
            name = syntax.text(function.child_by_field_name("name") or function)
            if not any(name in one.called and "golang-migrate/migrate" not in one.file.text for one in others):
                continue
        version = _version(given, code.file.text)
        if version is None or version >= 0:  # -1 empties the record
            telling = [one for one in around if one != "err != nil"]
            yield Baseline(version, len(telling) == 1 and _UNRECORDED.search(telling[0]) is not None)


def _given(node: Node) -> Node | None:
    """What a call of `Force` is given."""
    called = node.child_by_field_name("function") if node.type == "call_expression" else None
    field = called.child_by_field_name("field") if called is not None else None
    arguments = node.child_by_field_name("arguments") if field is not None and syntax.text(field) == "Force" else None
    return arguments.named_children[0] if arguments is not None and arguments.named_child_count == 1 else None


def _around(node: Node) -> tuple[list[str], Node | None]:
    """The conditions that a node stands behind, and the function that it is in. `if err := f(); err != nil` does not stand
    behind its own condition."""
    conditions = []
    below, here = node, node.parent
    while here is not None and here.type not in _FUNCTIONS:
        if here.type == "if_statement" and below in (
            here.child_by_field_name("consequence"),
            here.child_by_field_name("alternative"),
        ):
            condition = here.child_by_field_name("condition")
            conditions += [] if condition is None else [syntax.text(condition)]
        elif here.type in _BRANCHES:
            value = here.child_by_field_name("value")
            conditions += ["" if value is None else syntax.text(value)]
        below, here = here, here.parent
    return conditions, here


def _is_parameter(given: Node, function: Node) -> bool:
    parameters = function.child_by_field_name("parameters")
    names = re.findall(r"\w+", "" if parameters is None else syntax.text(parameters))
    return given.type == "identifier" and syntax.text(given) in names


def _version(given: Node, text: str) -> int | None:
    """The number that is written there, or that the only value of a name of this file is."""
    written = syntax.text(given).replace(" ", "")
    if re.fullmatch(r"\w+", written) and not written.isdigit():
        values = re.findall(rf"^[ \t]*(?:const[ \t]+|var[ \t]+)?{written}\b[^=\n]{{0,20}}=([^=\n].*)$", text, re.M)
        written = values[0].strip() if len(values) == 1 else ""
    return int(written) if re.fullmatch(r"-?\d{1,18}", written) else None
