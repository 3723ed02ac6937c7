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
    related = [Location(table.span, f"created here with {listed(table.columns)}")]
    related += [
        Location(masked.span, f"defined here with {listed(problem.names)}, but skipped: the table exists already")
        for masked in problem.masked
    ]
    call = problem.step.call
    if call is not None:
        message = f"{_called(call.text)} will fail: {index} needs {noun} {columns}, which {table.name} does not have"
        label = "the model adds this index at start"
        add = "" if call.sync.adds_columns else f"; {_called(call.text)} never adds columns to an existing table"
        help = f"add {columns} to the SQL that creates {table.name}, or remove the index{add}"
    else:
        message = f"{index} needs {noun} {columns}, which {table.name} does not have at this point"
        label = "not a column of the table"
        help = f"add {columns} to {table.name} before this statement, or correct the name"
        if problem.masked:
            help = f"change the existing table with ALTER TABLE {table.name} ADD COLUMN: IF NOT EXISTS only skips it"
    yield self.problem(problem, message, label, *related, help=help, column=problem.names[0], object=problem.name)


def _called(text: str) -> str:
    return text.split("(")[0].split(".")[-1] + "()"
