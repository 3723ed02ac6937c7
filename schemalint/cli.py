"""Arguments and exit codes: 0 clean, 1 findings at or above --fail-on, 2 usage, configuration, internal error, or
nothing to check. Findings go to standard output, all else to standard error. Whatever is heavy is imported late."""

from __future__ import annotations

import errno
import gc
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from schemalint import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemalint.cache import Cache
    from schemalint.config import Loaded
    from schemalint.discover import DiskTree, Tree
    from schemalint.model.report import Report

SEVERITIES = ("error", "warning", "note")


class Word(click.ParamType):  # type: ignore[type-arg]  # generic only since click 8.4
    """One of a few words; a wrong one is answered with the nearest."""

    name = "word"

    def __init__(self, *words: str) -> None:
        self.words = words

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if value not in self.words:
            from schemalint.config import nearest

            self.fail(f"{value!r} is not known{nearest(value, self.words)}", param, ctx)
        return str(value)

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        return "|".join(self.words)


class Commands(click.Group):
    """Commands; a wrong name is answered with the nearest."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and not args[0].startswith("-") and args[0] not in self.commands:
            from schemalint.config import nearest

            if os.path.exists(args[0]):
                ctx.fail(f"there is no command {args[0]!r}: did you mean `schemalint check {args[0]}`?")
            ctx.fail(f"there is no command {args[0]!r}{nearest(args[0], sorted(self.commands))}")
        return super().resolve_command(ctx, args)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Runs the command line and exits. No input makes a traceback."""
    # One short run that makes millions of small things and drops few: collecting them costs a fifth of it.
    gc.set_threshold(200_000, 50, 50)
    try:
        code = commands.main(args=arguments, prog_name="schemalint", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        code = 2
    except click.ClickException as error:
        click.echo(f"schemalint: {' '.join(error.format_message().split())}", err=True)
        code = 2
    except (click.Abort, KeyboardInterrupt):
        code = 130
    except BrokenPipeError:  # the reader of a pipe has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 2
    except Exception as mistake:
        if isinstance(mistake, OSError) and mistake.errno in (errno.ENOSPC, errno.EDQUOT, errno.EIO):
            _say(f"schemalint: the output cannot be written: {mistake.strerror}")
        else:
            _bug(f"{type(mistake).__name__}: {mistake}")
        code = 2
    sys.exit(code or 0)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="%(prog)s %(version)s")
def commands() -> None:
    """Finds where a database schema, its migrations and its models disagree, without a database and without running
    your code."""


@commands.command()
def version() -> None:
    """Print the version."""
    click.echo(f"schemalint {__version__} (Python {sys.version.split()[0]})")


def _configured(command: Callable[..., Any]) -> Callable[..., Any]:
    command = click.option("--isolated", is_flag=True, help="Look for no configuration file.")(command)
    return click.option(
        "--config",
        "options",
        multiple=True,
        metavar="FILE|INLINE",
        help="A configuration file instead of the one found upward, or TOML such as 'dialect=\"mysql\"'.",
    )(command)


@commands.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option(
    "--output-format",
    "outputs",
    multiple=True,
    metavar="FORMAT[=FILE]",
    help="full (default), concise, json or sarif, to standard output or to a file. Repeatable.",
)
@click.option("--select", multiple=True, metavar="RULES", help="Only these rules: codes, prefixes, names or ALL.")
@click.option("--ignore", multiple=True, metavar="RULES", help="Not these rules. Wins over --select.")
@click.option("--extend-select", multiple=True, metavar="RULES", help="These rules as well.")
@click.option("--fail-on", type=Word(*SEVERITIES, "never"), default="error", help="What makes the exit code 1.")
@click.option("--min-severity", type=Word(*SEVERITIES), default="warning", help="What full and concise show.")
@click.option("--fix", is_flag=True, help="Edit the files where a finding says how; what is left is printed.")
@click.option("--diff", is_flag=True, help="Print what --fix would change, and change nothing. Exit 1 if it would.")
@click.option("--unsafe-fixes", is_flag=True, help="Fix also what may change how the program behaves.")
@click.option("--show-files", is_flag=True, help="List the files read, and by which parser.")
@click.option("--show-settings", is_flag=True, help="Show settings, sources with their dialect, paths with evidence.")
@click.option("--show-unread", is_flag=True, help="List the statements that were not understood.")
@click.option("--strict", is_flag=True, help="Statements that were not understood are warnings.")
@click.option("--statistics", is_flag=True, help="Count the findings of each rule.")
@click.option("--color", type=Word("auto", "always", "never"), default="auto", help="When to colour.")
@click.option("--exit-zero", is_flag=True, help="Exit 0 even when there are findings.")
@click.option("--no-cache", is_flag=True, help="Read every file anew, and keep nothing for the next run.")
@click.option("--cache-dir", metavar="DIR", help="Where to keep what was read, instead of the user's cache directory.")
@click.option("--no-progress", is_flag=True, help="Accepted, for scripts that pass it: no progress is ever shown.")
@_configured
def check(paths: tuple[str, ...], outputs: tuple[str, ...], **flags: Any) -> int:
    """Check a project: its SQL, migrations, models and deployment files.

    A directory is checked as the project's root. A file, or several paths, are checked as part of their repository, and
    only findings with a place in them are shown."""
    with _usage():
        if flags["diff"] and outputs:
            raise click.ClickException("--diff prints a diff and no report: leave --output-format out")
        return _check(paths or (".",), outputs or ("full",), flags)


