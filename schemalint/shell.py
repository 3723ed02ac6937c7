"""Shell text to commands and words that know where they stand. Enough of the shell to see what is run and where;
nothing is evaluated, and a word with a substitution in it is marked as not known."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from posixpath import join as join_paths
from posixpath import normpath

from schemalint.model.frozen import frozen

_ASSIGNMENT = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\+?=")
_LEADING = frozenset(
    {"!", "if", "then", "else", "elif", "do", "while", "until", "{", "time", "exec", "sudo", "env", "nohup",
     "command", "-"}
)  # fmt: skip
_OPENS = frozenset({"if", "while", "until", "for", "select", "case", "{"})
_SUCCEED = frozenset({"cd", "echo", "printf", "export", "set", "mkdir", ":", "true"})
"""Commands that are not expected to fail: what stands behind `&&` is run."""
_CLOSES = frozenset({"fi", "done", "esac", "}"})
_RUNNERS = frozenset({"npx", "bunx", "pnpx", "uvx", "tini", "dumb-init", "--"})
_RUN_PAIRS = frozenset(
    {"poetry run", "pipenv run", "uv run", "pdm run", "rye run", "hatch run", "pnpm exec", "npm exec", "yarn exec",
     "pnpm dlx", "yarn dlx", "bundle exec", "yarn run", "bun x", "python -m", "python3 -m"}
)  # fmt: skip
_NO_FILES = frozenset({"/dev/null", "/dev/stdout", "/dev/stderr"})
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_REDIRECT = re.compile(r"(?:\d*|&)(>>|>\||>|<<<|<<(?!<)|<>|<)")
_DELIMITER = re.compile(r"(-?)[ \t]*((?:\\.|'[^'\n]*'|\"[^\"\n]*\"|[^\s;|&()<>'\"\\])+)")
_LINE_REST = re.compile(
    r"(?>(?:[^\n'\"\\#]++|(?<=\s)#[^\n]*+|#|\\.|'[^']*+'|\"(?>(?:[^\"\\]++|\\.)*)\"|['\"\\])*)\n", re.S
)
_ARITHMETIC = re.compile(r"\(\([^\n]{0,200}?\)\)")
"""In it, `<<` moves bits."""
_MOST = 16  # heredocs of one line: bash takes no more either


@frozen
class Word:
    """A word without its quotes. `known` is False when a part of it is only decided at run time."""

    text: str
    start: int
    end: int
    known: bool = True


@frozen
class Heredoc:
    """The lines behind `<<WORD`, from the first to the one with the word alone. `literal`: the word was quoted, so nothing is
    put in; `closed` is False where the word never comes."""

    start: int
    end: int
    literal: bool
    closed: bool


@frozen
class HereString:
    """`<<< WORD`"""

    word: Word


@frozen
class FromFile:
    """`< FILE`"""

    word: Word


@frozen
class Command:
    """One simple command: `folder` is where it runs as `cd` left it (relative to where the text starts, or absolute),
    None when not known; `writes` tells of a redirection into a file; `stdin` is what it is given to read, the command whose
    output it is behind `|`; `certain` is False in a condition, a loop or a function, and behind `&&` and `||`."""

    words: tuple[Word, ...]
    folder: str | None
    writes: bool = False
    assigns: tuple[Word, ...] = ()
    stdin: Heredoc | HereString | FromFile | Command | None = None
    certain: bool = True

    @property
    def start(self) -> int:
        return self.words[0].start

    @property
    def end(self) -> int:
        return self.words[-1].end


def commands(
    text: str, start: int = 0, values: Mapping[str, str] | None = None, folder: str = "", nested: int = 3
) -> Iterator[Command]:
    """Every simple command of a text in order, and those in its heredocs, which may be scripts, and in theirs, as deep as
    `nested` says. Offsets are those of `text` plus `start`."""
    here: str | None = folder
    outer: list[str | None] = []
    parts: list[Word] = []
    stdin: Heredoc | HereString | FromFile | Command | None = None
    writes = False
    redirect = ""
    blocks = 0  # that are open
    linked = False
    for token in (*_tokens(text, start, values or {}), ";"):
        if isinstance(token, Heredoc):
            stdin = token
        elif isinstance(token, Word):
            if not redirect:
                parts.append(token)
            elif redirect == ">":
                writes = writes or token.text not in _NO_FILES
            else:
                stdin = HereString(token) if redirect == "<<<" else FromFile(token)
            redirect = ""
        elif token in (">", "<", "<<<"):
            redirect = token
        else:
            opened = sum(word.text in _OPENS for word in (*parts[:3], *parts[3:][-1:]))
            blocks += opened
            command = _command(parts, here, writes, stdin, certain=not blocks and not linked)
            blocks = max(0, blocks - sum(word.text in _CLOSES for word in parts[:1]))
            if command is not None:
                yield command
                here = _moved(command, here)
                inner = command.stdin
                if isinstance(inner, Heredoc) and nested:
                    body = text[inner.start - start : inner.end - start]
                    yield from commands(body, inner.start, values, here or "", nested - 1)
            before = None if command is None or token != "|" else command
            stdin = replace(before, stdin=None) if before and isinstance(before.stdin, Command) else before
            quiet = command is not None and command.words[0].text in _SUCCEED
            linked = (token == "&&" and not quiet) or (linked and token == "|")
            parts, writes, redirect = [], False, ""
            if token == "(":
                outer.append(here)
            elif token == ")" and outer:
                here = outer.pop()


def _command(
    words: list[Word],
    folder: str | None,
    writes: bool,
    stdin: Heredoc | HereString | FromFile | Command | None,
    certain: bool,
) -> Command | None:
    at = 0
    assigns: list[Word] = []
    while at < len(words):
        text = words[at].text
        if _ASSIGNMENT.match(text):
            assigns.append(words[at])
        elif f"{text} {words[at + 1].text if at + 1 < len(words) else ''}" in _RUN_PAIRS:
            at += 1
        elif text not in _LEADING and text not in _RUNNERS:
            break
        elif text in ("npx", "bunx", "pnpx", "uvx"):
            while at + 1 < len(words) and words[at + 1].text.startswith("-"):
                at += 1
        at += 1
    return Command(tuple(words[at:]), folder, writes, tuple(assigns), stdin, certain) if at < len(words) else None


def _moved(command: Command, here: str | None) -> str | None:
    if command.words[0].text != "cd":
        return here
    if len(command.words) != 2 or not command.words[1].known:
        return None
    to = command.words[1].text
    if to.startswith("/"):
        return normpath(to)
    return None if here is None or to.startswith(("~", "-")) else normpath(join_paths(here, to)).removeprefix("./")


def _tokens(text: str, base: int, values: Mapping[str, str]) -> Iterator[Word | Heredoc | str]:
    at, size = 0, len(text)
    line_end = after = heredocs = 0  # of a line with heredocs: where it ends, and where the last of them does
    while at < size:
        char = text[at]
        if char in " \t\r":
            at += 1
        elif char == "\\" and text[at + 1 : at + 2] == "\n":
            at += 2
        elif char == "\n" and heredocs and at >= line_end - 1:
            yield ";"
            at, heredocs = max(after, at + 1), 0
        elif char == "\n" or char == ";":
            yield ";"
            at += 1
        elif text.startswith("((", at) and (arithmetic := _ARITHMETIC.match(text, at)) is not None:
            at = arithmetic.end()
        elif char == "#":
            end = text.find("\n", at)
            at = size if end < 0 else end
        elif text.startswith(("&&", "||"), at):
            yield "&&"
            at += 2
        elif (redirect := _REDIRECT.match(text, at)) is not None:
            at = redirect.end()
            if redirect.group(1).startswith(">"):
                if text[at : at + 1] == "&":  # 2>&1
                    at += 1
                    while at < size and text[at] in "0123456789-":
                        at += 1
                else:
                    yield ">"
            elif redirect.group(1) != "<<":
                yield "<<<" if redirect.group(1) == "<<<" else "<"
            elif (delimiter := _DELIMITER.match(text, at)) is not None and heredocs < _MOST:
                at = delimiter.end()
                if not heredocs:
                    line = _LINE_REST.match(text, at)
                    line_end = after = size if line is None else line.end()
                heredocs += 1
                body = _heredoc(text, after, delimiter)
                after = _line_after(text, body.end)
                yield replace(body, start=base + body.start, end=base + body.end)
        elif char in "|&":
            yield "|" if char == "|" else ";"
            at += 2 if text.startswith("|&", at) else 1
        elif char in "()":
            yield char
            at += 1
        else:
            word, at = _word(text, at, base, values)
            yield word


def _heredoc(text: str, start: int, delimiter: re.Match[str]) -> Heredoc:
    """The body that begins at `start`, with the tabs that `<<-` takes away."""
    written = delimiter.group(2)
    literal = any(mark in written for mark in "'\"\\")
    word = re.escape(re.sub(r"['\"\\]", "", written))
    tabs = r"\t*+" if delimiter.group(1) else ""
    closing = re.compile(rf"^{tabs}{word}\r?$", re.M).search(text, start)
    return Heredoc(start, len(text) if closing is None else closing.start(), literal, closing is not None)


def _line_after(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end + 1


def _word(text: str, at: int, base: int, values: Mapping[str, str]) -> tuple[Word, int]:
    start, size, known = at, len(text), True
    out: list[str] = []
    quote = ""
    while at < size:
        char = text[at]
        if quote == "'":
            if char == "'":
                quote = ""
            else:
                out.append(char)
            at += 1
        elif char == "\\":
            if text[at + 1 : at + 2] != "\n":
                out.append(text[at + 1 : at + 2])
            at += 2
        elif char == "$":
            piece, at, sure = _variable(text, at, values)
            out.append(piece)
            known = known and sure
        elif char == "`":
            end = text.find("`", at + 1)
            end = size if end < 0 else end + 1
            out.append(text[at:end])
            at, known = end, False
        elif char == quote:
            quote = ""
            at += 1
        elif quote:
            out.append(char)
            at += 1
        elif char in "'\"":
            quote = char
            at += 1
        elif char in " \t\r\n;|&()<>":
            break
        else:
            known = known and char not in "*?"
            out.append(char)
            at += 1
    return Word("".join(out), base + start, base + at, known), max(at, start + 1)


def _variable(text: str, at: int, values: Mapping[str, str]) -> tuple[str, int, bool]:
    """What `$…` at this place stands for, where it ends, and whether that is known."""
    if text.startswith("$(", at):
        depth, end = 0, at + 1
        limit = min(len(text), at + 4000)
        while end < limit:
            depth += (text[end] == "(") - (text[end] == ")")
            end += 1
            if depth == 0:
                break
        inner = text[at + 2 : end - 1]
        if inner in values:  # a variable of make
            return values[inner], end, True
        return text[at:end], end, False
    if text.startswith("${", at):
        end = text.find("}", at)
        end = len(text) if end < 0 else end + 1
        inner = text[at + 2 : end - 1]
        name, dash, default = inner.partition(":-")
        if name in values:
            return values[name], end, True
        if dash and _NAME.fullmatch(name) and "$" not in default:
            return default, end, True
        return text[at:end], end, False
    name_match = _NAME.match(text, at + 1)
    if name_match is None:
        return text[at : at + 2], at + 2 if at + 1 < len(text) else at + 1, False
    if name_match.group() in values:
        return values[name_match.group()], name_match.end(), True
    return name_match.group(0) and text[at : name_match.end()], name_match.end(), False
