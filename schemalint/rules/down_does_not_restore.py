"""SL505 down-does-not-restore. Docs and tests: rules/SL505-down-does-not-restore.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.compare import differences, lesser_differences, told
from schemalint.databases import Database
from schemalint.model.catalog import Undone
from schemalint.model.facts import Fact
from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.source import Source
from schemalint.model.span import Span
from schemalint.rules import Rule, rule


@rule("SL505", "down-does-not-restore", severity=Severity.WARNING, on=Database)
def check(self: Rule, database: Database) -> Iterator[Finding]:
    for played in database.alone.values():
        for step in played.steps:
            for undone in step.undone:
                if undone.tables:
                    yield _finding(self, step.step.source, undone)


def _finding(self: Rule, source: Source, undone: Undone) -> Finding:
    script, sides = undone.script, (source.dialect, source.dialect)
    said, related = [], []
    for before, after in undone.tables:
        if after is None and before is not None:
            said.append(f"{before.name} is gone, which was there before")
            related.append(Location(before.span, f"{before.name} was created here, by an earlier migration"))
        elif before is None and after is not None:
            said.append(f"{after.name} is left behind")
            related.append(Location(after.span, f"{after.name} is created here"))
        elif before is not None and after is not None:
            found = (*differences(before, after, sides), *lesser_differences(before, after, sides))
            what = told(found) or "has other keys"
            said.append(f"{before.name}: {what}")
            related.append(Location(after.span, f"{after.name} is not what it was"))
    names = [table.name for pair in undone.tables for table in pair if table is not None]
    more = f" and {len(said) - 3} more tables" if len(said) > 3 else ""
    return self.finding(
        f"up and down of {script.label} do not give the state before it: {'; '.join(said[:3])}{more}",
        Location(_place(undone), "after this, the schema is not what it was"),
        *related[:4],
        help="let the down undo exactly what the up does: no more, no less",
        table=names[0] if len(set(names)) == 1 else None,
        object=script.label,
        sources=(source.id,),
    )


def _place(undone: Undone) -> Span:
    """The down statement on a table that is not restored, else the start of the down."""
    tables = {table.name for pair in undone.tables for table in pair if table is not None}
    facts: tuple[Fact, ...] = undone.script.down or ()
    for fact in facts:
        if getattr(fact, "table", None) in tables:
            return fact.span
    if facts:
        return facts[0].span
    return Span(undone.script.down_path or undone.script.path, 0, 0)
