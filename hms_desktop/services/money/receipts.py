"""Steps that write money down: a receipt with its number, its payments and which bill each of them pays."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hms_desktop.data.queries import payments
from hms_desktop.data.reader import AnyRow
from hms_desktop.data.tables.billing import Payment, PaymentShare, Receipt
from hms_desktop.data.work import Work
from hms_desktop.domain.bills import shares
from hms_desktop.domain.errors import CodeUsed, TooMuchMoney
from hms_desktop.domain.facility import NumberKind
from hms_desktop.domain.ids import Id
from hms_desktop.domain.tenders import Tender, check_tender
from hms_desktop.services.service import require


@dataclass(frozen=True, slots=True)
class Written:
    """A receipt in the books. `paid` and `pending` say how much of it moves each bill (minor units)."""

    receipt_id: Id
    number: str
    total: int
    paid: dict[Id, int]
    pending: dict[Id, int]

    def touches(self, bill_id: Id) -> bool:
        """Whether any of the money went to this bill."""
        return bill_id in self.paid or bill_id in self.pending


def write_receipt(
    work: Work, session: AnyRow, patient_id: Id, tenders: Sequence[Tender], rooms: Mapping[Id, int],
    meant_for: Sequence[Id] = (),
) -> Written:  # fmt: skip
    """Take tenders for bills, each bill filled before the next. `rooms` says what each bill may still get; its order is
    the order of paying; `meant_for` names the charges that the payer chose.

    Raises InvalidValue, TooMuchMoney, CodeUsed, NotAllowed (confirmed at once without the right to).
    """
    currency = work.facility.currency
    for tender in tenders:
        check_tender(tender, currency)
        if tender.confirmed:
            require(work.actor, "billing.confirm")
    ordered = sorted(tenders, key=lambda tender: tender.waits)
    amounts = [currency.to_minor(tender.amount) for tender in ordered]
    total, room = sum(amounts), sum(rooms.values())
    if total > room:
        raise TooMuchMoney(field="amount", amount=currency.from_minor(total), limit=currency.from_minor(room))
    keys = [_free_key(work, tender) for tender in ordered]
    number = work.number(NumberKind.RECEIPT)
    receipt_id = work.insert(
        Receipt, number=number, patient_id=patient_id, session_id=session.id, total=total, day=work.today,
        taken_at=work.now,
    )  # fmt: skip
    written = Written(receipt_id, number, total, {}, {})
    for tender, key, parts in zip(ordered, keys, shares(amounts, rooms), strict=True):
        payment_id = _write_payment(work, session, receipt_id, tender, key, meant_for)
        work.insert_many(
            PaymentShare, [{"payment_id": payment_id, "bill_id": bill, "amount": part} for bill, part in parts.items()]
        )
        book = written.pending if tender.waits else written.paid
        for bill, part in parts.items():
            book[bill] = book.get(bill, 0) + part
    return written


def _write_payment(
    work: Work, session: AnyRow, receipt_id: Id, tender: Tender, key: str | None, meant_for: Sequence[Id]
) -> Id:
    currency = work.facility.currency
    return work.insert(
        Payment, receipt_id=receipt_id, session_id=session.id, method=tender.method,
        amount=currency.to_minor(tender.amount),
        tendered=None if tender.tendered is None else currency.to_minor(tender.tendered),
        change_given=currency.to_minor(tender.change), operator=tender.operator.strip(), code=tender.code.strip(),
        code_key=key, payer_phone=tender.phone.strip(), needs_confirmation=tender.waits,
        meant_for=list(meant_for), day=work.today,
    )  # fmt: skip


def _free_key(work: Work, tender: Tender) -> str | None:
    """The unique key of operator and code, None without one. A code whose payments were all undone may come again.

    Raises CodeUsed, naming the receipt.
    """
    if not tender.code_key:
        return None
    uses = payments.uses_of_code(work, tender.code_key)
    for use in uses:
        if not use.undone:
            raise CodeUsed(field="code", code=tender.code.strip(), receipt=use.number)
    return f"{tender.code_key}#{len(uses) + 1}" if uses else tender.code_key
