"""The SQL that a shell script gives to a database's client: in a heredoc, in an argument, through a pipe, or in a file.

Nothing is run. What the shell puts in (`$NAME`, `$(…)`, backquotes) is a hole, as a template's is; everything else stands
where it stands in the script. What is given is read as guarded: whether a line of a script is reached, nobody knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from schemalint.model.clauses import Guard
from schemalint.model.facts import Fact, Invalid, Opaque
from schemalint.model.frozen import frozen
from schemalint.model.names import TableName
from schemalint.model.span import SourceFile, Span
from schemalint.shell import Command, FromFile, Heredoc, HereString, Word, commands
from schemalint.sql.cursor import FILLED
from schemalint.sql.reader import Reading

_CLIENTS = {"psql": "postgres", "mysql": "mysql", "mariadb": "mariadb", "sqlite3": "sqlite", "docker_process_sql": None}
"""Clients, with the dialect that each speaks. The last is a function of the official images of three servers."""
CLIENTS = re.compile(rb"psql|mysql|mariadb|sqlite3|docker_process_sql", re.I)
"""What stands in every script that calls one."""
_AROUND = frozenset(
    {"docker", "docker-compose", "podman", "podman-compose", "nerdctl", "kubectl", "oc", "gosu", "su-exec", "runuser",
     "sudo", "env", "timeout", "setpriv", "chroot", "nice", "doas", "time"}
)  # fmt: skip
"""Commands that run another, which stands among their arguments."""
_ARRAY = re.compile(r"\$\{?(psql|mysql|mariadb|sqlite3)(?:\[@\])?\}?", re.I)
"""The command in a variable named after it: `"${psql[@]}"`, as the images' own documentation has it."""
_SHORT = {"psql": "cdfFhLoPpRTUv", "mysql": "eDhPSu", "mariadb": "eDhPSu", "sqlite3": "", "docker_process_sql": ""}
"""Short options that take the next word where nothing is attached to them."""
_SQL = {"psql": ("c", "command"), "mysql": ("e", "execute"), "mariadb": ("e", "execute")}
_DATABASE = {"psql": ("d", "dbname"), "mysql": ("D", "database"), "mariadb": ("D", "database")}
_LONG = frozenset(
    {"command", "execute", "file", "dbname", "database", "host", "port", "user", "username", "variable", "set", "cmd"}
    | {"init", "separator", "output", "log-file", "socket", "field-separator", "record-separator", "pset"}
)  # fmt: skip
"""Long options that take the next word where no `=` is attached to them."""
_PRINTS = frozenset({"cat", "zcat", "gzcat", "xzcat", "zstdcat", "bzcat", "envsubst"})
_UNPACKS = frozenset({"gunzip", "gzip", "unxz", "xz", "zstd", "unzstd", "pv"})
_MOST = 300  # given in one script: each is laid out on the whole of it
_EXPANDS = re.compile(
    r"(?P<escape>\\[$`\\\"\n])|(?P<process>\$\$|\$\w+\$(?!\w))|\$\{[^}\n]*+\}|\$\(|\$[A-Za-z_]\w*+|\$[\d@*\#?!-]"
    r"|`(?>(?:[^`\\]++|\\.)*)`",
    re.S,
)
_LONGEST = 4000  # of a `$( … )`
_PROCESS = (
    "the shell puts its process id or a variable here, for the word behind << has no quotes: what follows is not read"
)
_MAYBE = "what the script gives to the client here depends on how it runs"


@frozen
class Given:
    """What one command gives to a client. `start` to `end` is where it stands in the script: the SQL itself (`text`, of that
    length, holes filled; None for a file) or the word that names a `file`. `database` is the one that the command names,
    as written; `folder` is where it runs, as `cd` left it: "" where the script does, None when not known; `certain` is
    False where it may not be run. `trouble` is why what is given, or the rest of it, is not known, and where."""

    client: str
    start: int
    end: int
    text: str | None = None
    file: str | None = None
    database: str | None = None
    folder: str | None = ""
    certain: bool = True
    trouble: tuple[int, int, str] | None = None

    @property
    def dialect(self) -> str | None:
        """The dialect that the client speaks, None where it may be either."""
        return _CLIENTS[self.client]


def given(text: str) -> Iterator[Given]:
    """What a script gives to clients, in order. A client that is given nothing, or nothing but a session, is left out."""
    for count, one in enumerate(_given(text)):
        if count == _MOST:
            yield replace(one, text=None, file=None, trouble=(one.start, one.end, "too much is given to clients here"))
            return
        yield one


