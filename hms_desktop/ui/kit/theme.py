"""One visual voice: Fusion with our own palette, one type scale, an 8-px grid, three looks.

Contrast (WCAG 2.2): text 4.5:1 on what it stands on, edges and icons 3:1. `tests/ui/kit` measures every pair.
"""

import re
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import lru_cache
from string import Template

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from hms_desktop.system.paths import resources

GRID = 8
TARGET = 24
MAIN_TARGET = 40
FAMILIES = ("Segoe UI", "Noto Sans", "DejaVu Sans", "Noto Sans Arabic")


class Look(StrEnum):
    """The three looks."""

    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "high_contrast"


class TypeSize(StrEnum):
    """The type scale. DISPLAY is for amounts that are read across a counter."""

    SMALL = "small"
    BODY = "body"
    LARGE = "large"
    TITLE = "title"
    DISPLAY = "display"


_PIXELS = {TypeSize.SMALL: 12, TypeSize.BODY: 14, TypeSize.LARGE: 16, TypeSize.TITLE: 20, TypeSize.DISPLAY: 36}


@dataclass(frozen=True, slots=True)
class Tones:
    """Every colour the program uses, by its role."""

    window: str
    base: str
    raised: str
    text: str
    muted: str
    line: str
    edge: str
    accent: str
    accent_hover: str
    on_accent: str
    chosen: str
    on_chosen: str
    focus: str
    focus_on_accent: str
    bar: str
    on_bar: str
    info: str
    on_info: str
    good: str
    on_good: str
    warn: str
    on_warn: str
    error: str
    on_error: str
    good_ink: str
    warn_ink: str
    error_ink: str
    band: str


LIGHT = Tones(
    window="#F3F5F7", base="#FFFFFF", raised="#E8EDF1", text="#1A242D", muted="#4D5C69", line="#D3DAE0", edge="#7B8995",
    accent="#0E5F8A", accent_hover="#0A4F74", on_accent="#FFFFFF", chosen="#D6E9F5", on_chosen="#0A2C40",
    focus="#1672C4", focus_on_accent="#061A26", bar="#0C3F5C", on_bar="#FFFFFF",
    info="#DCEBF7", on_info="#0B3B5C", good="#DDF1E0", on_good="#14471F", warn="#FFF0C7", on_warn="#5A3B00",
    error="#FBE0DD", on_error="#7A150F", good_ink="#1E6B2C", warn_ink="#7A5200", error_ink="#A8201A", band="#D9EFDD",
)  # fmt: skip
DARK = Tones(
    window="#12181D", base="#1A2229", raised="#242E37", text="#E7ECF0", muted="#A9B6C1", line="#33404B", edge="#74838F",
    accent="#4DA9DE", accent_hover="#6CBBE8", on_accent="#06202F", chosen="#1F4A66", on_chosen="#FFFFFF",
    focus="#7CC7F5", focus_on_accent="#FFFFFF", bar="#0A2A3E", on_bar="#F2F7FA",
    info="#17364C", on_info="#D4EAF9", good="#173A20", on_good="#CFF0D5", warn="#43340A", on_warn="#FFE7A6",
    error="#4D1B18", on_error="#FFD9D5", good_ink="#7FD08D", warn_ink="#F2C64B", error_ink="#FF9A91", band="#1E3A27",
)  # fmt: skip
HIGH_CONTRAST = Tones(
    window="#000000", base="#000000", raised="#1C1C1C", text="#FFFFFF", muted="#E6E6E6", line="#FFFFFF", edge="#FFFFFF",
    accent="#FFD400", accent_hover="#FFE45C", on_accent="#000000", chosen="#FFD400", on_chosen="#000000",
    focus="#00E5FF", focus_on_accent="#00E5FF", bar="#000000", on_bar="#FFFFFF",
    info="#000000", on_info="#FFFFFF", good="#000000", on_good="#7CFF8A", warn="#000000", on_warn="#FFD400",
    error="#000000", on_error="#FF9E96", good_ink="#7CFF8A", warn_ink="#FFD400", error_ink="#FF9E96", band="#123D1A",
)  # fmt: skip
_TONES = {Look.LIGHT: LIGHT, Look.DARK: DARK, Look.HIGH_CONTRAST: HIGH_CONTRAST}


