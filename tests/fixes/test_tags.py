"""Tags of GORM."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemalint.fixes.parsing import parses
from tests.fixes.projects import GO_MOD, fixed, model


@pytest.mark.parametrize(
    ("tag", "left"),
    [
        ('`gorm:"size:9;unique_index" json:"mail"`', '`gorm:"size:9;uniqueIndex" json:"mail"`'),
        ('"gorm:\\"size:9;unique_index\\""', '"gorm:\\"size:9;uniqueIndex\\""'),
        ('`gorm:"uniqueIndex,size:9"`', '`gorm:"uniqueIndex;size:9"`'),
        ('`gorm:"uniqueIndex,sort:desc;size:9"`', '`gorm:"uniqueIndex:,sort:desc;size:9"`'),
        ("`gorm:\"enum('a','b\\\\\\\\c')\"`", None),  # what is written is not what GORM reads
    ],
)
def test_tags(tag: str, left: str | None) -> None:
    done = fixed({"go.mod": GO_MOD, "user.go": model(tag)}, unsafe=False)
    assert done.refused == {}
    if left is None:
        assert done.files == {}
    else:
        assert done.files["user.go"][1].decode() == model(left)


TAGS = r"""unique_index size:9 not_null index unique prority:2 varchar(20) type:text index:a where:a='b' default:'x;y' \\; \\,
    uniqueIndex ondelete:CASCADE - é constraint:a"""


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from((*TAGS.split(), "size: 9", " ")), max_size=5),
    st.sampled_from([";", ",", ";;", " ; "]),
    st.booleans(),
)
def test_a_struct_parses_after_whatever_was_fixed(words: list[str], between: str, plain: bool) -> None:
    value = between.join(words)
    tag = f'"gorm:\\"{value}\\" json:\\"a\\""' if plain else f'`gorm:"{value}" json:"a"`'
    files: dict[str, str | bytes] = {"go.mod": GO_MOD, "user.go": model(tag)}
    done = fixed(files)
    assert done.refused == {}
    for _, now in done.files.values():
        assert parses("user.go", now)
        assert 'json:\\"a\\"' in now.decode() or 'json:"a"' in now.decode()
    assert fixed({**files, **{path: now for path, (_, now) in done.files.items()}}).applied == 0
