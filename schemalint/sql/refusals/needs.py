"""Which words must stand in a text for a regular expression of a row to match it: most texts lack them, and need no look.

The rows are written in a small part of the language: words between blanks, groups, alternatives, `\\S+` and looks around.
"""

from __future__ import annotations

import re

Needs = frozenset[frozenset[str]]
"""Of each of these sets, one word must stand."""

_OPENS = re.compile(r"\((?:\?(?:P<\w+>|:|<?[=!]))?")
_CLASS = re.compile(r"\[(?>(?:\\.|[^\]\\])*)\]")
_WORD = re.compile(r"[A-Z][A-Z_\d]*+")
_BLANK = re.compile(r"(?>(?:\(\?[:=])*) ")


def needs(regex: str) -> Needs:
    """The words without which a row's regular expression cannot match. A word of it stands between blanks, also where it
    does not say so on the left; marks are `(`, `[` and `,`."""
    clauses, _ = _alternatives(_CLASS.sub(r"\\S", regex.replace(r"\[", "⟦")), 0)
    return frozenset(clauses)


def _alternatives(regex: str, at: int) -> tuple[list[frozenset[str]], int]:
    """What the alternatives of a group need together, and where the group is closed."""
    each: list[list[frozenset[str]]] = [[]]
    while at < len(regex) and regex[at] != ")":
        mark = regex[at]
        word = _WORD.match(regex, at)
        opens = _OPENS.match(regex, at)
        if mark == "|":
            each.append([])
            at += 1
        elif opens is not None:
            inner, close = _alternatives(regex, opens.end())
            if opens[0][-1] != "!" and regex[close + 1 : close + 2] not in ("?", "*"):
                each[-1] += inner
            at = close + 1
        elif word is not None:
            if _ends(regex, word.end()):
                each[-1].append(frozenset({word[0]}))
            at = word.end()
        else:
            if mark == "⟦" or regex.startswith((",)", r"\("), at):
                each[-1].append(frozenset({"[" if mark == "⟦" else "(" if mark == "\\" else ","}))
            at += 2 if mark == "\\" else 1
    if len(each) == 1:
        return each[0], at
    if not all(each):
        return [], at
    return [frozenset().union(*(min(one, key=len) for one in each))], at


def _ends(regex: str, at: int) -> bool:
    """Whether a blank follows wherever a word ends here."""
    while at < len(regex) and regex[at] in ")|":
        depth = int(regex[at] == "|")
        while depth:
            at += 1
            depth = depth + (regex[at] == "(") - (regex[at] == ")") if regex[at - 1] != "\\" else depth
        at += 1
        if regex[at : at + 1] == "?":
            return False
    return _BLANK.match(regex, at) is not None
