"""Finding a household while the queue waits: by number, card, name, group and name, or pinyin initials."""

import pytest

from ledger.registers.households import Household, search
from tests.registers.conftest import PEOPLE
from tests.schemas.reading import shortly


def found(store, words, **more):
    """Return the numbers of the households of Liuhe that words find."""
    with store.reading() as session:
        households = search(session, "LY01", words, **more)
    assert all(household.book == "LY01" for household in households)
    return [household.number for household in households]


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        # by number, whole or without its noughts
        ("H0031", ["H0031"]), ("h0031", ["H0031"]), ("Ｈ００３１", ["H0031"]), ("031", ["H0031"]), ("0031", ["H0031"]),
        ("610", ["H0610"]), ("H0009", []),
        # by card, whole only
        ("610001", ["H0001"]), ("６１０００１", ["H0001"]), ("ab-12", ["H0004"]), ("61000", []), ("610611", []),
        # by name or part of it, in any size of letters
        ("王秀兰", ["H0001"]), ("秀", ["H0001", "H0002"]), ("王", ["H0001", "H0012", "H0610"]), ("吐尔逊", ["H0004"]),
        ("买买提·吐尔逊", ["H0004"]), ("alim", ["H0005"]), ("TURSUN", ["H0005"]), ("\U0002ebf0", ["H0610"]),
        # by initials, from the first on
        ("wxl", ["H0001"]), ("WX", ["H0001"]), ("ｗｘｌ", ["H0001"]), ("zxy", ["H0002"]), ("oyx", ["H0003"]),
        ("mmt", ["H0004"]), ("at", ["H0005"]), ("sxw", ["H0012"]), ("xl", []), ("w", ["H0001", "H0610"]),
        # by group, and by group and name
        ("2组", ["H0003", "H0004"]), ("２组", ["H0003", "H0004"]), ("1组 王", ["H0001"]), ("1 wxl", ["H0001"]),
        ("王 1组", ["H0001"]), ("2 王", []), ("99组", []),
        ("1王", ["H0001"]), ("1wxl", ["H0001"]), ("一组王", ["H0001"]), ("1 组 王", ["H0001"]),
        ("第1组 wxl", ["H0001"]),
        ("二组", ["H0003", "H0004"]), ("十二组", ["H0031", "H0610"]), ("2王", []), ("三十组", []),
        ("十 组", []), ("h31", ["H0031"]), ("H1", ["H0001"]), ("h9", []),
        # a short number may be a group, a household or a card
        ("12", ["H0005", "H0012", "H0031", "H0610"]), ("1", ["H0001", "H0002"]), ("31", ["H0031"]),
        ("12 王", ["H0012", "H0610"]),
        # several words narrow each other
        ("王 秀", ["H0001"]), ("王　秀", ["H0001"]), ("王 秀 翟", []),
    ],
)
def test_a_household_is_found_by_what_people_say_at_the_counter(village, words, numbers):
    assert found(village, words) == numbers


@pytest.mark.parametrize(
    "words", ["%", "_", "%%", "王%", "王_兰", "H00__", "6100%", "w%", "\\", "'", "' OR 1=1 --", "*"]
)
def test_signs_that_mean_something_to_a_database_are_only_signs(village, words):
    assert set(found(village, words)) <= {number for number, (name, *_) in PEOPLE.items() if words in name}


def test_a_name_with_such_signs_is_found_by_them(village):
    assert found(village, "%_") == found(village, "百分%") == ["H0031"]


@pytest.mark.parametrize(
    "words",
    ["²", "①组", "½", "٣", "组", "-1", "9" * 5000, "x" * 5000, "王" * 5000, "\x00", "王\x00", "\x01", "🧧"],
    ids=shortly,
)
def test_whatever_is_typed_finds_somebody_or_nobody(village, words):
    assert set(found(village, words)) <= set(PEOPLE)


@pytest.mark.parametrize("words", ["", "  ", "　", "\x00"])
def test_nothing_asked_lists_all_of_the_outlet_in_order(village, words):
    assert found(village, words) == sorted(PEOPLE)


def test_another_outlets_household_is_never_found(village):
    with village.reading() as session:
        (other,) = search(session, "LY02", "wxl")
        assert (other.book, other.number) == ("LY02", "H0001")
        assert search(session, "LY03", "wxl") == search(session, "", "王") == []


def test_a_list_is_read_page_by_page(village):
    pages = [found(village, "", limit=3), found(village, "", after="H0003", limit=3), found(village, "", after="H0012")]
    assert [number for page in pages for number in page] == sorted(PEOPLE)
    assert found(village, "王", after="H0001") == ["H0012", "H0610"]
    assert found(village, "", after="\x00H0031") == ["H0610"]


def test_who_is_retired_is_left_out_when_nobody_retired_is_wanted(county):
    county.edit(Household, ("LY01", "H001"), retired=1)
    numbers = [household.number for household in county.ask(search, "LY01", "1组", retired=False)]
    assert numbers == ["H002"]
    assert [household.number for household in county.ask(search, "LY01", "1组")] == ["H001", "H002"]
