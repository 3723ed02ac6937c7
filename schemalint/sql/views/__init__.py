"""What the body of a view says: the relations it certainly reads, the columns of them it certainly names, and the
columns it gives.

"Certainly" means that the server refuses the body when that relation or column is not there. Whatever could be
something else is left out: a name of a CTE, an output name in ORDER BY, a column that an outer query may own, a
function, a system column. What is said is therefore a lower bound, never a complete list.

One thing cannot be told from a body alone: PostgreSQL reads `t.f` as `f(t)` when `t` has no column `f` and somebody made
a function `f` of such rows (manual, "Using Composite Types in Queries"). Who judges a column must know that there is no
function of that name. PostgreSQL's own functions are known here.

sqlglot parses; it is loaded by the first call of `body` and costs some 0.2 s then.
"""

from __future__ import annotations

from functools import lru_cache

from schemalint.model.frozen import frozen


@frozen
class Mention:
    """A column as written at `text[start:end]`, without the qualifier before it."""

    name: str
    quoted: bool
    start: int
    end: int


@frozen
class Read:
    """A relation as written at `text[start:end]`, its schema included, and the columns that the body certainly takes
    from it, one entry for each mention. `schema` and `name` are to be folded by `Dialect.table_name`. A relation that
    is read twice is two reads."""

    schema: str | None
    schema_quoted: bool
    name: str
    quoted: bool
    start: int
    end: int
    columns: tuple[Mention, ...] = ()


@frozen
class OutColumn:
    """A column that the body gives. `name` is None where the server makes one up; SQLite numbers a name that a star
    before it gives already (`a:1`), so there the name is in the view, but not at this place. `source` is set where the column is
    one of a relation and nothing else: the index of the read, and the column's name there as written. A `star` stands
    for any number of columns."""

    name: str | None
    quoted: bool = False
    source: tuple[int, str] | None = None
    star: bool = False


@frozen
class Unplaced:
    """A column without a qualifier that one of several relations has to own: `reads` are their indexes."""

    mention: Mention
    reads: tuple[int, ...]


@frozen
class ViewBody:
    """`columns` is None when nothing is known of what the body gives. `stars` has an entry for each star among the
    columns, in their order: the index of the read whose columns, all of them and no others, stand there, or None.
    `SELECT *` over several relations is several stars. `keyed` are the reads whose primary key the body needs."""

    reads: tuple[Read, ...]
    columns: tuple[OutColumn, ...] | None
    stars: tuple[int | None, ...]
    keyed: tuple[int, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()


_LONGEST = 64 * 1024


@lru_cache(maxsize=1024)
def body(text: str, dialect: str) -> ViewBody | None:
    """What a query says, as it stands behind `CREATE VIEW … AS` or `CREATE TABLE … AS`; `dialect` is one of
    `schemalint.dialects.NAMES`. Offsets are code points of the text. None: it could not be read."""
    if len(text) > _LONGEST:
        return None
    try:
        from schemalint.sql.views.parsing import parse
        from schemalint.sql.views.queries import read

        query = parse(text, dialect)
        return None if query is None else read(query, text, dialect)
    except Exception:  # sqlglot's own errors are of many kinds: ParseError, TokenError, RecursionError, TypeError …
        return None
