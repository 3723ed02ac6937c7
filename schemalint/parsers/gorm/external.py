"""Types outside the project that are known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from schemalint.model.frozen import frozen

GORM = "gorm.io/gorm"


@frozen
class External:
    """A type of another module that is known: the Go kind GORM ends up with, whether it is a Valuer, and what it says
    its database type is, by dialect."""

    kind: str
    valuer: bool = True
    data_type: str | None = None
    database: Mapping[str, str] = field(default_factory=dict)


_JSON = {"mysql": "JSON", "postgres": "JSONB", "sqlite": "JSON"}
_UUIDS = (
    "github.com/google/uuid",
    "github.com/gofrs/uuid",
    "github.com/gofrs/uuid/v3",
    "github.com/gofrs/uuid/v5",
    "github.com/satori/go.uuid",
)
_NULLS = (
    "gopkg.in/guregu/null.v3",
    "gopkg.in/guregu/null.v4",
    "github.com/guregu/null",
    "github.com/guregu/null/v5",
    "github.com/guregu/null/v6",
)

NULLS = (("database/sql", "Null"), ("gorm.io/datatypes", "Null"))

EXTERNAL: Mapping[tuple[str, str], External] = {
    ("time", "Time"): External("time", valuer=False),
    ("time", "Duration"): External("int64", valuer=False),
    ("time", "Month"): External("int", valuer=False),
    ("time", "Weekday"): External("int", valuer=False),
    (GORM, "DeletedAt"): External("time"),
    **{
        (path, f"Null{name}"): External(kind)
        for path in ("database/sql", "gorm.io/datatypes")
        for name, kind in (
            ("String", "string"),
            ("Int64", "int64"),
            ("Int32", "int32"),
            ("Int16", "int16"),
            ("Byte", "uint8"),
            ("Bool", "bool"),
            ("Float64", "float64"),
            ("Time", "time"),
        )
    },
    **dict.fromkeys(NULLS, External("?")),
    ("database/sql", "RawBytes"): External("bytes", valuer=False),
    ("encoding/json", "RawMessage"): External("bytes", valuer=False),
    ("encoding/json", "Number"): External("string", valuer=False),
    ("net", "IP"): External("bytes", valuer=False),
    ("github.com/lib/pq", "NullTime"): External("time"),
    **{
        ("github.com/lib/pq", f"{name}Array"): External("slice")
        for name in ("String", "Int64", "Int32", "Float64", "Float32", "Bool", "Bytea")
    },
    ("github.com/shopspring/decimal", "Decimal"): External("string"),
    ("github.com/shopspring/decimal", "NullDecimal"): External("?"),
    ("gorm.io/plugin/soft_delete", "DeletedAt"): External("uint", valuer=False),
    ("gorm.io/datatypes", "JSON"): External("bytes", data_type="json", database=_JSON),
    ("gorm.io/datatypes", "JSONType"): External("struct", data_type="json", database=_JSON),
    ("gorm.io/datatypes", "JSONSlice"): External("slice", data_type="json", database=_JSON),
    ("gorm.io/datatypes", "JSONMap"): External("map", data_type="jsonmap", database={**_JSON, "tsql": "NVARCHAR(MAX)"}),
    ("gorm.io/datatypes", "Date"): External("time", data_type="date"),
    ("gorm.io/datatypes", "Time"): External(
        "int64", data_type="time", database={"mysql": "TIME", "postgres": "TIME", "sqlite": "TEXT", "tsql": "TIME"}
    ),
    ("gorm.io/datatypes", "URL"): External(
        "struct", data_type="url", database=dict.fromkeys(("mysql", "postgres", "sqlite", "tsql"), "TEXT")
    ),
    ("gorm.io/datatypes", "UUID"): External(
        "slice",
        data_type="string",
        database={"mysql": "LONGTEXT", "postgres": "UUID", "sqlite": "TEXT", "tsql": "NVARCHAR(128)"},
    ),
    ("gorm.io/datatypes", "BinUUID"): External(
        "slice",
        data_type="BINARY(16)",
        database={"mysql": "BINARY(16)", "postgres": "BYTEA", "sqlite": "BLOB", "tsql": "BINARY(16)"},
    ),
    **{(path, "UUID"): External("string") for path in _UUIDS},
    ("github.com/google/uuid", "NullUUID"): External("bytes"),
    **{
        (path, name): External(kind)
        for path in _NULLS
        for name, kind in (
            ("String", "string"),
            ("Int", "int64"),
            ("Int64", "int64"),
            ("Int32", "int32"),
            ("Int16", "int16"),
            ("Float", "float64"),
            ("Bool", "bool"),
            ("Time", "time"),
        )
    },
}
"""What GORM makes of types outside the project, executed or read in their sources. Any other type is unknown."""
