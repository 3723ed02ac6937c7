"""SL101 index-on-missing-column. Docs and tests: rules/SL101-index-on-missing-column.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.model.catalog import Problem, Refusal
from schemalint.model.finding import Finding, Location, Severity
from schemalint.rules import Rule, listed, rule


@rule("SL101", "index-on-missing-column", severity=Severity.ERROR, on=Problem)
def check(self: Rule, problem: Problem) -> Iterator[Finding]:
    if problem.refusal is not Refusal.INDEX_COLUMN_MISSING or problem.existing is None:
        return
    table = problem.existing
    columns = " and ".join(f"`{name}`" for name in problem.names)
    noun = "column" if len(problem.names) == 1 else "columns"
    index = f"index {problem.name}" if problem.name else "an index"
    call = problem.step.call
    shaped = [span for span in table.history if call is None or call.sync.adds_columns or span != call.span]
    had = "created here with" if len(shaped) < 2 else "created here; by then it has"
    related = [Location(table.span, f"{had} {listed(table.columns)}")]
    for masked in problem.masked:
        fate = "skipped" if masked.if_not_exists else "refused"
        label = f"defined here with {listed(problem.names)}, but {fate}: the table exists already"
        related.append(Location(masked.span, label))
    if call is not None:
        message = f"{call.title} will fail: {index} needs {noun} {columns}, which {table.name} does not have"
        label = "the model adds this index at start"
        add = "" if call.sync.adds_columns else f"; {call.title} never adds columns to an existing table"
        help = f"add {columns} to the SQL that creates {table.name}, or remove the index{add}"
        if table.source == problem.step.source.id:
            help = f"correct the name, or add {columns} to the model: the index is made over columns of its table"
    else:
        message = f"{index} needs {noun} {columns}, which {table.name} does not have at this point"
        label = "not a column of the table"
        help = f"add {columns} to {table.name} before this statement, or correct the name"
        if problem.masked:
            help = f"add {columns} to the existing table with ALTER TABLE {table.name} ADD COLUMN"
    yield self.problem(problem, message, label, *related, help=help, column=problem.names[0], object=problem.name)
