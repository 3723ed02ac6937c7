"""belongsTo, hasOne, hasMany, belongsToMany: the columns, keys and join tables they add."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from schemalint.jssource.here import Entry, Here
from schemalint.jssource.inflection import camelize, singularize
from schemalint.jssource.values import Value
from schemalint.parsers.sequelize.decorated_calls import decorated_calls
from schemalint.parsers.sequelize.models import (
    UNKNOWN,
    Attribute,
    Join,
    Model,
    Option,
    Options,
    Reference,
    add_attributes,
    literal,
)
from schemalint.parsers.sequelize.package import Package


class _Association:
    """One call with its options read."""

    def __init__(self, package: Package, call: Here, source: Model, target: Model, options: Here | None) -> None:
        self.package, self.call, self.source, self.target = package, call, source, target
        self.evaluator = package.evaluator
        self.parts: Mapping[str, Entry]
        self.parts, unread = ({}, []) if options is None else self.evaluator.entries(options)
        self.open = bool(unread)

    def option(self, key: str) -> Option:
        if key in self.parts:
            return literal(self.evaluator, self.parts[key].value)
        return UNKNOWN if self.open else None

    def key(self, key: str) -> tuple[str | None, Mapping[str, Entry], bool]:
        """`foreignKey` or `otherKey`: the attribute's name, its other options, and whether it is known."""
        if key not in self.parts:
            return None, {}, not self.open
        found = self.evaluator.follow(self.parts[key].value)
        if found.kind == "str":
            return found.value["v"], {}, True
        if found.kind != "obj":
            return None, {}, found.kind in {"undef", "null"}
        entries, unread = self.evaluator.entries(found)
        name = entries.get("name", entries.get("fieldName"))
        told = None if name is None else self.evaluator.text(name.value)
        return told, entries, not unread and (name is None or told is not None)

    def singular(self, model: Model) -> str:
        """The name that foreign keys to a model are made of."""
        name = model.options.own("name")
        if name is not None:
            entry = self.evaluator.entry(self.evaluator.follow(name.value), "singular")
            told = None if entry is None else self.evaluator.text(entry.value)
            if told is not None:
                return told
        return model.name if self.seven else singularize(model.name, self.package.major)

    @property
    def seven(self) -> bool:
        """Sequelize 7: other names, NOT NULL keys of join tables, both sides made by one call."""
        return self.package.major >= 7

    @property
    def constrained(self) -> bool:
        return self.option("foreignKeyConstraints" if self.seven else "constraints") is not False

    def camelized(self, name: str, key: str) -> str:
        """The name of a foreign key's attribute."""
        made = camelize(f"{name}_{key}")
        return made[:1].lower() + made[1:] if self.seven else made

    def inverse(self) -> str | None:
        """Sequelize 7: what the other side calls this one."""
        found = self.evaluator.follow(self.parts["inverse"].value) if "inverse" in self.parts else None
        if found is not None and found.kind == "obj":
            entry = self.evaluator.entry(found, "as")
            found = None if entry is None else self.evaluator.follow(entry.value)
        return str(found.value["v"]) if found is not None and found.kind == "str" else None

    def alias(self) -> Option:
        """`as`, its singular where it is an object."""
        if "as" in self.parts:
            found = self.evaluator.follow(self.parts["as"].value)
            entry = self.evaluator.entry(found, "singular") if found.kind == "obj" else None
            if entry is not None:
                return literal(self.evaluator, entry.value)
        return self.option("as")


def associate(package: Package) -> None:
    """Runs every association of the package on its models."""
    for path, extract in package.files.items():
        for method, value, owner in extract.get("associations", ()):
            _associate(package, method, Here(path, value), owner)
    for method, call, owner in decorated_calls(package):
        _associate(package, method, call, owner)


def _associate(package: Package, method: str, call: Here, owner: list[int] | None) -> None:
    arguments = call.arguments()
    if not arguments:
        return
    source = package.find(call.at(call.value["f"]["o"]), owner)
    target = package.find(arguments[0], owner)
    if source is None or target is None:
        _unresolved(package, method, call, source, target, owner)
        return
    options = arguments[1] if len(arguments) > 1 else None
    association = _Association(package, call, source, target, options)
    if method == "belongsToMany":
        _belongs_to_many(association)
    else:
        _to_one(association, method)


def _unresolved(
    package: Package, method: str, call: Here, source: Model | None, target: Model | None, owner: list[int] | None
) -> None:
    """A side that is not found: what is found may get a column, or, where the name is computed, every table may."""
    receiver = call.at(call.value["f"]["o"])
    unclear = (source is None and not package.certain(receiver)) or (
        target is None and not package.certain(call.arguments()[0])
    )
    if unclear and (source is not None or target is not None or package.evaluator.follow(receiver).kind == "sub"):
        for model in package.models:
            model.unread.append(call.span)
    elif source is not None and method == "belongsTo":
        source.unread.append(call.span)
    elif target is not None and method in {"hasMany", "hasOne"} and _is_model_like(receiver):
        target.unread.append(call.span)


def _is_model_like(receiver: Here) -> bool:
    return receiver.kind in {"id", "mem", "this"}


