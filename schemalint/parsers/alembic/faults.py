"""What makes Alembic refuse a graph as a whole: several heads, a parent that is not there, a circle, one identifier twice.

As Alembic itself works it out: heads are what nothing names as `down_revision` (`depends_on` does not count), and a circle
is whatever is not between a base and a head. Nothing is said of a graph that is not known to the last revision.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from posixpath import basename, dirname, splitext

from schemalint.model.source import Fault, FaultKind
from schemalint.model.span import Span
from schemalint.parsers import Extract, Project
from schemalint.parsers.alembic.order import Placed
from schemalint.pysource.nodes import Plain

_TO_HEADS = re.compile(rb"\bupgrade\b[^\n]{0,80}?\bheads\b|[\w}-]@heads?\b")
_ELSEWHERE = re.compile(rb"^\s*(?:recursive_)?version_locations\s*=", re.M)
_CONFIGURES = frozenset({"alembic.ini", "pyproject.toml", "setup.cfg", "env.py"})
_COMMANDS = frozenset({".py", ".sh", ".yml", ".yaml", ".toml", ".md", ".json", ".mk", ".ini", ""})
_MOST_HEADS = 8
"""Of more, it is not said where they part."""
_ROOM = 32
"""Code points: `String(32)` in Alembic's `DefaultImpl.version_table_impl`, the same since its first version."""
_VERSION_TABLE = re.compile(rb"\bversion_num\b|\bversion_table_impl\b")


Graph = dict[str, Plain | None]
"""`revision`, `down_revision`, `depends_on` and `branch_labels` as they are written."""

_PLACE = re.compile(
    r"""^(revision|down_revision|branch_labels|depends_on)[ \t]*(?::[^=\n]*)?=[ \t]*"""
    r"""(?:(None)|(?:u?(['"])([^'"\\\n]*)\3))[ \t]*(?:\#.*)?$""",
    re.M,
)


def by_lines(text: str) -> Graph:
    """The place in the graph of a file that could not be parsed, where plain lines say it; an unknown revision elsewhere."""
    graph: Graph = dict.fromkeys(("revision", "down_revision", "depends_on", "branch_labels"))
    for match in _PLACE.finditer(text):
        if match[2]:
            graph[match[1]] = ["const", match.start(2), match.end(2), None]
        else:
            graph[match[1]] = ["text", match.start(4) - 1, match.end(4) + 1, match[4], None]
    if graph["revision"] is None or graph["down_revision"] is None:
        graph["revision"] = None  # a graph with only half of a place would lie
    return graph


def faults(
    revisions: Iterable[Placed], extracts: Mapping[str, Extract], everywhere: frozenset[str], project: Project
) -> Iterator[Fault]:
    """The faults of one history. `everywhere` are the identifiers of all revisions of the project."""
    listed = sorted(revisions, key=lambda each: each.path)
    by_name: dict[str, list[Placed]] = {}
    for each in listed:
        by_name.setdefault(each.name, []).append(each)
    folders = {dirname(each.path) for each in listed}
    if len(folders) != 1:
        return  # Alembic reads one folder, unless it is configured to read others too
    doubled = {name: group for name, group in by_name.items() if len(group) > 1}
    for name, group in doubled.items():
        yield Fault(FaultKind.DUPLICATE, tuple((name, _own(each, extracts)) for each in group))
    graph = {name: group[0] for name, group in by_name.items()}
    whole = _whole(folders.pop(), extracts, project)
    if doubled or not whole or any(parent in everywhere - graph.keys() for each in listed for parent in each.parents):
        return
    lost = list(_orphans(graph, extracts, everywhere))
    if lost:
        if not _mentioned(project, _configuration, _ELSEWHERE):
            yield from lost
        return
    circle = _circle(graph)
    if circle:
        places = ((each.name, _parent(extracts[each.path], "down_revision", each)) for each in circle)
        yield Fault(FaultKind.CYCLE, tuple(places))
        return
    named = {parent for each in listed for parent in each.parents}
    heads = [each for each in listed if each.name not in named]
    labelled = any(_states(extracts[each.path]["graph"]["branch_labels"]) for each in listed)
    if len(heads) > 1 and not labelled and not _mentioned(project, _command, _TO_HEADS):
        ends = tuple((each.name, _own(each, extracts)) for each in heads)
        yield Fault(FaultKind.HEADS, ends, beside=tuple(_branching(graph, heads, extracts)))


