"""`indexes: […]` of a model: names as Sequelize infers them, fields as columns, never mapped from attributes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from schemalint.dialects import Dialect, NameKind
from schemalint.jssource.evaluate import Evaluator
from schemalint.jssource.here import Entry, Here
from schemalint.jssource.inflection import underscore
from schemalint.model.names import Name
from schemalint.model.schema import Expr, Index, IndexPart
from schemalint.model.span import Span
from schemalint.parsers.sequelize.models import UNKNOWN, Attribute, Model, literal


def indexes(
    evaluator: Evaluator, model: Model, dialect: Dialect, known: list[Attribute], unread: list[Span]
) -> Iterator[Index]:
    """The model's indexes over the attributes whose columns are known. What cannot be read is added to `unread`."""
    reader = IndexReader(evaluator, dialect, model.table or "", unread, model.major)
    made = list(_listed(reader, model))
    if model.major >= 7:
        stated = [*made, *_stated(reader, known)]
        yield from _merged(stated)
        return
    yield from made
    for attribute in known:
        gin = attribute.type is not None and attribute.type.name == "JSONB"
        if gin and any(not unique and literal(evaluator, here) is True for unique, here in attribute.indexed):
            name = underscore(f"{model.table}_{attribute.field}")
            part = IndexPart(attribute.span, dialect.identifier(attribute.field or "", quoted=True))
            yield Index(
                dialect.identifier(name, quoted=True, kind=NameKind.INDEX), (part,), attribute.span, method="gin"
            )


def _listed(reader: IndexReader, model: Model) -> Iterator[Index]:
    """The entries of `indexes`."""
    for held in model.indexes:
        entries, lost = reader.evaluator.entries(held)
        fields = entries.get("fields")
        array = None if fields is None else reader.evaluator.follow(fields.value)
        if lost or array is None or array.kind != "arr":
            reader.unread.append(held.span)
            continue
        made = reader.index(held, entries, array)
        if made is not None:
            yield made


def _stated(reader: IndexReader, known: list[Attribute]) -> Iterator[Index]:
    """Sequelize 7: `unique` and `index` of attributes are indexes, in any of the ways to write them."""
    for attribute in known:
        for unique, here in attribute.indexed:
            found = reader.evaluator.follow(here)
            for one in found.arguments() if found.kind == "arr" else [found]:
                made = reader.of_attribute(attribute, reader.evaluator.follow(one), unique)
                if made is not None:
                    yield made
        if isinstance(attribute.unique, str) and not attribute.indexed:  # of a join table
            joined = reader.of_attribute(attribute, None, True, attribute.unique)
            if joined is not None:
                yield joined


def _merged(indexes: list[Index]) -> Iterator[Index]:
    """Those of one name make one."""
    groups: dict[str, Index] = {}
    for one in indexes:
        first = groups.get(str(one.name))
        groups[str(one.name)] = one if first is None else replace(first, parts=first.parts + one.parts)
    yield from groups.values()


def keys(indexes: list[Index]) -> list[Index]:
    """The unique indexes of which Sequelize 7 makes keys when it creates the table in postgres: those of which nothing but
    columns is said. Of two over the same columns, postgres keeps the first, and the other is made as an index."""
    found: dict[tuple[Name | None, ...], Index] = {}
    for one in indexes:
        plain = all(part.column is not None and part.descending is None and part.opclass is None for part in one.parts)
        if one.unique and plain and one.where is None and one.method is None:
            found.setdefault(tuple(part.column for part in one.parts), one)
    return list(found.values())


