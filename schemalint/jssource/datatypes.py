"""DataTypes: what an expression names, and what Sequelize 5 and 6 print for it in each dialect."""

from __future__ import annotations

from dataclasses import replace

from schemalint.jssource.evaluate import Evaluator
from schemalint.jssource.here import Here
from schemalint.model.frozen import frozen

_TYPE_WORDS = (
    "STRING CHAR TEXT CITEXT TINYINT SMALLINT MEDIUMINT INTEGER BIGINT FLOAT REAL DOUBLE DECIMAL NUMERIC NUMBER "
    "BOOLEAN DATE DATEONLY TIME NOW UUID UUIDV1 UUIDV4 ENUM JSON JSONB BLOB ARRAY RANGE GEOMETRY GEOGRAPHY "
    "HSTORE INET CIDR MACADDR MACADDR8 TSVECTOR VIRTUAL"
)
_KNOWN = frozenset(_TYPE_WORDS.split())
_SPELLED = {"DOUBLE PRECISION": "DOUBLE", "NUMERIC": "DECIMAL"}
_FLAGS = {"UNSIGNED", "ZEROFILL", "BINARY"}
_INTEGERS = {"TINYINT", "SMALLINT", "MEDIUMINT", "INTEGER", "BIGINT"}
_RANGES = {
    "INTEGER": "int4range",
    "BIGINT": "int8range",
    "DECIMAL": "numrange",
    "DATEONLY": "daterange",
    "DATE": "tstzrange",
}


@frozen
class DataType:
    """`name` as in DataTypes, or "" for a type written as text, which is then in `args`. `element` of ARRAY and RANGE;
    `values` of ENUM, None when they are not known."""

    name: str
    args: tuple[str, ...] = ()
    flags: frozenset[str] = frozenset()
    element: DataType | None = None
    values: tuple[str, ...] | None = None


def data_type(evaluator: Evaluator, here: Here, depth: int = 0) -> DataType | None:
    """The type that an expression names, None when it is none that is known."""
    if depth > 6:
        return None
    chain: list[tuple[str, Here | None]] = []
    value = here
    for _ in range(24):
        kind = value.kind
        if kind == "at":
            value = value.value["h"]
        elif kind == "mem":
            chain.append((value.value["p"], None))
            value = value.at(value.value["o"])
        elif kind == "sub" and (key := evaluator.text(value.at(value.value["i"]))) is not None:
            chain.append((key, None))
            value = value.at(value.value["o"])
        elif kind in {"call", "new"}:
            callee = value.at(value.value["f"])
            if callee.kind == "mem":
                chain.append((callee.value["p"], value))
                value = callee.at(callee.value["o"])
            elif callee.kind == "id":
                chain.append((_imported(evaluator, callee), value))
                break
            else:
                return None
        elif kind == "id":
            name = _imported(evaluator, value)
            if name not in _KNOWN and not chain:
                return _aliased(evaluator, here, depth)
            chain.append((name, None))
            break
        else:
            break
    return _built(evaluator, here, list(reversed(chain)), depth)


def _imported(evaluator: Evaluator, name: Here) -> str:
    """`const { STRING: Text } = require('sequelize')`: the library's own name of a local one."""
    found = evaluator.follow(name)
    if found.kind == "imp" and found.value["n"] not in {"*", "default"}:
        return str(found.value["n"])
    if found.kind == "mem":
        return str(found.value["p"])
    if found.kind == "param" and "p" in found.value:
        return str(found.value["p"])
    return str(name.value["v"])


def _aliased(evaluator: Evaluator, here: Here, depth: int) -> DataType | None:
    """A type behind a name or a member of the project's own: `const money = DataTypes.DECIMAL(10, 2)`."""
    found = evaluator.follow(here)
    if found == here or found.kind not in {"mem", "call", "new", "str"}:
        return None
    if found.kind == "str":
        return DataType("", (found.value["v"],))
    return data_type(evaluator, found, depth + 1)


def _built(evaluator: Evaluator, here: Here, chain: list[tuple[str, Here | None]], depth: int) -> DataType | None:
    made: DataType | None = None
    for written, call in chain:
        name = _SPELLED.get(written, written)
        if made is None:
            if name in _KNOWN:
                made = DataType(name)
        elif name in _FLAGS:
            made = replace(made, flags=made.flags | {name})
        elif name not in {"key", "toString", "V1", "V4"}:  # DataTypes.UUID.V4
            return None
        if made is not None and call is not None and written not in _FLAGS:
            made = _with_arguments(evaluator, made, call, depth)
    if made is None and chain:
        return _aliased(evaluator, here, depth)
    return made


