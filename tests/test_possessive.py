"""Python before 3.11.5 takes back what a possessive group has matched wrongly when there are choices in it
(python/cpython gh-106052): here `(?:…)*+` is written `(?>(?:…)*)`, which every version understands alike."""

from __future__ import annotations

import re
from pathlib import Path

import schemalint

_GROUP = re.compile(r"[)}][*+?]\+")


def test_no_group_is_possessive() -> None:
    package = Path(schemalint.__file__).parent
    found = [
        f"{path.relative_to(package)}:{number}"
        for path in sorted(package.rglob("*.py"))
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if _GROUP.search(line)
    ]
    assert found == []
