"""What several facts carry."""

from __future__ import annotations

from schemalint.model.frozen import frozen
from schemalint.model.names import Name, TableName
from schemalint.model.span import Span


@frozen
class Guard:
    """A block around facts: `DO $$ … $$`, an idempotent procedure, a `describeTable` test.

    `conditional`: the facts may or may not run (an IF stands before them): apply what applies, never complain.
    `handler`: where failures are swallowed (`EXCEPTION WHEN OTHERS`, an empty catch). In postgres the whole block is then
    rolled back; elsewhere what stands behind the failure is skipped, unless the handler `continues`. Facts of one block
    carry the same Guard. `stays`: the handler is a program's, outside a transaction, so that what stands before the failure
    is done and stays done on every server. `doubted`: it is no block of the script, only a doubt of ours about when, or
    whether, the script runs; from its top to its end it does.
    """

    span: Span
    conditional: bool
    handler: Span | None = None
    continues: bool = False
    doubted: bool = False
    called: Span | None = None
    stays: bool = False


@frozen
class Piece:
    """A stretch of a text that a routine puts together and executes: `text`, or what the `parameter` of that index is given,
    in which each of the marks `doubled` is written twice."""

    text: str = ""
    parameter: int | None = None
    doubled: str = ""


@frozen
class Like:
    """`LIKE table` among the columns of a new table: that table's columns stand here, behind the first `at` own ones.

    `including` says what else comes along: "constraints", "defaults", "generated", "identity", "indexes"."""

    table: TableName
    span: Span
    at: int
    including: tuple[str, ...] = ()


@frozen
class Query:
    """The query of a view or of CREATE TABLE … AS, or what rows are written by. It stands at `span`, verbatim unless the lengths
    differ. `schema` is the one that unqualified names are looked up in first, None for the usual one. `inserted`: at that
    offset of the text stand so many code points that the file does not have."""

    span: Span
    text: str
    schema: Name | None = None
    inserted: tuple[int, int] = (0, 0)
