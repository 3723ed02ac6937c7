"""PostgreSQL: what an index of each of the server's own access methods cannot be. Put to PostgreSQL 10 to 18."""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.model.facts import CreateIndex, Servers
from schemalint.sql.refusals.say import Found

_OTHERS = frozenset({"hash", "gin", "gist", "spgist", "brin"})
"""The methods beside btree, which can be all of it. Those of extensions are not known."""
_ONE_COLUMN = frozenset({"hash", "spgist"})
_CARRYING = frozenset({"gist", "spgist"})
_SINCE_11 = (Servers("postgres", (11,)),)
_SPGIST = (Servers("postgres", (11,), (14,)),)


def of_method(fact: CreateIndex) -> Iterator[Found]:
    """What to underline, the reason, the server's words and the servers."""
    index, method = fact.index, fact.index.method
    if method not in _OTHERS:
        return
    lacks = f'access method "{method}" does not support'
    if index.unique:
        yield (
            fact.span,
            f"an index USING {method} cannot be unique: only USING btree can",
            f"{lacks} unique indexes",
            (),
        )
    elif len(index.parts) > 1 and method in _ONE_COLUMN:
        yield index.parts[1].span, f"an index USING {method} has one column", f"{lacks} multicolumn indexes", ()
    elif index.include and method not in _CARRYING:
        yield index.include[0][1], f"an index USING {method} takes no INCLUDE", f"{lacks} included columns", _SINCE_11
    elif index.include and method == "spgist":
        reason = "INCLUDE in an index USING spgist came with PostgreSQL 14"
        yield index.include[0][1], reason, f"{lacks} included columns", _SPGIST
    else:
        ordered = next((part for part in index.parts if part.descending or part.nulls is not None), None)
        if ordered is not None:
            yield ordered.span, f"an index USING {method} has no order: no DESC, no NULLS FIRST", lacks, ()
