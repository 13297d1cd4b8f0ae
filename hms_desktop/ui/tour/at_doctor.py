"""The doctor: notes, diagnoses, lab, prescriptions; an allergy alert obeyed, one overridden with a reason."""

from dataclasses import dataclass

from hms_desktop.ui.tour.cast import Guest
from hms_desktop.ui.tour.walk import Walk


@dataclass(frozen=True)
class Drug:
    """A medicine as it is looked for, with what is typed over the usual values."""

    search: str
    dose: str = ""
    days: str = ""
    quantity: str = ""


MALARIA = Drug("artemether 20")
SIMPLE = {
    "child": ("gastroenteritis", (Drug("oral rehydration", quantity="4"), Drug("cefixime 100", "100 mg", "5", "1"))),
    "short": ("low back pain", (Drug("paracetamol 500", "500 mg", "3"),)),
}
AMOXICILLIN, INSTEAD = Drug("amoxicillin 500", "500 mg", "5"), Drug("erythromycin 250", "500 mg", "5")


def first_round(walk: Walk, guests: list[Guest]) -> None:
    """Everybody is seen; one patient goes to the lab."""
    walk.scene("doctor")
    walk.picture("queue")
    _unconscious(walk)
    for guest in guests:
        _take_in(walk, guest.name)
        _note(walk, guest)
        if guest.story == "malaria":
            walk.picture("note")
            _to_lab(walk)
        elif guest.story in {"allergy", "override"}:
            _diagnose(walk, "pharyngitis" if guest.story == "allergy" else "pneumonia")
            walk.press("Alt+3")
            _refused_by_allergy(walk, overridden=guest.story == "override")
            _save_prescription(walk, first=guest.story == "allergy")
            _complete(walk)
        else:
            diagnosis, drugs = SIMPLE[guest.story]
            _diagnose(walk, diagnosis)
            _prescribe(walk, *drugs)
            _complete(walk)


def second_round(walk: Walk, guest: Guest) -> None:
    """The patient is back from the lab, on top of the colour."""
    walk.scene("doctor")
    walk.picture("results-in")
    _take_in(walk, guest.name)
    walk.press("Alt+2")
    walk.picture("results")
    walk.press("Alt+1")
    _diagnose(walk, "malaria falciparum uncomplicated")
    _prescribe(walk, MALARIA)
    walk.press("Alt+4")
    walk.picture("history")
    _complete(walk)


def _take_in(walk: Walk, name: str) -> None:
    walk.select("doctor.queue", lambda row: getattr(row, "patient_name", "") == name, name)
    walk.press("Return")
    walk.until(lambda: walk.find("doctor.complete") is not None, f"{name} to be in the room")
    walk.settled()


def _note(walk: Walk, guest: Guest) -> None:
    walk.fill("doctor.complaint", guest.complaint)
    walk.go_to("doctor.history")
    walk.type(f"{guest.complaint}. No travel, no earlier treatment.")
    walk.go_to("doctor.examination")
    walk.type("Alert, well hydrated, no rash.")
    walk.press("Ctrl+Return")
    walk.said("Note saved")
    walk.settled()


def _diagnose(walk: Walk, words: str) -> None:
    walk.pick("doctor.diagnosis", words)
    walk.until(lambda: bool(walk.rows("doctor.diagnoses").rows()), "the diagnosis")


def _to_lab(walk: Walk) -> None:
    walk.press("Alt+2")
    for test in ("malaria rapid", "haemoglobin", "potassium"):
        walk.pick("doctor.test", test)
    walk.picture("lab-order")
    walk.press("Ctrl+Return")
    walk.settled()


def _line(walk: Walk, drug: Drug) -> None:
    walk.pick("doctor.medicine", drug.search)
    for name, text in (("dose", drug.dose), ("days", drug.days), ("quantity", drug.quantity)):
        if text:
            walk.fill(f"doctor.{name}", text)
    walk.settled()


def _prescribe(walk: Walk, *drugs: Drug) -> None:
    walk.press("Alt+3")
    for drug in drugs:
        _line(walk, drug)
        walk.use("doctor.add_line")
        walk.settled()
    _save_prescription(walk, first=False)


def _refused_by_allergy(walk: Walk, *, overridden: bool) -> None:
    """A penicillin for somebody who must not have it: the desk interrupts."""
    _line(walk, AMOXICILLIN)
    walk.picture("allergy-alert")
    walk.use("doctor.add_line")
    walk.until(lambda: walk.find("doctor.override") is not None, "the desk to interrupt")
    walk.picture("override" if overridden else "interrupted")
    if overridden:
        walk.type("Rash was forty years ago; watched for an hour")
        walk.press("Ctrl+Return")
        walk.until(lambda: walk.find("doctor.override") is None, "the reason to be taken")
        walk.settled()
        return
    walk.press("Esc")
    walk.until(lambda: walk.find("doctor.override") is None, "the dialog to close")
    walk.go_to("doctor.medicine")
    walk.press("Ctrl+A", "Delete")
    _line(walk, INSTEAD)
    walk.use("doctor.add_line")
    walk.settled()


def _save_prescription(walk: Walk, *, first: bool) -> None:
    walk.until(lambda: bool(walk.rows("doctor.lines").rows()), "a line of the prescription")
    if first:
        walk.picture("prescription")
    walk.press("Ctrl+Return")
    walk.until(lambda: not walk.rows("doctor.lines").rows(), "the prescription to be saved")
    walk.settled()


def _complete(walk: Walk) -> None:
    walk.press("Alt+T")
    walk.until(lambda: walk.find("doctor.complete") is None, "the consultation to end")
    walk.settled()


def _unconscious(walk: Walk) -> None:
    """Red stands on top: seen first, whatever the clock says."""
    walk.select("doctor.queue", lambda row: getattr(row, "colour", "") == "red", "somebody red")
    walk.press("Return")
    walk.until(lambda: walk.find("doctor.complete") is not None, "the red patient to be in the room")
    walk.settled()
    walk.picture("emergency")
    walk.go_to("doctor.examination")
    walk.type("Responds to voice. Glucose measured at once. Airway clear.")
    walk.press("Ctrl+Return")
    walk.said("Note saved")
    _diagnose(walk, "hypoglycaemia")
    _complete(walk)
