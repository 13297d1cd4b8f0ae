"""Every kind of field, in one place to import from."""

from hms_desktop.ui.kit.choice_fields import Choice, ChoiceField, Segment, SegmentedField, ToggleField, choices_of
from hms_desktop.ui.kit.date_fields import AgeField, Birth, DateField
from hms_desktop.ui.kit.field import Field, Problem
from hms_desktop.ui.kit.number_fields import Limits, MoneyField, NumberField, WholeField
from hms_desktop.ui.kit.search_field import Found, SearchField
from hms_desktop.ui.kit.text_fields import NoteField, TextField

__all__ = [
    "AgeField",
    "Birth",
    "Choice",
    "ChoiceField",
    "DateField",
    "Field",
    "Found",
    "Limits",
    "MoneyField",
    "NoteField",
    "NumberField",
    "Problem",
    "SearchField",
    "Segment",
    "SegmentedField",
    "TextField",
    "ToggleField",
    "WholeField",
    "choices_of",
]
