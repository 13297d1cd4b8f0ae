"""reportlab's canvas as our papers use it, and the only file that knows reportlab: loaded when a paper is drawn."""

from reportlab import rl_config
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from hms_desktop.documents import faces
from hms_desktop.documents.sheet import Picture

rl_config.useA85 = 0  # binary streams: a fifth smaller and quicker than reportlab's text form


class PaperCanvas(Canvas):
    """reportlab's canvas without its standard font, with our fonts and kept pictures."""

    def _make_preamble(self) -> None:
        self._preamble = "1 0 0 1 0 0 cm"

    def embed(self, face: faces.Face, part: faces.Part) -> None:
        """Put a part of a face in the file under the face's key."""
        document = self._doc
        document.idToObject["BasicFonts"].dict[face.key] = document.Reference(_font_object(document, face, part))

    def place(self, picture: Picture) -> str:
        """The name under which this page draws a kept picture."""
        known = str(self._doc.getXObjectName(picture.name))
        self._currentPageHasImages = 1
        if known not in self._doc.idToObject:
            content = pdfdoc.PDFStream(pdfdoc.PDFDictionary(dict(picture.facts)), picture.content, [])
            self._doc.addForm(picture.name, content)
        if picture.name not in self._formsinuse:
            self._formsinuse.append(picture.name)
        return known


def _font_object(document: pdfdoc.PDFDocument, face: faces.Face, part: faces.Part) -> pdfdoc.PDFDictionary:
    extents = face.shaper.get_font_extents("ltr")
    ascent, descent = extents.ascender * face.scale, extents.descender * face.scale
    descriptor = pdfdoc.PDFDictionary(
        {
            "Type": "/FontDescriptor",
            "FontName": f"/{part.name}",
            "Flags": 4,
            "FontBBox": f"[-1000 {descent:.0f} 2000 {ascent:.0f}]",
            "ItalicAngle": 0,
            "Ascent": round(ascent),
            "Descent": round(descent),
            "CapHeight": 729,
            "StemV": 80,
            "FontFile2": _stream(document, part.font_file, {"Length1": part.length}),
        }
    )
    descendant = pdfdoc.PDFDictionary(
        {
            "Type": "/Font",
            "Subtype": "/CIDFontType2",
            "BaseFont": f"/{part.name}",
            "CIDSystemInfo": "<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>",
            "FontDescriptor": document.Reference(descriptor),
            "W": part.widths,
            "CIDToGIDMap": "/Identity",
        }
    )
    return pdfdoc.PDFDictionary(
        {
            "Type": "/Font",
            "Subtype": "/Type0",
            "BaseFont": f"/{part.name}",
            "Encoding": "/Identity-H",
            "DescendantFonts": pdfdoc.PDFArray([document.Reference(descendant)]),
            "ToUnicode": _stream(document, part.to_unicode, {}),
        }
    )


def _stream(document: pdfdoc.PDFDocument, content: bytes, facts: dict[str, int]) -> pdfdoc.PDFObjectReference:
    """A reference to a stream that is compressed already."""
    dictionary = pdfdoc.PDFDictionary({**facts, "Filter": "/FlateDecode"})
    return document.Reference(pdfdoc.PDFStream(dictionary, content, []))
