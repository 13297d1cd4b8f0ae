"""Columns share the width of their list: nobody is cut while somebody else has room to spare."""

from hms_desktop.ui.kit.column_room import Wish, left_out, shared_room

TICKET, NAME, AGE = Wish(60, 60, 50), Wish(0, 150, 60, stretch=True), Wish(90, 40, 36)


def test_with_room_enough_every_column_has_what_its_desk_asked_for() -> None:
    assert shared_room(400, (TICKET, NAME, AGE)) == [60, 0, 90]


def test_a_column_with_room_to_spare_gives_it_to_the_name() -> None:
    assert shared_room(260, (TICKET, NAME, AGE)) == [60, 0, 40]


def test_a_cut_column_grows_where_the_name_has_more_than_it_needs() -> None:
    assert shared_room(400, (Wish(60, 90, 50), NAME)) == [90, 0]


def test_where_room_is_short_all_give_way_but_no_heading_is_cut() -> None:
    widths = shared_room(240, (Wish(60, 90, 50), NAME, Wish(60, 200, 70)))
    assert widths[0] < 90
    assert widths[2] < 200
    assert all(width >= least for width, least in zip((widths[0], widths[2]), (50, 70), strict=True))
    assert shared_room(10, (Wish(60, 90, 50), NAME)) == [60, 0]


def test_a_wide_remark_does_not_take_the_room_of_the_name() -> None:
    remark = Wish(100, 400, 60)
    assert shared_room(300, (NAME, remark))[1] <= 160
    assert shared_room(560, (NAME, remark))[1] == 400


def test_spare_columns_are_left_out_the_last_one_first() -> None:
    wishes = (Wish(60, 60, 50, spare=True), NAME, Wish(80, 80, 40, spare=True))
    assert left_out(400, wishes) == set()
    assert left_out(220, wishes) == {2}
    assert left_out(100, wishes) == {0, 2}
