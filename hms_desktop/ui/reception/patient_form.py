"""A patient's details: for somebody new, or to correct what is known. Name, sex and an age are enough."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QTimer, Signal

from hms_desktop.domain.errors import ClinicError, PossibleDuplicate, StaleRecord
from hms_desktop.domain.ids import Id
from hms_desktop.domain.patients import (
    AllergyState,
    BloodGroup,
    ContactKind,
    PatientDetails,
    PayerGroupRow,
    Sex,
)
from hms_desktop.services.clinic import Outcome
from hms_desktop.services.patient_records import NewContact, PersonFacts
from hms_desktop.services.patients import (
    Candidate,
    CorrectPatient,
    RegisterPatient,
    correct_patient,
    patient_details,
    register_patient,
)
from hms_desktop.ui.kit.date_fields import Birth
from hms_desktop.ui.kit.desk import DeskContext
from hms_desktop.ui.kit.field import Field
from hms_desktop.ui.kit.fields import (
    AgeField,
    Choice,
    ChoiceField,
    DateField,
    Segment,
    SegmentedField,
    TextField,
    choices_of,
)
from hms_desktop.ui.kit.form import Form
from hms_desktop.ui.reception.allergy_fields import SubstancesField, allergy_state_field
from hms_desktop.ui.reception.two_columns import buttons_below_fields
from hms_desktop.words.language import tr

ALIKE_MS = 350
"""How long somebody must stop typing until known people who look alike are asked for."""

_COPIED = ("given_name", "family_name", "phone", "national_id", "address")
_MORE = ("middle_name", "email", "occupation", "language")


class PatientForm(Form):
    """Subclasses say whether somebody is new or known."""

    candidate_changed = Signal(object)
    """A `Candidate`: who the person may be, from what is typed so far."""

    def __init__(self, context: DeskContext, name: str, *, save_text: str) -> None:
        super().__init__(
            context, name, save_text=save_text, cancel_text=tr("&Back"), save_name="reception.save_patient"
        )
        self.context = context
        self._groups: list[PayerGroupRow] = []
        self._alike = QTimer(self, singleShot=True, interval=ALIKE_MS)
        self._alike.timeout.connect(lambda: self.candidate_changed.emit(self.candidate()))
        self._add_person()
        self._add_reach()
        self._add_kin()
        for field in (self.given, self.family, self.birth, self.sex, self.phone, self.national_id):
            field.changed.connect(self._alike.start)

    # --- fields ------------------------------------------------------------------------------------

    def _add_person(self) -> None:
        self.given = TextField("reception.given_name", tr("&Given names"), max_length=80)
        self.family = TextField("reception.family_name", tr("&Family name"), max_length=80)
        self.add_row(self.given, *self.name_fields(), self.family)
        self.sex: SegmentedField[Sex] = SegmentedField(
            "reception.sex", tr("&Sex"),
            [
                Segment(Sex.FEMALE, tr("Female"), "f"), Segment(Sex.MALE, tr("Male"), "m"),
                Segment(Sex.OTHER, tr("Other"), "o"), Segment(Sex.UNKNOWN, tr("Unknown"), "u"),
            ],
            required=True, reserve_note=True,
        )  # fmt: skip
        self.birth = AgeField(
            "reception.birth_date", tr("Age or date of birt&h"), today=self.context.today, required=True,
            hint=tr("28y, 14m, 3w or 5/3/98"),
        )  # fmt: skip
        self.add_row(self.sex, self.birth, stretch=(3, 2))

    def _add_reach(self) -> None:
        self.phone = TextField("reception.phone", tr("&Phone"), max_length=40)
        self.national_id = TextField("reception.national_id", tr("Nat&ional ID"), max_length=40)
        self.payer: ChoiceField[Id] = ChoiceField(
            "reception.payer_group", tr("Pa&yer group"), blank=tr("– not said –"), key="payer_group_id"
        )
        self.add_row(self.phone, self.national_id, self.payer)
        self.address = TextField("reception.address", tr("&Village or address"), max_length=200)
        further = self.reach_fields()
        self.add_row(self.address, *further, stretch=[2, *(1 for _field in further)])

    def _add_kin(self) -> None:
        self.kin_name = TextField("reception.kin_name", tr("Next of &kin"), max_length=120, key="contact_name")
        self.kin_relation = TextField(
            "reception.kin_relation", tr("Relation"), max_length=40, key="relationship", placeholder=tr("mother")
        )
        self.kin_phone = TextField("reception.kin_phone", tr("Their phone"), max_length=40, key="contact_phone")
        self.add_row(self.kin_name, self.kin_relation, self.kin_phone, stretch=(3, 2, 2))

    def name_fields(self) -> list[Field]:
        """Further names, between given and family name."""
        return []

    def reach_fields(self) -> list[Field]:
        """Further ways to reach somebody, beside the address."""
        return []

    def set_payer_groups(self, groups: Sequence[PayerGroupRow]) -> None:
        """Offer the clinic's payer groups; an untouched form stays untouched."""
        if list(groups) == self._groups:
            return
        self._groups = list(groups)
        touched = self.dirty
        self.payer.set_choices([Choice(group.id, group.name) for group in groups])
        if not touched:
            self.payer.set_value(self.known_payer())
            self.set_clean()

    def known_payer(self) -> Id | None:
        """The payer group that is stored for this patient."""
        return None

    # --- values ------------------------------------------------------------------------------------

    def candidate(self) -> Candidate:
        """Who it may be, from what is typed so far."""
        birth: Birth | None = self.birth.value()
        return Candidate(
            name=f"{self.given.value()} {self.family.value()}".strip(), sex=self.sex.value(),
            birth_date=birth.date if birth else None, birth_estimated=bool(birth and birth.estimated),
            phone=self.phone.value(), national_id=self.national_id.value(),
        )  # fmt: skip

    def check_all(self) -> str | None:
        """One of the two names is enough."""
        if not self.given.value() and not self.family.value():
            self.given.error(tr("A name is needed; one is enough."))
            self.given.focus_editor()
            return tr("A name is needed; one is enough.")
        return None

    def person(self, **more: Any) -> PersonFacts:
        """What is typed, as facts; `more` are those without a field here."""
        birth: Birth | None = self.birth.value()
        return PersonFacts(
            **{key: self.field(key).value() for key in _COPIED}, sex=self.sex.value() or Sex.UNKNOWN,
            birth_date=birth.date if birth else None, birth_estimated=bool(birth and birth.estimated),
            payer_group_id=self.payer.value(), **more,
        )  # fmt: skip

    def kin(self, known: NewContact | None = None) -> tuple[NewContact, ...]:
        """The next of kin, when one is named."""
        if not self.kin_name.value() and not (self.kin_phone.value() or self.kin_relation.value()):
            return ()
        kind = known.kind if known else ContactKind.NEXT_OF_KIN
        return (
            NewContact(
                self.kin_name.value(), kind, self.kin_relation.value(), self.kin_phone.value(),
                known.address if known else "", known.id if known else None,
            ),
        )  # fmt: skip