def _to_one(it: _Association, method: str) -> None:
    """The foreign key of belongsTo (on the source), hasOne and hasMany (on the target)."""
    belongs = method == "belongsTo"
    holder, referenced = (it.source, it.target) if belongs else (it.target, it.source)
    chosen = it.option("targetKey" if belongs else "sourceKey")
    key = _referenced_key(referenced, chosen)
    name, extra, known = it.key("foreignKey")
    if known and name is None:
        name = _default_key(it, method, referenced, key)
    if name is None or key is None or not known:
        holder.unread.append(it.call.span)
        return
    made = _foreign_attribute(it, holder, name, extra, key)
    if it.constrained:
        existing = holder.attributes.get(name, made)
        nullable = existing.allow_null is not False if existing is made else existing.allow_null is True
        if it.seven:
            nullable = (made if existing.allow_null is None else existing).allow_null is not False
        _constrain(it, made, referenced, key, nullable, "NO ACTION" if belongs and not it.seven else "CASCADE")
    _merge(holder, made)


def _referenced_key(model: Model, chosen: Option) -> Attribute | None:
    if isinstance(chosen, str):
        return model.attributes.get(chosen)
    if chosen is UNKNOWN:
        return None
    primary = model.primary_keys()
    return primary[0] if primary else None


def _default_key(it: _Association, method: str, referenced: Model, key: Attribute | None) -> str | None:
    alias = it.alias()
    primary = referenced.primary_keys()
    if alias is UNKNOWN or not primary or key is None or (not referenced.name and method != "belongsTo"):
        return None
    if method == "belongsTo":
        name = alias if isinstance(alias, str) else it.singular(it.target)
    elif it.seven:
        name = it.inverse() or it.singular(it.source)
    elif method == "hasOne":
        name = singularize(alias if isinstance(alias, str) else it.source.name, it.package.major)
    else:
        name = it.singular(it.source)
    return it.camelized(name, key.name if it.seven else primary[0].name)


def _foreign_attribute(
    it: _Association, holder: Model, name: str, extra: Mapping[str, Entry], key: Attribute
) -> Attribute:
    """The attribute that an association makes, with the options written in `foreignKey: {…}`."""
    literals = {
        word: literal(it.evaluator, extra[word].value)
        for word in ("field", "columnName", "allowNull", "primaryKey", "unique")
        if word in extra
    }
    column = holder.column(name, literals.get("columnName", literals.get("field")))
    made = Attribute(name, it.call.at(it.call.value["f"]).span, column, key.type)
    null = literals.get("allowNull", True)
    made.allow_null = None if null is UNKNOWN else bool(null)
    made.null_known = null is not UNKNOWN
    made.primary_key = literals.get("primaryKey") is True
    if literals.get("unique") is True:
        made.unique = True
    for word, attribute in (("onDelete", "on_delete"), ("onUpdate", "on_update")):
        action = literal(it.evaluator, extra[word].value) if word in extra else None
        if isinstance(action, str):
            setattr(made, attribute, action.upper())
    if "defaultValue" in extra:
        made.default = extra["defaultValue"].value
    named = extra.get("name", extra.get("fieldName"))
    if named is not None:
        made.span = named.value.span
    elif "foreignKey" in it.parts and it.parts["foreignKey"].value.kind == "str":
        made.span = it.parts["foreignKey"].value.span
    made.generated = True
    return made


def _constrain(
    it: _Association, made: Attribute, referenced: Model, key: Attribute, nullable: bool, otherwise: str
) -> None:
    """REFERENCES with the actions that Sequelize chooses, unless the key is one column of a composite primary key."""
    on_delete, on_update = it.option("onDelete"), it.option("onUpdate")
    primary = referenced.primary_keys()
    if len(primary) > 1 and key in primary:
        return
    stated = (made.on_delete, made.on_update) if it.seven else (None, None)
    made.on_delete = on_delete.upper() if isinstance(on_delete, str) else "SET NULL" if nullable else otherwise
    made.on_update = on_update.upper() if isinstance(on_update, str) else "CASCADE"
    made.on_delete, made.on_update = stated[0] or made.on_delete, stated[1] or made.on_update
    made.reference = Reference(None, key.field, made.span, referenced)


def _merge(holder: Model, made: Attribute) -> None:
    """Sequelize's mergeDefaults: what an attribute states already stays."""
    existing = holder.attributes.get(made.name)
    if existing is None:
        holder.attributes[made.name] = made
        return
    existing.type = existing.type or made.type
    if existing.null_known and existing.allow_null is None:
        existing.allow_null = made.allow_null
    existing.reference = existing.reference or made.reference
    existing.on_delete = existing.on_delete or made.on_delete
    existing.on_update = existing.on_update or made.on_update
    existing.default = existing.default or made.default
    existing.primary_key = existing.primary_key or made.primary_key


# Many to many


