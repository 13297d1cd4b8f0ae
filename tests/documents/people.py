"""The made-up clinic, its people and its day: what all sample papers share."""

import io
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from functools import cache
from typing import Any

from PIL import Image, ImageDraw

from hms_desktop.documents.parts import Head, PatientLine, Printed
from hms_desktop.domain.money import Currency
from hms_desktop.domain.patients import Sex

ZONE = timezone(timedelta(hours=3))
KES = Currency("KES", 2)
DAY = date(2026, 3, 5)
ARABIC = "عائشة محمد الحسن"
DEVANAGARI = "प्रिया श्रीकृष्ण द्विवेदी"
AMHARIC = "ለምለም ገብረ ሥላሴ"


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, 5, hour, minute, tzinfo=ZONE)


def money(text: str) -> Decimal:
    return Decimal(text)


@cache
def logo() -> bytes:
    """A hill under a sun, drawn here."""
    image = Image.new("RGBA", (240, 240), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    draw.ellipse((8, 8, 232, 232), fill=(15, 76, 92, 255))
    draw.ellipse((86, 46, 154, 114), fill=(242, 194, 0, 255))
    draw.pieslice((20, 90, 220, 330), 180, 360, fill=(255, 255, 255, 255))
    draw.rectangle((108, 138, 132, 210), fill=(15, 76, 92, 255))
    draw.rectangle((84, 162, 156, 186), fill=(15, 76, 92, 255))
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


HEAD = Head(
    name="Kisumu Hill Clinic",
    address="Oginga Odinga Street 14, Kisumu",
    phone="+254 57 202 0144",
    licence="KMPDC-004512",
    established=1998,
    footer="Thank you. We wish you good health.",
)
PRINTED = Printed(station="KH-CA", user="M. Wanjiru", at=at(12, 41))
ASHA = PatientLine(
    name="OTIENO, Asha",
    mrn="KH-RA-P000123-H",
    sex=Sex.FEMALE,
    age="28 y",
    birth_date=date(1998, 3, 5),
    phone="+254 712 345 678",
    address="Manyatta, Kisumu",
)
BARAKA = PatientLine(name="MWANGI, Baraka", mrn="KH-RA-P000124-F", sex=Sex.MALE, age="4 y", address="Nyalenda, Kisumu")


def with_logo(paper: Any) -> Any:
    return replace(paper, head=replace(paper.head, logo=logo()))
