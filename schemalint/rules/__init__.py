"""One file a rule, and one page in `rules/`. Dropping a module in here is all the registration there is.

A rule is a function that takes one subject and yields findings. What it takes is told by `on=`: `Problem`, `Played`,
`TablePair`, `Source`, `Database`, `Databases`, `Deployment`, `Unread`, `Unreadable` or `UnusedIgnore`.
It is pure: no state, no files, no look at other rules.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from schemalint.aftermath import aftermath
from schemalint.model.catalog import DeploymentPath, Problem
from schemalint.model.finding import Finding, Fix, Location, Repair, Severity
from schemalint.model.frozen import frozen
from schemalint.model.names import Name
from schemalint.model.pair import TablePair
from schemalint.model.source import HazardKind, Source, SourceKind
from schemalint.model.span import Span
from schemalint.refusals import server_words

Check = Callable[["Rule", Any], Iterator[Finding]]


@frozen
class Rule:
    """`asked`: it says nothing unless configuration or the command line names it."""

    code: str
    name: str
    severity: Severity
    on: type
    check: Check
    asked: bool = False

    def finding(
        self,
        message: str,
        primary: Location,
        *related: Location,
        severity: Severity | None = None,
        help: str | None = None,
        notes: tuple[str, ...] = (),
        database: str | None = None,
        table: object = None,
        column: object = None,
        object: object = None,
        sources: tuple[str, ...] = (),
        path: DeploymentPath | None = None,
        fix: Fix | None = None,
        repairs: tuple[Repair, ...] = (),
    ) -> Finding:
        """A finding of this rule. Names are given as they should be shown and become text; `path` is the deployment path
        it was met on."""
        proved = path is not None and not path.alone
        return Finding(
            code=self.code,
            name=self.name,
            severity=severity or self.severity,
            message=message,
            primary=primary,
            related=related,
            help=help,
            notes=notes,
            database=database,
            table=None if table is None else str(table),
            column=None if column is None else str(column),
            object=None if object is None else str(object),
            sources=sources,
            paths=(path.name,) if path and proved else (),
            evidence=(path.evidence,) if path and proved else (),
            fix=fix,
            repairs=repairs,
        )

    def problem(
        self,
        problem: Problem,
        message: str,
        label: str,
        *related: Location,
        severity: Severity | None = None,
        help: str | None = None,
        table: object = None,
        column: object = None,
        object: object = None,
    ) -> Finding:
        """A finding for a problem met while replaying: primary at the problem's span, with what follows from it, the
        server's own words, what a failure leaves behind, and the places that prove its path."""
        path = problem.path
        severity = severity or self.severity
        if severity is Severity.ERROR and _is_of_no_server_read(problem):
            severity = Severity.WARNING
        words = server_words(problem, path.dialect)
        after = aftermath(problem) if severity is Severity.ERROR and self.severity is Severity.ERROR else None
        call = problem.fact.guard.called if problem.fact.guard else None
        return Finding(
            code=self.code,
            name=self.name,
            severity=severity,
            message=message,
            primary=Location(problem.span, label),
            related=(
                *((Location(call, "called here"),) if call else ()),
                *related,
                *(Location(span, "fails for the same reason") for span in problem.follows),
            ),
            help=help,
            notes=tuple(note for note in (words, after) if note),
            table=str(table or problem.table) if table or problem.table else None,
            column=None if column is None else str(column),
            object=None if object is None else str(object),
            sources=(problem.step.source.id,),
            paths=() if path.alone else (path.name,),
            evidence=() if path.alone else (path.evidence,),
        )

    def drifts(self, pair: TablePair, found: Iterable[Drift], help: str) -> Iterator[Finding]:
        """What columns of one table disagree in: those of one severity are one finding. An error needs a database that is
        known to be the one."""
        comparison, table = pair.comparison, pair.reference or pair.other
        assert table is not None
        groups: dict[Severity, list[Drift]] = {}
        for one in found:
            certain = one.severity is not Severity.ERROR or comparison.proved
            groups.setdefault(one.severity if certain else Severity.WARNING, []).append(one)
        for severity, drifts in groups.items():
            first = drifts[0]
            effects = "; ".join(list(dict.fromkeys(one.effect for one in drifts))[:3])
            if len(drifts) == 1:
                message = f"{table.name}.{first.column} is {first.ours} in the model but {first.theirs} in the database"
            else:
                said = listed([f"{one.column} ({one.ours}, there {one.theirs})" for one in drifts], 6)
                message = f"{len(drifts)} columns of {table.name} differ between the model and the database: {said}"
            yield self.finding(
                f"{message}: {effects}",
                Location(first.here, f"{first.ours} in the model"),
                *(
                    location
                    for number, one in enumerate(drifts[:12])
                    for location in (
                        *((Location(one.here, f"{one.ours} in the model"),) if number else ()),
                        Location(one.there, f"{one.theirs} in the database"),
                    )
                ),
                severity=severity,
                help=help,
                table=table.name,
                column=first.column if len(drifts) == 1 else None,
                object=", ".join(sorted(str(one.column) for one in drifts)),
                sources=(comparison.other_source.id,),
                path=comparison.path,
                repairs=tuple(one.repair for one in drifts if one.repair is not None),
            )

    def hazards(self, source: Source, kind: HazardKind, graded: bool = False) -> Iterator[Finding]:
        """A finding for each hazard of a kind that a parser saw. Those that are `graded` say themselves how bad they are, and of
        what: an error where something will be refused, a note where the library makes nothing of it."""
        for hazard in source.hazards:
            if hazard.kind is kind:
                quiet = Severity.WARNING if hazard.migrated else Severity.NOTE
                said = hazard.said if graded else f"{hazard.owner}: {hazard.said}"
                yield self.finding(
                    f"{said}: {hazard.effect}",
                    Location(hazard.span, hazard.said),
                    *(Location(span, label) for span, label in hazard.related),
                    severity=(Severity.ERROR if hazard.fails else quiet) if graded else None,
                    help=hazard.help,
                    notes=hazard.notes,
                    fix=hazard.fix,
                    object=hazard.owner,
                    sources=(source.id,),
                )

    @property
    def page(self) -> Path:
        """The rule's page, in the wheel or in the checkout."""
        return pages() / f"{self.code}-{self.name}.md"


