"""A script, statement by statement, with the blocks whose handlers hide what fails in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from schemalint.model.catalog import Refusal
from schemalint.model.facts import Fact
from schemalint.replay.apply import run
from schemalint.replay.state import State
from schemalint.replay.trouble import Trouble


def execute(
    state: State, facts: Iterable[Fact], source: str
) -> Iterator[tuple[Fact, Trouble, tuple[tuple[Fact, Trouble], ...]]]:
    """Applies facts in order. A block whose handler swallows failures either runs whole or, where the server rolls it
    back, not at all; elsewhere up to the first failure, which is one trouble with the causes inside."""
    for handler, group in groupby(
        facts, key=lambda fact: fact.guard.handler and (fact.guard.span, fact.guard.called) if fact.guard else None
    ):
        if handler is None:
            for fact, trouble in run(state, group, source):
                if fact.guard is None or not fact.guard.conditional:
                    yield fact, trouble, ()
            continue
        start = state.copy()
        causes = []
        whole = state.dialect.transactional_ddl
        for fact, trouble in run(state, group, source):
            assert fact.guard is not None
            whole = whole and not fact.guard.stays
            if not fact.guard.conditional and not trouble.refusal.silent:
                causes.append((fact, trouble))
                if not (fact.guard.continues or whole):
                    break
        if causes:
            if whole:
                state.reset(start)
            first, why = causes[0]
            block = Trouble(
                Refusal.BLOCK_FAILS, why.span, why.table, why.name, why.names, why.existing, taken=why.taken
            )
            yield first, block, tuple(causes)
