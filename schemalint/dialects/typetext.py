"""A column type as written, taken apart: words, arguments, array marks. Every dialect reads types from this."""

from __future__ import annotations

import re

from schemalint.model.frozen import frozen

_PIECE = re.compile(
    r"""\s+
    |(?P<word>[^\W\d][\w$]*)
    |(?P<quoted>"(?>(?:[^"]|"")*)"|`[^`]*+`|\[[^\W\d][^\]]*+\])
    |(?P<string>[nN]?'(?>(?:[^'\\]|''|\\.)*)')
    |(?P<number>[+-]?\d+)
    |(?P<mark>[(),.\[\]])
    """,
    re.X | re.S,
)
_CHARSET = frozenset({"character", "charset", "collate"})


@frozen
class TypeText:
    """`words` are the type's words in lower case without what stands in parentheses; `args` the arguments as written
    (strings keep their quotes); `names` the dotted name with whether each part was quoted, when it is a plain name."""

    words: tuple[str, ...]
    args: tuple[str, ...] | None = None
    arrays: int = 0
    names: tuple[tuple[str, bool], ...] = ()

    @property
    def numbers(self) -> tuple[int, ...] | None:
        """The arguments as numbers, None when one is no number."""
        if self.args is None:
            return ()
        if not all(arg.lstrip("+-").isdigit() and len(arg) < 12 for arg in self.args):
            return None
        return tuple(int(arg) for arg in self.args)


def unquoted(text: str) -> str:
    """A quoted identifier without its quotes."""
    mark = text[0]
    if mark == "[":
        return text[1:-1].replace("]]", "]")
    return text[1:-1].replace(mark * 2, mark)


def string_value(text: str, backslash: bool = False) -> str:
    """The value of a string literal as written, quotes included."""
    start = text.find(text[-1])
    body = text[start + 1 : -1].replace(text[-1] * 2, text[-1])
    return re.sub(r"\\(.)", r"\1", body, flags=re.S) if backslash else body


def take_apart(raw: str) -> TypeText | None:
    """The pieces of a type as written, None when it holds something a type never holds."""
    words: list[str] = []
    names: list[tuple[str, bool]] = []
    args: list[str] | None = None
    arrays = depth = at = 0
    named = dotted = True
    while at < len(raw):
        match = _PIECE.match(raw, at)
        if match is None or len(words) > 12:
            return None
        at = match.end()
        kind, text = match.lastgroup, match.group()
        if kind is None:
            continue
        if depth:
            if text == ")":
                depth = 0
            elif text == ",":
                continue
            elif kind == "mark" or args is None or len(args) > 4096:
                return None
            else:
                args.append(text)
        elif text == "(":
            if args is not None:
                return None
            depth, args, named = 1, [], False
        elif text == "[":
            arrays += 1
            closing = raw.find("]", at)
            if closing < 0 or not (raw[at:closing].strip() or "0").isdigit():
                return None
            at, named = closing + 1, False
        elif text == ".":
            if dotted or not named:
                return None
            dotted = True
        elif kind in ("word", "quoted"):
            quoted = kind == "quoted"
            lowered = text.lower()
            if lowered in _CHARSET and words and not quoted and words[-1] != "national":
                break
            if lowered == "array" and words and not quoted:
                arrays += 1
                continue
            if named and dotted:
                names.append((unquoted(text) if quoted else text, quoted))
            elif arrays:
                return None
            else:
                named = False
            if len(names) > 1 and dotted:
                words = []
            dotted = False
            words.append(text if quoted else lowered)
        else:
            return None
    if depth or not words or (dotted and names):
        return None
    return TypeText(tuple(words), None if args is None else tuple(args), arrays, tuple(names))
