"""The one form of an object name: `role.thing`, and `role.thing_part` for a part of a thing."""


def part_of(name: str, part: str) -> str:
    """The name of a part: `triage.void` has `triage.void_reason`; a role alone, `paper`, has `paper.pages`."""
    return f"{name}_{part}" if "." in name else f"{name}.{part}"
