"""`.sync(` calls: what they do to existing tables, under which condition, and in which environment."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from schemalint.jssource.environments import environment
from schemalint.jssource.evaluate import Evaluator
from schemalint.jssource.here import Entry, Here
from schemalint.model.names import TableName
from schemalint.model.source import Call, Sync
from schemalint.model.span import SourceFile, Span
from schemalint.parsers.sequelize.models import UNKNOWN, Option, literal
from schemalint.parsers.sequelize.package import Package

PLAIN = Sync(adds_indexes=True)
ADDING = Sync(adds_columns=True, adds_indexes=True)
ALTER = Sync(adds_columns=True, adds_indexes=True, adds_foreign_keys=True, alters_columns=True, drops_columns=True)
HIDDEN = Sync(
    adds_columns=True, adds_indexes=True, adds_foreign_keys=True, alters_columns=True, drops_columns=True, hidden=True
)
FORCE = Sync(adds_indexes=True, drops_tables=True)

_BY_HAND = re.compile(
    r"(^|/)(scripts?|tools?|bin|cli|commands|seeds?|seeders?|migrations?|tasks)/[^/]*$|"
    r"(^|/)(seed|reset|sync|init|setup|create|drop|migrate|fix|recreate|populate)[-_.a-z]*\.[cm]?[jt]s$",
    re.IGNORECASE,
)


class Calls:
    """The sync calls of one package."""

    def __init__(
        self,
        package: Package,
        names: Mapping[int, TableName],
        files: Mapping[str, SourceFile | None],
        circle: str | None,
        version: tuple[int, int],
    ) -> None:
        self.package, self.names, self.files, self.circle, self.version = package, names, files, circle, version
        self.evaluator: Evaluator = package.evaluator

    def calls(self, started: frozenset[str]) -> list[Call]:
        """Every call: those at module load first, then those in functions. Scripts that are run by hand, such as
        `scripts/reset.js`, are part of no deployment, unless something starts or loads them: `started`."""
        found: list[tuple[bool, Call]] = []
        for path, extract in self.package.files.items():
            for held in extract.get("syncs", ()):
                if path in started or _BY_HAND.search(path) is None:
                    found += ((not held["top"], call) for call in self._calls(path, held))
        found.sort(key=lambda pair: pair[0])
        return [call for _, call in found]

    def _calls(self, path: str, held: Mapping[str, Any]) -> Iterator[Call]:
        here = Here(path, held["call"])
        receiver = here.at(here.value["f"]["o"])
        model = None if receiver.kind == "super" else self.package.find(receiver, held["owner"])
        tables: tuple[TableName, ...] | None = None
        if model is not None:
            if id(model) not in self.names:
                return
            tables = (self.names[id(model)],)
        elif not self.package.is_sequelize(receiver):
            return
        conditions = [(here.at(condition), holds) for condition, holds in held["conditions"]]
        conditions += self._ways_in(path, held)
        span = Span(path, *held["callee"])
        text = self._text(here)
        told = [self._told(condition, holds) for condition, holds in conditions]
        environments = {environment(self.evaluator, condition, holds) for condition, holds in conditions}
        guarded = next((one for one in ("development", "production") if one in environments), None)
        for stated, condition, own in self._syncs(here, held["in"]):
            sync = replace(stated, alters_new=self.version < (6, 20))
            also = [*told, self._told(condition, True)] if condition is not None else told
            where: str | None = guarded
            if where is None and own and condition is not None:
                where = environment(self.evaluator, condition, True)
            if self.circle is not None and tables is None and stated == PLAIN:
                yield Call(span, f"{text} ({self.circle})", HIDDEN, None, " and ".join(also) or None, where)
            else:
                yield Call(span, text, sync, tables, " and ".join(also) or None, where)

    def _text(self, call: Here) -> str:
        file = self.files.get(call.path)
        written = "" if file is None else re.sub(r"\s+", " ", file.text[call.value["s"] : call.value["e"]])
        return written if len(written) <= 60 else written[:59] + "…"

    # What a call does

    def _syncs(self, call: Here, function: str | None) -> Iterator[tuple[Sync, Here | None, bool]]:
        """What the options say: (what is done, on which further condition, whether that condition may tell the
        environment)."""
        entries: dict[str, Entry] = {}
        instance = self.package.instance_of(None)
        if instance is not None:
            entries |= instance.sync
        arguments = call.arguments()
        if arguments:
            own, unread = self.evaluator.entries(arguments[0])
            if unread:
                yield PLAIN, arguments[0], False
                return
            entries |= own
        force, alter = entries.get("force"), entries.get("alter")
        forced = self._given(force)
        altered, adding = self._altered(alter)
        if forced is True:
            yield FORCE, None, False
            return
        if altered is True:
            yield (ADDING if adding else ALTER), None, False
            return
        yield PLAIN, None, False
        if force is not None and forced is UNKNOWN and self._may(force.value, function):
            yield FORCE, force.value, True
        if alter is not None and altered is UNKNOWN and self._may(alter.value, function):
            yield (ADDING if adding else ALTER), alter.value, True

    def _may(self, option: Here, function: str | None) -> bool:
        """Whether an option that is not known may hold. One that a function is given does only where a call hands it on."""
        found = self.evaluator.follow(option)
        if found.kind != "param" or function is None:
            return True
        for path, extract in self.package.files.items():
            for name, _, arguments in extract.get("runs", ()):
                if name == function and len(arguments) > found.value["i"]:
                    given = Here(path, arguments[found.value["i"]])
                    for key in found.value.get("ks", ()):
                        given = given.at({"t": "mem", "o": given.value, "p": key, "s": 0, "e": 0})
                    if literal(self.evaluator, given) not in (UNKNOWN, False, None):
                        return True
        return False

    def _given(self, entry: Entry | None) -> Option:
        if entry is None:
            return False
        value = literal(self.evaluator, entry.value)
        return UNKNOWN if value is UNKNOWN else bool(value)

    def _altered(self, entry: Entry | None) -> tuple[Option, bool]:
        """Whether it alters, and whether it only adds (`{drop: false}`, which Sequelize 5 does not know)."""
        if entry is None:
            return False, False
        found = self.evaluator.follow(entry.value)
        if found.kind == "obj":
            drop = self.evaluator.entry(found, "drop")
            kept = drop is not None and literal(self.evaluator, drop.value) is False
            return True, kept and self.package.major >= 6
        return self._given(entry), False

    # Conditions

    def _ways_in(self, path: str, held: Mapping[str, Any]) -> list[tuple[Here, bool]]:
        """The conditions on which the function around the call is called, when all of its calls have one."""
        name = held["in"]
        if name is None:
            return []
        ways = [
            [(Here(other, condition), holds) for condition, holds in conditions]
            for other, extract in self.package.files.items()
            for called, conditions, _ in extract.get("runs", ())
            if called == name
        ]
        return ways[0] if len(ways) == 1 or (ways and all(ways)) else []

    def _told(self, condition: Here | None, holds: bool) -> str:
        if condition is None:
            return ""
        file = self.files.get(condition.path)
        start, end = condition.value["s"], condition.value["e"]
        text = "a condition" if file is None or end <= start else re.sub(r"\s+", " ", file.text[start:end])
        text = text if len(text) <= 80 else text[:79] + "…"
        if not holds and text.startswith("!") and re.fullmatch(r"![\w.$]+", text):
            return text[1:]
        return text if holds else f"!({text})"


def loaded(evaluator: Evaluator, files: Mapping[str, Mapping[str, Any]], entries: list[str]) -> frozenset[str]:
    """The files that are started or that another file imports."""
    found = set(entries)
    for path, extract in files.items():
        for _, _, _, value in extract.get("names", ()):
            target = _target(evaluator, path, value)
            if target is not None:
                found.add(target)
    return frozenset(found)


def _target(evaluator: Evaluator, path: str, value: dict[str, Any] | None) -> str | None:
    while value is not None and value["t"] in {"mem", "call"}:
        value = value.get("o", value.get("f"))
    if value is None or value["t"] != "imp" or value["m"] is None:
        return None
    return evaluator.module(path, value["m"])
