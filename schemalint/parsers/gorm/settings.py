"""What a module sets for all of its models: releases, dialect, naming strategy, switches of gorm.Config and of the drivers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from schemalint.model.source import Requirement
from schemalint.parsers import DialectChoice, Project
from schemalint.parsers.gorm.apart import Opened
from schemalint.parsers.gorm.choice import OF_TESTS
from schemalint.parsers.gorm.columns import Driver
from schemalint.parsers.gorm.expressions import Data
from schemalint.parsers.gorm.handles import DRIVERS
from schemalint.parsers.gorm.naming import Naming
from schemalint.parsers.gorm.strategy import strategy
from schemalint.parsers.gorm.world import World


class Settings:
    """Of the Go files of one module, or of what it does to `one` of its databases; `manifest` is the go.mod in force, which may
    not be there."""

    def __init__(
        self,
        root: str,
        manifest: str,
        extracts: Mapping[str, Data],
        world: World,
        project: Project,
        one: Opened | None = None,
    ) -> None:
        self._root = root
        self._one = one
        self._manifest = manifest
        self._extracts = extracts
        self._world = world
        self._project = project

    def requirements(self) -> Iterator[Requirement]:
        """The releases of GORM and its drivers that a build selects."""
        return self._world.modules.requirements(self._manifest)

    def requires(self, name: str) -> str | None:
        """The release of one of them, None where none is asked for."""
        return next((r.version for r in self.requirements() if r.name == name), None)

    def values(self, key: str) -> list[str]:
        """What a key of gorm.Config or of a driver's is set to, as it is written."""
        return [value for extract in self._extracts.values() for name, value in extract["settings"] if name == key]

    def flag(self, key: str) -> bool:
        """Whether a switch of gorm.Config is on somewhere; a computed one counts as on, which asserts less."""
        return any(value != "false" for value in self.values(key))

    def dialect(self) -> DialectChoice:
        """The dialect: by the driver where there is one."""
        elsewhere = self._project.dialect_of(self._root)
        found = {
            (entry[1], OF_TESTS.search(path) is not None)
            for path, extract in self._extracts.items()
            for entry in extract["imports"]
            if entry[1] in DRIVERS
        }
        imported = {DRIVERS[name] for name, tests in found if not tests}
        of_tests = {name for name, tests in found if tests and (name, False) not in found}
        if self._one is not None:
            same = self._one.dialect == "mysql" and elsewhere.name == "mariadb"
            return elsewhere if same else DialectChoice(self._one.dialect, "the GORM driver that it is opened with")
        required = {DRIVERS[r.name] for r in self.requirements() if r.name in DRIVERS and r.name not in of_tests}
        for known, why in ((imported, "the GORM driver that is imported"), (required, "the GORM driver in go.mod")):
            if len(known) == 1:
                name = known.pop()
                if name == "mysql" and elsewhere.name == "mariadb":
                    return elsewhere
                return DialectChoice(name, why)
        return elsewhere

    def naming(self, family: str | None, apart: Iterable[Opened] = ()) -> tuple[Naming, bool]:
        """The naming strategy, and whether derived table names can be told: what lies in one of the databases told `apart`, it
        is not known in which, has the name that all of them would give it."""
        longest = 64
        if family == "postgres" and release(self.requires("gorm.io/driver/postgres")) >= (1, 5, 5):
            longest = 63  # since then the driver says so
        config = self._project.config.gorm
        if config.table_prefix or config.singular_table:
            return Naming(config.table_prefix, config.singular_table, longest=longest), True
        given = self.values("NamingStrategy")
        if self._one is not None:
            return strategy(self._extracts, given, self._world, longest, self._opened_besides(self._one))
        found = {strategy(self._extracts, given, self._world, longest, self._opened_besides(one)) for one in apart}
        if len(found) > 1:
            return Naming(longest=longest), False
        return strategy(self._extracts, given, self._world, longest) if not found else found.pop()

    def _opened_besides(self, one: Opened) -> list[tuple[Data, str]]:
        """Every `gorm.Open` that leads elsewhere, with its file."""
        return [
            (data, path)
            for path, extract in self._extracts.items()
            for data in extract["opens"]
            if (path, data["at"][0]) not in one.places
        ]

    def driver(self, family: str | None) -> Driver:
        """What the driver's configuration changes."""
        sizes = set(self.values("DefaultStringSize"))
        size = int(next(iter(sizes))) if len(sizes) == 1 and next(iter(sizes)).isdigit() else 0
        precision: int | None = 3
        if self.values("DefaultDatetimePrecision"):
            precision = None
        elif self.flag("DisableDatetimePrecision"):
            precision = 0
        return Driver(family, size, precision)


def release(version: str | None) -> tuple[int, ...]:
    """The numbers of a version, so that pseudo-versions count as what they lead to; without one, the newest."""
    found = re.match(r"v(\d{1,9})\.(\d{1,9})\.(\d{1,9})", version or "")
    return tuple(int(part) for part in found.groups()) if found else (1, 1_000, 0)
