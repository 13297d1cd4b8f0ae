"""How a medicine is to be taken, in plain words: what a prescription and a drug label say.

Words, not Latin abbreviations, as WHO's Guide to Good Prescribing (1994, chapter 9) asks.
"""

from hms_desktop.domain.prescriptions import Route
from hms_desktop.words.labels import has_label, label, say
from hms_desktop.words.language import trn


def frequency_words(frequency: str) -> str:
    """The plain words of a frequency's code (`tds`); what is not a code is shown as it was written."""
    return label("frequency", frequency) if has_label("frequency", frequency) else frequency


def days_words(days: int | None) -> str:
    """`for 7 days`; nothing when no duration was given."""
    return "" if days is None else trn("for {n} day", "for {n} days", days)


def directions(dose: str, route: Route | None, frequency: str, days: int | None) -> str:
    """Dose, way, how often and how long on one line: `500 mg · by mouth · 3 times a day · for 7 days`."""
    way = say(route) if route is not None else ""
    said = [each for each in (dose, way, frequency_words(frequency), days_words(days)) if each]
    return " · ".join([*said[:1], *(_inside(each) for each in said[1:])])


def medicine_name(medicine: str, strength: str, form: str) -> str:
    """`Amoxicillin 500 mg, capsule`."""
    strong = " ".join(each for each in (medicine, strength) if each)
    return f"{strong}, {form}" if form else strong


def _inside(words: str) -> str:
    """Words as they stand inside a line: no capital letter at their start."""
    return words[:1].lower() + words[1:]
