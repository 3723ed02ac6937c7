"""Alembic: revision files, replayed in the order of their graph."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from schemalint.model.source import Source, SourceKind
from schemalint.model.span import SourceFile
from schemalint.parsers import Extract, Project

_REVISION = re.compile(rb"(?:^|;[ \t]*)down_revision\b", re.M)
_OWN = re.compile(rb"(?:^|;[ \t]*)revision\b", re.M)
_ENDS_TRANSACTION = re.compile(r"autocommit|isolation_level|\bcommit\b", re.I)


class AlembicParser:
    """See `schemalint.parsers.Parser`."""

    name = "alembic"
    kind = SourceKind.MIGRATIONS
    needs_dialect = False
    endings = frozenset({"py"})

    def claims(self, path: str, content: bytes) -> bool:
        """Python with `revision` and `down_revision` at module level."""
        return path.endswith(".py") and _REVISION.search(content) is not None and _OWN.search(content) is not None

    def extract(self, file: SourceFile, dialect: str | None) -> Extract:
        """The place in the graph and the steps of both ways."""
        from schemalint.parsers.alembic.around import lost_step
        from schemalint.parsers.alembic.faults import by_lines
        from schemalint.parsers.alembic.steps import Flattener
        from schemalint.pysource.modules import Unreadable, module, parse
        from schemalint.pysource.writing import Writer

        try:
            tree, read = parse(file)
        except Unreadable as error:
            # Its place in the graph mostly shows all the same (a `print` of Python 2 further down): what it does is unknown.
            lost = lost_step(error.start, error.end, "this revision could not be read")
            return {**error.plain, "graph": by_lines(file.text), "autocommit": True, "up": [lost], "down": None}
        write = Writer(read)
        flat = Flattener(tree, write)
        graph = {name: flat.known.get(name) for name in ("revision", "down_revision", "depends_on", "branch_labels")}
        return {
            "graph": graph,
            "module": module(tree, read),
            "autocommit": _ENDS_TRANSACTION.search(file.text) is not None,
            "up": flat.flatten("upgrade") or [],
            "down": flat.flatten("downgrade"),
        }

    def link(self, extracts: Mapping[str, Extract], project: Project) -> Iterator[Source]:
        """One source a versions folder."""
        if extracts:
            from schemalint.parsers.alembic.link import sources

            yield from sources(extracts, project)


PARSER = AlembicParser()
