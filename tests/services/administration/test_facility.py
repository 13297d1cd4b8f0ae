"""The clinic's own details, departments and stations."""

import struct
import zlib
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import select

from hms_desktop.data.tables.audit import AuditEvent
from hms_desktop.data.tables.facility import Department
from hms_desktop.data.tables.pharmacy import StockLocation
from hms_desktop.domain.accounts import SYSTEM
from hms_desktop.domain.administration.pictures import LOGO_BYTES, PictureKind, check_logo
from hms_desktop.domain.billing import ClinicProfile
from hms_desktop.domain.errors import AlreadyExists, InvalidValue, NotAllowed, NotFound, StaleRecord
from hms_desktop.domain.facility import FacilityDetails, ReceiptPaper
from hms_desktop.domain.ids import new_id
from hms_desktop.domain.money import Currency
from hms_desktop.services.administration.facility import (
    CorrectDepartment,
    CorrectFacility,
    CorrectStation,
    CreateDepartment,
    clinic_details,
    correct_department,
    correct_facility,
    correct_station,
    create_department,
    list_departments,
    list_stations,
    stock_locations,
)
from hms_desktop.services.clinic import Clinic
from tests.make.billing import price
from tests.stores import actor_for, make_user

ADMIN = actor_for("administrator")
LOGO = Path(__file__).parents[3] / "resources" / "demo_clinic" / "logo.png"


def correction(details: FacilityDetails, **more: object) -> CorrectFacility:
    values: dict[str, object] = {"version": details.facility.version, "name": details.facility.name}
    return CorrectFacility(**{**values, **more})  # type: ignore[arg-type]


def png(width: int, height: int, *, pixels: bytes | None = None) -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    body = zlib.compress(b"\0" * (width + 1) * min(height, 10)) if pixels is None else pixels
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def jpeg(width: int, height: int) -> bytes:
    start = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xff\xc0\x00\x0b\x08" + struct.pack(">HH", height, width)
    return start + b"\x01\x01\x11\x00" + b"\xff\xda\x00\x02" + b"\x12\x34" + b"\xff\xd9"


def test_details_are_corrected_and_read_fresh_from_the_store(clinic: Clinic) -> None:
    before = clinic_details(clinic, ADMIN)
    saved = correct_facility(
        clinic, ADMIN,
        correction(
            before, name="  Kisumu  Hill Clinic ", phone="0700 1", email="a@b.org", website="b.org",
            established_year=1998, licence_number="L-2", receipt_footer="Get well soon\nThank you",
            profile=ClinicProfile.PAY_FIRST, address="Hill Road 2",
        ),
    )  # fmt: skip
    after = clinic_details(clinic, ADMIN).facility
    assert (after.name, after.established_year, after.profile) == ("Kisumu Hill Clinic", 1998, ClinicProfile.PAY_FIRST)
    assert after.receipt_footer == "Get well soon\nThank you"
    assert after.version == saved.value.version == before.facility.version + 1
    assert clinic.facility.name == "Test Clinic"
    assert clinic.with_facility(after).facility.licence_number == "L-2"
    with pytest.raises(StaleRecord):
        correct_facility(clinic, ADMIN, correction(before))


