"""Programs in Go, JavaScript and TypeScript as `program` wants them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from schemalint import syntax
from schemalint.deployment.runners.folders import globbed, joined, parent, tried
from schemalint.deployment.runners.program import Call, Folder, Listing, Program, Range
from schemalint.model.span import SourceFile

if TYPE_CHECKING:
    from tree_sitter import Node

_NAMES = frozenset(
    {"identifier", "property_identifier", "field_identifier", "shorthand_property_identifier", "type_identifier"}
    | {"shorthand_property_identifier_pattern", "private_property_identifier"}
)
_PROPERTIES = frozenset({"property_identifier", "field_identifier", "private_property_identifier"})
_STRINGS = frozenset({"interpreted_string_literal", "raw_string_literal", "string", "template_string", "regex"})
_LAMBDAS = frozenset({"arrow_function", "function_expression", "func_literal"})
_NAMED = frozenset(
    {"function_declaration", "method_declaration", "method_definition", "generator_function_declaration"}
)
_FUNCTIONS = _LAMBDAS | _NAMED
_BINDS = {
    "short_var_declaration": ("left", "right"),
    "assignment_statement": ("left", "right"),
    "range_clause": ("left", "right"),
    "var_spec": ("name", "value"),
    "const_spec": ("name", "value"),
    "variable_declarator": ("name", "value"),
    "assignment_expression": ("left", "right"),
    "for_in_statement": ("left", "right"),
    "pair": ("key", "value"),
    "public_field_definition": ("name", "value"),
    "field_definition": ("property", "value"),
}
_PICKS = frozenset({"filter", "find", "some"})
_LOOPS = frozenset({"for_statement", "for_in_statement", "while_statement", "do_statement"})
_LEAVES = re.compile(r"\b(?:throw|return|panic|exit|Exit|Fatal\w*|reject|break|abort)\b")
_JS = re.compile(r"^(?:read[dD]ir(?:Sync)?|globSync)$")
_JOINS = frozenset({"join", "resolve", "Join"})
_THROUGH = frozenset({"fileURLToPath", "normalize", "String", "Clean", "FromSlash", "Abs"})
_DEPTH = 40
_LISTINGS = 20
"""A program with more calls of such names than this does something else."""


def read(file: SourceFile) -> Program | None:
    """The program of a file, None where it cannot be parsed."""
    try:
        root = syntax.parse(file).root_node
    except (KeyError, ValueError):
        return None
    program = Program(file)
    reader = _Reader(file, program)
    for node in syntax.walk(root):
        reader.note(node)
    if len(reader.listing) > _LISTINGS:
        return None
    program.listings += [found for call in reader.listing if (found := reader.listed(call)) is not None]
    program.goes_on = lambda call: _goes_on(reader.sending[call.at], reader.go)
    return program


def _at(node: Node) -> Range:
    return node.start_byte, node.end_byte


def _named(node: Node | None) -> tuple[str, ...]:
    """The names in a pattern or a list of parameters."""
    return () if node is None else tuple(_name(one) for one in syntax.walk(node) if one.type in _NAMES)


def _name(node: Node) -> str:
    """A name; one of a property begins with a point, so that it is no variable's."""
    return ("." if node.type in _PROPERTIES else "") + syntax.text(node)


