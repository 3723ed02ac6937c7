"""`@Column` and its kin: what TypeORM's ColumnMetadata says of one property (0.3.31)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from schemalint.jssource.evaluate import Evaluator
from schemalint.jssource.here import Here
from schemalint.model.frozen import frozen
from schemalint.model.span import Span
from schemalint.parsers.typeorm_entities.classes import Class, Decorator, Field
from schemalint.parsers.typeorm_entities.naming import Naming
from schemalint.parsers.typeorm_entities.options import Lack, Literal, Options, literal, texts

COLUMNS = (
    "Column",
    "PrimaryColumn",
    "PrimaryGeneratedColumn",
    "CreateDateColumn",
    "UpdateDateColumn",
    "DeleteDateColumn",
    "VersionColumn",
    "TreeLevelColumn",
)
_MODES = {
    "CreateDateColumn": "create",
    "UpdateDateColumn": "update",
    "DeleteDateColumn": "delete",
    "VersionColumn": "version",
    "TreeLevelColumn": "version",
}
CONSTRUCTORS = {"String", "Number", "Boolean", "Date"}
_REFLECTED = {"string": "String", "number": "Number", "boolean": "Boolean", "Date": "Date", "Buffer": "Buffer"}
_PROMISE = re.compile(r"Promise<(.*)>", re.S)


@frozen
class Default:
    """`has` None: there is one, or none, and which is not known. `value` a literal, `sql` what a function gives."""

    has: bool | None = False
    value: Literal | list[str] = Lack.ABSENT
    sql: str | None = None


@frozen
class Spec:
    """One column, before it is written for a server. `type` is TypeORM's word, or the name of a JavaScript constructor, None
    where it is not known; `generated` "increment", "uuid", "rowid" or "identity"; `sure` False: length and the like are not
    known. `values` are those of an enumeration, None where they are not known."""

    name: str | None
    span: Span
    property: str
    own: str
    given: str | None = None
    type: str | None = None
    length: int | None = None
    width: int | None = None
    precision: int | None = None
    bare: bool = False  # precision: null
    scale: int | None = None
    unsigned: bool = False
    array: bool = False
    enumerated: bool = False
    values: tuple[str, ...] | None = None
    enum_name: str | None = None
    nullable: bool | None = False
    primary: bool = False
    default: Default = Default()
    generated: str | None = None
    mode: str = "regular"
    sure: bool = True
    computed: bool = False  # asExpression


class Columns:
    """Reads columns under a naming strategy."""

    def __init__(self, evaluator: Evaluator, naming: Naming) -> None:
        self.evaluator, self.naming = evaluator, naming

    def spec(self, owner: Class, field: Field, decorator: Decorator, prefixes: Sequence[str], path: str) -> Spec:
        """The column that a decorator makes of a property. `path` leads to the embedded object, with a dot at its end."""
        arguments = list(decorator.arguments)
        type_: str | Lack | None = Lack.ABSENT
        strategy: str | None = None
        if decorator.name == "PrimaryGeneratedColumn":
            strategy = "increment"
            first = literal(self.evaluator.follow(arguments[0])) if arguments else Lack.ABSENT
            if isinstance(first, str):
                strategy, arguments = first, arguments[1:]
            type_ = {"increment": "Number", "identity": "Number", "uuid": "uuid", "rowid": "int"}.get(strategy)
        elif arguments and decorator.name in {"Column", "PrimaryColumn"}:
            found = self._type(arguments[0])  # a constructor that stands alone is no type: see `Entities._embedded`
            if found is not Lack.ABSENT:
                type_, arguments = found, arguments[1:]
        options = Options(self.evaluator, arguments[0] if arguments else None)
        type_, strategy = self._kinds(field, decorator, options, type_, strategy)
        given = options.text("name")
        name = None
        if not isinstance(given, Lack) or given is Lack.ABSENT:
            name = self.naming.column(field.name, None if isinstance(given, Lack) else given, prefixes)
        default = self._inherited(field, _default(self.evaluator, options))
        sure = not options.open and all(
            options.number(key) is not Lack.UNKNOWN for key in ("length", "width", "precision", "scale")
        )
        flags = {key: options.flag(key) for key in ("unsigned", "zerofill", "array")}
        enumeration = options.here("enum")
        values = None if isinstance(enumeration, Lack) else texts(self.evaluator, enumeration)
        enum_name = options.text("enumName")
        mode = _MODES.get(decorator.name, "regular")
        nullable = options.flag("nullable", default.value is None)
        return Spec(
            name=name,
            span=field.span,
            property=path + field.name,
            own=field.name,
            given=None if isinstance(given, Lack) else given,
            type=None if isinstance(type_, Lack) else type_,
            length=_whole(options, "length"),
            width=_whole(options, "width"),
            precision=_whole(options, "precision"),
            bare=options.number("precision") is None,
            scale=_whole(options, "scale"),
            unsigned=bool(flags["unsigned"] or flags["zerofill"]),
            array=bool(flags["array"]),
            enumerated=enumeration is not Lack.ABSENT,
            values=None if values is None else tuple(values),
            enum_name=None if isinstance(enum_name, Lack) else enum_name,
            nullable=(nullable or True) if mode == "delete" else nullable,
            primary=decorator.name.startswith("Primary") or options.flag("primary") is True,
            default=default,
            generated=strategy,
            mode=mode,
            sure=sure and None not in flags.values() and enum_name is not Lack.UNKNOWN,
            computed=options.here("asExpression") is not Lack.ABSENT,
        )

    def _inherited(self, field: Field, default: Default) -> Default:
        """The default of a property that a class declares again: its own where it says one. TypeORM keeps that for the base
        too, so that what other classes get depends on which it builds first."""
        for again in field.again:
            options = Options(self.evaluator, again.arguments[-1] if again.arguments else None)
            said = _default(self.evaluator, options)
            if said.has is not False and said.value not in ("", 0.0, False):
                default = said
        return Default(None, Lack.UNKNOWN) if field.shared and default.has is not None and not field.again else default

    def _kinds(
        self, field: Field, decorator: Decorator, options: Options, type_: str | Lack | None, strategy: str | None
    ) -> tuple[str | Lack | None, str | None]:
        """Type and way of generating, after the options and further decorators."""
        told = options.here("type")
        if told is Lack.UNKNOWN:
            type_ = None
        elif not isinstance(told, Lack) and type_ in (Lack.ABSENT, "Number", "uuid", "int"):
            type_ = self._type(told)
        by_options = options.literal("generated")
        if isinstance(by_options, str):
            strategy = by_options
        elif by_options is True:
            strategy = "increment"
        further = field.first("Generated")
        if further is not None:
            first = literal(self.evaluator.follow(further.arguments[0])) if further.arguments else "increment"
            strategy = first if isinstance(first, str) else strategy
        if strategy == "uuid":
            type_ = "uuid"
        elif strategy == "rowid":
            type_ = "int"
        if type_ is Lack.ABSENT and decorator.name in {"Column", "PrimaryColumn"}:
            type_ = self._reflected(field)
        return type_, strategy

    def _type(self, here: Here) -> str | Lack | None:
        """A type by name or by constructor; ABSENT for an object of options, None for what is not known."""
        found = self.evaluator.follow(here)
        if found.kind == "str":
            return str(found.value["v"])
        if found.kind == "id" and found.value["v"] in CONSTRUCTORS:
            return str(found.value["v"])
        if found.kind in {"obj", "undef", "null"}:
            return Lack.ABSENT
        if found.kind == "call" and found.value["f"].get("p") == "assign":
            return Lack.ABSENT
        return None

    def _reflected(self, field: Field) -> str | None:
        """What TypeScript's compiler leaves of a type for the program (`design:type`)."""
        written = (field.type or "").strip()
        match = _PROMISE.fullmatch(written)
        if match is not None:
            return None
        parts = [part.strip() for part in written.split("|")]
        parts = [part for part in parts if part not in {"null", "undefined", ""}]
        if parts and all(re.fullmatch(r"'[^']*'|\"[^\"]*\"", part) for part in parts):
            return "String"
        if len(parts) != 1:
            return None
        if parts[0] in _REFLECTED:
            return _REFLECTED[parts[0]]
        if not re.fullmatch(r"[A-Za-z_$][\w$]*", parts[0]):
            return None
        at = {"s": field.span.start, "e": field.span.end}
        found = self.evaluator.follow(Here(field.span.path, {"t": "id", "v": parts[0]} | at))
        if found.kind == "obj":  # an enumeration
            kinds = {entry[3]["t"] if entry[0] is not None else "num" for entry in found.value["p"]}
            return {frozenset({"str"}): "String", frozenset({"num"}): "Number"}.get(frozenset(kinds))
        return None


