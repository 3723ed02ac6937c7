"""Relations as GORM finds them (schema/relationship.go), and the order in which it creates tables (ReorderModels)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from schemalint.model.span import Span
from schemalint.parsers.gorm.naming import Naming, singular
from schemalint.parsers.gorm.reader import Reader
from schemalint.parsers.gorm.schema import Field, Relation, Schema, table_name
from schemalint.parsers.gorm.tags import columns_of, split_settings
from schemalint.parsers.gorm.world import Struct, World

_CONSTRAINT_NAME = re.compile(r"[\w-]+")


@dataclass(frozen=True, slots=True, eq=False)
class Constraint:
    """A foreign key: on `schema`, to `reference`; `columns` pairs the key's field with the referenced one. Without `known`
    its name or the table it leads to hangs on a table name that is computed."""

    name: str
    relation: Relation
    schema: Schema
    reference: Schema
    columns: tuple[tuple[Field, Field], ...]
    on_delete: str | None
    on_update: str | None
    known: bool = True


class Registry:
    """GORM's schema cache: what was parsed so far in this process, and so which relations are known."""

    def __init__(self, world: World, naming: Naming, derived: bool, special: Mapping[str, str] | None = None) -> None:
        self.world = world
        self.naming = naming
        self._derived = derived  # whether names without TableName can be told
        self._special = special or {}  # what db.Table calls the table of a struct
        self._reader = Reader(world, naming)
        self._schemas: dict[str, Schema] = {}

    def parse(self, struct: Struct) -> Schema:
        """The schema of a struct, with everything its relations lead to parsed on the way, in GORM's order."""
        if struct.key in self._schemas:
            return self._schemas[struct.key]
        first = self._body(struct)
        stack = [(first, iter(first.relation_fields))]
        waiting: list[Field | None] = [None]
        while stack:
            schema, fields = stack[-1]
            field = waiting[-1] or next(fields, None)
            waiting[-1] = None
            if field is None:
                stack.pop()
                waiting.pop()
                continue
            if field.target is None:
                _unrelated(schema, field)
                continue
            if field.target.key not in self._schemas:
                waiting[-1] = field
                target = self._body(field.target)
                stack.append((target, iter(target.relation_fields)))
                waiting.append(None)
                continue
            self._relate(schema, field, self._schemas[field.target.key])
        return first

    def targets(self) -> dict[str, Struct]:
        """The structs that relations of what was parsed lead to."""
        return {
            relation.target.struct.key: relation.target.struct
            for schema in self._schemas.values()
            for relation in schema.relations.values()
        }

    def _body(self, struct: Struct) -> Schema:
        table = self._special.get(struct.key) or table_name(self.world, struct, self.naming if self._derived else None)
        schema = self._reader.schema(struct, table)
        self._schemas[struct.key] = schema
        return schema

    def _relate(self, schema: Schema, field: Field, target: Schema) -> None:
        relation = Relation(field.name, "", field, schema, target)
        keys = columns_of(field.settings.get("FOREIGNKEY"))
        references = columns_of(field.settings.get("REFERENCES"))
        polymorphic = "POLYMORPHIC" in field.settings or (
            "POLYMORPHICTYPE" in field.settings and "POLYMORPHICID" in field.settings
        )
        if polymorphic:
            found = self._polymorphic(relation, keys)
        elif field.value("MANY2MANY"):
            found = self._many_to_many(relation, keys, references)
        else:
            if field.value("BELONGSTO"):
                levels = [("belongs", False), ("belongs", True), ("has", False), ("has", True)]
            elif field.many:
                levels = [("has", False), ("has", True)]
            else:
                levels = [("belongs", False), ("belongs", True), ("has", False), ("has", True)]
                if schema is not target:
                    levels.insert(0, ("has", False))
            found = any(self._guess(relation, side, outer, keys, references) for side, outer in levels)
        if not found:
            _unrelated(schema, field)
            return
        if relation.kind == "has":
            if target is not schema and not polymorphic and field.owner is None:
                target.relations[f"_{schema.name}_{relation.name}"] = relation
            relation.kind = "has many" if field.many else "has one"
        if relation.name not in schema.relations or len(schema.relations[relation.name].field.binds) > 1:
            schema.relations[relation.name] = relation

    def _polymorphic(self, relation: Relation, keys: list[str]) -> bool:
        field, schema = relation.field, relation.schema
        base = field.value("POLYMORPHIC")
        kind = relation.target.by_name.get(field.value("POLYMORPHICTYPE").strip() or f"{base}Type")
        key = relation.target.by_name.get(field.value("POLYMORPHICID").strip() or f"{base}ID")
        primary = schema.look_up(keys[0], self.naming) if keys else schema.prioritized
        if kind is None or key is None or primary is None:
            return False
        _copy_type(primary, key)
        relation.references = [(None, kind, False), (primary, key, True)]
        relation.kind, relation.polymorphic = "has", True
        return True

    def _guess(self, relation: Relation, side: str, outer: bool, keys: list[str], references: list[str]) -> bool:
        """One level of guessRelation: whether the key stands on this side ("belongs") or on the target's ("has")."""
        field, schema = relation.field, relation.schema
        own = field.owner if outer else schema
        if own is None:
            return False
        primary, foreign = (relation.target, own) if side == "belongs" else (own, relation.target)
        primaries: list[Field] = []
        foreigns: list[Field] = []
        if keys:
            for key in keys:
                found = foreign.look_up(key, self.naming)
                if found is None:
                    return False
                foreigns.append(found)
        else:
            candidates = primary.primaries
            if references:
                candidates = [f for name in references if (f := primary.look_up(name, self.naming)) is not None]
            matched = []
            for candidate in candidates:
                stem = field.name if side == "belongs" and not outer else primary.name or relation.target.name
                names = [stem + candidate.name]
                if len(candidates) == 1:
                    names += [stem + "ID", stem + "Id", self.naming.column(stem + "ID")]
                bound = (foreign.look_up_bound(field.binds, name) for name in names)
                plain = (foreign.look_up(name, self.naming) for name in names)
                key_field = next((f for f in (*bound, *plain) if f is not None), None)
                if key_field is not None:
                    foreigns.append(key_field)
                    matched.append(candidate)
            # GORM appends to the list it started with: the primary fields come first, then the matched ones again
            primaries = [*candidates, *matched]
        if not foreigns:
            return False
        if references:
            named = [primary.look_up(name, self.naming) for name in references]
            for index, found in enumerate(named):
                if found is None:
                    return False
                if len(primaries) < index + 1:
                    primaries.append(found)
                elif found is not primaries[index]:
                    return False
        elif not primaries:
            if len(foreigns) == 1 and primary.prioritized is not None:
                primaries.append(primary.prioritized)
            elif len(primary.primaries) == len(foreigns):
                primaries.extend(primary.primaries)
            else:
                return False
        if len(primaries) < len(foreigns):
            return False
        for index, key_field in enumerate(foreigns):
            _copy_type(primaries[index], key_field)
            relation.references.append((primaries[index], key_field, side == "has"))
        relation.kind = "has" if side == "has" else "belongs to"
        return True

    def _many_to_many(self, relation: Relation, keys: list[str], references: list[str]) -> bool:
        field, schema, target = relation.field, relation.schema, relation.target
        relation.kind = "many to many"
        own, other = list(schema.primaries), list(target.primaries)
        if keys:
            own = [f for key in keys if (f := schema.look_up(key, self.naming)) is not None]
        if references:
            other = [f for key in references if (f := target.look_up(key, self.naming)) is not None]
        if len(own) < len(keys) or len(other) < len(references) or not own or not other:
            return False
        own_names = columns_of(field.settings.get("JOINFOREIGNKEY"))
        other_names = columns_of(field.settings.get("JOINREFERENCES"))
        owns: dict[str, Field] = {}
        others: dict[str, Field] = {}
        fields: dict[str, Field] = {}
        for index, each in enumerate(own):
            name = _title(own_names[index]) if len(own_names) > index else _title(schema.name) + each.name
            owns[name] = fields[name] = each
        for index, each in enumerate(other):
            name = _title(target.name) + each.name
            if name in owns:
                name = singular(field.name) + each.name if field.name != target.name else name + "Reference"
            if len(other_names) > index:
                name = _title(other_names[index])
            others[name] = each
            fields.setdefault(name, each)
        tag = field.value("MANY2MANY")
        columns = [_join_field(name, each, relation.field) for name, each in fields.items()]
        table = self.naming.join_table(tag) if self._derived else None
        join = self._reader.joined(tag, table, schema.struct, columns)
        join.primaries = list(join.fields)
        relation.join = join
        for name, side in ((schema.name, schema), (target.name if target.name != schema.name else field.name, target)):
            join.relations[name] = Relation(name, "belongs to", field, join, side)
        sides = list(join.relations.values())
        first, second = sides[0], sides[-1]
        for each in join.fields:
            _copy_type(fields[each.name], each)
            if each.name in owns:
                first.references.append((owns[each.name], each, False))
                relation.references.append((owns[each.name], each, True))
            if each.name in others:
                second.references.append((others[each.name], each, False))
                relation.references.append((others[each.name], each, False))
        return True

    def constraint(self, relation: Relation) -> Constraint | None:
        """ParseConstraint: the foreign key of a relation, if it makes one."""
        field = relation.field
        written = field.value("CONSTRAINT")
        if written == "-":
            return None
        if relation.kind == "belongs to":
            for other in relation.target.relations.values():
                if other is not relation and other.target is relation.schema and _same_keys(relation, other):
                    return None
        name, comma, _ = written.partition(",")
        named = comma != "" and _CONSTRAINT_NAME.fullmatch(name) is not None
        if not named:
            name = self.naming.object("fk", relation.schema.table or "", self.naming.column(relation.name))
        settings = split_settings(written, [0] * len(written), ",")
        columns: list[tuple[Field, Field]] = []
        schema, reference = None, None
        for primary, key, own in relation.references:
            if primary is not None and (relation.join is None or own):
                columns.append((key, primary))
                schema, reference = (key.schema, relation.schema) if own else (relation.schema, primary.schema)
        if schema is None or reference is None:
            return None
        delete, update = settings.get("ONDELETE"), settings.get("ONUPDATE")
        return Constraint(
            name=name,
            relation=relation,
            schema=schema,
            reference=reference,
            columns=tuple(columns),
            on_delete=delete.value.strip().upper() or None if delete else None,
            on_update=update.value.strip().upper() or None if update else None,
            known=reference.table is not None and (named or relation.schema.table is not None),
        )

    def constraints(self, schema: Schema) -> list[Constraint]:
        """The foreign keys that creating this table makes, with the relations known by now."""
        found = []
        for relation in schema.relations.values():
            made = None if relation.field.ignored else self.constraint(relation)
            if made is not None and made.schema is schema:
                found.append(made)
        return found

    def order(self, structs: Iterable[Struct], adds: bool) -> list[Schema]:
        """ReorderModels: the schemas in the order in which their tables are made. With `adds` (AutoMigrate) the tables
        that keys refer to and the join tables come along; what only has a key to these models does not."""
        return _Order(self, adds).of(structs)