@frozen
class Drift:
    """A column in which a model and its table disagree: what the model says of it and where, what the database says and
    where ("is {ours} in the model but {theirs} in the database"), and what comes of it."""

    column: Name
    severity: Severity
    ours: str
    theirs: str
    effect: str
    here: Span
    there: Span
    repair: Repair | None = None


_registry: dict[str, Rule] = {}


def _is_of_no_server_read(problem: Problem) -> bool:
    """Whether a script is for a server whose rules are not read (Derby, Oracle, …): neither what it refuses nor whether its
    runner goes on then is certain. A migration tool stops whatever the server is."""
    return problem.path.dialect == "generic" and problem.step.source.kind is SourceKind.SCHEMA


def rule(code: str, name: str, *, severity: Severity, on: type, asked: bool = False) -> Callable[[Check], Rule]:
    """Registers the decorated function as the rule `code`. Two rules with one code are a mistake found at import."""

    def register(check: Check) -> Rule:
        if code in _registry:
            raise ValueError(f"two rules are called {code}: {_registry[code].name} and {name}")
        made = _registry[code] = Rule(code, name, severity, on, check, asked)
        return made

    return register


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule in this folder, by code."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    return tuple(_registry[code] for code in sorted(_registry))


def listed(names: Iterable[Any], limit: int = 8) -> str:
    """Names for a sentence: "id, email and 3 more"."""
    texts = [str(name) for name in names]
    if len(texts) <= limit:
        return ", ".join(texts)
    return f"{', '.join(texts[:limit])} and {len(texts) - limit} more"


def pages() -> Path:
    """The folder of the rule pages: inside the installed package, else `rules/` of the checkout."""
    packaged = Path(__file__).parent.parent / "_rules"
    return packaged if packaged.is_dir() else Path(__file__).parent.parent.parent / "rules"
