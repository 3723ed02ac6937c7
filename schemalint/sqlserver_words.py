"""What SQL Server says when it refuses. It was not asked: texts and numbers are those of Microsoft's reference, "Database Engine
events and errors"."""

from __future__ import annotations

from schemalint.model.catalog import Refusal

Words = dict[tuple[Refusal, str], str | None]
"""Templates by refusal and by the kind of statement refused, "" for any other; None where the words are not known."""

SQL_SERVER: Words = {
    (Refusal.TABLE_EXISTS, ""): "There is already an object named '{table}' in the database (2714)",
    (Refusal.TABLE_EXISTS, "rename"): None,
    (Refusal.TABLE_MISSING, ""): None,
    (Refusal.TABLE_MISSING, "drop"): "Cannot drop the table '{table}', because it does not exist (3701)",
    (
        Refusal.COLUMN_EXISTS,
        "",
    ): "Column names in each table must be unique. Column name '{name}' in table '{table}' is"
    " specified more than once (2705)",
    (Refusal.COLUMN_EXISTS, "rename"): None,
    (
        Refusal.COLUMN_MISSING,
        "drop",
    ): "ALTER TABLE DROP COLUMN failed because column '{name}' does not exist in table '{table}' (4924)",
    (
        Refusal.INDEX_EXISTS,
        "",
    ): "The operation failed because an index or statistics with name '{name}' already exists on"
    " table '{table}' (1913)",
    (Refusal.INDEX_COLUMN_MISSING, ""): "Column name '{column}' does not exist in the target table or view (1911)",
    (Refusal.CONSTRAINT_EXISTS, ""): "There is already an object named '{name}' in the database (2714)",
    (Refusal.KEY_TABLE_MISSING, ""): "Foreign key references invalid table '{table}' (1767)",
    (Refusal.OBJECT_MISSING, "constraint"): "'{name}' is not a constraint (3728)",
    (Refusal.PRIMARY_KEY_EXISTS, ""): "Table '{table}' already has a primary key defined on it (1779)",
    (
        Refusal.KEY_UNSIZED,
        "",
    ): "Column '{name}' in table '{table}' is of a type that is invalid for use as a key column in an index (1919)",
    (
        Refusal.DEPENDED_ON,
        "table",
    ): "Could not drop object '{table}' because it is referenced by a FOREIGN KEY constraint (3726)",
    (Refusal.DEPENDED_ON, "schema"): "Cannot drop schema '{name}' because it is being referenced by object … (3729)",
    (
        Refusal.DEPENDED_ON,
        "bound",
    ): "Cannot DROP TABLE '{table}' because it is being referenced by object … (3729)",
    (
        Refusal.DEPENDED_ON,
        "rename",
    ): "Object '{table}…' cannot be renamed because the object participates in enforced dependencies (15336)",
    (
        Refusal.DEPENDED_ON,
        "truncate",
    ): "Cannot truncate table '{table}' because it is being referenced by a FOREIGN KEY constraint (4712)",
    (Refusal.DEPENDED_ON, "index"): "An explicit DROP INDEX is not allowed on index '….{name}'. It is being used for …"
    " constraint enforcement (3723)",
    (Refusal.DEPENDED_ON, "constraint"): "The constraint '{name}' is being referenced by table … (3725)",
    (
        Refusal.DEPENDED_ON,
        "column",
    ): "ALTER TABLE DROP COLUMN {name} failed because one or more objects access this column (4922)",
    (
        Refusal.DEPENDED_ON,
        "retyped",
    ): "ALTER TABLE ALTER COLUMN {name} failed because one or more objects access this column (4922)",
}
