"""PostgreSQL: literal defaults that are no value of the column's type. What is said was put to PostgreSQL 13 to 18, which
read the literal when the table is made; of what only some spellings are right, nothing is said but of the rest."""

from __future__ import annotations

from schemalint.model.types import ColumnType, Family

_NUMBERS = frozenset({"nan", "inf", "infinity", "+inf", "+infinity", "-inf", "-infinity"})
_TRUTHS = frozenset(
    {"1", "0", "on", "of", "off"} | {word[:n] for word in ("true", "false", "yes", "no") for n in range(1, 6)}
)


def misfit(kind: ColumnType, text: str) -> tuple[str, str] | None:
    """Why a text is no value of that type, and the server's words."""
    name, bare = kind.name.partition("(")[0].strip(), text.strip(" \t\n\r\f\v")
    words = f'invalid input syntax for type {name}: "{text}"'
    digits = any(map(str.isdigit, bare))
    match kind.family:
        case Family.INTEGER if not digits:
            return f"'{text}' is no number", words
        case Family.DECIMAL | Family.FLOAT if not digits and bare.lower() not in _NUMBERS:
            return f"'{text}' is no number", words
        case Family.BOOLEAN if bare.lower() not in _TRUTHS:
            return f"'{text}' is neither true nor false", words
        case Family.DATE | Family.TIMESTAMP if bare.startswith("0000-00-00"):
            return "PostgreSQL has no year 0, nor a day 0", f'date/time field value out of range: "{text}"'
        case Family.JSON if not bare:
            return "an empty text is no JSON", "invalid input syntax for type json"
        case _:
            return None
