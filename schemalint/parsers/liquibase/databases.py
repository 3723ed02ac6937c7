"""What Liquibase knows about each kind of server: its short name, how it quotes names, texts and dates, and counts up.

Liquibase 4.33 quotes a name where it must: reserved words, other letters than those of words, on PostgreSQL also names in
which large and small letters meet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from schemalint.model.frozen import frozen
from schemalint.parsers.liquibase import reserved
from schemalint.parsers.liquibase.nodes import Node
from schemalint.parsers.liquibase.texts import Chunk, Text, said, split
from schemalint.parsers.liquibase.types import parse

Parts = list[str | Text]

SHORT_NAMES = {
    "postgres": "postgresql",
    "mysql": "mysql",
    "mariadb": "mariadb",
    "sqlite": "sqlite",
    "tsql": "mssql",
}
"""Dialect → what `dbms` calls it."""
_RESERVED = {"postgres": reserved.POSTGRES, "mysql": reserved.MYSQL, "tsql": reserved.TSQL}
_QUOTES = {"mysql": ("`", "`"), "tsql": ("[", "]")}
_NOW = {"mysql": "NOW()", "tsql": "GETDATE()", "sqlite": "CURRENT_TIMESTAMP"}
_NUMBERS = frozenset({"bigint", "int", "mediumint", "smallint", "tinyint"})
_QUOTED = frozenset({"char", "varchar", "nchar", "nvarchar", "clob", "xml"})
_MOMENTS = frozenset({"date", "time", "datetime", "timestamp"})
_ISO = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?))?|\d\d:\d\d:\d\d(?:\.\d+)?")


@frozen
class Database:
    """A dialect as a release of Liquibase sees it. None, where it is not known, is treated like a server without habits of its
    own."""

    dialect: str | None
    release: tuple[int, ...] | None = None

    @property
    def family(self) -> str:
        return "mysql" if self.dialect in ("mysql", "mariadb") else self.dialect or "generic"

    def name(self, text: Text) -> Parts:
        """A name as it is sent: in quotes where Liquibase puts them."""
        written = said(text)
        if "${" in written or not self._must_quote(written):
            return [text]
        opening, closing = _QUOTES.get(self.family, ('"', '"'))
        if self.family == "tsql" and "(" in written:
            return [text]
        if not text:
            return []
        start, end = text[0].start, text[-1].end
        return [(Chunk(opening, start, start), *text, Chunk(closing, end, end))]

    def _must_quote(self, written: str) -> bool:
        words = _RESERVED.get(self.family, frozenset())
        if self.family == "postgres" and written != written.lower() and written != written.upper():
            return True
        if self.dialect == "mariadb" and written.upper() == "PERIOD":
            return True
        return not re.fullmatch(r"[^\W\d]\w*", written) or written.upper() in words

    def names(self, texts: Iterable[Text]) -> Parts:
        """Names with commas between them."""
        found: Parts = []
        for number, text in enumerate(texts):
            found += (", ",) if number else ()
            found += self.name(text)
        return found

    def columns(self, text: Text) -> Parts:
        """The names of a list in one attribute."""
        return self.names(split(text))

    def qualified(self, node: Node, name: str, schema: str = "schemaName", catalog: str = "catalogName") -> Parts:
        """A table or its like, with the schema that the change gives it."""
        found = self.name(node.get(name) or ())
        outer = node.get(catalog if self.family == "mysql" else schema)
        return [*self.name(outer), ".", *found] if outer is not None else found

    def text(self, text: Text) -> Parts:
        """A text in single quotes."""
        written = said(text)
        if "'" not in written and not (self.family == "mysql" and "\\" in written):
            return ["'", text, "'"]
        escaped = written.replace("'", "''")
        return [f"'{escaped if self.family != 'mysql' else escaped.replace(chr(92), chr(92) * 2)}'"]

    def function(self, text: Text) -> Parts:
        """A computed value: Liquibase's word for the present moment becomes the server's."""
        written = said(text)
        lower = written.lower()
        now = _NOW.get(self.family, "NOW()")
        if not (lower.startswith(("current_timestamp", "current_datetime")) or lower == now.lower()):
            return [text]
        if self.family == "mysql":
            if "on update" in lower:
                return [text]
            digits = re.search(r"\((\d+)\)", written)
            return [f"NOW({digits[1]})" if digits and int(digits[1]) else now]
        return [now]

    def boolean(self, value: bool) -> str:
        if self.family in ("mysql", "tsql", "sqlite"):
            return "1" if value else "0"
        return "TRUE" if value else "FALSE"

    def moment(self, text: Text) -> Parts:
        """A date, a time or both; what is none is taken for a function."""
        match = _ISO.fullmatch(said(text))
        if match is None:
            return self.function(text)
        if match[2] is None:
            return ["'", text, "'"]
        return [f"'{match[1]}{'T' if self.family == 'tsql' else ' '}{match[2]}'"]

    def value(self, text: Text, column_type: str) -> Parts:
        """A text as a value of a column of that type."""
        written, kind = said(text), parse(column_type).kind
        if written.lower() == "null":
            return ["null"]
        if kind == "boolean":
            bare = written.replace("'", "").lower()
            known = {"true": True, "1": True, "t": True, "false": False, "0": False, "f": False}
            return [text] if bare not in known else [self.boolean(known[bare])]
        if kind in _QUOTED:
            return ["xml ", *self.text(text)] if kind == "xml" and self.family == "postgres" else self.text(text)
        if kind in _MOMENTS:
            if self.family == "sqlite" and written.lower().startswith("current_timestamp"):
                return [text]
            return self.text(text)
        if kind in _NUMBERS:
            return [text] if not re.search(r"\.0+$", written) else [re.sub(r"\.0+$", "", written)]
        if kind == "uuid" and self.family == "tsql":
            return ["'", tuple(chunk._replace(text=chunk.text.upper()) for chunk in text), "'"]
        if kind in ("blob", None):
            return ["'", text, "'"]
        return [text]

    def counted(self, start: str, step: str, generation: str) -> str:
        """The clause of a column that is counted up; "" where the server has none."""
        if self.family == "mysql":
            return "AUTO_INCREMENT"
        if self.family == "sqlite":
            return "AUTOINCREMENT"
        if self.family == "tsql":
            return f"IDENTITY ({start or 1}, {step or 1})"
        inner = " ".join(
            part for part in (f"START WITH {start}" if start else "", f"INCREMENT BY {step}" if step else "") if part
        )
        return f"GENERATED {generation or 'BY DEFAULT'} AS IDENTITY{f' ({inner})' if inner else ''}"

    def primary_key(self, table: Text) -> Parts:
        """The name that Liquibase gives to a primary key without one."""
        if self.family == "postgres":
            return self.name((*table, table[-1]._replace(text="_pkey")) if table else ())
        upper = said(table).upper()
        return self.name((table[0]._replace(text=f"PK_{upper}"),) if table else ())
