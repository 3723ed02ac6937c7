"""Whether two column types are one."""

from __future__ import annotations

from schemalint.dialects import Dialect, dialect
from schemalint.equality.verdicts import SAME, UNKNOWN, different, unknown
from schemalint.model.types import ColumnType, Family, Verdict

_KINDRED = (
    {Family.BOOLEAN, Family.INTEGER},  # MySQL's tinyint(1), SQLite
    {Family.TEXT, Family.ENUM},
    {Family.TEXT, Family.UUID},
    {Family.TEXT, Family.JSON},
    {Family.DATE, Family.TIMESTAMP},
    {Family.DECIMAL, Family.FLOAT},
)
"""Families between which a name alone does not decide where the server is not known, or is SQLite."""
_SAID = ("size", "precision", "scale", "unsigned", "with_tz", "fixed", "values")


def same_type(one: ColumnType | None, other: ColumnType | None, ours: str | None, theirs: str | None) -> Verdict:
    """Compares two types, of which each stands in a source of the dialect named (None: not known).

    Within one family of servers the server's own spellings decide, as `format_type` and COLUMN_TYPE print them; SQLite is
    judged by how it keeps values; everywhere else only what both sides state is compared.
    """
    if one is None or other is None:
        return UNKNOWN
    mine, yours = dialect(ours), dialect(theirs)
    if mine.family != yours.family:
        return _stated(one, other, families_only="generic" not in (mine.family, yours.family))
    if mine.spellings.affinity is not None:
        return _by_affinity(one, other, mine)
    if not (mine.spellings.exact and yours.spellings.exact):
        return _stated(one, other)
    if mine is not yours and one.family is other.family is Family.JSON:
        return SAME
    if mine.family == "mysql" and (_vague(one) or _vague(other)):
        return unknown(f"the character set decides how large {one.name} and {other.name} are")
    # read again: a source may have been read before its server was known
    one, other = mine.column_type(one.name) or one, yours.column_type(other.name) or other
    return _exact(one, other, mine, alone=mine is yours)


def _exact(one: ColumnType, other: ColumnType, server: Dialect, alone: bool) -> Verdict:
    left, right = _name(one, server), _name(other, server)
    said = f"{one.name} and {other.name}"
    if left == right:
        return SAME
    if one.family is other.family is Family.ARRAY and one.element and other.element:
        return _exact(one.element, other.element, server, alone)
    if one.user_type or other.user_type:
        return unknown(f"{said}: a domain or an extension may make them alike")
    if not alone and Family.OTHER not in (one.family, other.family) and {one.family, other.family} in _KINDRED:
        return unknown(said)
    fine = _fine(one, server)
    alike = _alike(left, right, server) or (fine is not None and fine == _fine(other, server))
    return unknown(f"{said} hold the same values") if alike else different(said)


def _name(type_: ColumnType, server: Dialect) -> str:
    """The server's own spelling, in the words of the one dialect that stands for its family."""
    return server.spellings.types.get(type_.name.casefold(), type_.name)


def _vague(type_: ColumnType) -> bool:
    """MySQL's TEXT(n): n counts characters, and how many bytes one takes is the character set's affair."""
    return type_.family is Family.TEXT and type_.name.endswith("text") and type_.size is None


def _fine(type_: ColumnType, server: Dialect) -> tuple[Family, bool | None, int | None] | None:
    """A moment and the digits that its type keeps, said or not; None for other types."""
    if type_.family not in (Family.TIME, Family.TIMESTAMP) or server.family != "postgres":
        return None
    return type_.family, type_.with_tz, server.spellings.finest if type_.precision is None else type_.precision


def _alike(left: str, right: str, server: Dialect) -> bool:
    heads = {left.partition("(")[0], right.partition("(")[0]}
    sized = "(" in left or "(" in right
    same_arguments = left.partition("(")[2] == right.partition("(")[2]
    return any(heads <= group and (same_arguments or not sized) for group in server.spellings.alike)


def _by_affinity(one: ColumnType, other: ColumnType, server: Dialect) -> Verdict:
    """SQLite keeps values by affinity, and checks no length. What programs mean by two names is theirs."""
    kept = server.spellings.affinity
    assert kept is not None
    left, right = kept(one.name), kept(other.name)
    said = f"{one.name} and {other.name}"
    if left == right:
        return SAME if one.family is other.family else unknown(f"{said} are kept alike")
    days = {Family.DATE, Family.TIME, Family.TIMESTAMP, Family.UUID, Family.JSON, Family.ENUM}
    families = {one.family, other.family}
    if families in _KINDRED or (families & days and families & {Family.TEXT, Family.OTHER}):
        return unknown(said)  # such values are texts, which both keep
    return different(said)


def _stated(one: ColumnType, other: ColumnType, families_only: bool = False) -> Verdict:
    """By families, and by what both sides state of the rest."""
    said = f"{one.name} and {other.name}"
    if Family.OTHER in (one.family, other.family):
        return SAME if one.name == other.name and not families_only else unknown(said)
    if one.family is not other.family:
        return unknown(said) if {one.family, other.family} in _KINDRED else different(said)
    if families_only:
        return unknown(said)
    for field in _SAID:
        left, right = getattr(one, field), getattr(other, field)
        if left is not None and right is not None and left != right:
            return different(said)
    if one.family is Family.ARRAY and one.element and other.element:
        return _stated(one.element, other.element)
    return SAME if one.name == other.name or one == other else unknown(said)