def _whole(options: Options, key: str) -> int | None:
    found = options.number(key)
    return None if isinstance(found, Lack) else found


def _default(evaluator: Evaluator, options: Options) -> Default:
    here = options.here("default")
    if here is Lack.ABSENT:
        return Default()
    if isinstance(here, Lack):
        return Default(None, Lack.UNKNOWN)
    if here.kind == "fn":
        if "r" not in here.value:
            return Default(True, Lack.UNKNOWN)
        said = evaluator.text(here.at(here.value["r"]))
        return Default(True, Lack.UNKNOWN, said)
    if here.kind == "arr":
        listed = texts(evaluator, here)
        return Default(True, Lack.UNKNOWN if listed is None else listed)
    if here.kind == "obj":
        return Default(True, Lack.UNKNOWN)
    found = literal(here)
    if found is None or found is Lack.ABSENT:
        return Default(False, found)
    return Default(None if found is Lack.UNKNOWN else True, found)


def referring(column: Spec, name: str, span: Span, nullable: bool, primary: bool, path: str) -> Spec:
    """The column that a relation makes for a referenced one: its type and size, nothing else of it."""
    uuid = column.type == "uuid" and column.length is None
    return replace(
        column,
        name=name,
        span=span,
        property=path,
        own=path,
        given=name,
        # What becomes of MySQL's varchar for a uuid (RelationJoinColumnBuilder); other servers have the type.
        length=36 if uuid else column.length,
        nullable=nullable,
        primary=primary,
        default=Default(),
        generated=None,
        mode="regular",
        array=False,
    )
