"""What GORM compares with a column that is there already: FullDataTypeOf of its migrator and drivers (GORM v1.24 to v1.31)."""

from __future__ import annotations

from schemalint.model.schema import Declared
from schemalint.parsers.gorm.columns import Driver, data_type, default, is_serial
from schemalint.parsers.gorm.naming import Naming
from schemalint.parsers.gorm.schema import Field, Schema

_SERIAL = {"smallint": "smallserial", "integer": "serial", "bigint": "bigserial"}


def declared(field: Field, schema: Schema, driver: Driver, naming: Naming) -> Declared | None:
    """The field of a schema with a table, None where its type is not known."""
    written = _type(field, driver)
    if written is None:
        return None
    definition = written + (" NOT NULL" if field.not_null else "")
    given = default(field, driver)
    if given is not None:
        if driver.family == "sqlite" and field.default_parsed and field.kind == "string":
            given = f'"{field.default}"'
        definition += f" DEFAULT {given}"
    comment = field.value("COMMENT")
    if driver.family == "mysql" and "COMMENT" in field.settings:
        definition += f" COMMENT '{comment}'"
    return Declared(
        definition=definition.strip().lower(),
        type=written.lower(),
        kind=field.gorm_type,
        size=field.size,
        precision=_precision(field, driver),
        primary=field.primary,
        not_null=field.not_null,
        default=field.default if field.has_default else None,
        given=field.default_parsed,
        comment=comment,
        unique=field.unique,
        unique_name=naming.object("uni", schema.table or "", naming.column(field.db)),
    )


def _precision(field: Field, driver: Driver) -> int:
    """The mysql driver writes its usual precision of a time back into the field."""
    usual = driver.family == "mysql" and field.data_type == "time" and not field.value("PRECISION")
    return (driver.time_precision or 0) if usual and not field.precision else field.precision


def _type(field: Field, driver: Driver) -> str | None:
    """The type in the driver's own words, with what it adds to it."""
    written = data_type(field, driver)
    if written is None or driver.family not in ("mysql", "postgres", "sqlite"):
        return None
    serial = is_serial(field, driver)
    if field.data_type == "float" and field.precision > 0:
        written = written.replace(",", ", ")
    elif field.data_type == "time" and driver.family == "mysql" and not (field.not_null or field.primary):
        written += " NULL"
    elif serial and driver.family == "mysql" and "auto_increment" not in written.lower():
        written += " AUTO_INCREMENT"
    elif serial and driver.family == "postgres":
        written = _SERIAL.get(written, written)
    elif serial:
        written += " PRIMARY KEY AUTOINCREMENT"
    return written
