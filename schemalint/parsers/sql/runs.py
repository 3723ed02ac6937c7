"""Scripts that run others: the facts of each at the place where the client reads it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from posixpath import dirname, join, normpath
from typing import Any

from schemalint.model.facts import Fact, Invalid, Opaque
from schemalint.model.objects import Alone, CallRoutine, CreateObject, Savepoint, SearchPath, Transaction
from schemalint.model.span import Span
from schemalint.parsers import Extract
from schemalint.sql.client import Line
from schemalint.sql.heredocs import touches

_DEEPEST, _MOST = 20, 1000
"""How deep scripts may run each other, and how many of them are read for one source."""


class Runs:
    """The facts of scripts with those of the scripts that they run, at the place where they run them. `read` are the
    latter."""

    def __init__(self, extracts: Mapping[str, Extract], known: frozenset[str]) -> None:
        self._extracts = extracts
        self._known = known
        self.read: list[str] = []

    def facts(self, path: str, around: tuple[str, ...] = ()) -> Iterator[Fact]:
        """The facts in the order in which the client runs them. `around` are the scripts that run this one."""
        extract = self._extracts[path]
        waiting = list(reversed(extract.get("runs", ())))
        for fact in extract["facts"]:
            while waiting and waiting[-1][0] < fact.statement.start:
                yield from self._inner(path, waiting.pop(), around)
            yield fact
        while waiting:
            yield from self._inner(path, waiting.pop(), around)

    def _inner(self, path: str, line: list[Any], around: tuple[str, ...]) -> Iterator[Fact]:
        start, end, verb, what = line
        target, trouble = _target(path, verb, what, self._known)
        if target is not None and (target == path or target in around):
            trouble = "runs a script that is under way already"
        elif target is not None and target not in self._extracts:
            trouble = f"{what} is not read, so what it runs is not known"
        elif len(around) >= _DEEPEST or len(self.read) >= _MOST:
            trouble = "too many scripts run each other here"
        if trouble or target is None:
            span = Span(path, start, end)
            yield Opaque(span, span, trouble, None)
            return
        self.read.append(target)
        facts = tuple(self.facts(target, (*around, path)))
        if verb != "maybe":
            yield from facts
        else:
            span = Span(path, start, end)
            yield Opaque(span, span, "whether this script is run depends on how the one around it runs", touches(facts))


def _target(path: str, verb: str, what: str, known: frozenset[str]) -> tuple[str | None, str]:
    """The script that a line names, or why it is not known. "path" and "maybe" name one of the project
    already. The client's working folder is not known: the folder of the script and the checked root are tried."""
    if verb in ("path", "maybe"):
        return what, ""
    if "$(" in what:
        return None, f"sqlcmd makes the name {what}, so what it runs is not known"
    if what.startswith(("/", "~", "|")) or "`" in what or ":" in what:
        return None, f"{what} is not below the checked folder, so what it runs is not known"
    places = {normpath(join(dirname(path), what))}
    if all(place.startswith("../") for place in places):
        return None, f"{what} is not below the checked folder, so what it runs is not known"
    if verb == "include":
        places.add(normpath(what))
    found = sorted(places & known)
    if len(found) == 1:
        return found[0], ""
    why = "may be one of two files" if found else "is not there"
    return None, f"{what} {why}, so what it runs is not known"


def run_by_others(extracts: Mapping[str, Extract], known: frozenset[str]) -> set[str]:
    """The scripts that others run: they are no sources of their own. Of those that only run each other, the first is."""
    runs: dict[str, set[str]] = {}
    for path, extract in extracts.items():
        found = (_target(path, verb, what, known)[0] for _, _, verb, what in extract.get("runs", ()))
        runs[path] = {target for target in found if target is not None and target in extracts and target != path}
    inner = {target for targets in runs.values() for target in targets}
    reached: set[str] = set()
    starts: set[str] = set()
    for path in sorted(runs, key=lambda path: (path in inner, path)):
        if path in reached:
            continue
        starts.add(path)
        todo = [path]
        while todo:
            at = todo.pop()
            if at not in reached:
                reached.add(at)
                todo += runs[at]
    return inner - starts


_OF_ANY_DATABASE = Opaque | Invalid | CreateObject | CallRoutine | SearchPath | Alone | Savepoint | Transaction
"""What tells nothing of the database that a script is for."""


def of_one_database(path: str, facts: tuple[Fact, ...], lines: tuple[Line, ...]) -> Iterator[Fact]:
    """The facts without those for another database than the first that bears any."""
    connects = [line for line in lines if line.verb == "connect"]
    main: str | None = None
    current = ""
    at = 0
    made: dict[
        tuple[object, object], str
    ] = {}  # extensions and their like, and the database in which each was made first
    for fact in facts:
        while at < len(connects) and connects[at].start < fact.statement.start:
            current = connects[at].what
            at += 1
            if main is not None and current != main:
                span = Span(path, connects[at - 1].start, connects[at - 1].end)
                yield Opaque(span, span, f"what follows is for the database {current} and is not read", ())
        if main is None and not isinstance(fact, _OF_ANY_DATABASE):
            main = current
        if (
            main is None
            and isinstance(fact, CreateObject)
            and made.setdefault((fact.kind, fact.name), current) != current
        ):
            continue
        if main is None or current == main:
            yield fact
