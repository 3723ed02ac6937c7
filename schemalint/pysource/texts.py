"""Texts that expressions put together from others: f-strings, `+` and `%`."""

from __future__ import annotations

from collections.abc import Callable

from schemalint.pysource.nodes import Join, Node, Op, Seq, Text

MAX_TEXT = 10_000


def put_together(item: Join | Op, path: str, value: Callable[[str, Node], tuple[str, Node]]) -> Text | None:
    """The text that an expression of a file makes; None where not all of it is known. `value` tells what a part is."""
    if isinstance(item, Join):
        texts = _texts(item.parts, path, value)
    elif item.op == "+":
        texts = _texts((item.left, item.right), path, value)
    else:
        texts = _filled(item, path, value) if item.op == "%" else None
    if texts is None or sum(map(len, texts)) >= MAX_TEXT:
        return None
    return Text(item.start, item.end, "".join(texts))


def _texts(parts: tuple[Node, ...], path: str, value: Callable[[str, Node], tuple[str, Node]]) -> list[str] | None:
    known = [value(path, part)[1] for part in parts]
    texts = [each.value for each in known if isinstance(each, Text)]
    return texts if len(texts) == len(known) else None


def _filled(item: Op, path: str, value: Callable[[str, Node], tuple[str, Node]]) -> list[str] | None:
    """`"…%s…" % (a, b)`."""
    template = value(path, item.left)[1]
    where, given = value(path, item.right)
    values = given.items if isinstance(given, Seq) and given.kind == "tuple" else (given,)
    texts = _texts(values, where, value)
    pieces = template.value.split("%s") if isinstance(template, Text) else []
    if texts is None or len(pieces) != len(texts) + 1 or "%" in "".join(pieces):
        return None
    return [part for pair in zip(pieces, [*texts, ""], strict=True) for part in pair]
