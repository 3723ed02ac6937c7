"""YAML to nodes that know where they stand. Nothing is constructed, no tag is honoured, and no input can hurt.

Built from the parser's events with a stack of our own: composing with PyYAML recurses in C and takes the whole process
down on a file of a hundred thousand brackets.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from schemalint.model.span import SourceFile, Span

_DEPTH = 200
_NODES = 200_000
_VISITS = 20_000


@dataclass(slots=True, eq=False)
class Node:
    """A scalar (`text` is set), a sequence (`items`) or a mapping (`pairs`). `plain`: a scalar without quotes."""

    span: Span
    text: str | None = None
    plain: bool = False
    items: list[Node] | None = None
    pairs: list[tuple[Node, Node]] | None = None
    _merged: dict[str, tuple[Node, Node]] | None = field(default=None, repr=False)

    @property
    def is_null(self) -> bool:
        return self.plain and self.text in ("", "~", "null", "Null", "NULL")

    def entries(self) -> dict[str, tuple[Node, Node]]:
        """Key → (key node, value node) of a mapping with its `<<` resolved; empty for anything else."""
        if self._merged is None:
            self._merged = {} if self.pairs is None else _merge(self)
        return self._merged

    def get(self, *keys: str) -> Node | None:
        """The value below a chain of keys."""
        here = self
        for key in keys:
            found = here.entries().get(key)
            if found is None:
                return None
            here = found[1]
        return here

    def scalars(self) -> list[Node]:
        """The scalars of a sequence, or the scalar itself as a list of one."""
        if self.items is not None:
            return [item for item in self.items if item.text is not None]
        return [] if self.text is None or self.is_null else [self]


def _merge(node: Node) -> dict[str, tuple[Node, Node]]:
    """Own keys win over merged ones, earlier merges over later ones. Every mapping is visited once, which defuses merge
    bombs: what it would bring the second time is there already."""
    found: dict[str, tuple[Node, Node]] = {}
    seen: set[int] = set()
    pending = [node]
    while pending and len(seen) < _VISITS:
        here = pending.pop()
        if id(here) in seen:
            continue
        seen.add(id(here))
        if here.items is not None:
            pending.extend(reversed(here.items))
            continue
        merges = []
        for key, value in here.pairs or ():
            if key.text == "<<" and key.plain:
                merges.append(value)
            elif key.text is not None:
                found.setdefault(key.text, (key, value))
        pending.extend(reversed(merges))
    return found


def walk(node: Node) -> Iterator[Node]:
    """The node and every node below it, shared ones once."""
    seen: set[int] = set()
    pending = [node]
    while pending:
        here = pending.pop()
        if id(here) in seen:
            continue
        seen.add(id(here))
        yield here
        below = list(here.items or ())
        for key, value in here.pairs or ():
            below += (key, value)
        pending.extend(reversed(below))


class NotYaml(Exception):
    """A text that is not YAML, or nested beyond reason: where, and why."""

    def __init__(self, at: int, why: str) -> None:
        super().__init__(why)
        self.at = at
        self.why = why


def load(file: SourceFile) -> Node | None:
    """The first document of a file, None when it is not YAML, empty, or nested beyond reason."""
    try:
        return parsed(file)
    except NotYaml:
        return None


def parsed(file: SourceFile) -> Node | None:
    """The same; raises NotYaml where it cannot be read."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    anchors: dict[str, Node] = {}
    stack: list[Node] = []
    keys: list[Node | None] = []
    count = 0
    try:
        for event in yaml.parse(file.text, Loader=loader):
            if isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
                done = stack.pop()
                keys.pop()
                done.span = Span(file.path, done.span.start, max(done.span.start, _span(file, event).end))
                if not stack:
                    return done
                continue
            if isinstance(event, yaml.AliasEvent):
                node = anchors.get(event.anchor or "") or Node(_span(file, event), text=None)
            elif isinstance(event, yaml.ScalarEvent):
                node = _scalar(file, event)
            elif isinstance(event, yaml.SequenceStartEvent):
                node = Node(_span(file, event), items=[])
            elif isinstance(event, yaml.MappingStartEvent):
                node = Node(_span(file, event), pairs=[])
            elif isinstance(event, yaml.DocumentEndEvent):
                return None
            else:
                continue
            count += 1
            if count > _NODES or len(stack) > _DEPTH:
                raise NotYaml(node.span.start, "it is nested too deeply, or too large")
            if event.anchor and not isinstance(event, yaml.AliasEvent):
                anchors[event.anchor] = node
            if stack:
                top = stack[-1]
                if top.items is not None:
                    top.items.append(node)
                elif keys[-1] is None:
                    keys[-1] = node
                else:
                    assert top.pairs is not None
                    top.pairs.append((keys[-1], node))
                    keys[-1] = None
            if isinstance(event, (yaml.SequenceStartEvent, yaml.MappingStartEvent)):
                stack.append(node)
                keys.append(None)
            elif not stack:
                return node
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise NotYaml(0 if mark is None else mark.index, f"it is not YAML: {error.problem}") from None
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise NotYaml(0, f"it is not YAML: {error}") from None
    return None


def _span(file: SourceFile, event: object) -> Span:
    return Span(file.path, event.start_mark.index, event.end_mark.index)  # type: ignore[attr-defined]


def _scalar(file: SourceFile, event: object) -> Node:
    span, style = _span(file, event), event.style  # type: ignore[attr-defined]
    if style in ("'", '"') and span.end - span.start >= 2:
        span = Span(span.path, span.start + 1, span.end - 1)
    return Node(span, text=event.value, plain=event.style in (None, ""))  # type: ignore[attr-defined]
