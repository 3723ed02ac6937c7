"""SL116 invalid-for-dialect. Docs and tests: rules/SL116-invalid-for-dialect.md"""

from __future__ import annotations

import re
from collections.abc import Iterator

from schemalint.dialects import dialect, server_title
from schemalint.model.facts import CreateIndex, Fact, Invalid
from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.source import Source
from schemalint.rules import Rule, rule

_INDEX = re.compile(r"(?i)DROP\s+INDEX\s+[`\"]?(\w+)")


@rule("SL116", "invalid-for-dialect", severity=Severity.ERROR, on=Source)
def check(self: Rule, source: Source) -> Iterator[Finding]:
    server = source.server
    title = dialect(source.dialect).title
    proof = f"dialect: {title}, by {source.dialect_why}"
    if server is not None and server.certain_family:
        title = dialect(server.dialect).title
        proof = f"server: {server_title(server)}, by {server.why}"
    groups: dict[tuple[str, str], list[Invalid]] = {}
    for fact in _facts(source):
        if isinstance(fact, Invalid) and (not fact.only or (server is not None and server.is_one_of(fact.only))):
            groups.setdefault((fact.span.path, fact.reason), []).append(fact)
    for (path, reason), (first, *others) in groups.items():
        again = f" and {len(others)} more in this file" if others else ""
        line = f"`{first.line[:80]}{'…' if len(first.line) > 80 else ''}`" if first.line else "this"
        who = f"{server_title(server)} ({server.why})" if first.only and server is not None else title
        yield self.finding(
            f"{who} refuses {line}{again}: {reason}",
            Location(first.span, reason),
            *_owner(source, first),
            *(Location(other.span, "and here") for other in others[:7]),
            notes=(
                *((f"{title}: {first.server}",) if first.server else ()),
                proof,
            ),
            help="write it in this dialect, or say in the configuration which dialect the file is in",
            table=first.table,
            object=f"{path}: {reason}",
            sources=(source.id,),
        )


def _owner(source: Source, invalid: Invalid) -> Iterator[Location]:
    """The index that DROP INDEX names without its table, where the source makes one of that name."""
    named = _INDEX.search(invalid.line or "") if "ON table" in invalid.reason else None
    for fact in source.facts if named else ():
        if named and isinstance(fact, CreateIndex) and fact.index.name is not None:
            name = fact.index.name
            if name.text.lower() == named[1].lower():
                yield Location(fact.span, f"{name} is an index of {fact.table}")
                return


def _facts(source: Source) -> Iterator[Fact]:
    for script in source.scripts:
        yield from script.facts
        yield from script.down or ()