class _Order:
    """The state of one ReorderModels."""

    def __init__(self, registry: Registry, adds: bool) -> None:
        self._registry = registry
        self._adds = adds
        self._parsed: set[int] = set()
        self._depends: dict[str, list[Schema]] = {}
        self._schemas: dict[str, Schema] = {}
        self._listed: list[str] = []

    def of(self, structs: Iterable[Struct]) -> list[Schema]:
        for struct in structs:
            self._parse(self._registry.parse(struct), True)
        done: dict[str, None] = {}
        entered: set[str] = set()
        for name in list(self._listed):  # what comes along is not walked again, as in GORM
            if name in entered:
                continue
            entered.add(name)
            stack = [(name, iter(self._depends[name] if self._adds else ()))]
            while stack:
                here, depends = stack[-1]
                schema = next(depends, None)
                if schema is None:
                    done[here] = None
                    stack.pop()
                    continue
                key = _table_key(schema)
                if key not in self._schemas:
                    self._parse(schema, self._adds)
                if key not in entered:
                    entered.add(key)
                    stack.append((key, iter(self._depends[key])))
        return [self._schemas[name] for name in done]

    def _parse(self, first: Schema, listed: bool) -> None:
        pending = [(first, listed)]
        while pending:
            schema, add = pending.pop()
            if id(schema) in self._parsed:
                continue
            self._parsed.add(id(schema))
            depends: list[Schema] = []
            needed: set[int] = set()
            joins: list[Relation] = []
            for relation in schema.relations.values():
                if relation.field.ignored:
                    continue
                made = self._registry.constraint(relation)
                if made is not None and made.schema is schema and made.reference is not schema:
                    depends.append(made.reference)
                if relation.kind in ("has one", "has many"):
                    needed.add(id(relation.target))
                if relation.join is not None:
                    joins.append(relation)
            key = _table_key(schema)
            self._schemas[key], self._depends[key] = schema, depends
            if add:
                self._listed.append(key)
            for relation in joins:  # deferred calls run last in, first out; so does the stack
                assert relation.join is not None
                pending.append((relation.join, self._adds))
                if id(relation.target) in needed:
                    pending.append((relation.target, self._adds))


