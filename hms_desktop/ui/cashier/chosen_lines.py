"""Which lines of a patient's bills are to be paid now, and how much that is."""

from datetime import date
from decimal import Decimal

from hms_desktop.domain.bill_rows import Account, BillLine, BillRow
from hms_desktop.domain.ids import Id
from hms_desktop.domain.money import ZERO


class ChosenLines:
    """Everything that is owed is chosen, but for what the cashier left out."""

    def __init__(self, account: Account, today: date, left_out: frozenset[Id] = frozenset()) -> None:
        self.account = account
        self._today = today
        self._left_out = {line.charge_id for line in account.lines if line.charge_id in left_out}
        self._bills = {bill.id: bill for bill in account.bills if bill.owed > 0}

    @property
    def left_out(self) -> frozenset[Id]:
        """Charges that are not paid now."""
        return frozenset(self._left_out)

    def can_choose(self, line: BillLine) -> bool:
        """Whether anything of a line can be paid."""
        return line.bill_id in self._bills and line.open > 0

    def has(self, line: BillLine) -> bool:
        """Whether a line is to be paid."""
        return self.can_choose(line) and line.charge_id not in self._left_out

    def toggle(self, line: BillLine) -> None:
        """Pay a line, or leave it."""
        if self.can_choose(line):
            self._left_out ^= {line.charge_id}

    def is_earlier(self, bill: BillRow) -> bool:
        """Whether a bill is an old debt."""
        return bill.day < self._today and not bill.visit_open

    @property
    def earlier(self) -> Decimal:
        """What is owed from before."""
        return sum((bill.owed for bill in self._bills.values() if self.is_earlier(bill)), ZERO)

    @property
    def has_both(self) -> bool:
        """Whether there are old debts beside today's."""
        return len({self.is_earlier(bill) for bill in self._bills.values()}) == 2

    def leave_earlier(self, leave: bool) -> None:
        """Leave the old debts, or pay them too."""
        for line in self.account.lines:
            bill = self._bills.get(line.bill_id)
            if bill is not None and self.is_earlier(bill):
                (self._left_out.add if leave else self._left_out.discard)(line.charge_id)

    def bills(self) -> tuple[Id, ...]:
        """Bills of which anything is paid."""
        return tuple(bill for bill in self._bills if self._part(bill) > 0)

    def charges(self) -> tuple[Id, ...]:
        """The chosen lines, when they are not simply all."""
        if not self._left_out:
            return ()
        return tuple(line.charge_id for line in self.account.lines if self.has(line))

    @property
    def due(self) -> Decimal:
        """What is to be paid."""
        return sum((self._part(bill) for bill in self._bills), ZERO)

    def _part(self, bill_id: Id) -> Decimal:
        """A whole bill as it is owed (rounded, less what is pending); else the open parts of its chosen lines."""
        owed = self._bills[bill_id].owed
        lines = [line for line in self.account.lines if line.bill_id == bill_id]
        if all(self.has(line) or not self.can_choose(line) for line in lines):
            return owed
        return min(owed, sum((line.open for line in lines if self.has(line)), ZERO))
