"""Checks of Knex's table builder as facts: `checkPositive` and its like on a column, `check` and `dropChecks` on the table.

The SQL is that of knex 3 (`lib/schema/columncompiler.js` and `tablecompiler.js`): a check without a name gets the server's in
CREATE TABLE, and names are not quoted.
"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.dialects import NameKind
from schemalint.jssource.here import Here
from schemalint.jssource.history import Unread
from schemalint.model.facts import AddConstraint, DropConstraint, Fact
from schemalint.model.names import Name
from schemalint.model.schema import Check, Column, Expr
from schemalint.model.span import Span
from schemalint.parsers.knex.arguments import Arguments

_GIVEN = {
    "checkPositive": 0,
    "checkNegative": 0,
    "checkIn": 1,
    "checkNotIn": 1,
    "checkBetween": 1,
    "checkRegex": 1,
    "checkLength": 2,
}
"""How many arguments stand before the name of the check."""
COLUMN_CHECKS = frozenset(_GIVEN)


class Checks:
    """Makes the checks of one table. Raises Unread where arguments are not known."""

    def __init__(self, arguments: Arguments, statement: Span) -> None:
        self._arguments, self.statement = arguments, statement
        self.evaluator, self.dialect, self.table = arguments.evaluator, arguments.dialect, arguments.table

    def of_column(self, column: Column, call: Here) -> Check:
        """The check that a column's chain asks for."""
        method = str(call.value["f"].get("p"))
        arguments = call.arguments()
        given, rest = arguments[: _GIVEN[method]], arguments[_GIVEN[method] :]
        quoted = self.dialect.quote(column.name.text)
        raw = f"{quoted} {self._condition(method, given, quoted)}"
        of = column.name if self.dialect.name == "mariadb" else None
        place = call.at(call.value["f"]).span
        return Check(self._name(rest), Expr(raw.lower(), raw), place, ((column.name, place),), of=of)

    def _condition(self, method: str, given: list[Here], quoted: str) -> str:
        if method in {"checkPositive", "checkNegative"}:
            return "> 0" if method == "checkPositive" else "< 0"
        if method in {"checkIn", "checkNotIn"}:
            values = ", ".join("'" + text.replace("'", "''") + "'" for text, _ in self._arguments.names(given[:1]))
            return f"{'not in' if method == 'checkNotIn' else 'in'} ({values})"
        return "…"  # nothing asks what it says

    def _name(self, rest: list[Here]) -> Name | None:
        found = self.evaluator.follow(rest[0]) if rest else None
        if found is None or found.kind in {"undef", "null"}:
            return None
        text = self.evaluator.text(rest[0])
        if text is None:
            raise Unread("a check's name is computed")
        return self.dialect.identifier(text, quoted=False, kind=NameKind.CONSTRAINT)

    def of_table(self, call: Here) -> AddConstraint:
        """`check(sql, bindings, name)`; how a server names one without a name hangs on its SQL, which is not read."""
        name = self._name(call.arguments()[2:3])
        if name is None or self.dialect.family == "sqlite":
            raise Unread("a check that has no name")
        place = call.at(call.value["f"]).span
        check = Check(name, Expr(f"{call.path}:{call.value['s']}", "…"), place)
        return AddConstraint(place, self.statement, self.table, check)

    def dropped(self, call: Here) -> Iterator[Fact]:
        """`dropChecks(name, …)` or a list of names."""
        for text, place in self._arguments.names(call.arguments()):
            name = self.dialect.identifier(text, quoted=False, kind=NameKind.CONSTRAINT)
            yield DropConstraint(place, self.statement, self.table, name)
