"""diesel: a folder a migration, `VERSION_title/up.sql` and `down.sql`, by the version as text without its hyphens
(migrations_internals, diesel_migrations/src/file_based_migrations.rs)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from posixpath import basename, dirname

from schemalint import histories
from schemalint.model.source import Ignored, Source, SourceKind
from schemalint.model.span import SourceFile
from schemalint.parsers import Extract, Project


def _version(folder: str) -> str:
    return basename(folder).split("_")[0].replace("-", "")


class Diesel:
    """Reads migration folders of diesel. Other tools lay out theirs alike: that shows only when the whole project is seen."""

    name = "diesel"
    kind = SourceKind.MIGRATIONS
    needs_dialect = True
    endings = frozenset({"sql"})

    def claims(self, path: str, content: bytes) -> bool:
        if not path.endswith(("up.sql", "down.sql")) or basename(path) not in ("up.sql", "down.sql"):
            return False
        return basename(dirname(path))[:1] not in ("", ".")

    def extract(self, file: SourceFile, dialect: str | None) -> Extract:
        return histories.reading(file, dialect)

    def link(self, extracts: Mapping[str, Extract], project: Project) -> Iterator[Source]:
        for root, paths in histories.owned(self.name, project):
            choice = project.dialect_of(root)
            ups = sorted((_version(dirname(path)), path) for path in paths if basename(path) == "up.sql")
            scripts = []
            for version, path in ups:
                back = f"{dirname(path)}/down.sql"
                down = extracts.get(back)
                wrapped = histories.transactional(choice.name, _wrapped(dirname(path), project))
                script = histories.one_way(path, version, extracts.get(path), wrapped, back, down)
                scripts.append(histories.at_once(script, choice.name))
            if scripts:
                faults = histories.duplicates(((version, version, path) for version, path in ups), project)
                ignored = tuple(_refused(paths, project))
                yield histories.history(self.name, root, choice.name, choice.why, scripts, ignored, faults)


def _refused(paths: list[str], project: Project) -> Iterator[Ignored]:
    """Ways back without a way up, for which the tool refuses all of them, and empty ways up, at which it stops."""
    for path in paths:
        file = project.tree.file(path)
        if basename(path) == "down.sql" and f"{dirname(path)}/up.sql" not in paths:
            why = "the tool refuses a folder without up.sql, and then runs nothing"
            yield Ignored(histories.first_line(path, project), why)
        elif basename(path) == "up.sql" and file is not None and not file.text.strip():
            yield Ignored(histories.first_line(path, project), "the tool stops at an empty one")


def _wrapped(folder: str, project: Project) -> bool:
    """What metadata.toml says; a file that does not say it means no, and no file (or a broken one) yes."""
    file = project.tree.file(f"{folder}/metadata.toml")
    if file is None:
        return True
    try:
        return tomllib.loads(file.text).get("run_in_transaction", False) is True
    except (tomllib.TOMLDecodeError, RecursionError):
        return True


PARSER = Diesel()
