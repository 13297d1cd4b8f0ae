"""Reads papers back: their text in logical order, their pictures, and whether everything lies on the page."""

from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2


@contextmanager
def opened(paper: bytes) -> Iterator[pypdfium2.PdfDocument]:
    document = pypdfium2.PdfDocument(paper)
    try:
        yield document
    finally:
        document.close()


def pages_of(paper: bytes) -> list[str]:
    """The text of each page, lines as a reader finds them."""
    found = []
    with opened(paper) as document:
        for page in document:
            text_page = page.get_textpage()
            lines = text_page.get_text_range().replace("\r\n", "\n").split("\n")
            found.append("\n".join(line.rstrip() for line in lines))
            text_page.close()
            page.close()
    return found


def text_of(paper: bytes) -> str:
    return "\n--- page ---\n".join(pages_of(paper)) + "\n"


def sizes_of(paper: bytes) -> list[tuple[float, float]]:
    """Width and height of each page in millimetres."""
    with opened(paper) as document:
        return [
            (round(wide * 25.4 / 72, 1), round(high * 25.4 / 72, 1)) for wide, high in (p.get_size() for p in document)
        ]


def outside(paper: bytes) -> list[str]:
    """Characters that do not lie wholly on their page, with the page's number."""
    lost = []
    with opened(paper) as document:
        for number, page in enumerate(document, 1):
            wide, high = page.get_size()
            text_page = page.get_textpage()
            for place in range(text_page.count_chars()):
                left, bottom, right, top = text_page.get_charbox(place)
                if left < -0.5 or bottom < -0.5 or right > wide + 0.5 or top > high + 0.5:
                    lost.append(f"{number}: {text_page.get_text_range(place, 1)!r}")
            text_page.close()
            page.close()
    return lost
