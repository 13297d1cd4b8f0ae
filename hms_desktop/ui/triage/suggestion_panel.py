"""What the rules suggest while values are typed, why, and what is still missing. The nurse decides."""

from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout

from hms_desktop.domain.triage import Suggestion, TriageReason, score_news2
from hms_desktop.domain.vitals import Nutrition, Subject, Vitals, pregnancy_flags, screen_muac, weight_needed
from hms_desktop.ui.kit.badges import BadgeLabel, tone_badge, triage_badge
from hms_desktop.ui.kit.layout import row
from hms_desktop.ui.kit.theme import label, px, set_look_property
from hms_desktop.words.explain import triage_reason
from hms_desktop.words.labels import label as word
from hms_desktop.words.labels import say
from hms_desktop.words.language import tr

_OPEN = frozenset({TriageReason.SIGNS_NOT_CHECKED, TriageReason.NOT_MEASURED})


def reasons_text(suggestion: Suggestion) -> str:
    """The reasons in words; what was not measured in one sentence."""
    missing = [each.facts["measure"] for each in suggestion.reasons if each.code is TriageReason.NOT_MEASURED]
    said = [
        triage_reason(each.code.value, each.facts)
        for each in suggestion.reasons
        if each.code is not TriageReason.NOT_MEASURED
    ]
    if missing:
        said.append(tr("Not measured: {measures}", measures=", ".join(_named(code) for code in missing)))
    return " · ".join(said)


def _named(code: str) -> str:
    return word("field", code) if code == "avpu" else word("measure", code)


def warnings_of(subject: Subject, vitals: Vitals, suggestion: Suggestion) -> list[str]:
    """What must be seen beside the colour: malnutrition, pregnancy, a weight that doses need, a senior's look."""
    said = []
    if suggestion.review:
        said.append(tr("High risk: let a senior look at once, or choose a more urgent colour"))
    nutrition = screen_muac(vitals.muac, subject.age_months)
    if nutrition is not None and nutrition is not Nutrition.NOT_WASTED:
        said.append(say(nutrition))
    said += [say(flag) for flag in pregnancy_flags(vitals, pregnant=subject.pregnant)]
    if weight_needed(subject.age_years, vitals):
        said.append(tr("Weigh the child: doses are counted by weight"))
    return said


def score_text(subject: Subject, vitals: Vitals) -> str:
    """`NEWS2 5, medium`; '' while it can't be counted."""
    score = score_news2(subject, vitals)
    if score.total is None or score.risk is None:
        return ""
    return tr("NEWS2 {total}, {risk}", total=score.total, risk=say(score.risk).lower())


class SuggestionPanel(QFrame):
    """Badge, reasons, warnings. Its height stays, so that nothing jumps while somebody types."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("surface", "card")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.badge = BadgeLabel(f"{name}_badge")
        self._title = label(tr("Suggested"), bold=True)
        self.score = label(muted=True)
        self.reasons, self.warnings = label(), label(bold=True)
        for each in (self.reasons, self.warnings):
            each.setWordWrap(True)
        set_look_property(self.warnings, "tone", "warn")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(12), px(8), px(12), px(8))
        layout.setSpacing(px(4))
        head = row(self._title, self.badge, self.score, space=10)
        head.addStretch(1)
        layout.addLayout(head)
        layout.addWidget(self.reasons)
        layout.addWidget(self.warnings)
        layout.addStretch(1)
        self.setMinimumHeight(px(96))

    def show_suggestion(self, subject: Subject, vitals: Vitals, suggestion: Suggestion) -> None:
        """Show it, for a reader too."""
        colour = suggestion.colour
        self.badge.set_badge(triage_badge(colour.value) if colour else tone_badge(self._none(suggestion), "plain"))
        self.score.setText(score_text(subject, vitals))
        self.reasons.setText(reasons_text(suggestion))
        warnings = warnings_of(subject, vitals, suggestion)
        self.warnings.setText(" · ".join(warnings))
        self.warnings.setVisible(bool(warnings))
        said = [say(colour) if colour else self._none(suggestion), self.reasons.text(), *warnings]
        self.setAccessibleName(tr("Suggested: {what}", what=". ".join(said)))

    @staticmethod
    def _none(suggestion: Suggestion) -> str:
        """Why no colour is suggested, in two words."""
        still_open = any(reason.code in _OPEN for reason in suggestion.reasons)
        return tr("not yet") if still_open else tr("by hand")
