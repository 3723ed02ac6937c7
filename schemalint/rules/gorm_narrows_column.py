"""SL442 gorm-narrows-column. Docs and tests: rules/SL442-gorm-narrows-column.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.compare import drifting, shared
from schemalint.dialects import dialect
from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.pair import TablePair
from schemalint.model.types import ColumnType, Family
from schemalint.replay.changes import changes
from schemalint.rules import Rule, rule


@rule("SL442", "gorm-narrows-column", severity=Severity.WARNING, on=TablePair)
def check(self: Rule, pair: TablePair) -> Iterator[Finding]:
    comparison = pair.comparison
    tables = drifting(pair) if comparison.other_source.parser == "gorm" else None
    if tables is None:
        return
    table, server = tables[0], dialect(comparison.dialect)
    call = comparison.sync_of(table.name)
    for column, twin in shared(pair):
        if call is None or column.type is None or twin.type is None or server.family not in _EFFECTS:
            continue
        what = _narrower(twin.type, column.type)
        if what is None or changes(call, comparison.other_source, server, column, twin) is not True:
            continue
        yield self.finding(
            f"AutoMigrate narrows {table.name}.{column.name} from {column.type.name} to {twin.type.name}",
            Location(twin.type_span or twin.span, f"{twin.type.name} in the model"),
            Location(column.type_span or column.span, f"{column.type.name} in the database"),
            Location(call.span, "migrates at start"),
            help="let the model state what the column holds, or shorten the rows in a migration first",
            notes=(f"rows that do not fit: {_EFFECTS[server.family][what]}",),
            table=table.name,
            column=column.name,
            sources=(comparison.other_source.id,),
            path=comparison.path,
        )


_EFFECTS = {
    "postgres": {
        "text": "PostgreSQL cuts them off and says nothing, for GORM sends an explicit cast (USING column::type)",
        "number": "PostgreSQL refuses the change (22003), and the program does not start",
    },
    "mysql": {
        "text": "the server refuses the change (1265, 1406), and the program does not start; without strict mode it cuts"
        " them off",
        "number": "the server refuses the change (1264, 1265), and the program does not start; without strict mode it"
        " takes the nearest value",
    },
}


def _narrower(model: ColumnType, column: ColumnType) -> str | None:
    """Whether a type holds less than the column does now: "text" or "number"."""
    if model.family is not column.family:
        return None
    if model.family is Family.TEXT and model.size is not None and not model.name.endswith("text"):
        return "text" if column.size is None or column.size > model.size else None
    if model.family is Family.INTEGER and None not in (model.size, column.size):
        return "number" if (column.size or 0) > (model.size or 0) else None
    if model.family is Family.DECIMAL and None not in (model.precision, column.precision):
        ours, theirs = (model.precision or 0, model.scale or 0), (column.precision or 0, column.scale or 0)
        return "number" if theirs[0] - theirs[1] > ours[0] - ours[1] else None
    return None