def read_given(file: SourceFile, one: Given, dialect: str | None) -> Reading:
    """The facts of what is given, all of them guarded. A file that is named is the caller's to read. `dialect` is taken where
    the client does not tell."""
    from schemalint.sql import read

    trouble = None
    if one.trouble is not None:
        start, end, why = one.trouble
        span = Span(file.path, start, end)
        trouble = Opaque(span, span, why, None)
    if one.text is None:
        return Reading(() if trouble is None else (trouble,), 1, 0 if trouble is None else 1)
    laid = SourceFile(file.path, " " * one.start + one.text)
    found = read(laid, _spoken(one.dialect, dialect), one.start, one.end)
    facts: list[Fact] = [guarded(fact) for fact in found.facts]
    if not one.certain and (touched := touches(facts)):
        span = Span(file.path, one.start, one.start)
        facts = [fact for fact in facts if isinstance(fact, Invalid)]
        facts.append(Opaque(span, span, _MAYBE, touched))
    if trouble is not None:
        facts.append(trouble)
    return replace(found, facts=tuple(facts), ddl=found.ddl + (trouble is not None))


def _spoken(client: str | None, dialect: str | None) -> str | None:
    """MySQL's client is MariaDB's, too."""
    return dialect if client is None or (client == "mysql" and dialect == "mariadb") else client


def touches(facts: Iterable[Fact]) -> tuple[TableName, ...]:
    """The tables that facts make or change."""
    tables = (getattr(fact, "table", None) for fact in facts)
    return tuple(dict.fromkeys(table for table in tables if table is not None))


def guarded(fact: Fact) -> Fact:
    """The fact of a statement of which nobody knows whether it is reached. What no server takes stays what it is."""
    return fact if isinstance(fact, Invalid) else replace(fact, guard=fact.guard or Guard(fact.statement, True))


def _given(text: str) -> Iterator[Given]:
    for command in commands(text, nested=0):
        call = _call(command)
        if call is None:
            continue
        client, words = call
        told = list(_arguments(client, words))
        database = next((value.text for kind, value in told if kind == "database"), None)
        before = [one for kind, value in told if kind in ("sql", "file") for one in _from(client, kind, value, text)]
        for one in before or _stdin(client, command, text):
            yield replace(one, database=database, folder=command.folder, certain=command.certain)


def calls_client(command: Command) -> bool:
    """Whether a command runs a client."""
    return _call(command) is not None


def _call(command: Command) -> tuple[str, tuple[Word, ...]] | None:
    """The client that a command runs, with its arguments."""
    for at, word in enumerate(command.words):
        array = _ARRAY.fullmatch(word.text)
        name = array.group(1).lower() if array is not None else word.text.rpartition("/")[2]
        if name in _CLIENTS:
            return name, command.words[at + 1 :]
        if at == 0 and name not in _AROUND and not name.startswith("-"):  # what stands before is left out: sudo
            return None
    return None


def _arguments(client: str, words: tuple[Word, ...]) -> Iterator[tuple[str, Word]]:
    """ "sql", "file" and "database", each with its word."""
    at, plain = 0, 0
    while at < len(words):
        word = words[at]
        at += 1
        name, value = "", None
        if word.text.startswith("--") or (client == "sqlite3" and word.text.startswith("-")):
            name, equals, attached = word.text.lstrip("-").partition("=")
            if equals:
                value = _part(word, attached)
        elif word.text.startswith("-") and len(word.text) > 1:
            flags = word.text[1:]
            cut = next((i for i, flag in enumerate(flags) if flag in _SHORT[client]), None)
            if cut is None:
                continue
            name = flags[cut]
            value = _part(word, flags[cut + 1 :]) if flags[cut + 1 :] else None
        else:
            plain += 1
            if plain == 1:
                yield "database", word
            elif client == "sqlite3":
                yield "sql", word
            continue
        if value is None and (len(name) == 1 or name in _LONG):
            if at == len(words):
                return
            value, at = words[at], at + 1
        if value is None:
            continue
        if name in _SQL.get(client, ("execute", "command")) or (client == "sqlite3" and name == "cmd"):
            yield "sql", value
        elif (client == "psql" and name in ("f", "file")) or (client == "sqlite3" and name == "init"):
            yield "file", value
        elif name in _DATABASE.get(client, ("dbname", "database")):
            yield "database", value


def _part(word: Word, text: str) -> Word:
    """What is attached to an option. It is shown with the option."""
    return Word(text, word.start, word.end, word.known)


