"""What `Mapped[…]` and SQLModel's annotations say: the Python type, whether it may be None, columns in `Annotated`."""

from __future__ import annotations

import ast

from schemalint.model.frozen import frozen, replace
from schemalint.model.span import SourceFile
from schemalint.pysource.enums import EnumRead, is_enum, names
from schemalint.pysource.nodes import Call, Const, Node, Op, Ref, Seq, Sub, Text, node
from schemalint.pysource.resolve import ClassDef, External, Modules, Value
from schemalint.pysource.sqltypes import UNKNOWN, NamedEnum, TypeRead, TypeReader, library_name
from schemalint.pysource.writing import Writer

MAX_STEPS = 20

MAPPED = frozenset({"Mapped", "MappedColumn", "InstrumentedAttribute"})
RELATED = frozenset({"DynamicMapped", "WriteOnlyMapped", "Relationship", "RelationshipProperty", "AppenderQuery"})
_OPTIONAL = frozenset({"Optional"})
_BUILT_IN = frozenset({"int", "str", "float", "bool", "bytes", "dict", "list", "None", "object"})


@frozen
class Annotation:
    """`inner` is the Python type with Optional and Annotated taken off, `optional` None when not even that is known;
    `columns` are calls to `mapped_column` or `Field` inside Annotated; `chain` the names met on the way, outermost
    first, for look-up in a type_annotation_map."""

    path: str
    inner: Node | None
    optional: bool | None
    columns: tuple[tuple[str, Call], ...] = ()
    chain: tuple[tuple[str, Node], ...] = ()


def of_text(item: Text) -> Node | None:
    """The expression that an annotation given as a string holds, standing where the string stands."""
    try:
        tree = ast.parse(item.value.strip(), mode="eval")
        plain = Writer(SourceFile("", item.value.strip())).plain(tree.body)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    return node(_moved(plain, item.start, item.end))


def _moved(plain: list[object], start: int, end: int) -> list[object]:
    """Plain data with every node at one place. Depth is bounded by the writer."""
    if plain and isinstance(plain[0], str) and len(plain) > 2 and isinstance(plain[1], int):
        return [
            plain[0],
            start,
            end,
            *(_moved(each, start, end) if isinstance(each, list) else each for each in plain[3:]),
        ]
    return [_moved(each, start, end) if isinstance(each, list) else each for each in plain]


def mapped(modules: Modules, path: str, item: Node) -> tuple[str, Node | None]:
    """("column", T) for `Mapped[T]`, ("related", None) for a relationship's annotation, ("", None) for any other."""
    if isinstance(item, Text):
        parsed = of_text(item)
        if parsed is None:
            return "", None
        item = parsed
    if isinstance(item, Sub):
        name = library_name(modules.resolve(path, item.base))
        if name in MAPPED:
            return "column", item.index
        if name in RELATED:
            return "related", None
    return "", None


def read(modules: Modules, path: str, item: Node) -> Annotation:
    """Takes an annotation apart."""
    found = Annotation(path, item, False)
    for _ in range(MAX_STEPS):
        here = found.inner
        if isinstance(here, Text):
            parsed = of_text(here)
            if parsed is None:
                return replace(found, inner=None, optional=None)
            found = replace(found, inner=parsed)
            continue
        if isinstance(here, Op) and here.op == "|":
            found = _union(found, _alternatives(here))
            continue
        if isinstance(here, Sub):
            base = modules.resolve(found.path, here.base)
            name = base.last if isinstance(base, External) else ""
            items = here.index.items if isinstance(here.index, Seq) else (here.index,)
            if name in _OPTIONAL and items:
                found = replace(found, inner=items[0], optional=True)
                continue
            if name == "Union":
                found = _union(found, list(items))
                continue
            if name == "Annotated" and items:
                columns = tuple((found.path, each) for each in items[1:] if isinstance(each, Call))
                chain = (*found.chain, (found.path, here))
                found = replace(found, inner=items[0], columns=(*found.columns, *columns), chain=chain)
                continue
            if name in ("Final", "ClassVar", "Required", "NotRequired") and items:
                found = replace(found, inner=items[0])
                continue
            return found
        if isinstance(here, Ref):
            target = modules.resolve(found.path, here)
            if isinstance(target, Value):
                new_type = isinstance(target.value, Call) and _is(modules, target.path, target.value.func, "NewType")
                chain = (*found.chain, (found.path, here))
                if new_type and isinstance(target.value, Call) and len(target.value.args) > 1:
                    found = replace(found, path=target.path, inner=target.value.args[1], chain=chain)
                    continue
                found = replace(found, path=target.path, inner=target.value, chain=chain)
                continue
        return found
    return replace(found, inner=None, optional=None)


