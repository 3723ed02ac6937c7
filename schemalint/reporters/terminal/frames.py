"""Source frames: the lines a finding points at, with its words under the exact place, one block a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rich.cells import cell_len

from schemalint.model.finding import Finding, Location
from schemalint.model.frozen import frozen
from schemalint.model.span import SourceFile
from schemalint.reporters.terminal import Paint, safe

WIDTH = 150  # code points of a line that are shown; longer lines are cut around the place
BEFORE = 40  # of them, how many stand before the place
RELATED = 8  # related places with a frame of their own; further ones are listed


@frozen
class _Mark:
    """A place on one line; columns count code points from 0."""

    line: int
    start: int
    end: int
    sign: str
    label: str


def frames(finding: Finding, files: Mapping[str, SourceFile], paint: Paint) -> tuple[int, list[str]]:
    """The width of the line numbers, and the lines of the blocks: the primary's file first, then each other file."""
    shown = (finding.primary, *finding.related[:RELATED])
    blocks: dict[str, list[_Mark]] = {}
    for location in shown:
        marks = blocks.setdefault(location.span.path, [])
        file = files.get(location.span.path)
        if file is not None:
            marks.append(_mark(file, location, "^" if location is finding.primary else "-"))
    width = max((len(str(mark.line)) for marks in blocks.values() for mark in marks), default=1)
    lines: list[str] = []
    for path, marks in blocks.items():
        lines += _block(path, marks, files.get(path), width, finding, paint)
    if rest := finding.related[RELATED:]:
        lines.append(f"{' ' * width} {paint('frame', '=')} also: {', '.join(_place(one, files) for one in rest)}")
    return width, lines


def _place(location: Location, files: Mapping[str, SourceFile]) -> str:
    file = files.get(location.span.path)
    where = f":{file.position(location.span.start)[0]}" if file else ""
    return safe(f"{location.span.path}{where}")


def _mark(file: SourceFile, location: Location, sign: str) -> _Mark:
    """The place, cut to its first line."""
    line, column = file.position(location.span.start)
    start = min(column - 1, len(file.line(line)))
    end = min(start + location.span.end - location.span.start, len(file.line(line)))
    return _Mark(line, start, max(end, start + 1), sign, location.label)


def _block(
    path: str, marks: list[_Mark], file: SourceFile | None, width: int, finding: Finding, paint: Paint
) -> Iterator[str]:
    is_first = path == finding.primary.span.path
    arrow = paint("frame", f"{' ' * width}{'-->' if is_first else ':::'}")
    if file is None:  # a place in something that was not read, such as a file too large
        yield f"{arrow} {safe(path)}"
        return
    yield f"{arrow} {safe(path)}:{marks[0].line}:{marks[0].start + 1}"
    yield paint("frame", f"{' ' * width} |")
    last = 0
    for number in sorted({mark.line for mark in marks}):
        here = sorted((mark for mark in marks if mark.line == number), key=lambda mark: (mark.start, mark.sign != "^"))
        if last and number == last + 2:
            yield from _source(last + 1, file.line(last + 1), [], width, finding, paint)
        elif last and number > last + 1:
            yield paint("frame", "...")
        yield from _source(number, file.line(number), here, width, finding, paint)
        last = number


def _source(number: int, text: str, marks: list[_Mark], width: int, finding: Finding, paint: Paint) -> Iterator[str]:
    """One line and a line of signs and words for each mark on it."""
    begin = 0
    if len(text) > WIDTH:
        begin = max(0, min(marks[0].start - BEFORE, len(text) - WIDTH)) if marks else 0
    end = begin + WIDTH
    lead = "…" if begin else ""
    code = f"{lead}{_display(text[begin:end])}{'…' if end < len(text) else ''}".rstrip()
    yield f"{paint('frame', f'{number:>{width}} |')} {code}".rstrip()
    for mark in marks:
        if not begin <= mark.start <= end:
            lead_in, long = 0, 1  # beyond what is shown of the line
        else:
            lead_in = cell_len(lead) + cell_len(_display(text[begin : mark.start]))
            long = max(1, cell_len(_display(text[mark.start : min(mark.end, end)])))
        style = finding.severity.value if mark.sign == "^" else "frame"
        words = f"{mark.sign * long} {safe(mark.label)}".rstrip()
        yield f"{paint('frame', f'{chr(32) * width} |')} {' ' * lead_in}{paint(style, words)}"


def _display(text: str) -> str:
    return safe(text.replace("\t", "    "))
