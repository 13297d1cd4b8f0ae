"""Who is in front of me: never scrolls, never hidden while a record is open."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from hms_desktop.domain.dates import age_text, show_date
from hms_desktop.domain.patients import AllergyState, PatientBanner
from hms_desktop.ui.kit.badges import Badge, BadgeLabel, Shape, tone_badge
from hms_desktop.ui.kit.elided import ElidedLabel
from hms_desktop.ui.kit.names import part_of
from hms_desktop.ui.kit.theme import GRID, TypeSize, dress, label, px, set_look_property
from hms_desktop.words.facts import months
from hms_desktop.words.labels import say
from hms_desktop.words.language import tr


def born_text(banner: PatientBanner, today: date) -> str:
    """`born 05-Mar-1998 (28 y)`, `about ~28 y`, `age not known`."""
    if banner.birth_date is None:
        return tr("age not known")
    age = age_text(banner.birth_date, today, estimated=banner.birth_estimated)
    if banner.birth_estimated:
        return tr("age {age}", age=age)
    return tr("born {day} ({age})", day=show_date(banner.birth_date, months()), age=age)


def allergy_text(banner: PatientBanner) -> str:
    """What the patient must not get, or that nobody asked."""
    if banner.allergy_state is AllergyState.NOT_ASKED:
        return tr("Allergies NOT ASKED")
    if banner.allergy_state is AllergyState.NONE_KNOWN or not banner.allergies:
        return tr("No known allergies")
    return ", ".join(f"{row.substance} ({row.reaction})" if row.reaction else row.substance for row in banner.allergies)


class BannerView(QFrame):
    """The patient banner of the frame."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("surface", "banner")
        self._name = ElidedLabel("", part_of(name, "name"), least=140)
        self._name.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._born, self._sex, self._mrn = label(), label(), label()
        self._payer = ElidedLabel("", part_of(name, "payer"), least=0)
        self._payer.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        set_look_property(self._payer, "typeSize", TypeSize.BODY.value)
        set_look_property(self._payer, "strong", False)
        set_look_property(self._payer, "muted", True)
        self._mrn.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._died = BadgeLabel(part_of(name, "deceased"))
        self._allergy_badge = BadgeLabel(part_of(name, "allergy"))
        self._allergies = label()
        self._allergies.setWordWrap(True)
        self._banner: PatientBanner | None = None
        self._today: date | None = None
        self._lay_out()
        self.hide()
        dress().changed.connect(self._show_again)

    def _lay_out(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(px(2 * GRID), px(6), px(2 * GRID), px(6))
        outer.setSpacing(px(2))
        who = QHBoxLayout()
        who.setSpacing(px(20))
        for widget in (self._name, self._died, self._born, self._sex, self._mrn, self._payer):
            who.addWidget(widget)
        who.addStretch(1)
        warn = QHBoxLayout()
        warn.setSpacing(px(GRID))
        warn.addWidget(self._allergy_badge)
        warn.addWidget(self._allergies, 1)
        outer.addLayout(who)
        outer.addLayout(warn)

    @property
    def shown(self) -> PatientBanner | None:
        """Who is shown."""
        return self._banner

    def show_patient(self, banner: PatientBanner | None, today: date) -> None:
        """Show `banner`; None when no record is open."""
        self._banner, self._today = banner, today
        self.setVisible(banner is not None)
        if banner is None:
            return
        self._name.set_whole(banner.name)
        self._born.setText(born_text(banner, today))
        self._sex.setText(say(banner.sex))
        self._mrn.setText(banner.mrn)
        self._payer.set_whole(banner.payer_group)
        self._died.set_badge(Badge(tr("Deceased"), "#000000", "#FFFFFF", Shape.CROSS) if banner.deceased else None)
        self._show_allergies(banner)
        texts: list[QLabel] = [self._born, self._sex, self._mrn]
        self.setAccessibleName(tr("Patient: {who}", who=", ".join([banner.name, *(each.text() for each in texts)])))
        self.setAccessibleDescription(allergy_text(banner))

    def _show_allergies(self, banner: PatientBanner) -> None:
        text = allergy_text(banner)
        if banner.allergy_state is AllergyState.RECORDED and banner.allergies:
            self._allergy_badge.set_badge(Badge(tr("ALLERGY"), "#B3261E", "#FFFFFF", Shape.TRIANGLE))
            self._allergies.setText(text)
        elif banner.allergy_state is AllergyState.NOT_ASKED:
            self._allergy_badge.set_badge(tone_badge(text, "warn", Shape.TRIANGLE))
            self._allergies.setText("")
        else:
            self._allergy_badge.set_badge(tone_badge(text, "plain", Shape.TICK))
            self._allergies.setText("")

    def _show_again(self) -> None:
        if self._banner is not None and self._today is not None:
            self.show_patient(self._banner, self._today)
