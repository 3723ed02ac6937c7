"""The cases of existing.txt and probes.txt, read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
DIALECTS = ("mariadb", "postgres", "sqlite")


@dataclass(frozen=True)
class Case:
    """`before` is the SQL that each dialect gets first; `migrated` are the structs in the order of the call."""

    name: str
    go: str
    migrated: tuple[str, ...]
    before: dict[str, str]

    def code(self, package: str) -> str:
        """The Go package of the case."""
        imports = sorted({"gorm.io/gorm", *re.findall(r'^import "(.*)"$', self.go, re.MULTILINE)})
        body = re.sub(r'^import ".*"\n+', "", self.go, flags=re.MULTILINE)
        given = ", ".join(f"&{name}{{}}" for name in self.migrated)
        head = "".join(f'import "{path}"\n' for path in imports)
        return f"package {package}\n\n{head}\n{body}\nfunc Migrate(db *gorm.DB) error {{ return db.AutoMigrate({given}) }}\n"


def cases() -> Iterator[Case]:
    """Every case, in the order of the files."""
    for file in ("existing.txt", "probes.txt"):
        for text in re.split(r"^= ", (HERE / file).read_text("utf-8"), flags=re.MULTILINE)[1:]:
            name, rest = text.split("\n", 1)
            parts = re.split(r"^-- (\w+)\n", rest, flags=re.MULTILINE)[1:]
            sections = {key: body.strip() for key, body in zip(parts[::2], parts[1::2], strict=True)}
            go = sections.pop("go") + "\n"
            listed = sections.pop("migrate", " ".join(re.findall(r"^type (\w+) struct", go, re.MULTILINE)))
            yield Case(name, go, tuple(listed.split()), sections or dict.fromkeys(DIALECTS, ""))