def _with_arguments(evaluator: Evaluator, made: DataType, call: Here, depth: int) -> DataType:
    arguments = call.arguments()
    if made.name in {"ARRAY", "RANGE"}:
        element = data_type(evaluator, arguments[0], depth + 1) if arguments else None
        return replace(made, element=element)
    if made.name == "ENUM":
        return replace(made, values=enum_values(evaluator, arguments))
    if len(arguments) == 1:
        options = evaluator.follow(arguments[0])
        if options.kind == "obj":
            return _with_options(evaluator, made, options)
    texts = []
    for argument in arguments:
        found = evaluator.follow(argument)
        if found.kind == "bool" and made.name in {"STRING", "CHAR"}:
            made = replace(made, flags=made.flags | {"BINARY"}) if found.value["v"] else made
        elif found.kind in {"num", "str"}:
            texts.append(str(found.value["v"]))
        else:
            texts.append("?")
    return replace(made, args=tuple(texts))


def _with_options(evaluator: Evaluator, made: DataType, options: Here) -> DataType:
    entries, _ = evaluator.entries(options)
    texts = {}
    for key, entry in entries.items():
        found = evaluator.follow(entry.value)
        if found.kind in {"num", "str"}:
            texts[key] = str(found.value["v"])
        elif found.kind == "bool" and found.value["v"] and key.upper() in _FLAGS:
            made = replace(made, flags=made.flags | {key.upper()})
    if made.name == "DECIMAL":
        return replace(made, args=tuple(texts[key] for key in ("precision", "scale") if key in texts))
    return replace(made, args=tuple(texts[key] for key in ("length", "precision", "decimals") if key in texts))


def enum_values(evaluator: Evaluator, arguments: list[Here]) -> tuple[str, ...] | None:
    """The values of an ENUM, from any of the ways to write them; None when one of them is not known."""
    values: list[str] = []
    stack = list(reversed(arguments))
    for _ in range(5000):
        if not stack:
            return tuple(values) or None
        found = evaluator.follow(stack.pop())
        if found.kind == "str":
            values.append(found.value["v"])
        elif found.kind == "num":
            values.append(str(found.value["v"]))
        elif found.kind == "arr":
            stack.extend(reversed(found.arguments()))
        elif found.kind == "spread":
            stack.append(found.at(found.value["v"]))
        elif found.kind == "obj" and (own := evaluator.entry(found, "values")) is not None:
            stack.append(own.value)
        elif found.kind == "call" and _enumerates(found):
            entries, unread = evaluator.entries(found.arguments()[0])
            if unread or not entries:
                return None
            if found.value["f"]["p"] == "keys":
                values += entries
            else:
                stack.extend(entry.value for entry in reversed(entries.values()))
        else:
            return None
    return None


def _enumerates(call: Here) -> bool:
    callee = call.value["f"]
    return (
        callee["t"] == "mem"
        and callee["p"] in {"values", "keys"}
        and callee["o"].get("v") == "Object"
        and bool(call.value["a"])
    )


def printed(type: DataType, dialect: str | None, major: int = 6) -> str | None:
    """The type as Sequelize writes it into DDL of that dialect; None for what has no column or is not known there. For
    an unknown dialect, the spelling that most databases share."""
    name, args = type.name, type.args
    if major >= 7 and (seven := _seven(type, dialect)) is not None:
        return seven
    if name == "":
        return args[0] if args else None
    if "?" in args or name in {"VIRTUAL", "NOW", "UUIDV1", "UUIDV4", "NUMBER"}:
        return None
    printer = _PRINTERS.get(name)
    return type.name if printer is None else printer(type, dialect or "generic")


_WIDER = {"TINYINT": "SMALLINT", "SMALLINT": "INTEGER", "MEDIUMINT": "INTEGER", "INTEGER": "BIGINT"}
_STRICT = dict.fromkeys((*_INTEGERS, "BOOLEAN"), "INTEGER") | dict.fromkeys(("FLOAT", "REAL", "DOUBLE"), "REAL")


def _seven(type: DataType, dialect: str | None) -> str | None:
    """What Sequelize 7 writes otherwise: types of equal room where a database lacks one, SQLite's five types alone, and
    the precision of times. None where it writes what Sequelize 6 does."""
    name = type.name
    if dialect == "sqlite" and name in _KNOWN - {"VIRTUAL", "BLOB", "DECIMAL", "NUMERIC", "ARRAY", "RANGE"}:
        return _STRICT.get(name, "TEXT")
    if name == "TIME" and type.args and "?" not in type.args:
        return f"TIME({type.args[0]})"
    if dialect in {"postgres", "tsql"} and name in _WIDER and ("UNSIGNED" in type.flags or name[0] in "TM"):
        return _WIDER[name]
    if dialect in {"postgres", "tsql"} and name == "FLOAT":
        return "REAL"
    if dialect == "postgres" and name == "DATE" and type.args and "?" not in type.args:
        return f"TIMESTAMP({type.args[0]}) WITH TIME ZONE"
    if dialect == "tsql":
        return {"UUID": "UNIQUEIDENTIFIER", "JSON": "NVARCHAR(MAX)"}.get(name)
    return None


