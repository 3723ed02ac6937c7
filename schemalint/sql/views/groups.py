"""What GROUP BY rests on in PostgreSQL: who groups by a primary key may name the other columns of its table (manual, "GROUP BY
Clause"), and needs that key from then on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from sqlglot import exp

Place = tuple[int, str]
"""A column of a relation: the index of the read, and the folded name."""


def rests_on(
    group: exp.Group, items: Sequence[tuple[exp.Expr, Place | None]], found: Callable[[exp.Column], Place | None]
) -> Iterator[int]:
    """The reads of a SELECT whose primary key it needs for certain: columns of them that it does not group by stand bare among
    its items, and the server took it. `items` are given with the column that they are and nothing else; `found` gives
    that of a column in GROUP BY, None where it is not certain."""
    if any(value for key, value in group.args.items() if key != "expressions"):
        return
    grouped: set[Place] = set()
    for part in group.expressions:
        known = [place for place in _meant(part, items, found) if place is not None]
        if not known:
            return
        grouped.update(known)
    for _, place in items:
        if place is not None and place not in grouped and any(read == place[0] for read, _ in grouped):
            yield place[0]


def totals(items: Sequence[exp.Expr]) -> frozenset[str]:
    """The names in a select list, in lower case, of what is made of several rows: nothing groups by that."""
    named = (item for item in items if isinstance(item, exp.Alias))
    return frozenset(item.alias.lower() for item in named if item.find(exp.AggFunc, exp.Window))


def _meant(
    part: exp.Expr, items: Sequence[tuple[exp.Expr, Place | None]], found: Callable[[exp.Column], Place | None]
) -> Iterator[Place | None]:
    """The columns that a part of GROUP BY may mean: one of a table, an item by its name, or by its number."""
    if isinstance(part, exp.Column):
        yield found(part)
        if not part.args.get("table"):
            yield from (place for item, place in items if item.alias_or_name.lower() == part.name.lower())
    elif isinstance(part, exp.Literal) and not part.is_string and part.name.isdecimal() and len(part.name) < 5:
        before = items[: int(part.name)]
        if before and len(before) == int(part.name) and not any(item.is_star for item, _ in before):
            yield before[-1][1]
