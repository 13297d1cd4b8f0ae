"""Turns an error's code and facts into a sentence that names the item and says the way out.

Codes and facts are those of `domain/errors.py`, handed over as plain values: `sentence(error.code, error.facts)`.
"""

from collections.abc import Mapping

from hms_desktop.words.facts import in_words
from hms_desktop.words.labels import LABELS
from hms_desktop.words.language import N_, tr, trc

SENTENCES: dict[str, str] = {
    "clinic_error": N_("This did not work. Nothing was saved."),
    "refused": N_("The clinic's rules do not allow this."),
    "invalid_value": N_("{field} {reason}."),
    "not_allowed": N_("You may not {right}. Ask somebody who may, or an administrator for the right."),
    "not_signed_in": N_("The user name or the password is wrong. Try again, or ask an administrator."),
    "sign_in_locked": N_("Too many wrong tries. Try again at {until}, or ask an administrator to unlock the user."),
    "password_too_weak": N_("This password {reason}. Choose another one: a few unrelated words are good."),
    "second_person_needed": N_(
        "Above {limit} a second person who may {right} must agree. Ask that person to sign here."
    ),
    "not_found": N_("This {kind} is not in the store any more. Go back and search again."),
    "stale_record": N_(
        "Somebody else changed this {kind} while you worked on it. Nothing was overwritten: look at the new values,"
        " then save again."
    ),
    "key_reused": N_(
        "This form was saved already with other values. Close it, open it again and check what was saved."
    ),
    "wrong_state": N_("This is not possible now: the {kind} is “{state}”. Open it again to see what can be done."),
    "taken_by_somebody": N_("{by} was quicker with this {kind}. The list shows what is left; choose another one."),
    "already_exists": N_("{field} “{value}” is in use already. Choose another one, or open the {kind} that has it."),
    "possible_duplicate": N_(
        "{count} known patients look like this one. Open the right one, or save as new if it is another person."
    ),
    "reason_needed": N_("Write the reason for {what}."),
    "not_enough_stock": N_(
        "There is not enough {medication}: {wanted} asked, {available} here. Give what is here and owe the rest,"
        " or receive stock."
    ),
    "only_expired_stock": N_(
        "No {medication} may be given: lots here: {lots}, all expired (the last on {expiry}). Receive new stock and"
        " write these off."
    ),
    "unsafe_notation": N_("{field}: “{found}” is easily misread. Write “{instead}” instead."),
    "batch_expired": N_(
        "Batch {batch} of {medication} expired on {expiry}. Take another batch and write this one off."
    ),
    "allergy_conflict": N_(
        "The patient is allergic to {substance} ({severity}), and {medication} is or contains it. Choose another"
        " medicine, or give the reason to go on."
    ),
    "not_paid": N_(
        "{item} is not paid: {amount}. Send the patient to the cashier, or go on as an emergency with a reason."
    ),
    "open_visit_exists": N_("The patient is here already: visit {visit} is open. Go on with that visit."),
    "visit_not_finished": N_("The visit still has open work: {open}. Finish it, or close the visit with a reason."),
    "visit_has_work": N_(
        "Something was done at visit {visit} already, so it can't be cancelled. Close it, with the reason."
    ),
    "death_needs_clinician": N_(
        "That a patient has died is stated by a nurse or a doctor. Ask one to sign here, or choose another outcome."
    ),
    "patient_deceased": N_(
        "{patient} died on {died} according to the record. If that is wrong, correct the details first."
    ),
    "too_much_money": N_("{field}: {amount} is more than the {limit} that is possible. Type a smaller amount."),
    "no_cash_session": N_("You have no open cash session. Open one with its float, then take the money."),
    "not_enough_cash": N_("The drawer does not hold {amount} in cash. Put cash in first, or give it back another way."),
    "cash_session_stale": N_("The cash session of {opened} is still open. Count and close it, then open today's."),
    "code_used": N_("The code {code} was used before, on receipt {receipt}. Check the code with the patient's phone."),
    "no_price_yet": N_(
        "There is no price yet for: {items}. Set one in Administration, Prices, or ask who may; then try again."
    ),
    "already_ordered": N_(
        "The patient waits for this already: {tests}. Look at the order, or order it again if that is meant."
    ),
    "critical_not_called": N_("{test} {value} is critical. Call the doctor first, and note whom you reached and when."),
    "wrong_number_kind": N_("{number} is {found_kind}, not {wanted_kind}. Nothing was done; scan the right one."),
    "wrong_specimen": N_(
        "Stop: {accession} belongs to {patient}, not to {expected}. Put it aside and check the label with the patient."
    ),
    "specimen_rejected": N_("Specimen {accession} was rejected: {why}. Ask for a new one."),
    "needs_verification": N_("{test} must be verified by a second person before it is released."),
    "last_administrator": N_(
        "After this nobody could change users and roles any more ({name} is the last). Make somebody else an"
        " administrator first."
    ),
    "own_account": N_("You can't close the account that you work with. Ask another administrator."),
    "in_use": N_("The {kind} “{name}” is still in use ({count} × {users}). Give those another one first."),
    "store_failed": N_(
        "Saving did not work, and nothing was lost on this screen. Try again; if it stays so, call for help."
    ),
    "unreachable": N_("{store} can't be reached. Nothing was saved; check the cable or the network, then try again."),
    "store_full": N_("The disk of {store} is full. Nothing was saved; free some space, then try again."),
    "store_read_only": N_(
        "{store} can't be written. Nothing was saved; ask whoever looks after this PC to allow writing."
    ),
    "store_damaged": N_("{store} is not a sound store. Do not work on; restore the last backup or call for help."),
    "store_newer": N_(
        "{store} was written by a newer program (its version {found}, this program knows {known}). Update this program."
    ),
    "store_missing": N_("There is no store at {store}. Check the place, or make one with “hms init”."),
    "store_not_empty": N_("A clinic lives at {store} already. Choose another place; nothing was touched."),
    "not_a_clinic": N_(
        "{store} belongs to another program. Nothing was touched; name another place, or make a clinic with “hms init”."
    ),
    "store_is_folder": N_("{store} is a folder, not a store. Name the file in it, such as {store}/clinic.db."),
    "no_place_for_store": N_("Nothing can be kept at {store}. Name a place in a folder that can be written."),
    "database_missing": N_(
        "The server answers, but there is no database {store}. Check the name, or ask whoever looks after the server"
        " to make it."
    ),
    "not_let_in": N_(
        "The server of {store} does not let this PC in. Check the user and the password, or ask whoever looks after it."
    ),
    "store_on_share": N_(
        "{store} lies on a network share, where a store gets damaged. Put it on this PC, or use PostgreSQL."
    ),
    "store_busy": N_("Another program holds {store}. Nothing was saved; close that program or try again in a moment."),
    "station_unknown": N_("This PC is new to the clinic at {store}. An administrator signs in here once to add it."),
    "training_only": N_(
        "{store} is a real clinic. The tour brings made-up patients, so it walks only in a training clinic: leave out"
        " --store, or name an empty place."
    ),
    "can_not_write": N_("{target} can't be written. Choose another place, or make room there."),
    "bad_input": N_("{source} {reason}. Nothing was taken from it; mend it, then try again."),
}
"""code → English sentence; its placeholders are facts that the error's docstring names."""