class NewPatientForm(PatientForm):
    """Somebody new. Likely duplicates are shown before anything is saved; a second save means "another person"."""

    duplicates_found = Signal()
    """The store knows people who look like this one: look at them first."""

    def __init__(self, context: DeskContext) -> None:
        super().__init__(context, "reception.new_form", save_text=tr("Register pati&ent"))
        self._plain_text = tr("Register pati&ent")
        self._anyway = False
        self.allergy_state = allergy_state_field("reception.allergy_state")
        self.substances = SubstancesField("reception.substances", context)
        self.add(self.allergy_state)
        self.add(self.substances)
        buttons_below_fields(self)
        self.allergy_state.changed.connect(self._on_allergy_state)
        for field in (self.given, self.family, self.birth, self.sex, self.phone, self.national_id):
            field.changed.connect(self._ask_again)
        self.begin("")

    def begin(self, name: str) -> None:
        """A blank form; `name` is what was searched for, the last word of several being the family name."""
        self.reset()
        first, _blank, last = name.strip().rpartition(" ")
        self.given.set_value((first or last).title() if name.islower() else first or last)
        self.family.set_value((last.title() if name.islower() else last) if first else "")
        self.allergy_state.set_value(AllergyState.NOT_ASKED)
        self._ask_again()
        self.set_clean()
        self.use_draft("new")

    def abandon(self) -> None:
        """The person is known already: throw away what was typed."""
        self.begin("")
        self.form_context.drafts.drop(self.name, "new")

    def prepare(self) -> Callable[[], Outcome[Any]]:
        """Register."""
        clinic, actor = self.context.clinic, self.context.actor
        state = self.allergy_state.value() or AllergyState.NOT_ASKED
        recorded = state is AllergyState.RECORDED
        command = RegisterPatient(
            key=self.key, person=self.person(), contacts=self.kin(), allergy_state=state,
            allergies=self.substances.value() if recorded else (), anyway=self._anyway,
        )  # fmt: skip
        return lambda: register_patient(clinic, actor, command)

    def on_refused(self, error: ClinicError) -> bool:
        """Likely duplicates: show them, and let the next save mean it."""
        if not isinstance(error, PossibleDuplicate):
            return False
        self._anyway = True
        self._set_save_text(tr("R&egister as another person"))
        self.candidate_changed.emit(self.candidate())
        self.duplicates_found.emit()
        return True

    def _ask_again(self) -> None:
        """Other details: whoever looks alike is asked for again before the next save."""
        self._anyway = False
        self._set_save_text(self._plain_text)

    def _set_save_text(self, text: str) -> None:
        self._save_text = text
        self.save_button.setText(text)

    def _on_allergy_state(self) -> None:
        has = self.allergy_state.value() is AllergyState.RECORDED
        self.substances.setVisible(has)
        if not has:
            self.substances.clear()


