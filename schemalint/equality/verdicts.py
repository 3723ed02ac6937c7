"""The three outcomes, ready to be given."""

from __future__ import annotations

from schemalint.model.types import Outcome, Verdict

SAME = Verdict(Outcome.SAME)
UNKNOWN = Verdict(Outcome.UNKNOWN)


def different(reason: str) -> Verdict:
    """They certainly differ, and in what."""
    return Verdict(Outcome.DIFFERENT, reason)


def unknown(reason: str) -> Verdict:
    """Not decided, and why."""
    return Verdict(Outcome.UNKNOWN, reason)
