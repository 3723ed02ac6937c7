"""SL504 missing-down. Docs and tests: rules/SL504-missing-down.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.source import Script, Source, SourceKind
from schemalint.model.span import Span
from schemalint.rules import Rule, listed, rule

_WRITTEN_OUT = frozenset({"alembic"})
"""Tools whose every migration has its way back written out: an empty one is a decision."""


@rule("SL504", "missing-down", severity=Severity.NOTE, on=Source)
def check(self: Rule, source: Source) -> Iterator[Finding]:
    if source.kind is not SourceKind.MIGRATIONS or source.parser in _WRITTEN_OUT:
        return
    acting = [script for script in source.scripts[1:] if script.facts]  # nobody goes back to before the first one
    lacking = [script for script in acting if script.down is None]
    having = [script for script in acting if script.down is not None]
    if len(having) < len(lacking):
        return  # this history only goes forward, or has come to
    # A way back that is a file of its own is forgotten without a trace; in one file with the way up, its absence shows.
    forgotten = all(script.down_path != script.path for script in having) and len(having) >= 3 * len(lacking)
    if lacking and not forgotten:
        yield _finding(self, source, lacking, having, Severity.NOTE)
    elif forgotten:
        for script in lacking:
            yield _finding(self, source, [script], having, Severity.WARNING)


def _finding(self: Rule, source: Source, lacking: list[Script], having: list[Script], severity: Severity) -> Finding:
    names = listed((script.label for script in lacking), 4)
    what = f"migration {names} has" if len(lacking) == 1 else f"{len(lacking)} migrations ({names}) have"
    others = f"{len(having)} others have one" if len(having) > 1 else "another has one"
    return self.finding(
        f"{what} no way back, {others}",
        Location(_place(lacking[0]), "cannot be undone"),
        severity=severity,
        help="write the down migration, or an empty one that says that there is no way back",
        object=lacking[0].label,
        sources=(source.id,),
    )


def _place(script: Script) -> Span:
    return next((fact.span for fact in script.facts if fact.span.path == script.path), Span(script.path, 0, 0))
