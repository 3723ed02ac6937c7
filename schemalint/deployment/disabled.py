"""Calls that migrate and are switched off: commented out, or behind a constant false.

A false alarm here is worse than silence: the comment must be a whole call and nothing else, nothing alive may do the
same work, and what it calls must be known to migrate.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from schemalint.deployment.code import CallSite, Code, Comment, Function
from schemalint.model.deployment import DisabledCall, Embedded, ToolCall
from schemalint.model.frozen import frozen
from schemalint.model.span import Span

OWN = frozenset(
    {"migrate", "run_migrations", "runmigrations", "migratedatabase", "migrate_database", "migratedb",
     "migrate_db", "applymigrations", "apply_migrations", "dbmigrate", "db_migrate", "migrateup", "migrate_up",
     "run_pending_migrations", "createtables", "create_tables", "initschema", "init_schema", "automigrateall",
     "domigrate", "executemigrations"}
)  # fmt: skip
"""Names, in lower case, that a project gives to a function of its own that migrates."""

_PREFIX = re.compile(
    r"(?:if\s+let\s+Err\s*\(\s*\w+\s*\)\s*=\s*|return\s+|match\s+"
    r"|(?:if\s+)?(?:(?:const|let|var|mut)\s+)*\w+(?:,[ ]?\w+)*[ ]?:?=\s*)?(?:await\s+)?"
)
_TARGET = re.compile(r"[A-Za-z_]\w*(?:\s*(?:\.|::|\?\.)\s*[A-Za-z_]\w*(?:\(\))?)*(?=\s*\()")
_AFTER = re.compile(
    r"(?:\.await)?\??(?:\.(?:unwrap|expect|Error|catch|then)(?:\([^()]*\))?)?(?:;?err!=nil\{?|!=nil\{?|[;{])?\)?;?"
)
"""What may follow the call in its line, blanks taken out: an await, an unwrapping, a test of the error."""
_PROSE = re.compile(
    r"(?i)\b(?:examples?|usage|e\.g|for instance|instead of|deprecated|uncomment|optional(?:ly)?|you can"
    r"|replaced by|moved to|see also|no longer)\b"
)
_FORCES = re.compile(r"\bforce\s*:")
"""Sequelize drops every table first: that is done once, by hand, and switched off on purpose."""
_LINES = 60
_WIDTH = 300


@frozen
class _Found:
    target: str
    span: Span
    text: str
    why: str
    code: Code


def read(
    codes: list[Code],
    calls: list[ToolCall],
    embedded: list[Embedded],
    owned: bool,
    asleep: Callable[[Function], bool],
) -> Iterator[DisabledCall]:
    """The switched-off calls. `owned`: SQL or a migration history makes the tables: an ORM's sync is off for good. `asleep`
    tells the functions that nothing calls: what is switched off in them would not run anyway."""
    called = {name for code in codes for name in code.called}
    by_path = {code.file.path: code for code in codes}
    for call in calls:
        if call.where != "code":
            return  # even a Makefile may be how it is done
        around = by_path[call.span.path].function_at(call.span.start)
        if around is None or not _asleep(around.name, called):
            return
    found = [one for code in codes for one in (*_commented(code), *_dead(code))]
    if not found:
        return
    definitions = _definitions(codes)
    if any(_kind(call.name, call.target) for code in codes for call in code.calls if _alive(call, called)):
        return
    for one in found:
        name = re.split(r"\.|::", one.target.replace("?", ""))[-1].strip()
        kind = _kind(name, one.target)
        definition = definitions.get(name)
        if kind == "own" and definition is None:
            continue
        if kind == "sync" and (owned or _FORCES.search(one.text)):
            continue
        around = one.code.function_at(one.span.start)
        if around is not None and asleep(around):
            continue
        yield DisabledCall(
            one.span,
            one.text,
            one.why,
            None if definition is None else definition[1].span,
            () if definition is None else _schemas(definition, embedded),
        )


def _asleep(function: str | None, called: set[str]) -> bool:
    """Whether a function migrates by its name and nothing calls it: then what it does is not alive either."""
    return function is not None and function not in called and function.lower() in OWN


def _alive(call: CallSite, called: set[str]) -> bool:
    return not call.dead and not _asleep(call.function, called)


def _kind(name: str, target: str) -> str | None:
    """ "own": a function of the project by a telling name; "sync": an ORM makes the tables; None for anything else."""
    receiver = target[: -len(name)].rstrip(".:?").lower() if target.endswith(name) else ""
    if name in ("AutoMigrate", "create_all"):
        return "sync"
    if name == "sync" and receiver.rpartition(".")[2].endswith(("sequelize", "sequelizedb")):
        return "sync"
    if name == "Up" and receiver in ("m", "migrator", "migration", "migrations", "mig"):
        return "sync"
    return "own" if name.lower() in OWN else None


def _definitions(codes: list[Code]) -> Mapping[str, tuple[Code, Function]]:
    found: dict[str, tuple[Code, Function]] = {}
    for code in codes:
        for function in code.functions:
            found.setdefault(function.name, (code, function))
    return found


def _schemas(definition: tuple[Code, Function], embedded: list[Embedded]) -> tuple[tuple[str, Span], ...]:
    """The schema files named in the function, else in its file."""
    code, function = definition
    beside = [one for one in embedded if one.span.path == code.file.path]
    within = [one for one in beside if function.body.start <= one.span.start < function.body.end]
    return tuple((one.path, one.span) for one in within or beside)


def _dead(code: Code) -> Iterator[_Found]:
    for call in code.calls:
        if call.dead and _kind(call.name, call.target) is not None:
            yield _Found(call.target, call.span, call.text, "behind a constant false", code)


def _commented(code: Code) -> Iterator[_Found]:
    """Calls in comments. Neighbouring line comments are one text, so that a call may span several."""
    for group in _groups(code):
        lines = [line for comment in group for line in _bare_lines(comment)]
        if any(_PROSE.search(text) for text, _ in lines):
            continue
        at = 0
        while at < len(lines):
            call, used = _whole_call(lines, at)
            if call is not None:
                target, start, end = call
                text = " ".join(code.file.text[start:end].split())
                yield _Found(target, Span(code.file.path, start, end), text, "commented out", code)
            at += used


def _groups(code: Code) -> Iterator[list[Comment]]:
    group: list[Comment] = []
    for comment in code.comments:
        if not group or code.file.text[group[-1].span.end : comment.span.start].strip(" \t\r\n"):
            if group:
                yield group
            group = []
        elif code.file.text.count("\n", group[-1].span.end, comment.span.start) > 1:
            yield group
            group = []
        group.append(comment)
    if group:
        yield group


def _bare_lines(comment: Comment) -> Iterator[tuple[str, int]]:
    """The lines of a comment without what makes them one, each with its offset."""
    at = comment.span.start
    for raw in comment.text.split("\n"):
        body = re.sub(r"^\s*(?:/\*+|//+|#+|\*(?!/))?[ \t]*", "", raw)
        start = at + len(raw) - len(body)
        yield body.rstrip().removesuffix("*/").rstrip(), start
        at += len(raw) + 1


def _whole_call(lines: list[tuple[str, int]], at: int) -> tuple[tuple[str, int, int] | None, int]:
    """A statement that is a call and nothing else, beginning in a line; and how many lines it takes."""
    text, start = lines[at]
    if len(text) > _WIDTH:
        return None, 1
    prefix = _PREFIX.match(text)
    target = _TARGET.match(text, prefix.end() if prefix else 0) or _TARGET.match(text)
    if target is None:
        return None, 1
    name = re.split(r"\.|::", target.group())[-1].strip()
    if _kind(name, target.group().replace(" ", "")) is None:
        return None, 1
    depth, used, here, offset = 0, 1, text, start
    column = target.end()
    while True:
        while column < len(here):
            depth += (here[column] == "(") - (here[column] == ")")
            column += 1
            if depth == 0:
                if _AFTER.fullmatch("".join(here[column : column + 200].split())) is None:
                    return None, 1
                return (target.group().replace(" ", ""), start + target.start(), offset + column), used
            if depth < 0:
                return None, 1
        if at + used >= len(lines) or used > _LINES:
            return None, 1
        here, offset = lines[at + used]
        column = 0
        used += 1
