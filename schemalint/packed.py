"""Packed scripts, piece by piece: never more in memory than a piece, whatever the archive promises."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

_PIECE = 1_000_000
_MEMORY = 200_000_000  # what xz may ask for; `xz -9` asks for 65 MB
LIMIT = 200_000_000
"""Bytes of an unpacked script. A database's whole schema is far smaller; its data is of no interest."""
PACKED = (".sql.gz", ".sql.xz", ".sql.bz2", ".sql.zst")


class Broken(Exception):
    """The archive cannot be unpacked; says why. What was unpacked before stays good."""


def pieces(path: str, stream: BinaryIO) -> Iterator[bytes]:
    """The unpacked bytes of a script. Raises `Broken` where that fails or goes on for too long."""
    size = 0
    for piece in _unpacked(path, stream):
        size += len(piece)
        if size > LIMIT:
            raise Broken(f"is larger than {LIMIT // 1_000_000} MB when it is unpacked")
        yield piece


def _unpacked(path: str, stream: BinaryIO) -> Iterator[bytes]:
    import bz2
    import gzip
    import lzma
    import zlib

    kind = path.rpartition(".")[2]
    if kind == "zst":
        raise Broken("is packed with zstd, which is not read")
    try:
        if kind == "xz":
            yield from _xz(stream)
            return
        opened = gzip.GzipFile(fileobj=stream) if kind == "gz" else bz2.BZ2File(stream)
        with opened:
            while piece := opened.read(_PIECE):
                yield piece
    except (OSError, EOFError, zlib.error, lzma.LZMAError, ValueError) as error:
        raise Broken(f"cannot be unpacked: {str(error).rstrip('.')}") from None


def _xz(stream: BinaryIO) -> Iterator[bytes]:
    import lzma

    unpacker = lzma.LZMADecompressor(memlimit=_MEMORY)
    left = b""
    while True:
        data = b""
        if unpacker.eof:
            left = unpacker.unused_data or stream.read(_PIECE)
            if not left.strip(b"\0"):
                return
            unpacker = lzma.LZMADecompressor(memlimit=_MEMORY)
            data, left = left, b""
        elif unpacker.needs_input:
            data = stream.read(_PIECE)
            if not data:
                raise EOFError("the archive ends too early")
        piece = unpacker.decompress(data, _PIECE)
        if piece:
            yield piece