class _Reader:
    def __init__(self, file: SourceFile, program: Program) -> None:
        self.file = file
        self.go = file.path.endswith(".go")
        self.program = program
        self.bound: dict[str, list[Node]] = {}
        self.caller: set[str] = set()  # names that hold the file's own path
        self.listing: list[Node] = []
        self.sending: dict[Range, Node] = {}
        self.titles: dict[int, str] = {}  # of functions that are values, by where they begin
        self.inside: list[tuple[int, str | None]] = []  # the ends and names of the functions around the node

    def note(self, node: Node) -> None:
        """Keep what one node says. They come in the order of the source."""
        kind = node.type
        while self.inside and self.inside[-1][0] <= node.start_byte:
            self.inside.pop()
        if kind in _NAMES:
            self.program.names.append((node.start_byte, _name(node)))
            if kind == "shorthand_property_identifier":
                self.program.bindings.append((("." + syntax.text(node),), _at(node)))
        elif kind in _STRINGS:
            text = syntax.text(node)
            self.program.texts.append((node.start_byte, text if kind == "regex" else text[1:-1]))
        elif kind in _BINDS:
            self._bind(*(node.child_by_field_name(name) for name in _BINDS[kind]))
        elif kind == "keyed_element" and len(node.named_children) == 2:
            key, value = node.named_children
            self.program.bindings.append((("." + syntax.text(key),), _at(value)))
        elif kind == "call_expression":
            self._call(node)
        elif kind in _FUNCTIONS:
            name = node.child_by_field_name("name") if kind in _NAMED else None
            self._function(name, node)
            self.inside.append((node.end_byte, self.titles.get(node.start_byte)))
        elif kind in ("if_statement", "ternary_expression"):
            condition = node.child_by_field_name("condition")
            if condition is not None:
                self.program.conditions.append(_at(condition))
        elif kind == "return_statement":
            title = self.inside[-1][1] if self.inside else None
            if title is not None:
                self.program.bindings.append(((title, "." + title), _at(node)))

    def _bind(self, left: Node | None, right: Node | None) -> None:
        if left is None or right is None:
            return
        if right.type == "expression_list" and len(right.named_children) == 1:
            right = right.named_children[0]
        if right.type in _LAMBDAS:
            self._function(left, right)
            return
        names = _named(left)
        self.program.bindings.append((names[-1:] if left.type.endswith("member_expression") else names, _at(right)))
        if self.go and len(names) > 1 and (right.text or b"").startswith(b"runtime.Caller(0)"):
            self.caller.add(names[1])
        for name in names:
            self.bound.setdefault(name, []).append(right)

    def _function(self, name: Node | None, function: Node) -> None:
        if name is not None:
            title = _name(name).lstrip(".")
            self.titles[function.start_byte] = title
            self.program.parameters.setdefault(title, self._parameters(function))

    def _parameters(self, function: Node) -> tuple[str, ...]:
        found = function.child_by_field_name("parameters") or function.child_by_field_name("parameter")
        if found is None:
            return ()
        if not self.go:
            given = found.named_children if found.type == "formal_parameters" else [found]
            return tuple(next(iter(_named(one)), "") for one in given)
        named = (one for one in found.named_children if one.type == "parameter_declaration")
        return tuple(syntax.text(name) for one in named for name in one.children_by_field_name("name"))

    def _call(self, node: Node) -> None:
        called, arguments = node.child_by_field_name("function"), node.child_by_field_name("arguments")
        if called is None or arguments is None:
            return
        name = _last(called)
        if name is None:
            return
        call = Call(_at(node), name, _at(called), tuple(_at(one) for one in arguments.named_children))
        self.program.calls.append(call)
        for given in arguments.named_children:
            if given.type in _LAMBDAS:
                self.program.bindings.append((self._parameters(given), (node.start_byte, given.start_byte)))
                if name in _PICKS:
                    self.program.conditions.append(_at(given))
        self._sorts(node, called, name, arguments)
        self.sending[call.at] = node
        if self.go:
            is_listing = name in ("ReadDir", "Glob", "WalkDir", "Walk")
        else:
            is_listing = _JS.match(name) is not None or (
                name == "sync" and syntax.text(called) in ("glob.sync", "fg.sync")
            )
        if is_listing:
            self.listing.append(node)

    def _sorts(self, node: Node, called: Node, name: str, arguments: Node) -> None:
        if self.go:
            package = syntax.text(called).partition(".")[0]
            if package == "sort" or (package == "slices" and name.startswith("Sort")):
                own = name not in ("Strings", "Sort") or (package == "sort" and name == "Sort")
                self.program.sorts.append((_at(node), own))
        elif name in ("sort", "toSorted"):
            self.program.sorts.append((_at(node), bool(arguments.named_children)))

    def listed(self, node: Node) -> Listing | None:
        """A call that lists a folder; None where it lists something else than scripts."""
        called, arguments = node.child_by_field_name("function"), node.child_by_field_name("arguments")
        assert called is not None
        assert arguments is not None
        given = [one for one in arguments.named_children if one.type not in _LAMBDAS]
        if not given:
            return None
        embedded: str | None = None
        written: Node | None = given[0]
        if self.go:
            owner = syntax.text(called).rpartition(".")[0]
            if owner == "fs" and len(given) > 1:
                embedded, written = syntax.text(given[0]), given[1]
            elif owner not in ("os", "ioutil", "filepath"):
                embedded = owner
        folder = None if written is None else globbed(self._folder(written, 0))
        if folder is not None and embedded is not None:
            folder = None if folder.anchored else Folder(folder.text, embedded=embedded)
        return Listing(_at(node), folder, self.go)

    def _folder(self, node: Node, depth: int) -> Folder | None:
        """The folder that an expression stands for."""
        kind = node.type
        if depth > _DEPTH:
            return None
        if kind in ("interpreted_string_literal", "raw_string_literal", "string"):
            return Folder(syntax.text(node)[1:-1])
        if kind in ("parenthesized_expression", "await_expression", "as_expression", "non_null_expression"):
            return self._folder(node.named_children[0], depth + 1) if node.named_children else None
        if kind in ("identifier", "member_expression", "selector_expression"):
            return self._held(node, depth)
        if kind == "template_string":
            return self._template(node, depth)
        if kind == "binary_expression" and syntax.text(node.children[1]) == "+":
            return joined([self._folder(node.children[at], depth + 1) for at in (0, 2)], "")
        if kind == "array":
            return tried([self._folder(one, depth + 1) for one in node.named_children[:8]])
        if kind == "ternary_expression":
            return tried([self._folder(one, depth + 1) for one in node.named_children[1:3]])
        if kind in ("call_expression", "new_expression"):
            return self._made(node, depth)
        return None

    def _template(self, node: Node, depth: int) -> Folder | None:
        """A template string: its texts and what it holds."""
        parts: list[Folder | None] = []
        at = node.start_byte + 1
        whole = node.text or b""
        for inner in (one for one in node.named_children if one.type == "template_substitution"):
            parts.append(
                Folder(whole[at - node.start_byte : inner.start_byte - node.start_byte].decode("utf-8", "replace"))
            )
            parts.append(self._folder(inner.named_children[0], depth + 1) if inner.named_children else None)
            at = inner.end_byte
        parts.append(Folder(whole[at - node.start_byte : -1].decode("utf-8", "replace")))
        return joined([part for part in parts if part != Folder()], "")

    def _held(self, node: Node, depth: int) -> Folder | None:
        text = syntax.text(node)
        if text in ("__dirname", "import.meta.dirname"):
            return parent(Folder(self.file.path, anchored=True))
        if text in ("__filename", "import.meta.filename", "import.meta.url") or text in self.caller:
            return Folder(self.file.path, anchored=True)
        name = _last(node)
        if name is None:
            return None
        values = self.bound.get(name if node.type == "identifier" else f".{name}", [])
        found = {self._folder(value, depth + 1) for value in values[:4]}
        if len(found) == 1 and len(values) < 4:
            return found.pop()
        function = None if values else _around(node)
        known = () if function is None else self._parameters(function)
        title = None if function is None else self.titles.get(function.start_byte)
        return Folder(parameter=(title, known.index(name))) if title is not None and name in known else None

    def _made(self, node: Node, depth: int) -> Folder | None:
        called = node.child_by_field_name("function") or node.child_by_field_name("constructor")
        arguments = node.child_by_field_name("arguments")
        if called is None or arguments is None:
            return None
        name, given = _last(called), arguments.named_children
        if name in ("cwd", "Getwd") and not given:
            return Folder()
        if name == "find" and called.type == "member_expression":
            several = self._folder(called.named_children[0], depth + 1)
            return several if several is not None and several.tried else None
        if name in _JOINS:
            return joined([self._folder(one, depth + 1) for one in given], "/")
        if name in ("dirname", "Dir") and len(given) == 1:
            inner = self._folder(given[0], depth + 1)
            return None if inner is None else parent(inner)
        if name == "URL" and len(given) == 2:
            base, end = self._folder(given[1], depth + 1), self._folder(given[0], depth + 1)
            return None if base is None else joined([parent(base), end], "/")
        if name in _THROUGH and len(given) == 1:
            return self._folder(given[0], depth + 1)
        return None


