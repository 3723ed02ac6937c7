"""What sequelize-cli is told: `.sequelizerc` beside package.json, and the configuration that it names, `config/config.json`
where it names none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from posixpath import dirname, join, normpath
from typing import Any

from schemalint.jssource.evaluate import Evaluator
from schemalint.jssource.here import Here
from schemalint.jssource.modules import file_of, path_text
from schemalint.model.frozen import frozen
from schemalint.parsers.sequelize.instances import DIALECTS
from schemalint.routes import compatible

FILE = ".sequelizerc"


@frozen
class Settings:
    """The folders and the dialect of one package's command line; `dialect_why` names the file that tells it."""

    seeders: str | None = None
    dialect: str | None = None
    dialect_why: str = ""

    def chosen(self, name: str | None, why: str) -> tuple[str | None, str]:
        """The dialect in force, where the project tells another or none. One that it tells more exactly stays, as does what
        our own configuration says."""
        if self.dialect is None or why.startswith("configuration") or (name and compatible(name, self.dialect)):
            return name, why
        return self.dialect, self.dialect_why


def settings(extracts: Mapping[str, Mapping[str, Any]], unit: str) -> Settings:
    """What holds for a package. The nearest `.sequelizerc` above it counts, as one is run from the folder that it lies in."""
    evaluator = Evaluator(extracts)
    folder = unit
    while join(folder, FILE) not in extracts and folder:
        folder = dirname(folder)
    named = _exported(evaluator, join(folder, FILE))
    entries = {} if named is None else evaluator.entries(named)[0]
    paths = {key: found for key, entry in entries.items() if (found := path_text(evaluator.follow(entry.value)))}
    told = paths.get("config")
    if told is None and "config" not in entries:
        folder, told = unit, "config/config"
    # `path.resolve('config')` starts at the folder that the tool is run in, `__dirname` is taken from the root already.
    tried = [] if told is None else [file_of(extracts, normpath(join(folder, told))), file_of(extracts, told)]
    config = next((path for path in tried if path is not None), None)
    seeders = paths.get("seeders-path")
    if seeders is not None and not seeders.startswith(folder):
        seeders = normpath(join(folder, seeders))
    if config is None:
        return Settings(seeders)
    whole = _exported(evaluator, config)
    dialects = set() if whole is None else set(_dialects(evaluator, whole))
    known = dialects.pop() if len(dialects) == 1 else None
    return Settings(seeders, known, f"the configuration {config}")


def _exported(evaluator: Evaluator, path: str) -> Here | None:
    for name in ("*", "default"):
        found = evaluator.exported(path, name)
        if found is not None and found.kind == "obj":
            return found
    return None


def _dialects(evaluator: Evaluator, whole: Here) -> Iterator[str | None]:
    """The dialects of every environment, or of the one that the file is about."""
    entries, _ = evaluator.entries(whole)
    environments = [one.value for one in entries.values() if evaluator.follow(one.value).kind == "obj"]
    for one in [whole, *environments]:
        entry = evaluator.entry(evaluator.follow(one), "dialect")
        if entry is not None:
            text = evaluator.text(entry.value)
            yield None if text is None else DIALECTS.get(text.lower())
