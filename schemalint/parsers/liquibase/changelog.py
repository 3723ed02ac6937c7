"""From a root changelog to its changesets, in the order in which Liquibase runs them: includes and folders are followed,
properties are put in, and what stops Liquibase on the way is noted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from schemalint.discover import Tree
from schemalint.model.frozen import frozen
from schemalint.model.source import Fault, FaultKind
from schemalint.model.span import Span
from schemalint.parsers import Extract
from schemalint.parsers.liquibase.conditions import filtered, runs_on
from schemalint.parsers.liquibase.nodes import Node, decode
from schemalint.parsers.liquibase.parameters import Parameters
from schemalint.parsers.liquibase.paths import Files
from schemalint.parsers.liquibase.texts import verbatim

_DEEPEST, _MOST = 60, 30_000
"""How deep changelogs may include each other, and how many changesets and includes are read for one root."""


@frozen
class Step:
    """A `changeSet`, or a place where something runs that is not read: then `why` says so. `doubt` is the place of a
    context or of labels that an include asks for."""

    path: str
    node: Node
    why: str | None = None
    doubt: Span | None = None


@dataclass(slots=True)
class Changelogs:
    """All changelogs of a project by path."""

    extracts: Mapping[str, Extract]
    tree: Tree
    files: Files
    _roots: dict[str, Node] = field(default_factory=dict)

    def root(self, path: str) -> Node | None:
        """The root element of a changelog; None where it is none or could not be read."""
        data = self.extracts.get(path, {}).get("root")
        if path not in self._roots and data is not None:
            self._roots[path] = decode(data)
        return self._roots.get(path)

    def included(self, path: str) -> Iterator[str]:
        """The files that a changelog includes, whatever their conditions and parameters."""
        root = self.root(path)
        for node in () if root is None else root.children:
            if node.name == "include":
                found = self.files.find(path, node.says("file"), node.flag("relativeToChangelogFile") is True)
                if found is not None:
                    yield found
            elif node.name == "includeAll":
                yield from self.folder(path, node) or ()

    def folder(self, path: str, node: Node) -> list[str] | None:
        """The files that an includeAll takes, in its order; None when the folder is not there."""
        relative = node.flag("relativeToChangelogFile") is True
        found = self.files.within(path, node.says("path"), relative)
        if found is None:
            return None
        low, high, ending = _number(node, "minDepth", 0), _number(node, "maxDepth", 1000), node.says("endsWithFilter")
        top = min((one.count("/") for one in found), default=0)
        known = (one for one in found if low <= one.count("/") - top + 1 <= high and one.endswith(ending))
        return [one for one in known if one != path and (one in self.extracts or one.endswith(".sql"))]


def _number(node: Node, name: str, otherwise: int) -> int:
    text = node.says(name)
    return int(text) if text.isdecimal() and len(text) < 6 else otherwise


@dataclass(slots=True)
class Walk:
    """One walk from a root. `used` are the files that were met, `faults` what stops Liquibase."""

    logs: Changelogs
    parameters: Parameters
    used: dict[str, Span | None] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    count: int = 0

    def steps(self, path: str, doubt: Span | None = None, above: tuple[str, ...] = ()) -> Iterator[Step]:
        """The changesets of a changelog and of all it includes."""
        self.used.setdefault(path, None)
        root = self.logs.root(path)
        if root is None:
            yield from self._plain(path, doubt)
            return
        late: list[Step] = []
        early: list[Step] = []
        usual: list[Step] = []
        doubted = filtered(root)
        doubt = doubt or (None if doubted is None else Span(path, *doubted.at))
        for child in root.children:
            if self.count > _MOST:
                return
            if child.name in ("property", "include", "includeAll"):
                child = self.parameters.node(path, child)
            if child.name == "property":
                file = self.logs.files.find(path, child.says("file"), child.flag("relativeToChangelogFile") is True)
                self.parameters.state(path, child, file, self.logs.tree)
            elif child.name == "include":
                usual += self._include(path, child, doubt, above)
            elif child.name == "includeAll":
                usual += self._include_all(path, child, doubt, above)
            elif child.name == "changeSet":
                self.count += 1
                step = Step(path, self.parameters.node(path, child), None, doubt)
                order = step.node.says("runOrder").lower()
                (early if order == "first" else late if order == "last" else usual).append(step)
            elif child.name == "unreadable":
                usual.append(Step(path, child, "Liquibase does not accept this line: it wants `changeset author:id`"))
        yield from (*early, *usual, *late)

    def _plain(self, path: str, doubt: Span | None) -> Iterator[Step]:
        """A file that is no changelog: SQL is one changeset, anything else could not be read."""
        file = self.logs.tree.file(path)
        length = 0 if file is None else len(file.text)
        whole = (0, length)
        if file is None or not path.endswith(".sql"):
            yield Step(path, Node("changeSet", (0, 0), whole), "this changelog could not be read", doubt)
            return
        names = [Node(name, (0, 0), (0, 0), verbatim(value, 0, len(value))) for name, value in _RAW]
        body = Node("sql", (0, len(file.line(1))), whole, verbatim(file.text, *whole))
        yield Step(
            path, self.parameters.node(path, Node("changeSet", body.at, whole, None, [*names, body])), None, doubt
        )

    def _include(self, path: str, node: Node, doubt: Span | None, above: tuple[str, ...]) -> Iterator[Step]:
        written, relative = node.says("file"), node.flag("relativeToChangelogFile") is True
        place = self._place(path, node, "file")
        found = self.logs.files.find(path, written, relative)
        if found is not None:
            yield from self._followed(path, node, found, place, doubt, above)
            return
        if "${" in written:
            yield Step(path, node, "which changelog this includes, a parameter says")
            return
        here = list(self.logs.files.candidates(path, written, relative))
        certain = relative and not here[0].startswith("..")  # any other may stand in a library on the class path
        if (
            certain
            and node.flag("errorIfMissing") is not False
            and not any(self.logs.tree.could_exist(one) for one in here)
        ):
            self.faults.append(Fault(FaultKind.MISSING_FILE, ((path, place),), written))
        yield Step(path, node, f"{written} is not in this project, so what it does is not known")

    def _include_all(self, path: str, node: Node, doubt: Span | None, above: tuple[str, ...]) -> Iterator[Step]:
        place = self._place(path, node, "path")
        found = self.logs.folder(path, node)
        if found is None:
            if node.flag("errorIfMissingOrEmpty") is not False:
                yield Step(path, node, f"the folder {node.says('path')} is not in this project")
            return
        if node.get("filter") is not None or node.get("resourceComparator") is not None:
            doubt = doubt or place  # classes of its own choose and order the files
        for one in found:
            yield from self._followed(path, node, one, place, doubt, above)

    def _followed(
        self, path: str, node: Node, found: str, place: Span, doubt: Span | None, above: tuple[str, ...]
    ) -> Iterator[Step]:
        if found in (*above, path):
            self.faults.append(Fault(FaultKind.CYCLE, ((path, place), (found, place))))
            return
        asked = filtered(node)
        inner = doubt or (None if asked is None else Span(path, *asked.at))
        before = self.used.get(found)
        if before is not None and inner is None and self._holds(found):
            self.faults.append(Fault(FaultKind.DUPLICATE, ((found, before), (found, place))))
            return
        self.count += 1
        if len(above) >= _DEEPEST or self.count > _MOST:
            yield Step(path, node, "changelogs include each other too often")
            return
        self.used[found] = place if inner is None else None
        yield from self.steps(found, inner, (*above, path))

    def _holds(self, path: str) -> bool:
        """Whether a file has changesets that always run, which must not be met twice."""
        root = self.logs.root(path)
        own = () if root is None else (child for child in root.children if child.name == "changeSet")
        return root is None or any(filtered(child) is None and not child.says("dbms") for child in own)

    def _place(self, path: str, node: Node, name: str) -> Span:
        text = node.get(name)
        return Span(path, *((text[0].start, text[-1].end) if text else node.at))


_RAW = (("id", "raw"), ("author", "includeAll"))
"""What Liquibase calls the changeset of a plain SQL file."""


def duplicates(steps: list[Step], dialect: str | None) -> Iterator[Fault]:
    """Changesets of one file (or logical file) that have the same id and author. Liquibase only compares those that a run
    asks for: of those with different contexts, labels or servers it may never meet both."""
    known: dict[tuple[str, ...], list[Step]] = {}
    for step in steps:
        node = step.node
        runs = runs_on(node.says("dbms"), dialect)
        if step.why is not None or step.doubt is not None or runs is False or node.flag("ignore"):
            continue
        asked = [node.says(name) for name in ("contextFilter", "context", "labels")]
        server = "" if runs else node.says("dbms")
        logical = node.says("logicalFilePath") or step.path
        known.setdefault((logical, node.says("id"), node.says("author"), server, *asked), []).append(step)
    for same in known.values():
        if len(same) > 1:
            yield Fault(FaultKind.DUPLICATE, tuple((label(one), _id(one)) for one in same))


def _id(step: Step) -> Span:
    text = step.node.get("id")
    return Span(step.path, *((text[0].start, text[-1].end) if text else step.node.at))


def label(step: Step) -> str:
    """A changeset as formatted SQL names it."""
    return f"{step.node.says('author')}:{step.node.says('id')}"