def _string(type: DataType, dialect: str) -> str | None:
    length = type.args[0] if type.args else "255"
    word = "CHAR" if type.name == "CHAR" else "VARCHAR"
    if "BINARY" in type.flags:
        if dialect == "postgres":
            return "BYTEA"
        if dialect == "tsql" and word == "VARCHAR":
            return f"BINARY({length})"
        return f"{word} BINARY({length})" if dialect == "sqlite" else f"{word}({length}) BINARY"
    if dialect == "tsql" and word == "VARCHAR":
        return f"NVARCHAR({length})"
    return f"{word}({length})"


def _text(type: DataType, dialect: str) -> str:
    length = type.args[0].lower() if type.args else ""
    if dialect == "tsql":
        return "NVARCHAR(256)" if length == "tiny" else "NVARCHAR(MAX)"
    if dialect not in {"mysql", "mariadb"}:
        return "TEXT"
    return {"tiny": "TINYTEXT", "medium": "MEDIUMTEXT", "long": "LONGTEXT"}.get(length, "TEXT")


def _blob(type: DataType, dialect: str) -> str:
    length = type.args[0].lower() if type.args else ""
    if dialect == "tsql":
        return "VARBINARY(256)" if length == "tiny" else "VARBINARY(MAX)"
    if dialect == "postgres":
        return "BYTEA"
    return {"tiny": "TINYBLOB", "medium": "MEDIUMBLOB", "long": "LONGBLOB"}.get(length, "BLOB")


def _flags(type: DataType) -> str:
    return "".join(f" {flag}" for flag in ("UNSIGNED", "ZEROFILL") if flag in type.flags)


def _integer(type: DataType, dialect: str) -> str:
    if dialect in {"postgres", "tsql"}:
        return type.name
    size = f"({type.args[0]})" if type.args else ""
    return f"{type.name}{size}{'' if dialect == 'sqlite' else _flags(type)}"


def _float(type: DataType, dialect: str) -> str:
    word = "DOUBLE PRECISION" if type.name == "DOUBLE" else type.name
    size = f"({','.join(type.args)})" if type.args else ""
    flags = _flags(type)
    if dialect == "postgres" or (dialect == "tsql" and type.name != "DOUBLE"):
        flags = ""
        if type.name != "FLOAT" or len(type.args) != 1:
            size = ""
    return word + size + flags


def _decimal(type: DataType, dialect: str) -> str:
    args = type.args
    if len(args) == 2 and args[1] in {"0", ""}:
        args = args[:1]
    size = f"({','.join(args)})" if args else ""
    return f"DECIMAL{size}{_flags(type) if dialect in {'mysql', 'mariadb'} else ''}"


def _boolean(type: DataType, dialect: str) -> str:
    return {"mysql": "TINYINT(1)", "mariadb": "TINYINT(1)", "sqlite": "TINYINT(1)", "tsql": "BIT"}.get(
        dialect, "BOOLEAN"
    )


def _date(type: DataType, dialect: str) -> str:
    if dialect in {"mysql", "mariadb"}:
        return f"DATETIME({type.args[0]})" if type.args else "DATETIME"
    return {"sqlite": "DATETIME", "tsql": "DATETIMEOFFSET"}.get(dialect, "TIMESTAMP WITH TIME ZONE")


def _uuid(type: DataType, dialect: str) -> str:
    if dialect in {"mysql", "mariadb"}:
        return "CHAR(36) BINARY"
    return "CHAR(36)" if dialect == "tsql" else "UUID"


def _enum(type: DataType, dialect: str) -> str | None:
    if dialect == "sqlite":
        return "TEXT"
    if dialect == "tsql":
        return "VARCHAR(255)"
    if type.values is None or dialect not in {"mysql", "mariadb"}:
        return None
    quoted = ", ".join("'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'" for value in type.values)
    return f"ENUM({quoted})"


def _array(type: DataType, dialect: str) -> str | None:
    inner = None if type.element is None else printed(type.element, dialect)
    return None if inner is None else f"{inner}[]"


def _range(type: DataType, dialect: str) -> str | None:
    element = "INTEGER" if type.element is None else type.element.name
    return _RANGES.get(element) if dialect == "postgres" else None


def _citext(type: DataType, dialect: str) -> str:
    return "TEXT COLLATE NOCASE" if dialect == "sqlite" else "CITEXT"


def _geometry(type: DataType, dialect: str) -> str:
    if dialect == "postgres":
        return f"{type.name}({','.join(type.args)})" if type.args else type.name
    return type.args[0].upper() if type.args and dialect in {"mysql", "mariadb"} else type.name


_PRINTERS = {
    "STRING": _string,
    "CHAR": _string,
    "TEXT": _text,
    "BLOB": _blob,
    "FLOAT": _float,
    "REAL": _float,
    "DOUBLE": _float,
    "DECIMAL": _decimal,
    "BOOLEAN": _boolean,
    "DATE": _date,
    "DATEONLY": lambda type, dialect: "DATE",
    "TIME": lambda type, dialect: "TIME",
    "UUID": _uuid,
    "ENUM": _enum,
    "ARRAY": _array,
    "RANGE": _range,
    "CITEXT": _citext,
    "GEOMETRY": _geometry,
    "GEOGRAPHY": _geometry,
} | dict.fromkeys(_INTEGERS, _integer)
