import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hms_desktop.domain.names import (
    DuplicateReason,
    Person,
    fold,
    phone_digits,
    possible_duplicates,
    same_phone,
    similarity,
    sound_key,
    words,
)

NAMES = st.lists(st.text("abcdeimnorstuyéñşأمدح", min_size=1, max_size=8), min_size=1, max_size=4).map(" ".join)


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("  Élodie   NGUEMA-Ondo ", "elodie nguema ondo"),
        ("Ng'ang'a", "nganga"),
        ("N’Diaye", "ndiaye"),
        ("O`Brien", "obrien"),
        ("Łukasz Straße", "lukasz strasse"),
        ("Ɔkwan Ɛsi", "okwan esi"),
        ("İbrahim Işık", "ibrahim isik"),
        ("أحمد", "احمد"),
        ("إِبْرَاهِيم", "ابراهيم"),
        ("فاطمة", "فاطمه"),
        ("مصطفى", "مصطفي"),
        ("محـــمد", "محمد"),
        ("علی اکبر", "علي اكبر"),
        ("सीता देवी", "सीता देवी"),
        ("ራሄል ተስፋዬ", "ራሄል ተስፋዬ"),
        ("李小龍", "李小龍"),
        ("Αλέξανδρος", "αλεξανδροσ"),
        ("Алексей Ёлкин", "алексеи елкин"),
        ("Unit ٣", "unit 3"),
        ("A\u200dB", "ab"),
        ("", ""),
    ],
)
def test_folding_keeps_letters_and_drops_what_typing_varies(typed: str, folded: str) -> None:
    assert fold(typed) == unicodedata.normalize("NFC", folded)


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=40))
def test_composed_and_decomposed_text_fold_alike(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


def test_words_are_folded_in_their_order() -> None:
    assert words("OTIENO, Asha") == ("otieno", "asha")


def test_phone_digits_drop_punctuation_and_the_international_prefix() -> None:
    assert phone_digits("+254 (0)712-345 678") == "2540712345678"
    assert phone_digits("00254712345678") == "254712345678"
    assert phone_digits("٠٧١٢") == "0712"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("0712 345 678", "+254712345678", True),
        ("712345678", "0712345678", True),
        ("0712345678", "0712345679", False),
        ("345678", "0712345678", False),
        ("", "", False),
    ],
)
def test_one_phone_is_recognised_however_it_is_written(one: str, other: str, same: bool) -> None:
    assert same_phone(one, other) is same
    assert same_phone(other, one) is same


@pytest.mark.parametrize(
    "spellings",
    [
        ("Mohamed", "Muhammad", "Mohammed", "Mahamat", "محمد"),
        ("Aisha", "Aicha", "Ayesha", "Aïcha", "عائشة"),
        ("Fatima", "Fatouma", "Fatimah", "فاطمة"),
        ("Omar", "Umar", "Oumar", "عمر"),
        ("Jamal", "Djamal", "Jamaal", "جمال"),
        ("Sharif", "Cherif", "شريف"),
        ("Khalid", "Calid", "خالد"),
        ("Karanja", "Kalanja"),
        ("Ouattara", "Wattara"),
        ("Philip", "Filip"),
        ("Cecilia", "Sesilia"),
        ("Gnassingbe", "Nassingbe"),
        ("Schmidt", "Shmit"),
        ("Jacques", "Jaques"),
        ("Max", "Maks"),
        ("Zahra", "Sahra"),
        ("Vera", "Fera"),
        ("Ghana", "Gana"),
    ],
)
def test_spellings_that_sound_alike_share_a_key(spellings: tuple[str, ...]) -> None:
    assert len({sound_key(word) for word in spellings}) == 1, {w: sound_key(w) for w in spellings}


def test_different_names_sound_different() -> None:
    keys = {sound_key(word) for word in ("Asha", "Otieno", "Wanjiru", "Mohamed", "Grace", "Tesfaye", "Kamau")}
    assert len(keys) == 7


