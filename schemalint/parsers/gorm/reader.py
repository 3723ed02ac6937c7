"""A struct as GORM's schema.Parse reads it: fields in order, embedding flattened, columns and primary key told."""

from __future__ import annotations

from schemalint.model.span import Span
from schemalint.parsers.gorm.expressions import Data
from schemalint.parsers.gorm.external import GORM
from schemalint.parsers.gorm.fields import make_field
from schemalint.parsers.gorm.naming import Naming
from schemalint.parsers.gorm.schema import UNKNOWN, Field, Schema
from schemalint.parsers.gorm.tags import truth
from schemalint.parsers.gorm.world import DEEPEST, MODEL_FIELDS, Meaning, Struct, World

MOST_FIELDS = 2_000


class Reader:
    """Reads structs into schemas. `budget` bounds the fields of one model, however often it embeds."""

    def __init__(self, world: World, naming: Naming) -> None:
        self.world = world
        self.naming = naming
        self._budget = 0

    def schema(self, struct: Struct, table: str | None) -> Schema:
        """The schema of a struct without its relations."""
        self._budget = MOST_FIELDS
        return self._schema(struct, table, 0)

    def joined(self, name: str, table: str | None, struct: Struct, fields: list[Field]) -> Schema:
        """The schema of a join table made of the given fields."""
        schema = Schema(name, table, struct, is_join=True)
        schema.fields = fields
        for each in fields:
            each.schema = schema
        self._finish(schema, embedded=False)
        return schema

    def _schema(self, struct: Struct, table: str | None, depth: int) -> Schema:
        schema = Schema(struct.name, table, struct)
        if struct.broken:
            schema.unread.append(Span(struct.path, struct.start, struct.end))
        for entry in struct.fields:
            self._read(schema, entry, struct.path, struct.parameters, None, depth)
        self._finish(schema, embedded=depth > 0)
        return schema

    def _read(
        self, schema: Schema, entry: Data, path: str, parameters: tuple[str, ...], at: Span | None, depth: int
    ) -> None:
        """Adds one field to a schema, or what it embeds. `at` is where fields from outside the project are shown."""
        name: str = entry["name"]
        if not name[:1].isupper():
            return
        span = at or Span(path, *entry["at"])
        type_span = at or Span(path, *entry["type_at"])
        self._budget -= 1
        if self._budget < 0 or entry.get("unread"):
            schema.unread.append(span)
            return
        where = "" if at is not None else path
        if at is not None:
            meaning = self.world.meaning(entry["type"], "")
        else:
            meaning = self.world.meaning(entry["type"], where, parameters)
        made = make_field(self.world, entry, meaning, span, type_span, hidden=at is not None)
        made.schema = schema
        embeds = "EMBEDDED" in made.settings or (
            made.gorm_type not in ("time", "bytes") and not made.valuer and made.anonymous and made.permitted
        )
        if not embeds:
            if made.unread or (made.anonymous and made.kind == made.data_type == UNKNOWN):
                schema.unread.append(span)
            else:
                schema.fields.append(made)
            return
        inner = self._embedded(schema, entry, meaning, span, type_span, path, parameters, depth)
        if inner is None:
            if made.kind in (UNKNOWN, "struct"):
                schema.unread.append(span)
            elif made.data_type:
                schema.fields.append(made)  # an embedded basic type is a column of its own
            return
        schema.unread.extend(inner.unread)
        self._adopt(schema, made, inner)

    def _embedded(
        self,
        schema: Schema,
        entry: Data,
        meaning: Meaning,
        span: Span,
        type_span: Span,
        path: str,
        parameters: tuple[str, ...],
        depth: int,
    ) -> Schema | None:
        """The schema of an embedded struct; None when it is no struct or is not known."""
        if depth >= DEEPEST or any(mark != "*" for mark in meaning.wrap):
            return None
        if meaning.where == (GORM, "Model"):
            model = Schema("Model", schema.table, schema.struct)
            for built_in in MODEL_FIELDS:
                self._read(model, built_in, path, (), span, depth + 1)
            self._finish(model, embedded=True)
            return model
        if meaning.struct is not None:
            return self._schema(meaning.struct, schema.table, depth + 1)
        if "fields" in entry:
            place = Schema(entry["name"], schema.table, schema.struct)
            for inner in entry["fields"]:
                self._read(place, inner, path, parameters, None, depth + 1)
            self._finish(place, embedded=True)
            return place
        return None

    def _adopt(self, schema: Schema, outer: Field, inner: Schema) -> None:
        """Takes over the fields of an embedded schema, as ParseField does."""
        prefix = outer.settings.get("EMBEDDEDPREFIX")
        for each in inner.fields:
            each.schema, each.owner = schema, inner
            each.binds = (outer.name, *each.binds)
            if prefix is not None and each.db:
                each.db = prefix.value + each.db
            if each.primary and not truth(each.settings.get("PRIMARYKEY"), each.settings.get("PRIMARY_KEY")):
                each.primary = False
                if not truth(each.settings.get("AUTOINCREMENT")):
                    each.auto_increment = False
                if not each.auto_increment and not each.default:
                    each.has_default = False
            each.settings = {**each.settings, **outer.settings}
            schema.fields.append(each)

    def _finish(self, schema: Schema, embedded: bool) -> None:
        """Columns, primary key and auto increment: the rest of schema.Parse."""
        for each in schema.fields:
            if not each.db and each.data_type:
                each.db = self.naming.column(each.name)
            bind = ".".join(each.binds)
            if each.db:
                taken = schema.by_db.get(each.db)
                if taken is None or (each.permitted and len(each.binds) < len(taken.binds)):
                    schema.by_db[each.db] = schema.by_name[each.name] = schema.by_bind[bind] = each
                    if taken is not None and taken.primary:
                        schema.primaries = [f for f in schema.primaries if f.db != taken.db]
                    if each.primary:
                        schema.primaries.append(each)
            for known, key in ((schema.by_name, each.name), (schema.by_bind, bind)):
                other = known.get(key)
                if other is None or other.value("-") == "-":
                    known[key] = each
        first = schema.look_up("id", self.naming) or schema.look_up("ID", self.naming)
        if first is not None:
            if first.primary:
                schema.prioritized = first
            elif not schema.primaries:
                first.primary = True
                schema.prioritized = first
                schema.primaries.append(first)
        if schema.prioritized is None:
            if len(schema.primaries) == 1:
                schema.prioritized = schema.primaries[0]
            elif len(schema.primaries) > 1:
                schema.prioritized = next((f for f in schema.primaries if f.auto_increment), None)
        if not embedded:
            for each in schema.fields:
                if not each.data_type and not each.gorm_type and each.permitted:
                    schema.relation_fields.append(each)
                    schema.by_name[each.name] = schema.by_bind[".".join(each.binds)] = each
        leading = schema.prioritized
        if leading is not None and leading.gorm_type in ("int", "uint") and "AUTOINCREMENT" not in leading.settings:
            leading.has_default = leading.auto_increment = True
