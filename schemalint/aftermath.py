"""What a refused statement leaves behind: what of its file stays, and what the tool, or the container, does from then on."""

from __future__ import annotations

from posixpath import basename

from schemalint.dialects import dialect
from schemalint.model.catalog import Problem
from schemalint.model.source import SourceKind

_TOOLS = {
    # database/driver.go: SetVersion(version, dirty) is called with true before a migration is run, and with false after it.
    "golang-migrate": "golang-migrate marks version {label} dirty and runs nothing more until `migrate force`",
    # https://www.prisma.io/docs/orm/prisma-migrate/workflows/patching-and-hotfixing: P3009 until it is marked as resolved
    "prisma": "Prisma marks it failed and applies nothing more until `prisma migrate resolve`",
}
"""Tools that do not simply try the same file again at the next start."""


def aftermath(problem: Problem) -> str | None:
    """A sentence for the finding of the statement at which a script stops; None for what follows in the same script, for what
    an ORM does at start, and where nothing is known."""
    script, path = problem.script, problem.path
    if script is None or not problem.stops:
        return None
    if problem.step.source.kind is not SourceKind.MIGRATIONS:
        if path.alone or not any(place.label.startswith("mounts") for place in problem.step.evidence):
            return None
        # docker-entrypoint.sh of postgres, mysql and mariadb: DATABASE_ALREADY_EXISTS is asked before any script is run
        return "the container stops here; started again, it finds its volume filled and runs no script at all"
    tool = _TOOLS.get(problem.step.source.parser, "").replace("{label}", script.label.lstrip("0") or script.label)
    sentence = "; ".join(part for part in (_left(problem, basename(script.path)), tool) if part)
    return f"after: {sentence}" if sentence else None


def _left(problem: Problem, file: str) -> str | None:
    """What stays of the file."""
    script = problem.script
    assert script is not None
    first = all(fact.statement.start >= problem.fact.statement.start for fact in script.facts)
    if script.transactional:
        return None if first else f"{file} is one transaction, so nothing of it is applied"
    if first or (script.transactional is None and dialect(problem.path.dialect).family != "mysql"):
        return None
    why = (
        "no transaction is around it"
        if script.transactional is False
        else "the server commits each statement by itself"
    )
    return f"what stands before this in {file} stays applied: {why}"
