"""What stands at a gap of a file is unknown: the statement around it says nothing for sure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

from schemalint.model.facts import Fact, Opaque
from schemalint.model.span import Gap, SourceFile, Span
from schemalint.sql.reader import Reading
from schemalint.sql.statements import split
from schemalint.sql.tokens import STRING, tokenize


def holes(file: SourceFile, family: str) -> Iterator[tuple[Gap, Span]]:
    """The gaps that matter, a statement's first one each, with the statement: a strange byte in a comment or a text is
    none."""
    waiting = sorted(file.gaps, key=lambda gap: gap.start, reverse=True)
    for statement in split(file.text, 0, len(file.text), family):
        if not waiting:
            return
        while waiting and waiting[-1].start < statement.start:
            gap = waiting.pop()
            if gap.certain:
                yield gap, file.span(gap.start, gap.end)
        inside = []
        while waiting and waiting[-1].start < max(statement.end, statement.start + 1):
            inside.append(waiting.pop())
        if not inside:
            continue
        telling = next((gap for gap in inside if gap.certain), None)
        if telling is None:
            tokens = tokenize(file.text, statement.start, statement.end, family)
            telling = _named(inside, [(start, end) for kind, _, start, end in tokens if kind != STRING])
        if telling is not None:
            yield telling, file.span(statement.start, max(statement.end, telling.end))
    for gap in reversed(waiting):
        if gap.certain:
            yield gap, file.span(gap.start, gap.end)


def _named(gaps: list[Gap], tokens: list[tuple[int, int]]) -> Gap | None:
    """The first gap that stands in one of the tokens; both are in order."""
    at = 0
    for gap in gaps:
        while at < len(tokens) and tokens[at][1] <= gap.start:
            at += 1
        if at < len(tokens) and tokens[at][0] <= gap.start:
            return gap
    return None


def bridged(reading: Reading, file: SourceFile, family: str) -> Reading:
    """The reading with the facts of such statements taken back: each may have touched any table."""
    found = list(holes(file, family))
    starts = [statement.start for _, statement in found]
    facts: list[Fact] = []
    told = 0
    for fact in reading.facts:
        near = bisect_left(starts, fact.statement.end) - 1  # the last one that begins before the fact's statement ends
        if near >= 0 and found[near][1].end > fact.statement.start:
            continue
        while told < len(found) and starts[told] < fact.statement.start:
            facts.append(_unknown(file, *found[told]))
            told += 1
        facts.append(fact)
    facts += (_unknown(file, *one) for one in found[told:])
    return replace(reading, facts=tuple(facts))


def _unknown(file: SourceFile, gap: Gap, statement: Span) -> Opaque:
    return Opaque(file.span(gap.start, gap.end), statement, gap.why, None)
