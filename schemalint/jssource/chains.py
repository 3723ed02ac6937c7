"""Chains of promises: `first().then(second).catch(handler).finally(last)`, whose links run one after another."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from schemalint.jssource.evaluate import Evaluator
from schemalint.jssource.flow import rejects, throws
from schemalint.jssource.here import Here

LINKS = frozenset({"then", "catch", "finally", "tap", "spread", "done"})
"""Methods of promises that go on with a function, those of Bluebird too."""


class Handled(Enum):
    """What becomes of a failure at a link of a chain."""

    PASSED = "passed"  # the link has no handler, or one that hands the failure on
    SWALLOWED = "swallowed"
    UNKNOWN = "unknown"  # the handler is not read


@dataclass(frozen=True, slots=True, eq=False)
class Link:
    """One call of a chain: what runs when what stands before it succeeds, and what runs when it fails."""

    call: Here
    function: Here | None
    handler: Here | None

    @property
    def goes_on(self) -> bool:
        """Whether its function is given what came of the chain before it, and makes what comes of it now."""
        return self.function is not None and self.call.value["f"]["p"] != "finally"

    @property
    def owner(self) -> Here:
        """The chain before the link."""
        return self.call.at(self.call.value["f"]["o"])


def apart(call: Here) -> tuple[Here, list[Link]]:
    """What a chain starts with, and its links in the order in which they run."""
    links: list[Link] = []
    here = call
    while here.kind == "call" and here.value["f"].get("p") in LINKS:
        arguments = [*here.arguments(), None, None]
        caught = here.value["f"]["p"] == "catch"
        # Bluebird's catch(Kind, handler) lets other failures pass: the handler is the last argument.
        given, handler = (None, next((one for one in reversed(arguments) if one), None)) if caught else arguments[:2]
        links.append(Link(here, given, handler))
        here = links[-1].owner
    return here, links[::-1]


def handled(evaluator: Evaluator, link: Link) -> Handled:
    """What a link does with a failure before it."""
    if link.handler is None:
        return Handled.PASSED
    function = evaluator.follow(link.handler)
    if function.kind == "fn":
        body = evaluator.bodies(function.path).get(str(function.value["s"]), [])
        return Handled.PASSED if throws(body) or rejects(body) else Handled.SWALLOWED
    if function.kind == "mem" and function.value["o"].get("v") == "console":
        return Handled.SWALLOWED
    # What a function is given by its caller (`reject`, `done`) tells of the failure.
    return Handled.PASSED if function.kind in {"param", "undef", "null"} else Handled.UNKNOWN