def _from(client: str, kind: str, word: Word, text: str) -> Iterator[Given]:
    if kind == "sql":
        yield _written(client, word, text)
    elif word.text != "-":
        yield _named(client, word)


def _named(client: str, word: Word) -> Given:
    why = f"only the run tells which file {word.text} is, so what it runs is not known"
    trouble = None if word.known else (word.start, word.end, why)
    return Given(client, word.start, word.end, file=word.text if word.known else None, trouble=trouble)


def _stdin(client: str, command: Command, text: str) -> Iterator[Given]:
    match command.stdin:
        case Heredoc(start, end, literal, closed):
            one = _expanded(client, text, start, end, literal)
            if not closed:
                why = "this heredoc is never closed: all of the rest is given to the client"
                place = command.start, command.end, why
                one = replace(one, trouble=one.trouble or place)
            yield one
        case HereString(word):
            yield _written(client, word, text)
        case FromFile(word):
            yield _named(client, word)
        case Command() as source:
            yield from _piped(client, source, text)
        case None:
            pass


def _piped(client: str, source: Command, text: str) -> Iterator[Given]:
    """What another command writes."""
    name = source.words[0].text.rpartition("/")[2]
    plain = [word for word in source.words[1:] if not word.text.startswith("-")]
    if name in ("echo", "printf") and len(plain) == 1 and (name == "echo" or "%" not in plain[0].text):
        yield _written(client, plain[0], text)
    elif name in _PRINTS | _UNPACKS and plain and name != "envsubst":
        yield from (_named(client, word) for word in plain)
    elif name in _PRINTS | _UNPACKS and source.stdin is not None and not isinstance(source.stdin, Command):
        yield from _stdin(client, source, text)
    else:
        why = f"what {name} writes is run here and is not known"
        yield Given(client, source.start, source.end, trouble=(source.start, source.end, why))


def _written(client: str, word: Word, text: str) -> Given:
    """An argument that is SQL: in quotes as a whole, or without any."""
    start, end = word.start, word.end
    raw = text[start:end]
    while raw and raw[0] not in "'\"" and raw[-1] in "'\"":  # an option stands before it
        start += 1
        raw = raw[1:]
    if len(raw) > 1 and raw[0] == raw[-1] and raw[0] in "'\"" and re.search(rf"(?<!\\){raw[0]}", raw[1:-1]) is None:
        return _expanded(client, text, start + 1, end - 1, raw[0] == "'")
    if not any(mark in raw for mark in "'\"\\"):
        return _expanded(client, text, start, end, False)
    why = "the shell puts this text together, so what it says is not known"
    return Given(client, word.start, word.end, trouble=(word.start, word.end, why))


def _expanded(client: str, text: str, start: int, end: int, literal: bool) -> Given:
    """A stretch as the client gets it, at its length: where a backslash goes, a blank comes in before that word."""
    raw = text[start:end]
    if literal or not any(mark in raw for mark in "$`\\"):
        return Given(client, start, end, raw)
    out: list[str] = []
    trouble = None
    at, size = 0, len(raw)
    while at < size:
        match = _EXPANDS.search(raw, at)
        if match is None:
            break
        out.append(raw[at : match.start()])
        at = match.end()
        if match["escape"]:
            _unescape(out, match[0][1])
            continue
        if match["process"] and trouble is None:
            stop = raw.find(";", at)
            trouble = start + match.start(), start + match.end(), _PROCESS
            size = size if stop < 0 else stop + 1
        elif match[0] == "$(":
            at = _closing(raw, at)
        out.append(FILLED * (at - match.start()))
    made = "".join((*out, raw[at:size])).ljust(len(raw))
    return Given(client, start, end, made, trouble=trouble)


def _unescape(out: list[str], char: str) -> None:
    """Puts the character there without its backslash, for which a blank comes in before the word."""
    if char == "\n":
        out.append("  ")
        return
    word: list[str] = []
    while out and not out[-1][-1:].isspace() and len(word) < 12:
        piece = out.pop()
        cut = max(piece.rfind(blank) for blank in " \t\n(,'") + 1
        word.append(piece[cut:])
        if cut:
            out.append(piece[:cut])
            break
    out += [" ", *reversed(word), char]


def _closing(raw: str, at: int) -> int:
    depth, limit = 1, min(len(raw), at + _LONGEST)
    while at < limit and depth:
        depth += (raw[at] == "(") - (raw[at] == ")")
        at += 1
    return at
