"""A one-time password, shown once: large, readable aloud, to be copied with the keyboard."""

from PySide6.QtWidgets import QWidget

from hms_desktop.ui.kit.buttons import primary
from hms_desktop.ui.kit.dialogs import Dialog
from hms_desktop.ui.kit.fields import TextField
from hms_desktop.words.language import tr


class PasswordDialog(Dialog):
    """User name and first password; both can be read and copied, not changed."""

    def __init__(self, username: str, password: str, parent: QWidget | None = None) -> None:
        super().__init__(
            "admin.password", tr("The first password"),
            tr("Write both down for this person now: the password is not shown again. It must be changed at the first"
               " sign-in."),
            parent,
        )  # fmt: skip
        for name, text, value in (
            ("admin.password_username", tr("User name"), username),
            ("admin.password_shown", tr("Password for one sign-in"), password),
        ):
            field = TextField(name, text, large=True)
            field.set_value(value)
            field.set_read_only(True)
            self.body.addWidget(field)
        done = primary("admin.password_done", tr("&Written down"), self.accept)
        self.add_buttons(done)
        self.cancel_button.hide()
        done.setFocus()
