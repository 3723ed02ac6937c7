"""SL509 dirty-prone. Docs and tests: rules/SL509-dirty-prone.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.dialects import dialect
from schemalint.model.described import Comment, CommentOn
from schemalint.model.facts import Fact, Invalid, Opaque
from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.objects import (
    Alone,
    KeyChecks,
    LegacyRenames,
    RefreshView,
    Savepoint,
    SearchPath,
    Transaction,
    Write,
)
from schemalint.model.source import Script, Source, SourceKind
from schemalint.model.span import Span
from schemalint.rules import Rule, listed, rule

_NO_CHANGE = (
    Alone | RefreshView | Opaque | Invalid | KeyChecks | LegacyRenames | SearchPath | Savepoint | Transaction
    | Comment | CommentOn
)  # fmt: skip
"""What leaves nothing behind that a second run would meet, or is not understood well enough to say."""


@rule("SL509", "dirty-prone", severity=Severity.NOTE, on=Source)
def check(self: Rule, source: Source) -> Iterator[Finding]:
    if source.kind is not SourceKind.MIGRATIONS:
        return
    prone = [(script, steps) for script in source.scripts if len(steps := _steps(script, source)) > 1]
    if not prone:
        return
    last, steps = prone[-1]  # the one that is still to be deployed, or was last
    server = dialect(source.dialect)
    why = f"{server.title} commits each by itself" if server.family == "mysql" else "they run outside of a transaction"
    others = [script.label for script, _ in prone[:-1]]
    more = f"; so do {listed(others, 4)}" if len(others) > 1 else f"; so does {others[0]}" if others else ""
    yield self.finding(
        f"migration {last.label} changes the schema in {len(steps)} steps, and {why}: when one fails, those before it stay, and"
        f" running it again fails at the first of them{more}",
        Location(steps[1], "when this fails, what is above it stays"),
        help="one statement a migration, or statements that can be repeated (IF NOT EXISTS, IF EXISTS)",
        object=last.label,
        sources=(source.id,),
    )


def _steps(script: Script, source: Source) -> list[Span]:
    """The statements of the way up that the server cannot undo together and that cannot be repeated, when there is a change
    of the schema among them."""
    if dialect(source.dialect).family != "mysql" and script.transactional is not False:
        return []
    steps: dict[Span, Span] = {}
    schema = False
    for fact in script.facts:
        if not isinstance(fact, _NO_CHANGE) and not _repeatable(fact):
            steps.setdefault(fact.statement, fact.span)
            schema = schema or not isinstance(fact, Write)
    return list(steps.values()) if schema else []


def _repeatable(fact: Fact) -> bool:
    return bool(getattr(fact, "if_not_exists", False) or getattr(fact, "if_exists", False) or fact.guard)
