"""What a program does with the scripts of a folder, told by which of its names hold what: a list of the scripts, or the text of
one. Names are followed through the whole file and not by where they are seen: a program that lists scripts, reads what it
listed and sends what it read does one thing with them.

Places are byte ranges of the file.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from schemalint.model.frozen import frozen
from schemalint.model.span import SourceFile

Range = tuple[int, int]

_ROUNDS = 8
"""How many assignments, arguments and results a text may go through."""
_NAMES_READ = 300_000
_CALLS_READ = 100_000
"""So many names, and calls that tell something, are looked at in one round."""
_READS = frozenset(
    {"readFile", "readFileSync", "ReadFile", "ReadAll", "read_text", "read", "open", "Open", "text", "readTextFile"}
)
_SENDS = frozenset(
    {
        "query",
        "exec",
        "execute",
        "executescript",
        "executeScript",
        "executeMultiple",
        "exec_driver_sql",
        "unsafe",
        "raw",
    }
    | {"none", "multi", "run", "batch", "$executeRawUnsafe", "$queryRawUnsafe", "simple", "runSql"}
    | {"Exec", "ExecContext", "Execute", "Query", "MustExec", "MustExecContext", "Raw"}
)
_CHANGES = frozenset(
    {"replace", "replaceAll", "ReplaceAll", "Replace", "sub", "format", "Sprintf", "substring", "slice", "Substitute"}
)
_CUTS = frozenset({"split", "Split", "SplitN", "partition"})
_ENDINGS = frozenset({";", ";\\n", "\\n", ";\n", "\n"})
_TELLING = _READS | _CHANGES | _CUTS
_TURNS = frozenset({"reverse", "Reverse", "reversed"})
_PLAIN = frozenset({".sql", "*.sql", "sql", ".", "..", "", r"/\.sql$/", r"/\.sql$/i", "/.sql$/"})
"""Texts in conditions that pick the scripts among other files."""
_SHORT = 200
"""So long is the value of a name that stands for a text."""
_NOTHING = frozenset({"_", "err", "ok", "self", "this"})
"""Names of what tells whether something went well, and of the program itself."""
_ADDS = frozenset({"push", "append", "add", "unshift"})


@frozen
class Folder:
    """A folder as it is written: from the checked root where it is `anchored` by the file's own place, else from wherever the
    program is started, or from the root of a file system whose variable is `embedded`. `parameter`: of which function
    it is, and the how-manyeth. `tried` are several, of which the program takes the first that is there."""

    text: str = ""
    anchored: bool = False
    embedded: str | None = None
    parameter: tuple[str, int] | None = None
    tried: tuple[Folder, ...] = ()


@frozen
class Call:
    """`arguments` are the places of what is given; `callee` is the place of what is called, with what stands before it."""

    at: Range
    name: str
    callee: Range
    arguments: tuple[Range, ...]


@frozen
class Listing:
    """A call that lists a folder. `ordered`: by the names, as its documentation says."""

    at: Range
    folder: Folder | None
    ordered: bool


@dataclass(slots=True)
class Program:
    """A file as far as this is concerned. `goes_on` tells whether the program goes on where a call fails."""

    file: SourceFile
    names: list[tuple[int, str]] = field(default_factory=list)
    bindings: list[tuple[tuple[str, ...], Range]] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    parameters: dict[str, tuple[str, ...]] = field(default_factory=dict)
    conditions: list[Range] = field(default_factory=list)
    texts: list[tuple[int, str]] = field(default_factory=list)
    listings: list[Listing] = field(default_factory=list)
    sorts: list[tuple[Range, bool]] = field(default_factory=list)  # and whether by a way of its own
    goes_on: Callable[[Call], bool] = lambda call: False


@frozen
class Sent:
    """The calls that send the text of the scripts of a folder, and why it is not certain in which order, or as what. `picks` are
    the texts and expressions by which the program picks some of the files that it lists."""

    listings: tuple[Listing, ...]
    call: Call
    doubt: str | None
    picks: tuple[str, ...] = ()


def sent(program: Program) -> Sent | None:
    """What of the scripts that a program lists it sends to a database; None where it sends none."""
    if not program.listings:
        return None
    program.names.sort()
    program.texts.sort()
    program.calls.sort(key=lambda call: call.at)
    known = _Known(program)
    if known.is_huge():
        return None
    known.follow()
    call = next(known.sends(), None)
    return (
        None
        if call is None
        else Sent(tuple(program.listings), call, _doubt(program, known), tuple(_picks(program, known)))
    )


class _Known:
    """What the names of a program hold: "listed" scripts, what is "read" of them, and where that is "changed" or "cut"."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.places = [place for place, _ in program.names]
        self.listed = sorted(one.at[0] for one in program.listings)
        self.holds: dict[str, frozenset[str]] = {}
        self.told: list[tuple[Call, frozenset[str]]] = []  # and what the names in it hold
        self.told_places = [call.at[0] for call in program.calls if call.name in _TELLING]

    def is_huge(self) -> bool:
        """Whether expressions stand in each other so deep that to look at each would take long."""
        looked = [value for _, value in self.program.bindings]
        looked += [at for call in self.program.calls for at in (call.at, *call.arguments)]
        return any(
            sum(bisect_left(places, end) - bisect_left(places, start) for start, end in looked) > most
            for places, most in ((self.places, _NAMES_READ), (self.told_places, _CALLS_READ))
        )

    def follow(self) -> None:
        """Tell what every name holds."""
        for _ in range(_ROUNDS):
            before = dict(self.holds)
            self.told = [(call, self._names(call.at)) for call in self.program.calls if call.name in _TELLING]
            self._once()
            if before == self.holds:
                break

    def _once(self) -> None:
        for names, value in self.program.bindings:
            self._give(names, value)
        for call in self.program.calls:
            for name, argument in zip(self.program.parameters.get(call.name, ()), call.arguments, strict=False):
                self._give((name,), argument)
            if call.name in _ADDS and call.arguments:
                receiver = tuple(name for _, name in self.within(call.callee))[:-1]
                self._give(receiver[-1:], (call.arguments[0][0], call.arguments[-1][1]))

    def _give(self, names: tuple[str, ...], value: Range) -> None:
        said = self.of(value)
        if said:
            for name in names:
                if name in _NOTHING:
                    continue
                self.holds[name] = self.holds.get(name, frozenset()) | said

    def within(self, at: Range) -> list[tuple[int, str]]:
        return self.program.names[bisect_left(self.places, at[0]) : bisect_left(self.places, at[1])]

    def _names(self, at: Range) -> frozenset[str]:
        found: frozenset[str] = frozenset()
        for _, name in self.within(at):
            found |= self.holds.get(name, frozenset())
        return found

    def of(self, at: Range) -> frozenset[str]:
        """What an expression holds."""
        found = self._names(at)
        if bisect_left(self.listed, at[0]) < bisect_left(self.listed, at[1]):
            found |= {"listed"}
        first, last = bisect_left(self.told_places, at[0]), bisect_left(self.told_places, at[1])
        told = self.told[first:last]
        reads = [call.at[0] for call, held in told if call.name in _READS and "listed" in held]
        if reads:
            found |= {"read"}
        for call, held in told if "read" in found else ():
            inner = bisect_left(reads, call.at[0]) < bisect_left(reads, call.at[1])
            if call.name in _READS or not (inner or "read" in held):
                continue
            if call.name in _CHANGES:
                found |= {"changed"}
            elif not _ENDINGS.issuperset(_texts(self.program, call.at)):
                found |= {"cut"}
        return found

    def sends(self) -> Iterator[Call]:
        """The calls that send what was read, and no statement of their own."""
        for call in self.program.calls:
            if call.name not in _SENDS or any(" " in text for text in _texts(self.program, call.at)):
                continue
            if any("read" in self.of(argument) for argument in call.arguments):
                yield call


