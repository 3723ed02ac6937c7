"""Which files a build for Linux never holds; the pairs are what `go list` of Go 1.26 leaves out with GOOS=linux."""

from __future__ import annotations

import pytest

from schemalint.parsers.gorm.builds import constraint, never_built

CASES = {
    "": False,
    "//go:build linux\n": False,
    "//go:build windows\n": True,
    "//go:build !windows\n": False,
    "//go:build !linux\n": True,
    "//go:build ignore\n": True,
    "//go:build darwin || windows\n": True,
    "//go:build darwin || linux\n": False,
    "//go:build linux && !cgo\n": False,
    "//go:build windows && pro\n": True,
    "//go:build pro\n": False,
    "//go:build !(linux || darwin)\n": True,
    "//go:build !unix\n": True,
    "// +build windows darwin\n": True,
    "// +build linux,!cgo windows\n": False,
    "// +build !linux\n// +build pro\n": True,
    "//go:build (windows\n": False,
    "//go:build && ||\n": False,
    "//go:build " + "!(" * 500 + "\n": False,
    "package p\n//go:build windows\n": False,
}


@pytest.mark.parametrize("head", CASES)
def test_constraints(head: str) -> None:
    assert never_built("models/user.go", constraint(f"{head}\npackage p\n")) is CASES[head]


@pytest.mark.parametrize(
    ("name", "left_out"),
    [
        ("user.go", False),
        ("user_windows.go", True),
        ("user_linux.go", False),
        ("user_darwin_arm64.go", True),
        ("user_amd64.go", False),
        ("windows.go", False),
        ("my_windows_user.go", False),
        ("user_js_wasm.go", True),
    ],
)
def test_names(name: str, left_out: bool) -> None:
    assert never_built(f"a/{name}", "") is left_out