@commands.command()
@click.argument("path", default=".")
@click.option("--format", "form", default="json", metavar="json|sql", help="json (default), or DDL.")
@_configured
def dump(path: str, form: str, options: tuple[str, ...], isolated: bool) -> int:
    """Print what every source adds up to: tables, columns, keys, indexes."""
    with _usage():
        from schemalint.lint import lint
        from schemalint.reporters.dump import dumper, formats

        _known("format", form, formats())
        root, named = _root([path])
        loaded = _configuration(root, options, isolated)
        tree = _tree(root, loaded, named)
        report = lint(tree, _with_named(loaded, named).config, only=())
        chosen = [one for one in report.catalogs if named is None or any(_in(file, named) for file in one[0].files)]
        dumper(form)(chosen, report.files, sys.stdout)
        for line in report.broken:
            _bug(line)
        if not chosen:
            _say(_nothing(root, tree))
        return 2 if report.broken or not chosen else 0


@commands.command()
@click.argument("rule", required=False, metavar="[CODE|NAME]")
@click.option("--all", "every", is_flag=True, help="All pages.")
@click.option("--color", type=Word("auto", "always", "never"), default="auto", help="When to colour.")
def rule(rule: str | None, every: bool, color: str) -> int:
    """Show a rule's page; without a name, list the rules."""
    with _usage():
        from schemalint.config import RULE_LIST, UsageError, nearest
        from schemalint.outputs import colored
        from schemalint.reporters.terminal.page import show
        from schemalint.rules import rules

        words = [word for one in rules() for word in (one.code, one.name)]
        if rule is not None and rule.upper() not in words and rule not in words:
            raise UsageError(f"no rule is called {rule!r}{nearest(rule, words, RULE_LIST)}")
        for one in rules():
            if every or (rule is not None and (one.code == rule.upper() or one.name == rule)):
                show(one.page.read_text(encoding="utf-8"), sys.stdout, colored(color, sys.stdout))
            elif rule is None:
                click.echo(f"{one.code}  {one.severity.value:<7}  {one.name}")
        return 0


def _check(paths: Sequence[str], outputs: Sequence[str], flags: dict[str, Any]) -> int:
    from schemalint.fixes import fixable, offered
    from schemalint.gitignore import repository
    from schemalint.lint import lint
    from schemalint.model.finding import Severity
    from schemalint.outputs import CARRY_FIXES, fix, targets, write
    from schemalint.reporters import View
    from schemalint.reporters.terminal import listings
    from schemalint.rules import rules

    wanted = targets(outputs)
    root, named = _root(paths)
    loaded = _with_flags(_with_named(_configuration(root, flags["options"], flags["isolated"]), named), flags)
    tree = _tree(root, loaded, named)
    cache = _cache(flags["no_cache"], flags["cache_dir"])

    def judged(files: Tree) -> Report:
        return _only(lint(files, loaded.config, cache=cache), named)

    report = judged(tree)
    changes = flags["fix"] or flags["diff"]
    able = (0, 0) if changes else fixable(report, tree)
    if changes:
        editing = fix(
            tree, report, judged, lambda path: named is None or _in(path, named), flags["unsafe_fixes"], flags["diff"]
        )
        report = editing.report
    elif any(name in CARRY_FIXES for name, _ in wanted):
        report = offered(report, tree)
    if cache is not None:
        cache.close()
    top = repository(root)
    prefix = f"{root.relative_to(top).as_posix()}/" if top is not None and top != root else ""
    view = View(Severity(flags["min_severity"]), False, rules(), prefix, able)
    if not flags["diff"]:
        write(report, view, wanted, flags["color"])
    if flags["show_settings"]:
        _say(*listings.settings(report, loaded.path, loaded.said))
    if flags["show_files"]:
        _say(*listings.files(report, tree.unreadable))
    if flags["show_unread"]:
        _say(*listings.unread(report))
    if flags["statistics"]:
        _say(*listings.statistics(report))
    for line in report.broken:
        _bug(line)
    worst = max((finding.severity.rank for finding in report.findings), default=-1)
    if flags["diff"] and not (report.broken or report.nothing_read):
        return int(editing.changed and not flags["exit_zero"])
    if flags["fail_on"] != "never" and worst >= Severity(flags["fail_on"]).rank and not flags["exit_zero"]:
        return 1
    if report.nothing_read and worst < 0:
        _say(_nothing(root, tree))
    return 2 if report.broken or (report.nothing_read and worst < 0) else 0


