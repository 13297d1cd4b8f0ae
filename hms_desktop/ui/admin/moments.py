"""Moments as the administrator's lists show them: in the clinic's own time."""

from datetime import datetime
from zoneinfo import ZoneInfo

from hms_desktop.services.clinic import Clinic
from hms_desktop.words.facts import shown


def moment(clinic: Clinic, at: datetime | None) -> str:
    """`05-Mar-2026 14:05`; only `14:05` when it is today; '' when never."""
    if at is None:
        return ""
    zone = ZoneInfo(clinic.facility.time_zone)
    local = at.astimezone(zone)
    return f"{local:%H:%M}" if local.date() == clinic.clock().astimezone(zone).date() else shown(local)
