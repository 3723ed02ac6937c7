"""Which file of the project an import means, and paths that are put together."""

from __future__ import annotations

from collections.abc import Container, Mapping
from posixpath import dirname, join, normpath

from schemalint.jssource.here import Here

_SUFFIXES = ("", ".js", ".ts", ".cjs", ".mjs", ".cts", ".mts", ".json", ".jsx", ".tsx")


def module(files: Container[str], path: str, name: str, homes: Mapping[str, str]) -> str | None:
    """The file that an import in `path` of the module `name` means, None for a package or a file not read. `homes` are the
    folders of the project's own packages by name."""
    if name.startswith("."):
        return file_of(files, normpath(join(dirname(path), name)))
    folder = dirname(path)
    while True:
        for tried in _meant(name):
            found = file_of(files, normpath(join(folder, tried)))
            if found is not None:
                return found
        if not folder:
            return _of_package(files, name, homes)
        folder = dirname(folder)


def _of_package(files: Container[str], name: str, homes: Mapping[str, str]) -> str | None:
    """The source of one of the project's own packages: what package.json names is mostly built from it."""
    parts = name.split("/")
    size = 2 if name.startswith("@") else 1
    home = homes.get("/".join(parts[:size]))
    if home is None:
        return None
    bases = (join(home, "src", *parts[size:]), join(home, *parts[size:]))
    return next((found for base in bases if (found := file_of(files, base)) is not None), None)


def _meant(name: str) -> tuple[str, ...]:
    """The files below some folder above that a name without dots may mean by `paths` and `baseUrl` of tsconfig.json, as they
    are by habit: `@/x` and `~/x` are src/x or x, `@server/x` is server/x. A package bears no such name where the file is."""
    first, _, rest = name.partition("/")
    if not rest:
        return ()
    if first in {"@", "~", "src", "app"}:
        return name, f"src/{rest}", rest
    bare = first.lstrip("@~#")
    return (f"{bare}/{rest}", f"src/{bare}/{rest}") if bare != first else ()


def file_of(files: Container[str], base: str) -> str | None:
    """The file behind a path that may lack its ending, or name the one that TypeScript makes, or a folder."""
    if base.startswith(".."):
        return None
    base = "" if base == "." else base
    for suffix in _SUFFIXES:
        if base + suffix in files:
            return base + suffix
    for known, written in ((".js", ".ts"), (".mjs", ".mts"), (".cjs", ".cts"), (".jsx", ".tsx")):
        if base.endswith(known) and base.removesuffix(known) + written in files:
            return base.removesuffix(known) + written
    for suffix in _SUFFIXES[1:]:
        if join(base, "index" + suffix) in files:
            return join(base, "index" + suffix)
    return None


def path_text(here: Here, depth: int = 0) -> str | None:
    """`__dirname + '/../config'`, `path.join(__dirname, '..', 'config')` as a path below the root."""
    value = here.value
    if depth > 8:
        return None
    if value["t"] == "id" and value["v"] == "__dirname":
        return dirname(here.path)
    if value["t"] == "str":
        return str(value["v"])
    if value["t"] == "call" and value["f"].get("p", value["f"].get("v")) in {"join", "resolve"}:
        parts = [path_text(one, depth + 1) for one in here.arguments()]
    elif value["t"] == "bin" and value["op"] == "+":
        parts = [path_text(here.at(value[side]), depth + 1) for side in ("l", "r")]
    elif value["t"] == "tmpl":
        parts = [part if isinstance(part, str) else path_text(here.at(part), depth + 1) for part in value["a"]]
    else:
        return None
    known = [part for part in parts if part is not None]
    if len(known) != len(parts):
        return None
    return normpath("/".join(known)).lstrip("/") if known and (known[0] or len(known) > 1) else None