def _above(node: Node) -> Iterator[Node]:
    """What a node stands in, innermost first, as far as that is of use."""
    above = node.parent
    for _ in range(_DEPTH):
        if above is None:
            return
        yield above
        above = above.parent


def _around(node: Node) -> Node | None:
    """The function that a node stands in."""
    return next((one for one in _above(node) if one.type in _FUNCTIONS), None)


def _last(node: Node) -> str | None:
    """The last name of what is called or read."""
    if node.type in _NAMES:
        return syntax.text(node)
    field = node.child_by_field_name("property") or node.child_by_field_name("field")
    return None if field is None else syntax.text(field)


def _goes_on(node: Node, go: bool) -> bool:
    """Whether the loop or function that a call stands in goes on where it fails."""
    return _unchecked(node) if go else _caught(node)


def _caught(node: Node) -> bool:
    child = node
    for above in _above(node):
        if above.type in _LOOPS or above.type in _FUNCTIONS:
            return False
        if above.type == "try_statement" and above.child_by_field_name("body") == child:
            handler = above.child_by_field_name("handler")
            return handler is not None and _LEAVES.search(syntax.text(handler)) is None
        child = above
    return False


_STATEMENTS = frozenset(
    {"expression_statement", "short_var_declaration", "assignment_statement", "return_statement", "if_statement"}
)


def _unchecked(node: Node) -> bool:
    """Whether nothing looks at the error of a call in Go, or what does goes on."""
    statement = next((one for one in _above(node) if one.type in _STATEMENTS or one.type in _FUNCTIONS), None)
    if statement is None or statement.type == "return_statement":
        return False
    check: Node | None = statement.parent
    if check is None or check.type != "if_statement":
        check = statement if statement.type == "if_statement" else _next(statement)
    if check is None or check.type not in ("if_statement", "return_statement"):
        return True
    return _LEAVES.search(syntax.text(check)) is None


def _next(statement: Node) -> Node | None:
    found = statement.next_named_sibling
    while found is not None and found.type == "comment":
        found = found.next_named_sibling
    return found


def embeds(file: SourceFile) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The variables of a Go file that hold files, each with the patterns of what."""
    for found in _EMBED.finditer(file.text):
        yield found[2], tuple(word.strip('"`') for word in found[1].split())


_EMBED = re.compile(
    r"^//go:embed[ \t]+([^\r\n]{1,300})\r?\n(?:[ \t]*//[^\n]{0,300}\n){0,9}[ \t]*(?:var[ \t]+)?([A-Za-z_]\w*)[ \t]+embed\.FS\b",
    re.M,
)