IN_A_LINE = N_("Line {line} of {source} {reason}. Mend that line, then try again.")
"""What a bad input says when the line is known."""


class _Said(dict[str, str]):
    """Facts in words; a fact that nobody gave is said so, for a sentence must never fail while telling a failure."""

    def __missing__(self, name: str) -> str:
        return tr("(not known)")


def sentence(code: str, facts: Mapping[str, object]) -> str:
    """What a person is told. An unknown code (a newer station's) gets the general sentence with the code."""
    text = IN_A_LINE if code == "bad_input" and facts.get("line") else SENTENCES.get(code)
    if text is None:
        return tr("This did not work ({code}). Nothing was saved.", code=code)
    said = _Said(in_words(facts))
    if "reason" in said:
        said["reason"] = _reason(str(facts["reason"]), said)
    words = tr(text)
    filled = words.format_map(said)
    return filled if words.startswith("{") and not words.startswith("{field}") else _capitalised(filled)


def reason(code: str, facts: Mapping[str, object]) -> str:
    """Why a value can't be, in words that follow the name of its field."""
    return _reason(code, _Said(in_words(facts)))


def _reason(code: str, said: _Said) -> str:
    """The reason in words, its own placeholders filled; free text stays as it was written."""
    text = LABELS["reason"].get(code)
    return trc("reason", text).format_map(said) if text else code.replace("_", " ")


def _capitalised(text: str) -> str:
    """The first letter of a sentence large. One that begins with somebody's own name keeps it as it is written."""
    return text[:1].upper() + text[1:]
