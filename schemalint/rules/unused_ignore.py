"""SL003 unused-ignore. Docs and tests: rules/SL003-unused-ignore.md"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from schemalint.model.finding import Edit, Finding, Fix, Location, Severity
from schemalint.model.report import UnusedIgnore
from schemalint.rules import Rule, rule, rules

_CHECKSUMS = frozenset({"atlas", "flyway", "liquibase", "prisma", "refinery", "sqlx"})
"""Tools that compare a migration with what they applied: to some of them a comment is part of it."""


@rule("SL003", "unused-ignore", severity=Severity.WARNING, on=UnusedIgnore)
def check(self: Rule, unused: UnusedIgnore) -> Iterator[Finding]:
    comment = f"{unused.how}[{unused.word}]" if unused.word else unused.how
    checksums = sorted(_CHECKSUMS.intersection(unused.parsers))
    fix = None if unused.cut is None else Fix("remove it", (Edit(unused.cut, ""),), safe=not checksums)
    help = "remove it, so that it does not hide the next mistake here"
    if checksums:
        help += f"; but {checksums[0]} keeps a checksum of what it applied: not in a migration that a database has seen"
    if unused.known:
        message, label = f"{comment} silences nothing", "nothing to silence"
    elif not unused.word:
        message, label = f"{comment} names no rule and silences nothing", "which rule?"
        help = f"write {unused.how}[CODE], with a code or name that `schemalint rule` lists"
        fix = None
    else:
        words = {word.lower(): word for one in rules() for word in (one.code, one.name)}
        near = get_close_matches(unused.word.lower()[:100], words, 1)
        message, label = f"{comment} names no rule and silences nothing", "no rule is called so"
        help = f"did you mean {words[near[0]]}?" if near else "`schemalint rule` lists the codes and names"
        fix = Fix(f"write {words[near[0]]}", (Edit(unused.span, words[near[0]]),), safe=False) if near else fix
    yield self.finding(
        message, Location(unused.span, label), help=help, object=f"{unused.span.path}: {comment}", fix=fix
    )
