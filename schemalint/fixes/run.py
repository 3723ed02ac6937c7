"""A whole run of `check --fix` or `check --diff` on a folder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from schemalint.discover import DiskTree, Tree
from schemalint.fixes import Outcome, fix
from schemalint.fixes.writing import diff, editable, write
from schemalint.model.frozen import frozen
from schemalint.model.report import Report


@frozen
class Done:
    """`report` is what is left (of a dry run: what would be), `diff` the changes of a dry run, `said` the lines that tell
    what was done and what was not, `changed` whether anything was or would be."""

    report: Report
    diff: str
    said: tuple[str, ...]
    changed: bool


def run(
    tree: DiskTree,
    report: Report,
    check: Callable[[Tree], Report],
    named: Callable[[str], bool],
    unsafe: bool,
    dry: bool,
) -> Done:
    """Fixes what can be fixed in the files that are `named`, in place, or in a `dry` run only on paper."""

    def why_not(path: str) -> str | None:
        return editable(tree.root, path, tree.read(path) or b"") if named(path) else "it was not named"

    outcome = fix(tree, report, check, unsafe, why_not)
    if dry:
        pieces = (piece for path, (before, after) in outcome.files.items() for piece in diff(path, before, after))
        text = "".join(pieces)
        return Done(outcome.report, text, _said(outcome, unsafe, "Would apply"), bool(text))
    failed = {path: write(tree.root, path, *contents) for path, contents in outcome.files.items()}
    refused = {path: why for path, why in failed.items() if why is not None}
    if refused:  # what is left is then not what was worked out, but what the files say
        kept = {path: contents for path, contents in outcome.files.items() if path not in refused}
        left = check(DiskTree(tree.root, tree.exclude))
        outcome = replace(outcome, report=left, files=kept, refused={**outcome.refused, **refused})
        return Done(left, "", (*_refused(outcome), f"Fixed {_files(len(kept))}."), bool(kept))
    return Done(outcome.report, "", _said(outcome, unsafe, "Applied"), bool(outcome.files))


def _said(outcome: Outcome, unsafe: bool, did: str) -> tuple[str, ...]:
    fixes = "1 fix" if outcome.applied == 1 else f"{outcome.applied} fixes"
    line = f"{did} {fixes} in {_files(len(outcome.files))}" if outcome.applied else "Nothing to fix"
    left = [one.fix for one in outcome.report.findings if one.fix is not None]
    more = sum(not one.safe for one in left)
    if more and not unsafe:
        line += f" ({more} more with --unsafe-fixes)"
    late = [
        one for one in left if one.safe or unsafe if not any(edit.span.path in outcome.refused for edit in one.edits)
    ]
    again = (f"{len(late)} more stood in their way: run it again.",) if late else ()
    return (*_refused(outcome), f"{line}.", *again)


def _refused(outcome: Outcome) -> tuple[str, ...]:
    return tuple(f"{path} is not fixed: {why}" for path, why in outcome.refused.items())


def _files(number: int) -> str:
    return "1 file" if number == 1 else f"{number} files"
