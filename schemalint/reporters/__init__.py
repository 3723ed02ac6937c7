"""One file a format: a module in this folder with a `render` is a format of that name, and nothing else is edited.
Folders hold what formats share. Only this room imports rich."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol, TextIO

from schemalint.model.finding import Severity
from schemalint.model.frozen import frozen
from schemalint.model.report import Report


class RulePage(Protocol):
    """What a reporter needs of a rule."""

    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def severity(self) -> Severity: ...
    @property
    def page(self) -> Path: ...


@frozen
class View:
    """How a report is shown. `min_severity` and `color` are for people: machine formats carry all findings. `prefix` is
    the checked root relative to the top of its repository ("" or "backend/"), for formats whose paths start there.
    `fixable` counts the findings that have a safe fix, and those that have an unsafe one."""

    min_severity: Severity = Severity.WARNING
    color: bool = False
    rules: Sequence[RulePage] = ()
    prefix: str = ""
    fixable: tuple[int, int] = (0, 0)


Render = Callable[[Report, TextIO, View], None]


def formats() -> tuple[str, ...]:
    """The names of the formats there are."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(__path__) if not module.ispkg))


def reporter(name: str) -> Render:
    """The function that writes a report in that format (one of `formats()`)."""
    render: Render = importlib.import_module(f"{__name__}.{name}").render
    return render