def _table_key(schema: Schema) -> str:
    return schema.table if schema.table is not None else f"?{schema.struct.key}.{schema.name}"


def _same_keys(one: Relation, other: Relation) -> bool:
    return len(one.references) == len(other.references) and all(
        a[0] is b[0] and a[1] is b[1] for a, b in zip(one.references, other.references, strict=True)
    )


def _copy_type(primary: Field, key: Field) -> None:
    """A key takes the referenced field's data type, and its size where it has none."""
    lower = primary.data_type.lower()
    if "auto_increment" not in lower and "primary key" not in lower:
        key.data_type = primary.data_type
    key.gorm_type = primary.gorm_type
    if not key.size:
        key.size = primary.size


def _unrelated(schema: Schema, field: Field) -> None:
    """A field GORM cannot place: its model may hold more than is read here."""
    schema.unread.append(Span(field.span.path, field.span.start, field.span.end))


def _title(name: str) -> str:
    return name[:1].upper() + name[1:]


def _join_field(name: str, of: Field, relation: Field) -> Field:
    """A column of a join table: the referenced field's type and tag, without what names or indexes it."""
    dropped = ("COLUMN", "AUTOINCREMENT", "INDEX", "UNIQUE", "UNIQUEINDEX", "EMBEDDED", "EMBEDDEDPREFIX")
    return replace(
        of,
        name=name,
        span=relation.span,
        type_span=relation.spot("MANY2MANY"),
        tag=replace(of.tag, value="", at=()),
        settings={key: value for key, value in of.settings.items() if key not in dropped},
        binds=(name,),
        db="",
        primary=True,
        auto_increment=False,
        unique=False,
        auto_time=False,
        has_default="DEFAULT" in of.settings,
        owner=None,
    )
