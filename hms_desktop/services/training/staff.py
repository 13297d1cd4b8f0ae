"""Who works at the training clinic: accounts with shipped roles and one password, which is hashed once."""

from collections.abc import Mapping, Sequence

from hms_desktop.data.queries.accounts import credentials
from hms_desktop.data.queries.catalogue_rows import by_key
from hms_desktop.data.tables.accounts import Role, UserAccount, UserRole
from hms_desktop.domain.accounts import SYSTEM, Actor
from hms_desktop.domain.ids import Id
from hms_desktop.domain.patients import Sex
from hms_desktop.interop.demo_clinic import StaffRow
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.passwords import hashed

_SEXES = {"f": Sex.FEMALE, "m": Sex.MALE}


def hire(clinic: Clinic, rows: Sequence[StaffRow], departments: Mapping[str, Id], password: str) -> dict[str, Actor]:
    """Make everybody's account (the administrator has one already); who they are, by user name."""
    secret = hashed(password)
    with clinic.work(SYSTEM, "training.hire") as work:
        roles = {code: row.id for (code,), row in by_key(work, Role, ("code",)).items()}
        known = {name for (name,) in by_key(work, UserAccount, ("username",))}
        for row in rows:
            if row.username in known:
                continue
            user = work.insert(
                UserAccount, username=row.username, given_name=row.given, family_name=row.family,
                gender=_SEXES[row.gender], department_id=departments.get(row.department), licence_number=row.licence,
                language="en", active=True, verified=True, password_hash=secret, failed_tries=0,
            )  # fmt: skip
            work.insert_many(UserRole, [{"user_id": user, "role_id": roles[role]} for role in row.roles])
        work.finish()
    with clinic.read(SYSTEM) as reader:
        found = {row.username: credentials(reader, row.username) for row in rows}
    return {
        name: Actor(each.user_id, each.username, each.name, each.rights, each.windows, each.language)
        for name, each in found.items()
        if each is not None
    }
