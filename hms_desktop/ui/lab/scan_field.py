"""The scan line: a specimen's label, scanned or typed, leads to its row."""

from hms_desktop.ui.kit.fields import TextField
from hms_desktop.ui.kit.theme import px
from hms_desktop.words.errors import sentence
from hms_desktop.words.language import tr


class ScanField(TextField):
    """Empty again when the specimen was found; a wrong number stays, marked, to be typed again."""

    def __init__(self) -> None:
        super().__init__(
            "lab.scan", "", max_length=40, placeholder=tr("F3  Scan or type a specimen's number"), reserve_note=False
        )
        self.setFixedWidth(px(330))
        self.editor.setAccessibleName(tr("Scan a specimen"))

    def found(self) -> None:
        """The specimen is known."""
        self.clear()

    def wrong(self, code: str, facts: dict[str, object]) -> None:
        """Say what is wrong with the number, and select it."""
        text = tr("No specimen has this number.") if code == "not_found" else sentence(code, facts)
        self.error(text)
        self.focus_editor()
        self.line.selectAll()