class _Dress(QObject):
    """What the program wears now; widgets that paint themselves listen to `changed`."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.look = Look.LIGHT
        self.scale = 1.0


@lru_cache(maxsize=1)
def dress() -> _Dress:
    """The one thing that says which look is worn."""
    return _Dress()


def tones() -> Tones:
    """The colours of the look that is worn."""
    return _TONES[dress().look]


def tones_of(look: Look) -> Tones:
    """The colours of a look."""
    return _TONES[look]


def px(pixels: int) -> int:
    """`pixels` at the chosen text size."""
    return round(pixels * dress().scale)


def font(size: TypeSize = TypeSize.BODY, *, bold: bool = False) -> QFont:
    """A font of the type scale."""
    result = QFont()
    result.setFamilies(list(FAMILIES))
    result.setPixelSize(px(_PIXELS[size]))
    if bold:
        result.setWeight(QFont.Weight.DemiBold)
    return result


TYPE_AHEAD_MS = 2000
"""How long letters typed on a list belong together: a slow PC must not make one word into three searches."""


def apply_theme(app: QApplication, look: Look = Look.LIGHT, *, scale: float = 1.0) -> None:
    """Dress the whole program. `scale` is the text size chosen by the person (1.0 to 2.0)."""
    worn = dress()
    worn.look, worn.scale = look, scale
    app.setStyle("Fusion")
    app.setPalette(_palette(tones()))
    app.setKeyboardInputInterval(TYPE_AHEAD_MS)
    app.setFont(font())
    app.setStyleSheet(_style_sheet(look))
    worn.changed.emit()


def label(text: str = "", size: TypeSize = TypeSize.BODY, *, bold: bool = False, muted: bool = False) -> QLabel:
    """A label of the type scale that follows the look."""
    result = QLabel(text)
    result.setProperty("typeSize", size.value)
    result.setProperty("strong", bold)
    result.setProperty("muted", muted)
    return result


def set_look_property(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet looks at, and let it look again."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    light, dark = sorted((_luminance(QColor(first)), _luminance(QColor(second))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: QColor) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)

    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF())


def _palette(tone: Tones) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for name, colour in (
        (role.Window, tone.window), (role.WindowText, tone.text), (role.Base, tone.base), (role.Text, tone.text),
        (role.AlternateBase, tone.window), (role.Button, tone.raised), (role.ButtonText, tone.text),
        (role.Highlight, tone.chosen), (role.HighlightedText, tone.on_chosen), (role.ToolTipBase, tone.raised),
        (role.ToolTipText, tone.text), (role.PlaceholderText, tone.muted), (role.Link, tone.accent),
        (role.LinkVisited, tone.accent), (role.Accent, tone.accent), (role.Mid, tone.edge), (role.Dark, tone.edge),
        (role.Light, tone.base), (role.Midlight, tone.line), (role.BrightText, tone.error_ink),
    ):  # fmt: skip
        palette.setColor(name, QColor(colour))
    for name in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, QColor(tone.muted))
    return palette


def _style_sheet(look: Look) -> str:
    words = {f"{name}": str(value) for name, value in asdict(_TONES[look]).items()}
    words |= {f"size_{size.value}": f"{px(pixels)}px" for size, pixels in _PIXELS.items()}
    words["look"] = look.value
    words["theme"] = (resources() / "theme").as_posix()
    source = (resources() / "theme" / "hms.qss").read_text(encoding="utf-8")
    filled = Template(source).substitute(words)
    return re.sub(r"(\d+)gp", lambda found: f"{px(int(found.group(1)))}px", filled)
