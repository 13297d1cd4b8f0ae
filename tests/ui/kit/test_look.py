import itertools
import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QWidget
from pytestqt.qtbot import QtBot

from hms_desktop.domain.ids import new_id
from hms_desktop.domain.patients import AllergyRow, AllergySeverity, AllergyState, PatientBanner, Sex
from hms_desktop.system.paths import resources
from hms_desktop.ui.kit.badges import _TRIAGE
from hms_desktop.ui.kit.banner import BannerView
from hms_desktop.ui.kit.cells import isolated
from hms_desktop.ui.kit.chart import ChartPoint, LineChart
from hms_desktop.ui.kit.icons import icon, pixmap
from hms_desktop.ui.kit.message_bar import MessageBar
from hms_desktop.ui.kit.messages import Level, MessageAction, Messages
from hms_desktop.ui.kit.shortcuts import Key
from hms_desktop.ui.kit.theme import Look, TypeSize, apply_theme, contrast, font, px, tones_of

TEXT = [
    tuple(pair.split("/"))
    for pair in (
        "text/window text/base text/raised muted/window muted/base muted/raised on_accent/accent "
        "on_accent/accent_hover on_chosen/chosen on_bar/bar on_info/info on_good/good on_warn/warn on_error/error "
        "good_ink/base warn_ink/base error_ink/base error_ink/window text/band"
    ).split()
]
EDGES = [("edge", "base"), ("edge", "window"), ("focus", "base"), ("focus", "window"), ("accent", "base")]


@pytest.mark.parametrize("look", Look)
def test_text_and_edges_have_the_contrast_they_need(look: Look) -> None:
    worn = tones_of(look)
    weak = [
        (over, under, round(ratio, 2))
        for pairs, least in ((TEXT, 4.5), (EDGES, 3.0))
        for over, under in pairs
        if (ratio := contrast(getattr(worn, over), getattr(worn, under))) < least
    ]
    assert weak == []


def test_triage_words_can_be_read_on_their_colours() -> None:
    assert all(contrast(ink, fill) >= 4.5 for fill, ink, _shape in _TRIAGE.values())
    shapes = [shape for _fill, _ink, shape in _TRIAGE.values()]
    assert len(set(shapes)) == len(shapes)


@pytest.mark.parametrize(("look", "scale"), list(itertools.product(Look, (1.0, 1.5))))
def test_every_look_is_worn_at_every_size(qapp: QApplication, look: Look, scale: float) -> None:
    apply_theme(qapp, look, scale=scale)
    assert re.search(r"\dgp", qapp.styleSheet()) is None
    assert "$" not in qapp.styleSheet()
    assert font(TypeSize.BODY).pixelSize() == px(14) == round(14 * scale)


def test_every_icon_is_drawn(qapp: QApplication) -> None:
    names = [file.stem for file in (resources() / "icons").glob("*.svg")]
    assert len(names) >= 12
    for name in names:
        assert not icon(name).isNull()
        assert pixmap(name, 24, "#000000", ratio=1.5).toImage().size().width() == 36


def test_every_key_has_words_and_no_two_share_keys() -> None:
    assert all(key.words for key in Key)
    assert len({key.keys for key in Key}) == len(Key)


def test_figures_keep_their_direction_in_a_mirrored_window(qapp: QApplication) -> None:
    assert isolated("~61 y") == "~61 y"
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        assert isolated("~61 y") == "\u2068~61 y\u2069"
        assert isolated("") == ""
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def patient(state: AllergyState, **more: object) -> PatientBanner:
    rows = (AllergyRow(new_id(), "penicillin", None, "rash", AllergySeverity.MILD),)
    given: dict[str, object] = {"birth_date": date(1998, 3, 5), "birth_estimated": False, **more}
    return PatientBanner(
        id=new_id(), mrn="KH-TA-P000123-7", name="Otieno, Asha", sex=Sex.FEMALE, allergy_state=state,
        allergies=rows if state is AllergyState.RECORDED else (), **given,  # type: ignore[arg-type]
    )  # fmt: skip


@pytest.mark.parametrize(
    ("banner", "born", "allergies"),
    [
        (patient(AllergyState.RECORDED), "born 05-Mar-1998 (28 y)", "penicillin (rash)"),
        (patient(AllergyState.NONE_KNOWN, birth_estimated=True), "age ~28 y", "No known allergies"),
        (patient(AllergyState.NOT_ASKED, birth_date=None, deceased=True), "age not known", "Allergies NOT ASKED"),
    ],
)
def test_the_banner_says_who_and_which_allergies(
    qtbot: QtBot, banner: PatientBanner, born: str, allergies: str
) -> None:
    view = BannerView("frame.banner")
    qtbot.addWidget(view)
    view.show_patient(banner, date(2026, 3, 5))
    assert born in view.accessibleName()
    assert view.accessibleDescription() == allergies
    assert view.isVisible()
    assert view.shown is banner
    view.show_patient(None, date(2026, 3, 5))
    assert not view.isVisible()


def test_messages_are_shown_kept_and_acted_on(qtbot: QtBot) -> None:
    messages, done = Messages(), list[str]()
    window = QWidget()
    bar = MessageBar("frame.message", messages)
    QHBoxLayout(window).addWidget(bar)
    qtbot.addWidget(window)
    window.show()
    messages.good("Saved.", MessageAction("&Undo", lambda: done.append("undo")))
    assert bar.message is not None
    assert bar._text.text() == "Saved."
    bar._action.click()
    assert done == ["undo"]
    assert not bar.isVisible()
    messages.error("Refused.")
    assert bar.property("level") == "error"
    crashed: list[object] = []
    messages.crashed.connect(crashed.append)
    messages.failed(ValueError("x"))
    assert len(crashed) == 1
    messages.info("News.")
    assert bar._timer.isActive()
    bar.put_away()
    assert [each.level for each in messages.recent] == [Level.GOOD, Level.ERROR, Level.INFO]


def test_a_chart_says_what_it_draws(qtbot: QtBot) -> None:
    chart = LineChart("doctor.temperature", "Temperature", "°C")
    qtbot.addWidget(chart)
    assert chart.summary() == "Temperature: not measured"
    empty = chart.grab().toImage()
    start = datetime(2026, 3, 4, 8, tzinfo=UTC)
    values = [Decimal("36.6"), None, Decimal("39.1"), Decimal("38.0")]
    points = [ChartPoint(start + timedelta(hours=9 * i), value) for i, value in enumerate(values)]
    chart.set_points(points, (Decimal("36.0"), Decimal("37.5")))
    assert chart.summary() == "Temperature: last 38 °C on 05-Mar-2026, lowest 36.6, highest 39.1, 3 values"
    assert chart.grab().toImage() != empty
    chart.set_points(points[:1])
    assert not chart.grab().isNull()


def test_a_label_follows_the_type_scale(qtbot: QtBot, tmp_path: Path) -> None:
    from hms_desktop.ui.kit.theme import label

    big: QLabel = label("12,345.00", TypeSize.DISPLAY)
    small = label("12,345.00", TypeSize.SMALL)
    for each in (big, small):
        qtbot.addWidget(each)
        each.ensurePolished()
    assert big.fontMetrics().height() > 2 * small.fontMetrics().height()
