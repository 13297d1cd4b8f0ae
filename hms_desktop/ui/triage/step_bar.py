"""The three steps of a triage as buttons: what each found so far, and a letter to go there."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy

from hms_desktop.ui.kit.buttons import Button, plain, plain_label
from hms_desktop.ui.kit.theme import px, set_look_property
from hms_desktop.words.language import tr


@dataclass(frozen=True, slots=True)
class Step:
    """One step: `title` with its mnemonic, `state` what was found, `details` the same at length, `harm` for danger."""

    title: str
    state: str
    details: str = ""
    harm: bool = False


class StepBar(QFrame):
    """Danger signs, further signs, vitals and colour."""

    wanted = Signal(int)
    """The person wants to go to this step."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        self.setProperty("segments", True)
        self.buttons: list[Button] = []
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(6))
        for index, name in enumerate(names):
            button = plain(name, "", partial(self.wanted.emit, index))
            button.setAccessibleName(tr("Step {number}", number=index + 1))
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setCheckable(True)
            button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            self.buttons.append(button)
            layout.addWidget(button, 1)

    def show_steps(self, steps: Sequence[Step | None], here: int) -> None:
        """Show the steps (None: not for this patient) and which one is open."""
        for index, (button, step) in enumerate(zip(self.buttons, steps, strict=True)):
            button.setVisible(step is not None)
            button.setChecked(index == here)
            if step is None:
                continue
            text = f"{step.title}: {step.state}" if step.state else step.title
            button.setText(text)
            button.setToolTip(step.details)
            button.setAccessibleName(plain_label(text))
            button.setAccessibleDescription(step.details)
            set_look_property(button, "harm", step.harm)
            set_look_property(button, "tone", "harmful" if step.harm else "plain")