def _doubt(program: Program, known: _Known) -> str | None:
    """Why it is not certain which scripts are sent, in which order, or as what."""
    if not all(one.ordered for one in program.listings) and not any(
        "listed" in known.of(at) for at, _ in program.sorts
    ):
        return "it sends them in the order in which the system lists them"
    if any(own for at, own in program.sorts if "listed" in known.of(at)):
        return "it sorts them in a way of its own"
    if any(call.name in _TURNS and "listed" in known.of(call.at) for call in program.calls):
        return "it sorts them in a way of its own"
    texts = [known.of(argument) for call in known.sends() for argument in call.arguments]
    if any("changed" in text for text in texts):
        return "it changes their text before it sends it"
    if any("cut" in text for text in texts):
        return "it cuts their text before it sends it"
    if any(program.goes_on(call) for call in islice(known.sends(), 20)):
        return "it goes on where one of them fails"
    return None


def _picks(program: Program, known: _Known) -> Iterator[str]:
    """What conditions on a listed name compare it with: texts, and those that a name in the condition stands for."""
    bound = {name: value for names, value in program.bindings if value[1] - value[0] < _SHORT for name in names}
    for at in program.conditions:
        if "listed" not in known.of(at):
            continue
        told = _texts(program, at)
        for _, name in known.within(at):
            if name in bound and not known.holds.get(name):
                told += [text for text in _texts(program, bound[name]) if _is_of_names(program, text, bound[name])]
        yield from (text for text in told if text not in _PLAIN and " " not in text)


def _is_of_names(program: Program, text: str, value: Range) -> bool:
    """Whether a text that is a part of a value is what names are compared with: all of the value, or an expression."""
    first = bisect_left(program.texts, (value[0], ""))
    whole = first < len(program.texts) and program.texts[first] == (value[0], text)
    return whole or "sql" in text or text.startswith(("^", "/"))


def _texts(program: Program, at: Range) -> list[str]:
    first, last = (bisect_left(program.texts, (place, "")) for place in at)
    return [text for _, text in program.texts[first:last]]