class IndexReader:
    """Reads indexes of one table, for models and migrations."""

    def __init__(self, evaluator: Evaluator, dialect: Dialect, table: str, unread: list[Span], major: int = 6) -> None:
        self.evaluator, self.dialect, self.table, self.unread = evaluator, dialect, table, unread
        self._major = major

    def of_attribute(
        self, attribute: Attribute, here: Here | None, unique: bool, name: str | None = None
    ) -> Index | None:
        """The index of one attribute: true, a name, or options."""
        said = None if here is None else literal(self.evaluator, here)
        entries: dict[str, Entry] = {}
        if here is not None and here.kind == "obj":
            entries, lost = self.evaluator.entries(here)
            if "name" in entries:
                name = self.evaluator.text(entries["name"].value)
            if lost or ("name" in entries and name is None):
                self.unread.append(here.span)
                return None
        elif isinstance(said, str):
            name = said
        elif said is UNKNOWN:
            self.unread.append(attribute.span)
            return None
        elif here is not None and said is not True:
            return None
        unique = unique or ("unique" in entries and literal(self.evaluator, entries["unique"].value) is True)
        column = self.dialect.identifier(attribute.field or "", quoted=True)
        inner = self.evaluator.entry(entries["attribute"].value, "order") if "attribute" in entries else None
        order = None if inner is None else self.evaluator.text(inner.value)
        using = self.evaluator.text(entries["using"].value) if "using" in entries else None
        if not unique and using is None and attribute.type is not None and attribute.type.name == "JSONB":
            using = "gin"
        method = (using or "").lower() or None
        return Index(
            self._index_name(name or self._inferred(attribute.field or "", unique)),
            (IndexPart(attribute.span, column, descending=None if order is None else order.upper() == "DESC"),),
            attribute.span,
            unique=unique,
            where=self._predicate(entries),
            method=None if method == "btree" else method,
        )

    def _inferred(self, fields: str, unique: bool) -> str:
        """The name that Sequelize makes up."""
        return underscore(f"{self.table}_{fields}{'_unique' if unique and self._major >= 7 else ''}")

    def _predicate(self, entries: dict[str, Entry]) -> Expr | None:
        partial = self.dialect.family in {"postgres", "sqlite", "tsql", "generic"}
        return self._where(entries["where"].value) if partial and "where" in entries else None

    def _index_name(self, text: str) -> Name:
        return self.dialect.identifier(text, quoted=True, kind=NameKind.INDEX)

    def index(self, held: Here, entries: dict[str, Entry], array: Here) -> Index | None:
        """The index with these options over the fields of an array; None, and its place in `unread`, when it is not known."""
        parts, texts = [], []
        for item in array.arguments():
            part, text = self._part(item)
            if part is None:
                self.unread.append(held.span)
                return None
            parts.append(part)
            texts.append(text)
        if not parts:
            return None
        unique = "unique" in entries and literal(self.evaluator, entries["unique"].value) is True
        type = self.evaluator.text(entries["type"].value) if "type" in entries else None
        if type is not None and type.lower() == "unique":
            unique, type = True, None
        if "name" in entries:
            given = self.evaluator.text(entries["name"].value)
            if given is None:
                self.unread.append(held.span)
                return None
            if given == "PRIMARY":
                return None
        else:
            given = self._inferred("_".join(texts), unique)
        using = self.evaluator.text(entries["using"].value) if "using" in entries else None
        method = (type or using or "").lower() or None
        return Index(
            self._index_name(given),
            tuple(parts),
            parts[0].span if len(parts) == 1 else array.span,
            unique=unique,
            where=self._predicate(entries),
            method=None if method == "btree" else method,
        )

    def _where(self, here: Here) -> Expr:
        """A predicate as SQL would say it where it is plain. Anything else is kept apart from every other predicate."""
        entries, unread = self.evaluator.entries(here)
        tests = []
        for key, entry in entries.items():
            found = self.evaluator.follow(entry.value)
            if found.kind == "null":
                tests.append(f"{key} IS NULL")
            elif found.kind in {"num", "bool"}:
                tests.append(f"{key} = {str(found.value['v']).lower()}")
            elif found.kind == "str":
                tests.append(f"{key} = '" + found.value["v"].replace("'", "''") + "'")
            else:
                unread = [entry.span]
        if unread or not tests:
            return Expr(f"{here.path}:{here.value['s']}", "…")
        raw = " AND ".join(tests)
        return Expr(raw.lower(), raw)

    def _part(self, item: Here) -> tuple[IndexPart | None, str]:
        found = self.evaluator.follow(item)
        if found.kind == "str":
            text = found.value["v"]
            span = item.span if item.kind == "str" else found.span
            return IndexPart(span, self.dialect.identifier(text, quoted=True)), text
        if found.kind == "obj":
            return self._object_part(item, found)
        if found.kind == "call":
            name = found.value["f"].get("p", found.value["f"].get("v"))
            if name == "col" and found.arguments():
                text = self.evaluator.text(found.arguments()[0])
                if text is not None:
                    return IndexPart(item.span, self.dialect.identifier(text, quoted=True)), ""
            if name in {"fn", "literal", "cast", "json", "where"}:
                return IndexPart(item.span, expr=self._expression(found)), ""
        return None, ""

    def _object_part(self, item: Here, found: Here) -> tuple[IndexPart | None, str]:
        entries, unread = self.evaluator.entries(found)
        named = entries.get("name", entries.get("attribute"))
        if named is None or unread:
            return None, ""
        text = self.evaluator.text(named.value)
        if text is None:
            return None, ""
        order = literal(self.evaluator, entries["order"].value) if "order" in entries else None
        length = self.evaluator.follow(entries["length"].value) if "length" in entries else None
        prefix = None
        if length is not None and length.kind == "num" and length.value["v"].isdigit():
            prefix = int(length.value["v"])
        descending = None if order in {None, UNKNOWN} else str(order).upper() == "DESC"
        column = self.dialect.identifier(text, quoted=True)
        kept: dict[str, str | None] = {"collate": None, "operator": None}
        for key in kept.keys() & entries.keys():
            kept[key] = self.evaluator.text(entries[key].value)
            if kept[key] is None:
                return None, ""
        return IndexPart(
            named.value.span,
            column,
            descending=descending,
            prefix=prefix,
            collation=kept["collate"],
            opclass=kept["operator"],
        ), text

    def _expression(self, call: Here) -> Expr:
        """`fn('lower', col('email'))` as SQL would say it, where that is plain."""
        name = call.value["f"].get("p", call.value["f"].get("v"))
        texts = []
        for argument in call.arguments():
            inner = self.evaluator.follow(argument)
            if inner.kind == "call" and inner.arguments():
                inner = self.evaluator.follow(inner.arguments()[0])
            texts.append(str(inner.value.get("v", "…")))
        plain = name == "literal" or len(texts) < 2
        raw = (texts or ["…"])[0] if plain else f"{texts[0]}({', '.join(texts[1:])})"
        return Expr(re.sub(r"\s+", " ", raw).lower(), raw)
