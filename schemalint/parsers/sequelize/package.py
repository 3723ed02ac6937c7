"""The models of one package: which definitions there are, which Sequelize each belongs to, and what a name means."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from schemalint.jssource.datatypes import data_type
from schemalint.jssource.evaluate import Evaluator
from schemalint.jssource.here import Entry, Here
from schemalint.jssource.inflection import pluralize
from schemalint.jssource.values import Value
from schemalint.model.span import Span
from schemalint.parsers.sequelize.decorators import definition, inherited, is_model, stamps
from schemalint.parsers.sequelize.instances import Instance, by_itself, instances, on_branches, same, target_of
from schemalint.parsers.sequelize.models import (
    UNKNOWN,
    Model,
    Options,
    add_attributes,
    index_lists,
    table_name,
)

Place = tuple[str, int]
"""Where a class or a `define` call starts: what a model is known by."""

_DEEPEST = 8
"""Classes above a class that are looked through."""
_RECEIVERS = ("sequelize", "sequelise", "seq", "db", "database", "conn", "connection", "orm")


@dataclass(slots=True)
class Package:
    """What the files of one package say together."""

    evaluator: Evaluator
    files: Mapping[str, Mapping[str, Any]]
    major: int
    settings: Mapping[str, Entry] | None = None  # `define` from our own configuration
    instances: list[Instance] = field(default_factory=list)
    models: list[Model] = field(default_factory=list)
    by_name: dict[str, Model] = field(default_factory=dict)
    by_place: dict[Place, Model] = field(default_factory=dict)
    alike: bool = False
    hooked: bool = False

    def load(self) -> None:
        """Finds the instances and the models."""
        for path, extract in self.files.items():
            if not by_itself(extract):
                self.instances += instances(self.evaluator, path, extract)
            self.hooked = self.hooked or bool(extract.get("hooks"))
        self.alike = bool(self.instances) and same(
            self.evaluator, self.instances, on_branches(self.instances, self.files)
        )
        for path, extract in self.files.items():
            for model in self._definitions(path, extract):
                self._add(model)
        for path, extract in self.files.items():
            for value in extract.get("removed", ()):
                self._remove(Here(path, value))

    def databases(self) -> list[tuple[str, Package]]:
        """The package taken apart by the databases that its models are bound to, each with what tells it from the others; whole
        where there is one. Models whose Sequelize is not certain stay together, by themselves."""
        apart: dict[str, list[Model]] = {}
        for model in self.models:
            target = "" if model.instance is None else target_of(self.evaluator, model.instance)
            apart.setdefault(target, []).append(model)
        if len(apart.keys() - {""}) < 2:
            return [("", self)]
        parts = []
        for target, models in apart.items():
            own = [one for one in self.instances if not target or target_of(self.evaluator, one) == target]
            kept = {id(model) for model in models}
            parts.append(
                (
                    target,
                    replace(
                        self,
                        instances=own,
                        models=models,
                        by_name={name: model for name, model in self.by_name.items() if id(model) in kept},
                        by_place={place: model for place, model in self.by_place.items() if id(model) in kept},
                    ),
                )
            )
        return parts

    def _add(self, model: Model) -> None:
        earlier = self.by_name.get(model.name)
        if earlier is not None and earlier.table == model.table:
            # The later definition of a name replaces the earlier one, but which of them is later we cannot tell.
            model.unread.append(earlier.span)
            earlier.unread.append(model.span)
        self.by_name.setdefault(model.name, model)
        self.models.append(model)
        for place in model.places:
            self.by_place[place] = model

    # Definitions

    def _definitions(self, path: str, extract: Mapping[str, Any]) -> Iterator[Model]:
        for value in extract.get("defines", ()):
            model = self._defined(Here(path, value))
            if model is not None:
                yield model
        for value, owner in extract.get("inits", ()):
            model = self._initialised(Here(path, value), owner)
            if model is not None:
                yield model
        for held in extract.get("decorated", ()):
            if is_model(held, self.major):
                yield self._decorated(Here(path, held["class"]), held)

    def _defined(self, call: Here) -> Model | None:
        """`sequelize.define('Name', attributes, options)`."""
        arguments = call.arguments()
        receiver = call.at(call.value["f"]["o"])
        if len(arguments) < 2 or not self._defines(receiver, arguments[1]):
            return None
        told = self.evaluator.text(arguments[0])
        options = arguments[2] if len(arguments) > 2 else None
        return self._model(
            call,
            told,
            arguments[0].span,
            arguments[1],
            options,
            self.instance_of(receiver),
            ((call.path, call.value["s"]),),
        )

    def _defines(self, receiver: Here, attributes: Here) -> bool:
        """Whether a `.define(` is Sequelize's: by what it is called on, or by what it is given."""
        found = self.evaluator.follow(receiver)
        if found.kind == "new":
            return any(one.place == (found.path, found.value["s"]) for one in self.instances)
        if attributes.kind in {"str", "fn", "arr", "num", "class"}:
            return False
        last = str(receiver.value.get("p", receiver.value.get("v", ""))).lower()
        if "sequelize" in last:
            return True
        entries, _ = self.evaluator.entries(attributes)
        if last in _RECEIVERS or found.kind == "param":
            return any(self._is_attribute(entry.value) for entry in entries.values())
        return bool(entries) and all(self._is_attribute(entry.value) for entry in entries.values())

    def _is_attribute(self, here: Here) -> bool:
        if here.kind in {"mem", "call", "new", "id"} and data_type(self.evaluator, here) is not None:
            return True
        found = self.evaluator.follow(here)
        if found.kind != "obj":
            return False
        type = self.evaluator.entry(found, "type")
        return type is not None and data_type(self.evaluator, type.value) is not None

    def _initialised(self, call: Here, owner: list[int] | None) -> Model | None:
        """`X.init(attributes, {sequelize, …})`, `super.init(…)`."""
        arguments = call.arguments()
        if len(arguments) < 2:
            return None
        options, _ = self.evaluator.entries(arguments[1])
        attributes, _ = self.evaluator.entries(arguments[0])
        typed = any(self._is_attribute(entry.value) for entry in attributes.values())
        if "sequelize" not in options and not typed:
            return None
        owned = self._class(call.at(call.value["f"]["o"]), owner)
        if owned is None:
            return None
        given = options.get("modelName")
        name = owned.value.get("n") if given is None else self.evaluator.text(given.value)
        span = self._name_span(owned) if given is None else given.value.span
        instance = self.instance_of(options["sequelize"].value) if "sequelize" in options else self.instance_of(None)
        places = ((owned.path, owned.value["s"]), (call.path, call.value["s"]))
        return self._model(call, name, span, arguments[0], arguments[1], instance, places)

    def _decorated(self, owned: Here, held: dict[str, Any]) -> Model:
        """`@Table class X extends Model`."""
        fields = self.fields(owned.path, held)
        attributes, options = definition(held, fields, partial(self._index_of, owned.path))
        here = None if options is None else owned.at(options)
        given = None if here is None else self.evaluator.entry(here, "modelName")
        name = owned.value.get("n") if given is None else self.evaluator.text(given.value)
        span = self._name_span(owned) if given is None else given.value.span
        place = (owned.path, owned.value["s"])
        instance = self.instance_of(None)
        model = self._model(owned, name, span, owned.at(attributes), here, instance, (place,), stamps(fields))
        base = self._last_base(owned)
        if base is not None:
            model.unread.append(base.span)
        return model

    def _last_base(self, owned: Here) -> Here | None:
        """The class above all others that are found, where it is not Sequelize's Model: it may have columns."""
        here = owned
        for _ in range(_DEEPEST):
            if here.kind != "class" or "b" not in here.value:
                break
            written = here.at(here.value["b"])
            here = self.evaluator.follow(written)
            if here.kind != "class":
                said = here.value.get("p", here.value.get("n", here.value.get("v")))
                return None if said == "Model" else written
        return None

    def fields(self, path: str, held: dict[str, Any]) -> list[dict[str, Any]]:
        """The decorated fields of a class, after those of the classes it extends; in Sequelize 7 before them."""
        above: list[list[dict[str, Any]]] = []
        here, own = Here(path, held["class"]), held
        for _ in range(_DEEPEST):
            base = here.value.get("b")
            here = here if base is None else self.evaluator.follow(here.at(base))
            place = None if base is None else self._decorated_at(here)
            if base is None or here.kind != "class":
                break
            if place is not None:
                above.append(inherited(place, here.path, held, path))
        names = {field["n"] for field in own["fields"]}
        layers = [*above[::-1], own["fields"]] if self.major < 7 else [own["fields"], *above]
        return [field for layer in layers for field in layer if layer is own["fields"] or field["n"] not in names]

    def _decorated_at(self, here: Here) -> dict[str, Any] | None:
        for held in self.files.get(here.path, {}).get("decorated", ()):
            if held["class"]["s"] == here.value["s"]:
                found: dict[str, Any] = held
                return found
        return None

    def _index_of(self, path: str, decorator: dict[str, Any]) -> list[Here] | None:
        made = self.evaluator.follow(Here(decorator.get("path", path), decorator["f"]))
        if made.kind != "call" or made.value["f"].get("v") != "createIndexDecorator":
            return None
        return made.arguments()

    def _class(self, receiver: Here, owner: list[int] | None) -> Here | None:
        """The class that `X`, `this` or `super` means; for a name that is not followed, the name alone."""
        if receiver.kind in {"this", "super"}:
            for value in self._classes(receiver.path):
                if owner is not None and value["s"] == owner[0]:
                    return receiver.at(value)
            return None
        found = self.evaluator.follow(receiver)
        if found.kind == "class":
            return found
        if receiver.kind == "id":
            value = receiver.value
            return receiver.at(value | {"n": value["v"], "ns": value["s"], "ne": value["e"]})
        return None

    def _classes(self, path: str) -> Iterator[Value]:
        for _, _, _, value in self.files.get(path, {}).get("names", ()):
            if value is not None and value["t"] == "class":
                yield value
        for _, value in self.files.get(path, {}).get("exports", ()):
            if value["t"] == "class":
                yield value

    @staticmethod
    def _name_span(owned: Here) -> Span:
        value = owned.value
        return Span(owned.path, value["ns"], value["ne"]) if "ns" in value else owned.span

    def _model(
        self,
        call: Here,
        name: str | None,
        span: Span,
        attributes: Here,
        options: Here | None,
        instance: Instance | None,
        places: tuple[Place, ...],
        stamps: Mapping[str, Any] | None = None,
    ) -> Model:
        define = self.settings if self.settings else None if instance is None else instance.define
        if self.hooked:
            define = None
        merged = Options(self.evaluator, options, define)
        # Decorators of timestamps set options of their own; `@Table({timestamps: false})` still wins.
        merged.forced |= {key: held for key, held in (stamps or {}).items() if merged.own(key) is None}
        table = None if self.hooked or name is None else table_name(name, self._plural(name, merged), merged)
        given = merged.flag("tableName")
        if isinstance(given, str) and not self.hooked:
            table = given
            own = merged.own("tableName")
            if own is not None:
                span = own.value.span
        schema = merged.flag("schema")
        if not schema and instance is not None and instance.schema is not None:
            schema = self.evaluator.text(instance.schema.value)
        model = Model(
            here=call,
            name=name or "",
            span=span,
            statement=call.span,
            table=table,
            schema=schema if isinstance(schema, str) and schema else None,
            options=merged,
            places=places,
            instance=instance,
            major=self.major,
        )
        add_attributes(self.evaluator, model, attributes)
        model.indexes = index_lists(self.evaluator, model)
        return model

    def _plural(self, name: str, options: Options) -> str:
        """What the table is called after: Sequelize 7 takes the plural that the model says of itself."""
        told = options.own("name") if self.major >= 7 else None
        entry = None if told is None else self.evaluator.entry(self.evaluator.follow(told.value), "plural")
        given = None if entry is None else self.evaluator.text(entry.value)
        return given or pluralize(name, self.major)

    # Instances

    def instance_of(self, here: Here | None) -> Instance | None:
        """The Sequelize that a receiver or an option means; where all are alike, any of them."""
        if here is not None:
            for found in self.evaluator.choices(here):
                for one in self.instances:
                    if found.kind in {"new", "call"} and one.place == (found.path, found.value["s"]):
                        return one
        return self.instances[0] if self.alike else None

    def is_sequelize(self, here: Here) -> bool:
        """Whether an expression is a Sequelize: it leads to one that is made, or is called so and leads nowhere."""
        for found in self.evaluator.choices(here):
            if found.kind == "new":
                return any(one.place == (found.path, found.value["s"]) for one in self.instances)
            if found.kind in {"class", "fn", "obj", "str"}:
                return False
        last = str(here.value.get("p", here.value.get("v", ""))).lower()
        return last in {"sequelize", "sequelise"} or last.endswith("sequelize")

    # Names

    def find(self, here: Here, owner: list[int] | None = None) -> Model | None:
        """The model that an expression means: followed to its definition, else by its name, as `models.User` is."""
        if here.kind == "this" and owner is not None:
            return self.by_place.get((here.path, owner[0]))
        found = self.evaluator.follow(here)
        for one in (found, here):
            model = self.by_place.get((one.path, one.value["s"]))
            if model is not None and one.kind in {"class", "call"}:
                return model
        if found.kind in {"str", "num", "arr", "fn", "new"}:
            return None
        if found.kind == "call" and found.value["f"].get("p") == "init":
            return self.find(found.at(found.value["f"]["o"]), owner)
        name = here.value.get("p") or here.value.get("v")
        if found.kind == "call" and found.value["f"].get("p") == "model" and found.value["a"]:
            name = self.evaluator.text(found.at(found.value["a"][0]))
        if found.kind == "param" and "p" in found.value:
            name = found.value["p"]
        return self.by_name.get(name) if isinstance(name, str) else None

    def certain(self, here: Here) -> bool:
        """Whether it is certain that an expression means no model of this package when `find` finds none."""
        found = self.evaluator.follow(here)
        return found.kind in {"id", "imp", "mem", "param", "class"} or here.kind in {"id", "mem"}

    def _remove(self, call: Here) -> None:
        model = self.find(call.at(call.value["f"]["o"]))
        arguments = call.arguments()
        name = self.evaluator.text(arguments[0]) if arguments else None
        if model is not None and name is not None:
            model.attributes.pop(name, None)


def unknown_table(model: Model) -> str:
    """Why the table of a model is not certain, for the list of what was not read."""
    if model.options.flag("tableName") is UNKNOWN and model.options.own("tableName") is not None:
        return "the table's name is computed"
    return "the table's name depends on `define` options of Sequelize that were not found"
