"""Other parsers as judges of the reader: the statements of `tests/sql/statements`, read by both and compared.

A statement file holds statements that end with `;` at the end of a line. A comment line above a statement may be a mark:

    -- wrong: REASON     the other parser reads this wrongly; what is right stands in the `says` lines below
    -- unread: REASON    the other parser does not read this; what is right stands in the `says` lines below
    -- ours: REASON      we read this wrongly today; the test fails on the day we no longer do
    -- says: LINE        one neutral line (see neutral.py), written by hand; `-- says: nothing` for none at all
"""
