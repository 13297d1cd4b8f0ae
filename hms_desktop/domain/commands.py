"""What every save has in common: a frozen command with a one-time key made when its form opened."""

from dataclasses import dataclass, field

from hms_desktop.domain.ids import Id, new_id


@dataclass(frozen=True, kw_only=True)
class Command:
    """What a person asks for. The same `key` twice is the same save, not a second one."""

    key: Id = field(default_factory=new_id)
