"""Before any money: count the float, open the drawer."""

from collections.abc import Callable

from hms_desktop.domain.errors import InvalidValue
from hms_desktop.services.cash_sessions import OpenSession, SessionOpened, open_session
from hms_desktop.services.clinic import Outcome
from hms_desktop.ui.kit.desk import DeskContext
from hms_desktop.ui.kit.fields import MoneyField
from hms_desktop.ui.kit.form import Form
from hms_desktop.ui.kit.theme import TypeSize, label
from hms_desktop.words.language import tr


class OpenForm(Form):
    """The float, and one button."""

    def __init__(self, context: DeskContext) -> None:
        super().__init__(
            context, "cashier.open_form", save_text=tr("&Open the drawer"), save_name="cashier.open_session",
            save_icon="cash",
        )  # fmt: skip
        self.context = context
        self.add_widget(label(tr("Open your drawer"), TypeSize.TITLE, bold=True))
        words = label(tr("Count the float. Without an open drawer no money is taken."), muted=True)
        words.setWordWrap(True)
        self.add_widget(words)
        self.float_amount = self.add(
            MoneyField(
                "cashier.float_amount", tr("&Float"), currency=context.clinic.facility.currency, display=True,
                required=True,
            )
        )  # fmt: skip
        self.body.addStretch(1)

    def prepare(self) -> Callable[[], Outcome[SessionOpened]]:
        amount = self.float_amount.value()
        if amount is None:
            raise InvalidValue(field="float_amount", reason="required")
        command = OpenSession(key=self.key, float_amount=amount)
        clinic, actor = self.context.clinic, self.context.actor
        return lambda: open_session(clinic, actor, command)
