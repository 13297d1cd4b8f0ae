"""Whether the bytes of a picture are whole, by their format's own rules, so that no paper fails for a broken logo.

PNG: W3C Portable Network Graphics (2003), §5: signature, chunks with CRC, IHDR first, IEND last. JPEG: ITU-T T.81
Annex B: SOI, marker segments with lengths, a frame header, EOI.
"""

import zlib
from enum import StrEnum

from hms_desktop.domain.errors import InvalidValue

LOGO_BYTES = 200 * 1024
"""The most that a logo may weigh; it travels with the clinic's details and is drawn on every paper."""
LOGO_SIDE = 4000
"""Pixels a side; more only costs time."""

_PNG = b"\x89PNG\r\n\x1a\n"
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""JPEG markers that begin a frame."""


class PictureKind(StrEnum):
    """Formats that every paper and screen can draw."""

    PNG = "png"
    JPEG = "jpeg"


def check_logo(data: bytes, field: str = "logo") -> PictureKind:
    """What kind of picture it is. Raises InvalidValue: too_heavy (`limit` in kB), picture (not a whole PNG or JPEG),
    too_large (`limit` in pixels a side).
    """
    if len(data) > LOGO_BYTES:
        raise InvalidValue(field=field, reason="too_heavy", limit=LOGO_BYTES // 1024)
    kind, size = PictureKind.PNG, _png_size(data)
    if size is None:
        kind, size = PictureKind.JPEG, _jpeg_size(data)
    if size is None or min(size) < 1:
        raise InvalidValue(field=field, reason="picture")
    if max(size) > LOGO_SIDE:
        raise InvalidValue(field=field, reason="too_large", limit=LOGO_SIDE)
    return kind


def _png_size(data: bytes) -> tuple[int, int] | None:
    """Width and height of a whole PNG, else None."""
    if not data.startswith(_PNG):
        return None
    at, size, pixels = len(_PNG), None, b""
    while at + 12 <= len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        name, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        crc = data[at + 8 + length : at + 12 + length]
        if len(crc) < 4 or zlib.crc32(name + body) != int.from_bytes(crc, "big"):
            return None
        if size is None:
            if name != b"IHDR" or length != 13:
                return None
            size = (int.from_bytes(body[:4], "big"), int.from_bytes(body[4:8], "big"))
        if name == b"IDAT":
            pixels += body
        if name == b"IEND":
            return size if _unpacks(pixels) else None
        at += 12 + length
    return None


def _unpacks(pixels: bytes) -> bool:
    unpacker = zlib.decompressobj()
    try:
        while pixels and not unpacker.eof:
            unpacker.decompress(pixels, 1 << 20)
            pixels = unpacker.unconsumed_tail
    except zlib.error:
        return False
    return unpacker.eof


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    """Width and height of a whole JPEG, else None."""
    if not data.startswith(b"\xff\xd8") or not data.rstrip(b"\x00").endswith(b"\xff\xd9"):
        return None
    at = 2
    while at + 9 <= len(data):
        if data[at] != 0xFF:
            return None
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker in _FRAMES:
            return int.from_bytes(data[at + 7 : at + 9], "big"), int.from_bytes(data[at + 5 : at + 7], "big")
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return None