def _is(modules: Modules, path: str, item: Node, name: str) -> bool:
    target = modules.resolve(path, item)
    return isinstance(target, External) and target.last == name


def _alternatives(item: Op) -> list[Node]:
    parts: list[Node] = []
    stack: list[Node] = [item]
    while stack:
        here = stack.pop()
        if isinstance(here, Op) and here.op == "|":
            stack += [here.right, here.left]
        else:
            parts.append(here)
    return parts


def _union(found: Annotation, parts: list[Node]) -> Annotation:
    """One type and None; of several types which is stored is not known."""
    rest = [part for part in parts if not (isinstance(part, Const) and part.value is None)]
    optional = True if len(rest) < len(parts) else found.optional
    return replace(found, inner=rest[0] if len(rest) == 1 else None, optional=optional)


def python_name(modules: Modules, path: str, item: Node) -> str | None:
    """A key for a Python type, the same wherever it is written: for type_annotation_map."""
    if isinstance(item, Sub):
        base = python_name(modules, path, item.base)
        items = item.index.items if isinstance(item.index, Seq) else (item.index,)
        inside = [python_name(modules, path, each) if not isinstance(each, Text) else each.value for each in items]
        if base is None or None in inside:
            return None
        return f"{base}[{', '.join(each for each in inside if each)}]"
    if isinstance(item, Const) and item.value is None:
        return "None"
    if not isinstance(item, Ref):
        return None
    target = modules.resolve(path, item)
    if isinstance(target, External):
        return {"typing.Dict": "dict", "typing.List": "list", "typing.Any": "Any"}.get(target.dotted, target.dotted)
    if isinstance(target, ClassDef):
        return f"{target.path}:{target.name}"
    if isinstance(target, Value):
        return f"{target.path}={target.name}"
    return item.parts[0] if len(item.parts) == 1 and item.parts[0] in _BUILT_IN else None


def column_type(
    types: TypeReader, found: Annotation, type_map: tuple[tuple[str, Node, Node], ...], sqlmodel: bool
) -> TypeRead:
    """The column type that an annotation means."""
    modules = types.modules
    wanted = [*found.chain, *(((found.path, found.inner),) if found.inner is not None else ())]
    keys = {python_name(modules, path, key): (path, value) for path, key, value in type_map}
    for path, item in wanted:
        mapped_to = keys.get(python_name(modules, path, item))
        if mapped_to is not None:
            return types.read(*mapped_to)
    inner = found.inner
    if inner is None:
        return UNKNOWN
    name = python_name(modules, found.path, inner)
    if isinstance(inner, Ref):
        target = modules.resolve(found.path, inner)
        if isinstance(target, ClassDef) and is_enum(modules, target):
            # With an enum in the map (`enum.Enum: Enum(…, native_enum=False)`) what it becomes is set there.
            if any(key and key.startswith("enum.") for key in keys):
                return TypeRead(integer=False)
            return _enum(types, EnumRead(names(modules, target), target.name))
    if (isinstance(inner, Sub) and name is None) or (name or "").startswith(
        ("typing.Literal", "typing_extensions.Literal")
    ):
        return _literal(types, inner)
    if name in ("Any", "object"):
        return UNKNOWN
    if name is not None and name.startswith("pydantic.") and name.rpartition(".")[2] in ("EmailStr",) and sqlmodel:
        name = "str"
    return types.python(found.path, name, sqlmodel)


def _enum(types: TypeReader, made: EnumRead) -> TypeRead:
    if made.values is None or made.class_name is None:
        return TypeRead(integer=False)
    if types.family == "postgres":
        label = made.class_name.lower()
        return replace(types.of_ddl(types.written(label)), enum=NamedEnum(label, None, made.values, True))
    if types.family in ("mysql", "generic"):
        listed = ",".join("'" + value.replace("'", "''") + "'" for value in made.values)
        return types.of_ddl(f"ENUM({listed})")
    return types.of_ddl(f"VARCHAR({max(map(len, made.values), default=0)})")


def _literal(types: TypeReader, item: Node) -> TypeRead:
    """`Literal["a", "b"]`: a VARCHAR as long as the longest."""
    if not isinstance(item, Sub):
        return UNKNOWN
    items = item.index.items if isinstance(item.index, Seq) else (item.index,)
    texts = [each.value for each in items if isinstance(each, Text)]
    if len(texts) != len(items) or not texts or types.family == "generic":
        return UNKNOWN
    return types.of_ddl(f"VARCHAR({max(map(len, texts))})")
