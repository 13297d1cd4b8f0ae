"""The laboratory: orders, specimens, results and their states."""

from enum import StrEnum


class ResultKind(StrEnum):
    """What a test answers with."""

    NUMBER = "number"
    CHOICE = "choice"
    TEXT = "text"


class LabPriority(StrEnum):
    """FHIR ServiceRequest.priority, most urgent first."""

    STAT = "stat"
    URGENT = "urgent"
    ROUTINE = "routine"


class OrderState(StrEnum):
    """ordered → specimen collected → in progress → completed; cancelled."""

    ORDERED = "ordered"
    COLLECTED = "specimen_collected"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class SpecimenState(StrEnum):
    """FHIR Specimen.status in the bench's words."""

    COLLECTED = "collected"
    RECEIVED = "received"
    REJECTED = "rejected"


class ResultStatus(StrEnum):
    """FHIR Observation.status."""

    PRELIMINARY = "preliminary"
    FINAL = "final"
    CORRECTED = "corrected"
    CANCELLED = "cancelled"


class Flag(StrEnum):
    """HL7 interpretation codes. Empty text in the store means no range was known."""

    NORMAL = "N"
    LOW = "L"
    HIGH = "H"
    CRITICAL_LOW = "LL"
    CRITICAL_HIGH = "HH"
    ABNORMAL = "A"
