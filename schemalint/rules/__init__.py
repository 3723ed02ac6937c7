"""One file a rule, and one page in `rules/`. Dropping a module in here is all the registration there is.

A rule is a function that takes one subject and yields findings. What it takes is told by `on=`: `Problem`, `Played`,
`TablePair`, `Source`, `Database`, `Deployment`. It is pure: no state, no files, no look at other rules.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from schemalint.model.finding import Finding, Fix, Location, Severity

Check = Callable[["Rule", Any], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    code: str
    name: str
    severity: Severity
    on: type
    check: Check

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
        paths: tuple[str, ...] = (),
        fix: Fix | None = None,
    ) -> Finding:
        """A finding of this rule. Names are given as they should be shown and become text."""
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
            paths=paths,
            fix=fix,
        )

    @property
    def page(self) -> Path:
        """The rule's page, in the wheel or in the checkout."""
        return pages() / f"{self.code}-{self.name}.md"


_registry: dict[str, Rule] = {}


def rule(code: str, name: str, *, severity: Severity, on: type) -> Callable[[Check], Rule]:
    """Registers the decorated function as the rule `code`. Two rules with one code are a mistake found at import."""

    def register(check: Check) -> Rule:
        if code in _registry:
            raise ValueError(f"two rules are called {code}: {_registry[code].name} and {name}")
        made = _registry[code] = Rule(code, name, severity, on, check)
        return made

    return register


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule in this folder, by code."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    return tuple(_registry[code] for code in sorted(_registry))


def pages() -> Path:
    """The folder of the rule pages: inside the installed package, else `rules/` of the checkout."""
    packaged = Path(__file__).parent.parent / "_rules"
    return packaged if packaged.is_dir() else Path(__file__).parent.parent.parent / "rules"
