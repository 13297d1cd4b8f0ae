"""Why the program suggests what it suggests, in words: a code and its facts as one line of text."""

from collections.abc import Mapping

from hms_desktop.words.labels import label
from hms_desktop.words.language import tr


def triage_reason(code: str, facts: Mapping[str, str]) -> str:
    """One reason for a triage colour: “Danger sign: Stridor”, “Red vital sign: Pulse 160 (above 150)”.

    `facts` are those of `domain.triage.Reason`: `sign`, or `measure` with `value` and the limit `below` or `above`.
    """
    head = label("triage_reason", code)
    detail = _detail(facts)
    return tr("{reason}: {detail}", reason=head, detail=detail) if detail else head


def _detail(facts: Mapping[str, str]) -> str:
    if "sign" in facts:
        return label("sign", facts["sign"])
    if "measure" not in facts:
        return ""
    measure, value = label("measure", facts["measure"]), facts.get("value", "")
    if "below" in facts:
        return tr("{measure} {value} (below {limit})", measure=measure, value=value, limit=facts["below"])
    if "above" in facts:
        return tr("{measure} {value} (above {limit})", measure=measure, value=value, limit=facts["above"])
    return f"{measure} {value}".strip()


_ALERT_REASONS = {
    "allergy": "allergy_reason",
    "interaction": "interaction_severity",
    "duplicate": "duplicate_kind",
    "child_dose": "child_dose_level",
    "large_dose": "large_dose",
    "unchecked": "unchecked",
}
"""An alert's kind → the kind of label of its reason."""


def safety_alert(kind: str, reason: str, about: str, detail: str = "") -> str:
    """What speaks against a medicine: `Allergy: Penicillin · Same class · rash`. Facts as of a SafetyAlert."""
    why = label(_ALERT_REASONS[kind], reason)
    if kind == "allergy" and reason == "not_asked":
        return why
    head = label("safety_alert", kind)
    if about:
        head = tr("{kind}: {about}", kind=head, about=about)
    return " · ".join(part for part in (head, why, detail) if part)