class CorrectPatientForm(PatientForm):
    """What is known of somebody, to be corrected. The number stays."""

    def __init__(self, context: DeskContext) -> None:
        self._shown: PatientDetails | None = None
        super().__init__(context, "reception.correct_form", save_text=tr("Save corr&ections"))
        self.occupation = TextField("reception.occupation", tr("&Occupation"), max_length=80)
        self.spoken = TextField("reception.language", tr("Language spoken"), max_length=20)
        self.blood: ChoiceField[BloodGroup] = ChoiceField(
            "reception.blood_group", tr("Bloo&d group"), choices_of(BloodGroup), blank=tr("– unknown –")
        )
        self.died = DateField("reception.deceased_on", tr("Died on"), today=context.today)
        self.add_row(self.occupation, self.spoken, self.blood, self.died)
        buttons_below_fields(self)

    def name_fields(self) -> list[Field]:
        """Middle names too."""
        return [TextField("reception.middle_name", tr("&Middle names"), max_length=80)]

    def reach_fields(self) -> list[Field]:
        """E-mail too."""
        return [TextField("reception.email", tr("Email"), max_length=120)]

    def show_details(self, details: PatientDetails) -> None:
        """Begin with what is known now."""
        self.reset()
        self._shown = details
        self._fill(details, set(self._values(details)))
        self.birth.required = self.birth.required and not details.unknown_person
        self.set_clean()
        self.use_draft(details.id, details.version)

    def known_payer(self) -> Id | None:
        """As the record has it."""
        return self._shown.payer_group_id if self._shown else None

    @staticmethod
    def _values(details: PatientDetails) -> dict[str, Any]:
        kin = details.contacts[0] if details.contacts else None
        values: dict[str, Any] = {key: getattr(details, key) for key in (*_COPIED, *_MORE)}
        birth = Birth(details.birth_date, details.birth_estimated) if details.birth_date else None
        return values | {
            "sex": details.sex, "birth_date": birth, "payer_group_id": details.payer_group_id,
            "blood_group": details.blood_group, "deceased_on": details.deceased_on,
            "contact_name": kin.name if kin else "", "relationship": kin.relationship if kin else "",
            "contact_phone": kin.phone if kin else "",
        }  # fmt: skip

    def _fill(self, details: PatientDetails, keys: set[str]) -> None:
        for key, value in self._values(details).items():
            if key in keys:
                self.field(key).set_value(value)

    def candidate(self) -> Candidate:
        """The same person is no duplicate of itself."""
        found = super().candidate()
        known = self._shown.id if self._shown else None
        return Candidate(
            name=found.name, sex=found.sex, birth_date=found.birth_date, birth_estimated=found.birth_estimated,
            phone=found.phone, national_id=found.national_id, but=known,
        )  # fmt: skip

    def prepare(self) -> Callable[[], Outcome[Any]]:
        """Save what was corrected."""
        shown = self._shown
        assert shown is not None
        clinic, actor = self.context.clinic, self.context.actor
        known = [NewContact(c.name, c.kind, c.relationship, c.phone, c.address, c.id) for c in shown.contacts]
        more: dict[str, Any] = {key: self.field(key).value() for key in _MORE}
        command = CorrectPatient(
            key=self.key, patient_id=shown.id, version=shown.version,
            person=self.person(blood_group=self.blood.value(), deceased_on=self.died.value(), **more),
            contacts=(*self.kin(known[0] if known else None), *known[1:]),
        )  # fmt: skip
        return lambda: correct_patient(clinic, actor, command)

    def on_refused(self, error: ClinicError) -> bool:
        """Somebody was faster: fields that nobody touched here take the new values, the others say what is new."""
        if not isinstance(error, StaleRecord) or self._shown is None:
            return False
        clinic, actor, patient_id = self.context.clinic, self.context.actor, self._shown.id
        self.context.background.read(lambda: patient_details(clinic, actor, patient_id), self._merge, owner=self)
        return False

    def _merge(self, fresh: PatientDetails) -> None:
        assert self._shown is not None
        before, now = self._values(self._shown), self._values(fresh)
        for key in (key for key in now if now[key] != before[key]):
            field = self.field(key)
            if field.value() == before[key] or (not field.value() and not before[key]):
                field.set_value(now[key])
                field.set_hint(tr("changed by somebody else meanwhile"))
            else:
                field.set_hint(tr("somebody else wrote: {value}", value=_shown_value(now[key])))
        self._shown = fresh


def _shown_value(value: Any) -> str:
    return str(value.date) if isinstance(value, Birth) else str(value or tr("nothing"))
