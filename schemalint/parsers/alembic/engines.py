"""Histories of several databases, each with functions of its own: `upgrade_users()` and `upgrade_logs()`.

In the template of Flask-Migrate (4.1, `flask-multidb`) they are called after the binds of Flask-SQLAlchemy, `upgrade_()` for the
usual database: each bind has a history of its own then. Otherwise nothing tells which database is which.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from schemalint.parsers import Extract
from schemalint.parsers.alembic.around import Step


def by_bind(extracts: Mapping[str, Extract]) -> Iterator[tuple[str | None, Mapping[str, Extract]]]:
    """The revisions of each bind (None: the usual database) with just its steps; all in one where there are no binds."""
    names = {name for extract in extracts.values() for name in (*_names(extract["up"]), *_names(extract["down"] or ()))}
    if "" not in names:
        yield None, extracts
        return
    for name in sorted(names):
        yield name or None, {path: _of(name, extract) for path, extract in extracts.items()}


def _names(steps: Iterable[Step]) -> Iterator[str]:
    return (step["engine"][0] for step in steps if step["engine"] is not None)


def _of(name: str, extract: Extract) -> Extract:
    down = None if extract["down"] is None else list(_own(name, extract["down"]))
    return {**extract, "up": list(_own(name, extract["up"])), "down": down}


def _own(name: str, steps: Iterable[Step]) -> Iterator[Step]:
    """The steps of one bind, and those of all."""
    for step in steps:
        engine = step["engine"]
        if engine is None:
            yield step
        elif engine[0] == name:
            # Which database it is was the condition.
            yield {**step, "engine": None, "if": None if step["if"] == engine[1:] else step["if"]}
