"""Which releases a build selects, as https://go.dev/ref/mod says."""

from __future__ import annotations

import pytest

from schemalint.model.span import SourceFile
from schemalint.parsers.gorm.gomod import extract
from schemalint.parsers.gorm.modules import Modules

CASES = {
    "one module": ({"go.mod": "module m\nrequire gorm.io/gorm v1.25.5\n"}, {"gorm.io/gorm": "v1.25.5"}),
    "in quotes": ({"go.mod": 'module "m"\nrequire "gorm.io/gorm" v1.25.5\n'}, {"gorm.io/gorm": "v1.25.5"}),
    "replaced by a release": (
        {"go.mod": "module m\nrequire gorm.io/gorm v1.25.5\nreplace gorm.io/gorm => gorm.io/gorm v1.25.12\n"},
        {"gorm.io/gorm": "v1.25.12"},
    ),
    "another release is replaced": (
        {"go.mod": "module m\nrequire gorm.io/gorm v1.25.5\nreplace gorm.io/gorm v1.25.4 => gorm.io/gorm v1.25.12\n"},
        {"gorm.io/gorm": "v1.25.5"},
    ),
    "this release is replaced": (
        {
            "go.mod": "module m\nrequire (\n\tgorm.io/gorm v1.25.5\n)\n"
            "replace (\n\tgorm.io/gorm v1.25.5 => gorm.io/gorm v1.25.6\n\tgorm.io/gorm => ./gorm\n)\n"
        },
        {"gorm.io/gorm": "v1.25.6"},
    ),
    "replaced by a fork": (
        {"go.mod": "module m\nrequire gorm.io/gorm v1.25.5\nreplace gorm.io/gorm => example.com/gorm v1.30.0\n"},
        {},
    ),
    "replaced by a folder": ({"go.mod": "module m\nrequire gorm.io/gorm v1.25.5\nreplace gorm.io/gorm => ../g\n"}, {}),
    "a go.work that uses it": (
        {
            "go.mod": "module m\nrequire gorm.io/gorm v1.25.5\nrequire gorm.io/driver/mysql v1.5.2\n",
            "go.work": "use .\nuse ./b\n",
            "b/go.mod": "module b\nrequire gorm.io/gorm v1.25.7-0.20240204074919-46816ad31dde\n",
            "c/go.mod": "module c\nrequire gorm.io/gorm v1.31.2\n",
        },
        {"gorm.io/gorm": "v1.25.7-0.20240204074919-46816ad31dde", "gorm.io/driver/mysql": "v1.5.2"},
    ),
    "a release is newer than what leads to it": (
        {
            "go.mod": "module m\nrequire gorm.io/gorm v1.25.7\n",
            "go.work": "use (\n\t.\n\t./b\n)\n",
            "b/go.mod": "module b\nrequire gorm.io/gorm v1.25.7-0.20240204074919-46816ad31dde\n",
        },
        {"gorm.io/gorm": "v1.25.7"},
    ),
    "a go.work that does not use it": (
        {
            "go.mod": "module m\nrequire gorm.io/gorm v1.25.5\n",
            "go.work": "use ./b\n",
            "b/go.mod": "module b\nrequire gorm.io/gorm v1.31.2\n",
        },
        {"gorm.io/gorm": "v1.25.5"},
    ),
    "go.work has the last word": (
        {
            "go.mod": "module m\nrequire gorm.io/gorm v1.25.5\nreplace gorm.io/gorm => gorm.io/gorm v1.25.6\n",
            "go.work": "use .\nreplace gorm.io/gorm => gorm.io/gorm v1.30.0\n",
        },
        {"gorm.io/gorm": "v1.30.0"},
    ),
    "a driver that another module needs": (
        {
            "go.mod": "module m\nrequire (\n\tgorm.io/driver/mysql v1.5.7 // indirect\n\tgorm.io/gorm v1.25.5 // indirect\n)\n"
        },
        {"gorm.io/gorm": "v1.25.5"},
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_requirements(name: str) -> None:
    files, expected = CASES[name]
    modules = Modules({path: extract(SourceFile(path, text)) for path, text in files.items()})
    found = list(modules.requirements("go.mod"))
    assert {one.name: one.version for one in found} == expected
    for one in found:
        shown = files[one.span.path][one.span.start : one.span.end].replace('"', "").split()
        assert shown[0] == one.name