def _belongs_to_many(it: _Association) -> None:
    join, unique = _through(it)
    if join is None:
        return
    source_key = _referenced_key(it.source, it.option("sourceKey"))
    target_key = _referenced_key(it.target, it.option("targetKey"))
    name, extra, known = it.key("foreignKey")
    other, other_extra, other_known = it.key("otherKey")
    paired = _paired(it, join)
    if source_key is not None and known and name is None:
        name = it.camelized(it.singular(it.source), source_key.name)
    if target_key is not None and other_known and other is None:
        other = paired if paired is not None else _other_default(it, target_key)
    if name is None or other is None or source_key is None or target_key is None or not (known and other_known):
        join.unread.append(it.call.span)
        return
    renamed = _forget_default(it, join, name)
    composite = _drop_generated_key(join, {name, other})
    label = it.option("uniqueKey")
    sides = [(name, extra, source_key, it.source), (other, other_extra, target_key, it.target)]
    for attribute, details, key, referenced in reversed(sides) if it.seven else sides:
        made = _foreign_attribute(it, join, attribute, details, key)
        existing = join.attributes.get(attribute)
        if existing is not None:
            made = replace(
                existing,
                type=key.type,
                allow_null=made.allow_null if "allowNull" in details else existing.allow_null,
            )
        elif "allowNull" not in details:
            made.allow_null = None
        if it.seven and "allowNull" not in details:
            made.allow_null = False
        if composite or renamed:
            made.primary_key = True
        if unique and not composite:
            first, second = sorted((name, other)) if it.seven else (name, other)
            made.unique = label if isinstance(label, str) and label else f"{join.table}_{first}_{second}_unique"
        if it.constrained:
            given = (it.option("onDelete"), it.option("onUpdate"))
            made.on_delete = given[0].upper() if isinstance(given[0], str) else made.on_delete or "CASCADE"
            made.on_update = given[1].upper() if isinstance(given[1], str) else made.on_update or "CASCADE"
            made.reference = Reference(None, key.field, made.span, referenced)
        join.attributes[attribute] = made
    join.joins.append(Join(it.source, it.target, name, other, it.key("otherKey")[0] is None))


def _other_default(it: _Association, key: Attribute) -> str | None:
    if it.source is it.target:
        alias = it.alias()
        return it.camelized(singularize(alias, it.package.major), key.name) if isinstance(alias, str) else None
    return it.camelized(it.singular(it.target), key.name)


def _paired(it: _Association, join: Model) -> str | None:
    """The foreign key of the same join table declared from the other side."""
    for one in join.joins:
        if one.source is it.target and one.target is it.source:
            return one.key
    return None


def _forget_default(it: _Association, join: Model, name: str) -> bool:
    """The other side guessed the name of this side's key before this side named it: the guess goes. Whether it was a part of
    the primary key, which the key under its right name is then: Sequelize has the other side add its keys once more."""
    primary = False
    for one in join.joins:
        if one.source is it.target and one.target is it.source and one.guessed and one.other != name:
            gone = join.attributes.pop(one.other, None)
            primary = primary or (gone is not None and gone.primary_key)
    return primary


def _drop_generated_key(join: Model, keys: set[str]) -> bool:
    """Whether the two keys are the primary key: the join model has none of its own but the `id` that Sequelize made."""
    generated = [one for one in join.primary_keys() if one.generated and one.name not in keys]
    for one in generated:
        del join.attributes[one.name]
    return bool(generated) or any(one.generated for one in join.primary_keys())


def _through(it: _Association) -> tuple[Model | None, bool]:
    """The join model, made when it is only named, and whether its two keys shall be unique together."""
    if "through" not in it.parts:
        return None, False
    here = it.parts["through"].value
    unique = True
    found = it.evaluator.follow(here)
    if found.kind == "obj" and (entry := it.evaluator.entry(found, "model")) is not None:
        told = it.evaluator.entry(found, "unique")
        unique = told is None or literal(it.evaluator, told.value) is not False
        here = entry.value
        found = it.evaluator.follow(here)
    if found.kind != "str":
        return it.package.find(here), unique
    name = found.value["v"]
    return it.package.by_name.get(name) or _join_model(it, here, name), unique


def _join_model(it: _Association, here: Here, name: str) -> Model:
    """`through: 'user_roles'`: a model of that very name, with the options of the source."""
    options = Options(it.evaluator, None, None)
    for key in ("underscored", "createdAt", "updatedAt", "version"):
        options.forced[key] = it.source.options.flag(key, key in {"createdAt", "updatedAt"})
    timestamps = it.option("timestamps")
    define = it.source.instance.define if it.source.instance is not None else it.package.settings
    base: Option = UNKNOWN if define is None else True
    if define is not None and "timestamps" in define:
        base = literal(it.evaluator, define["timestamps"].value)
    options.forced["timestamps"] = base if timestamps is None else timestamps
    options.forced["paranoid"] = False
    model = Model(
        here=it.call,
        name=name,
        span=here.span,
        statement=it.call.span,
        table=name,
        schema=it.source.schema,
        options=options,
        places=(),
        instance=it.source.instance,
        major=it.source.major,
    )
    empty: Value = {"t": "obj", "p": [], "s": here.value["s"], "e": here.value["e"]}
    add_attributes(it.evaluator, model, here.at(empty))
    it.package.models.append(model)
    it.package.by_name[name] = model
    return model