def _branching(
    graph: Mapping[str, Placed], heads: list[Placed], extracts: Mapping[str, Extract]
) -> Iterator[tuple[str, Span]]:
    """Where the branches part that end in several heads: the revisions that follow one that another one follows, too, with the
    place that says so."""
    before = [_reached((head.name,), lambda name: graph[name].parents) for head in heads[:_MOST_HEADS]]
    followers: dict[str, list[Placed]] = {}
    for each in graph.values():
        for parent in each.parents:
            followers.setdefault(parent, []).append(each)
    for parent, group in followers.items():
        ends = [frozenset(at for at, names in enumerate(before) if each.name in names) for each in group]
        together = frozenset[int]().union(*ends)
        if len(together) > 1 and together not in ends:
            yield from ((parent, _parent(extracts[each.path], "down_revision", each, parent)) for each in group)


def too_long(revisions: Iterable[Placed], extracts: Mapping[str, Extract], project: Project) -> Iterator[Fault]:
    """Revisions whose identifier the column `alembic_version.version_num` has no room for, unless something in the project
    makes another column of it."""
    long = sorted((each for each in revisions if len(each.name) > _ROOM), key=lambda each: each.path)
    if long and not _mentioned(project, _source, _VERSION_TABLE):
        yield Fault(FaultKind.LONG_ID, tuple((each.name, _own(each, extracts)) for each in long))


def _own(each: Placed, extracts: Mapping[str, Extract]) -> Span:
    """Where a revision's own identifier is written."""
    item = extracts[each.path]["graph"]["revision"]
    return Span(each.path, item[1], item[2])


def _parent(extract: Extract, word: str, each: Placed, name: str | None = None) -> Span:
    """Where a revision names its parents, or one of them."""
    item = extract["graph"][word]
    inner = item[4] if item[0] == "seq" else ()
    found = next((part for part in inner if part[0] == "text" and part[3] == name), item)
    return Span(each.path, found[1], found[2])


def _orphans(
    graph: Mapping[str, Placed], extracts: Mapping[str, Extract], everywhere: frozenset[str]
) -> Iterator[Fault]:
    for each in graph.values():
        for word, names in (("down_revision", each.parents), ("depends_on", each.depends)):
            for name in names:
                # A dependency may also name a branch label, or the beginning of an identifier.
                if name not in everywhere and (word == "down_revision" or _plain(name, everywhere, extracts)):
                    place = _parent(extracts[each.path], word, each, name)
                    yield Fault(FaultKind.MISSING_PARENT, ((each.name, place),), name)


def _plain(name: str, everywhere: frozenset[str], extracts: Mapping[str, Extract]) -> bool:
    """Whether a name can be nothing but an identifier that is not there."""
    labels = any(_states(extract["graph"]["branch_labels"]) for extract in extracts.values())
    return not labels and "@" not in name and not any(known.startswith(name) for known in everywhere)


def _circle(graph: Mapping[str, Placed]) -> list[Placed]:
    """What is not between a base and a head, in order of paths."""
    children: dict[str, list[str]] = {name: [] for name in graph}
    for each in graph.values():
        for parent in each.parents:
            children[parent].append(each.name)
    up = _reached((name for name, each in graph.items() if not each.parents), lambda name: children[name])
    down = _reached((name for name, next_ in children.items() if not next_), lambda name: graph[name].parents)
    return [each for name, each in graph.items() if name not in up or name not in down]


def _reached(start: Iterable[str], step: Callable[[str], Iterable[str]]) -> set[str]:
    seen: set[str] = set()
    waiting = list(start)
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += step(name)
    return seen


def _whole(folder: str, extracts: Mapping[str, Extract], project: Project) -> bool:
    """Whether every revision of a folder was read, and its place in the graph with it."""
    for path in project.tree.paths:
        if dirname(path) != folder or not path.endswith(".py"):
            continue
        if path in extracts:
            if not all(_known(extracts[path]["graph"][word]) for word in ("revision", "down_revision", "depends_on")):
                return False
            if not _states(extracts[path]["graph"]["revision"]):
                return False
            continue
        content = project.tree.read(path)
        if content is None or b"down_revision" in content:
            return False
    return True


def _known(item: list[object] | None) -> bool:
    if item is None or item[0] == "text":
        return True
    if item[0] == "seq" and isinstance(item[4], list):
        return all(each[0] == "text" for each in item[4])
    return item[0] == "const" and item[3] is None


def _states(item: list[object] | None) -> bool:
    return item is not None and not (item[0] == "const" and item[3] is None)


def _mentioned(project: Project, asks: Callable[[str], bool], pattern: re.Pattern[bytes]) -> bool:
    """Whether a file of the project that could say it does."""
    for path in project.tree.paths:
        if asks(path):
            content = project.tree.read(path)
            if content is not None and pattern.search(content):
                return True
    return False


def _configuration(path: str) -> bool:
    return basename(path) in _CONFIGURES


def _source(path: str) -> bool:
    return splitext(path)[1] in (".py", ".sql", ".mako", ".sh")


def _command(path: str) -> bool:
    return splitext(path)[1] in _COMMANDS
