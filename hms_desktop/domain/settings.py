"""Every setting of the clinic, declared once: name, kind, default, limits. The settings page is built from this list.

To add one: add a `Setting` here and its label in `words/settings.py`; read it with `data.queries.settings.value`.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Kind = Literal["flag", "whole", "money", "choice", "text"]
Value = bool | int | str | Decimal


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting. `group` is the heading on the page; money is in the clinic's currency."""

    name: str
    kind: Kind
    default: Value
    group: str
    choices: tuple[str, ...] = ()
    low: int = 0
    high: int = 1_000_000


SETTINGS: tuple[Setting, ...] = (
    Setting("idle_lock_minutes", "whole", 5, "security", low=1, high=240),
    Setting("sign_in_tries", "whole", 5, "security", low=3, high=20),
    Setting("sign_in_lock_minutes", "whole", 10, "security", low=1, high=1440),
    Setting("password_length", "whole", 8, "security", low=8, high=64),
    Setting("lab_own_release", "flag", False, "lab"),
    Setting("retriage_red_minutes", "whole", 0, "triage", high=1440),
    Setting("retriage_orange_minutes", "whole", 10, "triage", high=1440),
    Setting("retriage_yellow_minutes", "whole", 60, "triage", high=1440),
    Setting("retriage_green_minutes", "whole", 240, "triage", high=1440),
    Setting("prescription_valid_days", "whole", 30, "pharmacy", low=1, high=365),
    Setting("expiring_months", "whole", 3, "pharmacy", low=1, high=24),
    Setting("adjustment_limit", "money", Decimal(5000), "pharmacy"),
    Setting("refund_limit", "money", Decimal(500), "billing"),
    Setting("waiver_limit", "money", Decimal(2000), "billing"),
    Setting("rounding", "choice", "none", "billing", choices=("none", "nearest", "up")),
    Setting("smallest_coin", "money", Decimal(1), "billing"),
    Setting("bill_due_days", "whole", 30, "billing", low=0, high=365),
    Setting("mobile_operators", "text", "M-Pesa, Airtel Money", "billing"),
    Setting("consultation_item", "text", "consultation_general", "billing"),
    Setting("registration_item", "text", "", "billing"),
    Setting("print_ticket", "flag", True, "printing"),
    Setting("print_receipt", "flag", True, "printing"),
)


@dataclass(frozen=True, slots=True)
class SettingRow:
    """A declared setting with the clinic's value. `version` 0: nothing is stored, the default counts."""

    declared: Setting
    value: Value
    version: int


BY_NAME: dict[str, Setting] = {setting.name: setting for setting in SETTINGS}
