"""GORM's names for columns and tables equal what the real NamingStrategy and inflection library gave."""

from __future__ import annotations

import json
from pathlib import Path

from schemalint.parsers.gorm.naming import Naming, plural, singular

VECTORS = [
    json.loads(line)
    for line in (Path(__file__).parent / "oracles" / "gorm" / "names.jsonl").read_text("utf-8").splitlines()
]


def test_every_vector() -> None:
    naming = Naming()
    assert len(VECTORS) >= 1500
    wrong = [
        vector
        for vector in VECTORS
        if vector[1:] != [naming.column(vector[0]), naming.table(vector[0]), plural(vector[0]), singular(vector[0])]
    ]
    assert wrong == []


def test_prefix_and_singular() -> None:
    assert Naming(prefix="t_").table("UserStatus") == "t_user_statuses"
    assert Naming(prefix="t_", singular_table=True).table("UserStatus") == "t_user_status"
    assert Naming(prefix="t_").join_table("user_languages") == "t_user_languages"
    assert Naming(prefix="t_").join_table("UserLanguage") == "t_user_languages"
    assert Naming(no_lower_case=True).table("UserStatus") == "UserStatuses"


def test_long_names_end_in_a_hash() -> None:
    """The name real GORM 1.25.5 gave (64) and 1.31.2 with the postgres driver gave (63)."""
    table, field = "an_awfully_long_struct_name_that_goes_on_and_ons", "an_equally_long_field_name_that_never_ever_ends"
    assert (
        Naming(longest=64).object("idx", table, field)
        == "idx_an_awfully_long_struct_name_that_goes_on_and_ons_an_0c71ec37"
    )
    assert (
        Naming(longest=63).object("idx", table, field)
        == "idx_an_awfully_long_struct_name_that_goes_on_and_ons_an0c71ec37"
    )