@pytest.mark.parametrize(
    ("more", "field", "reason"),
    [
        ({"name": "  "}, "name", "required"),
        ({"email": "nobody"}, "email", "format"),
        ({"established_year": 1799}, "established_year", "range"),
        ({"established_year": 2027}, "established_year", "range"),
        ({"receipt_footer": "x" * 301}, "receipt_footer", "too_long"),
        ({"logo": b"GIF89a"}, "logo", "picture"),
        ({"currency": Currency("K1S", 2)}, "currency", "currency"),
        ({"currency": Currency("USD", 4)}, "currency_digits", "range"),
    ],
)
def test_details_that_can_not_be_are_refused(clinic: Clinic, more: dict[str, object], field: str, reason: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        correct_facility(clinic, ADMIN, correction(clinic_details(clinic, ADMIN), **more))
    assert (refused.value.field, refused.value.facts["reason"]) == (field, reason)


def test_a_logo_is_set_kept_and_taken_away_and_never_stands_in_the_audit_trail(clinic: Clinic) -> None:
    picture = LOGO.read_bytes()
    correct_facility(clinic, ADMIN, correction(clinic_details(clinic, ADMIN), logo=picture))
    details = clinic_details(clinic, ADMIN)
    assert details.facility.logo == picture
    correct_facility(clinic, ADMIN, correction(details, phone="1"))
    details = clinic_details(clinic, ADMIN)
    assert details.facility.logo == picture
    correct_facility(clinic, ADMIN, correction(details, logo=b""))
    assert clinic_details(clinic, ADMIN).facility.logo is None
    with clinic.read(SYSTEM) as reader:
        rows = reader.rows(select(AuditEvent.after).where(AuditEvent.action == "facility.logo_changed"))
    assert [row.after for row in rows] == [{"size": len(picture)}, {"size": 0}]


def test_the_currency_changes_only_while_no_amount_exists(clinic: Clinic) -> None:
    details = clinic_details(clinic, ADMIN)
    assert not details.currency_fixed
    correct_facility(clinic, ADMIN, correction(details, currency=Currency(" usd ", 2)))
    details = clinic_details(clinic, ADMIN)
    assert details.facility.currency == Currency("USD", 2)
    price(clinic, "dressing", 100)
    details = clinic_details(clinic, ADMIN)
    assert details.currency_fixed
    correct_facility(clinic, ADMIN, correction(details, currency=Currency("USD", 2)))
    with pytest.raises(InvalidValue) as refused:
        correct_facility(clinic, ADMIN, correction(clinic_details(clinic, ADMIN), currency=Currency("KES", 2)))
    assert refused.value.facts["reason"] == "currency_fixed"


def test_a_department_has_a_head_a_place_and_a_budget(clinic: Clinic) -> None:
    head = make_user(clinic, "doctor", name="Dora Head")
    made = create_department(
        clinic, ADMIN,
        CreateDepartment(
            name="Eye clinic", head_id=head.user_id, location="Block B", phone="12", email="eye@b.org",
            annual_budget=Decimal("12500.50"), description="Tuesdays",
        ),
    ).value  # fmt: skip
    row = list_departments(clinic, ADMIN)[0]
    assert (row.id, row.code, row.head, row.annual_budget) == (made.id, "eye_clinic", "Dora Head", Decimal("12500.50"))
    correct_department(
        clinic, ADMIN, CorrectDepartment(department_id=row.id, version=row.version, name="Eye Clinic", active=False)
    )
    closed = list_departments(clinic, ADMIN)[0]
    assert (closed.name, closed.active, closed.head, closed.annual_budget) == ("Eye Clinic", False, "", None)
    with pytest.raises(StaleRecord):
        correct_department(clinic, ADMIN, CorrectDepartment(department_id=row.id, version=row.version, name="Eyes"))


def test_a_department_name_is_unique_in_any_case_and_accents(clinic: Clinic) -> None:
    create_department(clinic, ADMIN, CreateDepartment(name="Pédiatrie"))
    other = create_department(clinic, ADMIN, CreateDepartment(name="Maternity")).value
    with pytest.raises(AlreadyExists) as refused:
        create_department(clinic, ADMIN, CreateDepartment(name=" PEDIATRIE "))
    assert refused.value.field == "name"
    with pytest.raises(AlreadyExists):
        correct_department(clinic, ADMIN, CorrectDepartment(department_id=other.id, version=1, name="pediatrie"))


def test_departments_that_can_not_be_are_refused(clinic: Clinic) -> None:
    for bad, field in (
        (CreateDepartment(name=""), "name"),
        (CreateDepartment(name="A", annual_budget=Decimal(-1)), "annual_budget"),
        (CreateDepartment(name="A", annual_budget=Decimal("1.001")), "amount"),
    ):
        with pytest.raises(InvalidValue) as refused:
            create_department(clinic, ADMIN, bad)
        assert refused.value.field == field
    with pytest.raises(NotFound):
        create_department(clinic, ADMIN, CreateDepartment(name="A", head_id=new_id()))
    with pytest.raises(NotFound):
        correct_department(clinic, ADMIN, CorrectDepartment(department_id=new_id(), version=1, name="A"))
    gone = create_department(clinic, ADMIN, CreateDepartment(name="1st aid")).value.id
    assert list_departments(clinic, ADMIN)[0].code == "x_1st_aid"
    with clinic.work(SYSTEM, "tests.void") as work:
        work.void(Department, gone, "a mistake")
        work.finish()
    with pytest.raises(NotFound):
        correct_department(clinic, ADMIN, CorrectDepartment(department_id=gone, version=2, name="A"))


def test_a_station_gets_a_name_a_paper_and_a_shelf(clinic: Clinic) -> None:
    with clinic.work(SYSTEM, "tests.location") as work:
        shelf = work.insert(StockLocation, code="ward", name="Ward shelf", dispensing=True)
        gone = work.insert(StockLocation, code="old", name="Old shelf", dispensing=True)
        work.void(StockLocation, gone, "closed")
        work.finish()
    assert [name for _id, name in stock_locations(clinic, ADMIN)] == ["Main store", "Ward shelf"]
    row = list_stations(clinic, ADMIN)[0]
    command = CorrectStation(
        station_id=row.id,
        version=row.version,
        name="Front desk",
        receipt_paper=ReceiptPaper.A5,
        stock_location_id=shelf,
    )
    correct_station(clinic, ADMIN, command)
    row = list_stations(clinic, ADMIN)[0]
    assert (row.name, row.receipt_paper, row.stock_location) == ("Front desk", ReceiptPaper.A5, "Ward shelf")
    bad = CorrectStation(
        station_id=row.id, version=row.version, name="x", receipt_paper=ReceiptPaper.A5, stock_location_id=gone
    )
    with pytest.raises(NotFound):
        correct_station(clinic, ADMIN, bad)


def test_the_clinic_is_changed_only_with_the_right(clinic: Clinic) -> None:
    nurse = actor_for("nurse")
    for look in (clinic_details, list_departments, list_stations, stock_locations):
        with pytest.raises(NotAllowed):
            look(clinic, nurse)
    with pytest.raises(NotAllowed):
        create_department(clinic, nurse, CreateDepartment(name="Mine"))


def test_whole_pictures_are_known_by_their_own_rules() -> None:
    assert check_logo(LOGO.read_bytes()) is PictureKind.PNG
    assert check_logo(png(40, 30)) is PictureKind.PNG
    assert check_logo(jpeg(64, 48)) is PictureKind.JPEG


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "picture"),
        (png(0, 5), "picture"),
        (png(40, 30)[:-14], "picture"),
        (png(40, 30)[:-12], "picture"),
        (png(40, 30).replace(b"IDAT", b"IDAX"), "picture"),
        (png(40, 30, pixels=b"not packed"), "picture"),
        (png(40, 30, pixels=zlib.compress(b"\0" * 900)[:-5]), "picture"),
        (png(40, 30)[:8] + png(40, 30)[33:], "picture"),
        (png(5000, 3), "too_large"),
        (jpeg(5000, 3), "too_large"),
        (jpeg(5, 3)[:-2], "picture"),
        (b"\xff\xd8\x00\x00\x00\x00\x00\x00\x00\x00\x00\xff\xd9", "picture"),
        (b"\xff\xd8\xff\xe0\x00\x06abcd\xff\xff\xff\xd9", "picture"),
        (b"\0" * (LOGO_BYTES + 1), "too_heavy"),
    ],
)
def test_broken_pictures_are_refused_before_a_paper_needs_them(data: bytes, reason: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        check_logo(data)
    assert refused.value.facts["reason"] == reason
