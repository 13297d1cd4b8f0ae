"""One small family of errors: each class is a situation with a code and its facts, and no sentences.

`words/errors.py` turns a code into a sentence that names the item and the way out.
"""

from typing import ClassVar


class ClinicError(Exception):
    """Something a person must be told. `facts` are what the sentence names; ids, numbers, plain words only."""

    code: ClassVar[str] = "clinic_error"

    def __init__(self, **facts: object) -> None:
        super().__init__(self.code, facts)
        self.facts = facts

    @property
    def field(self) -> str | None:
        """The command field at fault, when there is one: shown beside that field."""
        value = self.facts.get("field")
        return value if isinstance(value, str) else None


class Refused(ClinicError):
    """A rule of the clinic forbids it."""

    code = "refused"


class InvalidValue(Refused):
    """A field's value can't be. Facts: `field`, `reason` (a code such as required, too_long, range), and the limits."""

    code = "invalid_value"


class NotAllowed(Refused):
    """The person lacks a right. Facts: `right`."""

    code = "not_allowed"


class NotSignedIn(Refused):
    """Unknown user, wrong password or locked. Facts: none, so that nobody learns which."""

    code = "not_signed_in"


class SignInLocked(Refused):
    """Too many tries. Facts: `until` (local time text)."""

    code = "sign_in_locked"


class PasswordTooWeak(Refused):
    """Facts: `field`, `reason` (short, common, same_as_name)."""

    code = "password_too_weak"


class SecondPersonNeeded(Refused):
    """Another person with the right must agree. Facts: `right`, `limit`."""

    code = "second_person_needed"


class NotFound(Refused):
    """No such fact. Facts: `kind`, `id`."""

    code = "not_found"


class StaleRecord(Refused):
    """Somebody else changed it meanwhile. Facts: `kind`, `id`, `current` (the new values)."""

    code = "stale_record"


class KeyReused(Refused):
    """A one-time key came back with another command. Facts: `service`."""

    code = "key_reused"


class WrongState(Refused):
    """The step is not possible from here. Facts: `kind`, `state`, `wanted`."""

    code = "wrong_state"


class TakenBySomebody(Refused):
    """Somebody else won the row. Facts: `kind`, `by` (name, when known)."""

    code = "taken_by_somebody"


class AlreadyExists(Refused):
    """A natural key is in use. Facts: `kind`, `field`, `value`."""

    code = "already_exists"


class PossibleDuplicate(Refused):
    """The new patient looks like known ones. Facts: `count`."""

    code = "possible_duplicate"


class ReasonNeeded(Refused):
    """A void, refund, override or adjustment needs a reason. Facts: `field`, `what`."""

    code = "reason_needed"


class NotEnoughStock(Refused):
    """Facts: `medication`, `wanted`, `available`."""

    code = "not_enough_stock"


class OnlyExpiredStock(NotEnoughStock):
    """What lies there is all expired. Facts: `medication`, `wanted`, `lots` (how many), `expiry` (the last one's)."""

    code = "only_expired_stock"


class UnsafeNotation(Refused):
    """A dose is written in a way that has been misread. Facts: `field`, `found`, `instead` (the safe spelling)."""

    code = "unsafe_notation"


class BatchExpired(Refused):
    """Facts: `medication`, `batch`, `expiry`."""

    code = "batch_expired"


class AllergyConflict(Refused):
    """A recorded allergy speaks against the medicine. Facts: `medication`, `substance`, `severity`."""

    code = "allergy_conflict"


class NotPaid(Refused):
    """The clinic serves only what is paid or waived. Facts: `item`, `amount`."""

    code = "not_paid"


class NoPriceYet(Refused):
    """What was done can't be charged: nobody has set a price for it. Facts: `items`."""

    code = "no_price_yet"


class OpenVisitExists(Refused):
    """The patient is already here today. Facts: `visit` (number)."""

    code = "open_visit_exists"


class VisitNotFinished(Refused):
    """The visit still has open work. Facts: `open` (codes, comma separated)."""

    code = "visit_not_finished"


class VisitHasWork(Refused):
    """A visit at which something was done is closed, not cancelled. Facts: `visit` (number)."""

    code = "visit_has_work"


class DeathNeedsClinician(NotAllowed):
    """Only somebody who treats patients states that one died. Facts: `right` (one that would do)."""

    code = "death_needs_clinician"


class PatientDeceased(Refused):
    """Nobody opens a visit for a patient who has died. Facts: `patient`, `died` (date)."""

    code = "patient_deceased"


