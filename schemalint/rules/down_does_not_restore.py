"""SL505 down-does-not-restore. Docs and tests: rules/SL505-down-does-not-restore.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.compare import differences, lesser_differences, told
from schemalint.databases import Database
from schemalint.model.catalog import Undone
from schemalint.model.facts import Fact
from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.frozen import replace
from schemalint.model.names import Name
from schemalint.model.schema import Table
from schemalint.model.source import Source
from schemalint.model.span import Span
from schemalint.rules import Rule, listed, rule


@rule("SL505", "down-does-not-restore", severity=Severity.WARNING, on=Database)
def check(self: Rule, database: Database) -> Iterator[Finding]:
    for played in database.alone.values():
        for step in played.steps:
            source = step.step.source
            found = [undone for undone in step.undone if undone.tables or undone.types]
            ways = sum(bool(script.down) for script in source.scripts)
            if len(found) > _MANY and len(found) * 4 > ways:
                yield _all(self, source, found, ways)
            else:
                yield from (_finding(self, source, undone) for undone in found)


_MANY = 10


def _all(self: Rule, source: Source, found: list[Undone], ways: int) -> Finding:
    """One finding for a history that does not keep it with its ways back."""
    return self.finding(
        f"{len(found)} of the {ways} ways back in {source.root or 'the history'} do not give the state before their migrations",
        Location(_place(found[-1]), f"after this, {_told(found[-1], source)[0][0]}"),
        *(Location(_place(one), f"after this, {_told(one, source)[0][0]}") for one in found[-2:-8:-1]),
        help="do not count on going back: correct them, newest first, or delete them, so that nobody runs them",
        object="ways back",
        sources=(source.id,),
    )


def _told(undone: Undone, source: Source) -> tuple[list[str], list[Location]]:
    """What is another way than before, table by table, and the places that show it."""
    sides = (source.dialect, source.dialect)
    said, related = [], []
    for before, after in undone.tables:
        if after is None and before is not None:
            said.append(f"{before.name} is gone, which was there before")
            related.append(Location(before.span, f"{before.name} was created here, by an earlier migration"))
        elif before is None and after is not None:
            said.append(f"{after.name} is left behind")
            related.append(Location(after.span, f"{after.name} is created here"))
        elif before is not None and after is not None:
            before, after = (
                replace(before, incomplete=()),
                replace(after, incomplete=()),
            )  # what is told here is certain
            found = (*differences(before, after, sides), *lesser_differences(before, after, sides))
            what = told(found) or _keys_told(before, after)
            said.append(f"{before.name}: {what}")
            related.append(Location(after.span, f"{after.name} is not what it was"))
    if undone.types:
        several = len(undone.types) > 1
        names = listed([made.name for made in undone.types], 4)
        said.append(
            f"type{'s' if several else ''} {names} {'are' if several else 'is'} left behind, so that the up is refused when"
            " it is run again"
        )
        related += [Location(made.span, f"type {made.name} is made here") for made in undone.types]
    return said, related


def _keys_told(before: Table, after: Table) -> str:
    """The keys and indexes that only one of two tables has, or has as something else."""
    ours, theirs = set(_keys(before)), set(_keys(after))
    names = sorted({name.text for _, name in ours ^ theirs if name is not None})
    if names and theirs < ours:
        return f"lacks {listed(names, 4)}"
    return f"has other keys ({listed(names, 4)})" if names else "has other keys"


def _keys(table: Table) -> Iterator[tuple[str, Name | None]]:
    yield from (("unique", key.name) for key in table.uniques)
    yield from (("foreign key", key.name) for key in table.foreign_keys)
    yield from (("index", index.name) for index in table.indexes)


def _finding(self: Rule, source: Source, undone: Undone) -> Finding:
    script = undone.script
    said, related = _told(undone, source)
    names = [table.name for pair in undone.tables for table in pair if table is not None]
    more = f" and {len(said) - 3} more" if len(said) > 3 else ""
    return self.finding(
        f"up and down of {script.label} do not give the state before it: {'; '.join(said[:3])}{more}",
        Location(_place(undone), "after this, the schema is not what it was"),
        *related[:4],
        help="let the down undo exactly what the up does: no more, no less",
        table=names[0] if len(set(names)) == 1 and not undone.types else None,
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
