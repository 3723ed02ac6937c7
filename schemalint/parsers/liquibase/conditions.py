"""Whether a changeset runs: `dbms`, contexts, labels and preconditions, as far as a changelog tells."""

from __future__ import annotations

from collections.abc import Iterable

from schemalint.parsers.liquibase.databases import SHORT_NAMES
from schemalint.parsers.liquibase.nodes import Node
from schemalint.parsers.liquibase.texts import said

_OUTCOMES = frozenset({"onFail", "onError", "onFailMessage", "onErrorMessage", "onSqlOutput", "onUpdateSQL"})


def runs_on(dbms: str, dialect: str | None) -> bool | None:
    """Whether a `dbms` list holds the server's name; None when the server is not known. `!name` leaves one out."""
    names = {one.strip().lower() for one in dbms.split(",") if one.strip()}
    if not names or "all" in names:
        return True
    if "none" in names or "${" in dbms:
        return None if "${" in dbms else False
    if dialect not in SHORT_NAMES:
        return None
    mine = SHORT_NAMES[dialect]
    wanted = {name for name in names if not name.startswith("!")}
    return mine in wanted if wanted else f"!{mine}" not in names


def condition(node: Node, dialect: str | None) -> tuple[bool, tuple[int, int] | None]:
    """Whether a changeset may run at all, and the place of what decides it where that is not known from here."""
    if node.flag("ignore"):
        return False, None
    runs = runs_on(node.says("dbms"), dialect)
    if runs is False:
        return False, None
    unknown = node.child("dbms") if runs is None else None
    unknown = unknown or filtered(node)
    wanted = node.child("preConditions")
    if wanted is not None:
        outcome = wanted.says("onFail").upper()
        holds = _all(wanted.children, dialect)
        if outcome in ("MARK_RAN", "CONTINUE"):
            if holds is False:
                return False, None
            unknown = unknown or (wanted if holds is None else None)
        elif holds is False and outcome in ("", "HALT"):
            unknown = unknown or wanted  # it stops the whole update
    return True, None if unknown is None else unknown.at


def filtered(node: Node) -> Node | None:
    """The context or labels that a run must ask for."""
    for name in ("contextFilter", "context", "labels"):
        found = node.child(name)
        if found is not None and said(found.text).strip():
            return found
    return None


def _all(children: Iterable[Node], dialect: str | None) -> bool | None:
    results = [_holds(child, dialect) for child in children if child.name not in _OUTCOMES]
    return False if False in results else None if None in results else True


def _holds(node: Node, dialect: str | None) -> bool | None:
    """Three answers, never two: most conditions are known to a database only."""
    if node.name == "dbms":
        return runs_on(node.says("type"), dialect)
    if node.name == "and":
        return _all(node.children, dialect)
    if node.name == "or":
        results = [_holds(child, dialect) for child in node.children]
        return True if True in results else None if None in results else False
    if node.name == "not":
        inner = _all(node.children, dialect)
        return None if inner is None else not inner
    return None