@contextmanager
def _usage() -> Iterator[None]:
    """Turns what the user has to change into click's error."""
    from schemalint.config import UsageError

    try:
        yield
    except UsageError as error:
        raise click.ClickException(str(error)) from None


def _known(option: str, word: str, words: Sequence[str]) -> None:
    from schemalint.config import UsageError, nearest

    if word not in words:
        raise UsageError(f"--{option}: {word!r} is not known{nearest(word, words)}")


def _root(paths: Sequence[str]) -> tuple[Path, tuple[str, ...] | None]:
    """The root to check, and the paths in it to which findings are limited, None for all of it."""
    from schemalint.config import UsageError, nearest
    from schemalint.gitignore import repository

    real = []
    for path in paths:
        if not os.path.exists(path):
            folder = os.path.dirname(path) or "."
            beside = sorted(os.listdir(folder)) if os.path.isdir(folder) else []
            raise UsageError(f"there is no file or folder {path!r}{nearest(os.path.basename(path), beside, '')}")
        real.append(Path(os.path.realpath(path)))
    if len(real) == 1 and real[0].is_dir():
        return real[0], None
    common = Path(os.path.commonpath([path if path.is_dir() else path.parent for path in real]))
    root = repository(common) or common
    return root, tuple(path.relative_to(root).as_posix() for path in real)


def _in(path: str, named: Iterable[str]) -> bool:
    return any(one == "." or path == one or path.startswith(f"{one}/") for one in named)


def _configuration(root: Path, options: Iterable[str], isolated: bool) -> Loaded:
    from schemalint.config import Known, load
    from schemalint.dialects import NAMES
    from schemalint.parsers import source_kinds
    from schemalint.rules import rules

    known = Known([(one.code, one.name) for one in rules()], NAMES, sorted(source_kinds()))
    return load(root, known, options, isolated)


def _with_named(loaded: Loaded, named: tuple[str, ...] | None) -> Loaded:
    """What is named on the command line is judged, also in folders of tests and examples."""
    import re
    from dataclasses import replace

    from msgspec.structs import replace as changed

    include = ["/" + re.sub(r"([*?![\]#\\ ])", r"\\\1", path) for path in named or ()]
    config = loaded.config
    return replace(loaded, config=changed(config, include=(*config.include, *include)))


def _with_flags(loaded: Loaded, flags: dict[str, Any]) -> Loaded:
    """The command line wins over the file."""
    from dataclasses import replace

    from msgspec.structs import replace as changed

    from schemalint.config import check_rules
    from schemalint.rules import rules

    config = loaded.config
    words = {
        name: tuple(word.strip() for value in flags[name] for word in value.split(","))
        for name in ("select", "ignore", "extend_select")
    }
    check_rules([word for some in words.values() for word in some], [(one.code, one.name) for one in rules()])
    severity = dict(config.severity)
    if flags["strict"] and "unread-statement" not in severity:
        severity.setdefault("SL002", "warning")
    changes = changed(
        config,
        select=words["select"] or config.select,
        ignore=(*config.ignore, *words["ignore"]),
        extend_select=(*config.extend_select, *words["extend_select"]),
        severity=severity,
    )
    return replace(loaded, config=changes)


def _tree(root: Path, loaded: Loaded, named: Iterable[str] | None) -> DiskTree:
    """The files of the root. What was named and is not among them is said: silence would look like a pass."""
    from schemalint.discover import DiskTree
    from schemalint.reporters.terminal import safe

    tree = DiskTree(root, loaded.config.exclude)
    for one in named or ():
        if not any(_in(path, (one,)) for path in tree.paths):
            _say(f"schemalint: {safe(one)} is not read: ignored by git, excluded, or in a folder that never is")
    return tree


def _cache(off: bool, folder: str | None) -> Cache | None:
    """What was read is kept in a folder of the user's, unless it should not be, or there is none."""
    if off:
        return None
    from schemalint.cache import Cache, default_folder

    try:
        return Cache(Path(folder) if folder else default_folder())
    except (OSError, RuntimeError):  # no home
        return None


def _only(report: Report, named: Sequence[str] | None) -> Report:
    """The report with only the findings that have a place in what was named."""
    from dataclasses import replace

    if named is None:
        return report
    findings = [
        finding
        for finding in report.findings
        if any(_in(place.span.path, named) for place in (finding.primary, *finding.related))
    ]
    return replace(report, findings=tuple(findings))


def _nothing(root: Path, tree: DiskTree) -> str:
    files = f"none of its {len(tree.paths)} files holds" if tree.paths else "it has no files; expected"
    return f"schemalint: no schema found in {root}: {files} SQL, a migration or a model"


def _say(*lines: str) -> None:
    for line in lines:
        click.echo(line, err=True)


def _bug(line: str) -> None:
    from schemalint.reporters.terminal import safe

    _say(f"schemalint: bug in schemalint, please report it: {safe(line)}")