def test_other_scripts_are_their_own_key() -> None:
    assert sound_key("सीता") == "सीता"
    assert sound_key("ራሄል") == "ራሄል"
    assert sound_key("") == ""
    assert sound_key("Aya") == "a"


@given(NAMES, NAMES)
def test_similarity_is_symmetric_and_bounded(one: str, other: str) -> None:
    score = similarity(one, other)
    assert score == similarity(other, one)
    assert 0 <= score <= 100


@given(NAMES, st.randoms())
def test_the_order_of_words_does_not_matter(name: str, random) -> None:  # type: ignore[no-untyped-def]
    shuffled = name.split()
    random.shuffle(shuffled)
    assert similarity(name, " ".join(shuffled)) == (100 if words(name) else 0)


@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [
        ("Asha Otieno", "Otieno Asha", 100, 100),
        ("Asha Otieno", "Asha Otiento", 85, 99),
        ("Asha Otieno", "Ahsa Otieno", 85, 99),
        ("Mohamed Ali", "Muhammad Aly", 80, 99),
        ("Asha Akinyi Otieno", "Asha Otieno", 80, 95),
        ("A Otieno", "Asha Otieno", 80, 99),
        ("B Otieno", "Asha Otieno", 0, 80),
        ("Asha Otieno", "Peter Mwangi", 0, 40),
        ("", "Asha", 0, 0),
    ],
)
def test_similarity_follows_what_a_clerk_would_say(one: str, other: str, least: int, most: int) -> None:
    assert least <= similarity(one, other) <= most


ASHA = Person("new", "Asha Otieno", date(1998, 3, 5), sex="female", phone="0712345678", national_id="A 123")


def reasons_of(other: Person, candidate: Person = ASHA) -> tuple[DuplicateReason, ...]:
    found = possible_duplicates(candidate, [other])
    return found[0].reasons if found else ()


@pytest.mark.parametrize(
    ("other", "reasons"),
    [
        (Person("1", "Mary Njeri", national_id="a123"), ("same_national_id",)),
        (Person("2", "Asha Otiento", date(1998, 3, 5)), ("similar_name_same_birth",)),
        (Person("3", "ASHA OTIENO", date(1999, 12, 1)), ("same_name_similar_age",)),
        (Person("4", "Otieno Asha", date(1996, 5, 1)), ("same_name_other_order",)),
        (Person("5", "Asha Otiento"), ("similar_name",)),
        (Person("6", "Peter Mwangi", phone="+254712345678"), ("same_phone",)),
        (Person("7", "Asha Otieno", date(1998, 3, 5), birth_estimated=True), ("same_name_similar_age",)),
        (Person("8", "Asha Otieno", date(1950, 1, 1)), ()),
        (Person("9", "Peter Mwangi", date(1998, 3, 5)), ()),
        (Person("10", ""), ()),
        (Person("11", "Peter Mwangi", sex="male", phone="0712345678"), ()),
    ],
)
def test_a_possible_duplicate_says_why(other: Person, reasons: tuple[str, ...]) -> None:
    assert tuple(reason.value for reason in reasons_of(other)) == reasons


def test_the_likeliest_duplicate_comes_first_and_more_reasons_count_more() -> None:
    others = [
        Person("phone", "Peter Otieno", phone="0712345678"),
        Person("both", "Otieno Asha", phone="0712345678"),
        Person("man", "Asha Otieno", date(1998, 3, 5), sex="male"),
        Person("id", "Somebody Else", national_id="A123", phone="0712345678"),
    ]
    found = possible_duplicates(ASHA, others)
    assert [(d.person.ref, d.score) for d in found] == [("id", 100), ("both", 80), ("man", 60), ("phone", 45)]
    assert found[1].reasons == (DuplicateReason.SAME_NAME_OTHER_ORDER, DuplicateReason.SAME_PHONE)