class TooMuchMoney(Refused):
    """More than is owed or was taken. Facts: `field`, `amount`, `limit`."""

    code = "too_much_money"


class NoCashSession(Refused):
    """Money needs an open cash session at this station. Facts: none."""

    code = "no_cash_session"


class NotEnoughCash(Refused):
    """The drawer does not hold that much cash. Facts: `amount`; not what it holds, for it is counted blind."""

    code = "not_enough_cash"


class CashSessionStale(Refused):
    """Yesterday's session is still open. Facts: `opened` (date)."""

    code = "cash_session_stale"


class CodeUsed(Refused):
    """A mobile-money code was used before. Facts: `code`, `receipt`."""

    code = "code_used"


class AlreadyOrdered(Refused):
    """The visit waits for these tests already. Facts: `field`, `tests` (names)."""

    code = "already_ordered"


class CriticalNotCalled(Refused):
    """A critical result is released only when somebody was told. Facts: `test`, `value`."""

    code = "critical_not_called"


class WrongNumberKind(Refused):
    """What was scanned or typed is a number of another kind. Facts: `field` (of a form), `number`, `found_kind`,
    `wanted_kind` (kinds of numbers; `wanted_kind` may be `at_pharmacy`, a field that takes several).
    """

    code = "wrong_number_kind"


class WrongSpecimen(Refused):
    """What was scanned or typed belongs to somebody else: stop. Facts: `accession`, `patient` (whose it is),
    `expected` (whom one works on).
    """

    code = "wrong_specimen"


class SpecimenRejected(Refused):
    """The specimen can't be used; a new one was asked for. Facts: `accession`, `why`."""

    code = "specimen_rejected"


class NeedsVerification(Refused):
    """A second person must verify. Facts: `test`."""

    code = "needs_verification"


class LastAdministrator(Refused):
    """Somebody must be left who may mend users and roles. Facts: `name` (the person or role it was about)."""

    code = "last_administrator"


class OwnAccount(Refused):
    """Nobody closes the account that they work with. Facts: none."""

    code = "own_account"


class InUse(Refused):
    """Other facts still name it. Facts: `kind`, `name`, `count`, `users` (the kind of fact that names it)."""

    code = "in_use"


class StoreFailed(ClinicError):
    """The machine's fault, not the person's: nothing was saved."""

    code = "store_failed"


class Unreachable(StoreFailed):
    """The store can't be reached. Facts: `store`."""

    code = "unreachable"


class StoreFull(StoreFailed):
    """The disk is full. Facts: `store`."""

    code = "store_full"


class StoreReadOnly(StoreFailed):
    """The disk or file is read-only. Facts: `store`."""

    code = "store_read_only"


class StoreDamaged(StoreFailed):
    """The file is not a sound store. Facts: `store`."""

    code = "store_damaged"


class StoreNewer(StoreFailed):
    """A newer program wrote this store. Facts: `store`, `found`, `known`."""

    code = "store_newer"


class StoreMissing(StoreFailed):
    """There is no store here. Facts: `store`."""

    code = "store_missing"


class StoreNotEmpty(StoreFailed):
    """A clinic lives here already. Facts: `store`."""

    code = "store_not_empty"


class NotAClinic(StoreFailed):
    """The store is another program's. Facts: `store`."""

    code = "not_a_clinic"


class StoreIsFolder(StoreFailed):
    """A folder was named where a store file is wanted. Facts: `store`."""

    code = "store_is_folder"


class NoPlaceForStore(StoreFailed):
    """No file can be made at this place. Facts: `store`."""

    code = "no_place_for_store"


class DatabaseMissing(StoreFailed):
    """The server answers and has no such database. Facts: `store`."""

    code = "database_missing"


class NotLetIn(StoreFailed):
    """The server answers and refuses the user or the password. Facts: `store`."""

    code = "not_let_in"


class StoreOnShare(StoreFailed):
    """A store file must not lie on a network share. Facts: `store`."""

    code = "store_on_share"


class StoreBusy(StoreFailed):
    """Another program holds the store for too long. Facts: `store`."""

    code = "store_busy"


class StationUnknown(Refused):
    """This PC has no station in the clinic yet; an administrator must sign in once. Facts: `store`."""

    code = "station_unknown"


class TrainingOnly(Refused):
    """What was asked walks with made-up people, so only in a training clinic. Facts: `store`."""

    code = "training_only"


class CanNotWrite(ClinicError):
    """A file or folder for what the program gives out can't be written. Facts: `target`."""

    code = "can_not_write"


class BadInput(ClinicError):
    """A file or argument can't be used. Facts: `source`, `reason`, `line`."""

    code = "bad_input"
