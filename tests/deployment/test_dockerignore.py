"""What moby/patternmatcher v0.6.1 (MatchesOrParentMatches, patterns read by its ignorefile) answers for these."""

from __future__ import annotations

import pytest

from schemalint.deployment.dockerignore import excluded, patterns
from schemalint.model.span import SourceFile

FILE = SourceFile(
    ".dockerignore",
    "# c\nnode_modules\n**/*.log\n!keep.log\n/build\nconfig/\n!config/app.yaml\ndocs/**\n*.md\n!README*.md\na[bc].txt\n"
    " sp \ntmp?/x\n**/secret/**\nfoo/**/bar\n",
)
OUT = """node_modules node_modules/x x.log a/b.log a/keep.log build build/x config config/b docs/a/b ab.txt sp
    tmp1/x a/secret/b secret/b foo/bar foo/x/y/bar"""
IN = """a/node_modules keep.log a/build config/app.yaml docs README.md README-x.md a/README.md ad.txt tmp/x secret
    foobar"""


@pytest.mark.parametrize(("path", "out"), [(p, True) for p in OUT.split()] + [(p, False) for p in IN.split()])
def test_the_last_match_wins_as_in_moby(path: str, out: bool) -> None:
    assert excluded(path, patterns(FILE))[0] is out


def test_the_pattern_that_excludes_is_named() -> None:
    _, because = excluded("config/b", patterns(FILE))
    assert because is not None
    assert FILE.slice(because) == "config/"


@pytest.mark.parametrize("pattern", ["**/**/**/**/x", "*a*a*a*a*a*a*a*a*a*a*a*a*b", "[[a]", "a" * 400])
def test_a_pattern_that_could_hang_or_is_odd_is_not_judged(pattern: str) -> None:
    assert excluded("a/b/c", patterns(SourceFile(".dockerignore", pattern)))[0] is None
