"""Lists for programs: what a line says, and pages that miss nothing and repeat nothing while others write."""

import pytest

LISTS = {
    "/books": ("wei", "book"), "/books/LY01/households": ("lin", "number"), "/books/LY01/stock": ("lin", "lot"),
    "/books/LY01/entries": ("lin", "number"),
}
EACH = pytest.mark.parametrize("path", LISTS)


def read(house, path, limit=500, **more):
    """Read a whole list, page by page."""
    return [line for page in pages(house, path, limit, **more) for line in page]


def pages(house, path, limit, between=lambda: None):
    """Read a list page by page to its end."""
    name, key = LISTS[path]
    program, after, found = house.program(name), "", []
    for _ in range(200):
        page = program.get(path, query_string={"limit": limit, **({"after": after} if after else {})}).json
        found.append([line[key] for line in page["items"]])
        after = page["next"]
        if after is None:
            return found
        between()
    raise AssertionError(f"{path} never ends")


@EACH
@pytest.mark.parametrize("limit", [1, 2, 3, 4, 500])
def test_a_list_read_page_by_page_is_the_whole_list_once(house, path, limit):
    whole, parts = read(house, path), pages(house, path, limit)
    assert [line for part in parts for line in part] == whole
    assert len(whole) == len(set(whole)) >= 4
    assert all(len(part) == limit for part in parts[:-1]) and 1 <= len(parts[-1]) <= limit


def test_a_page_has_fifty_lines_unless_asked_otherwise_and_at_most_five_hundred(house):
    path, (name, _) = "/books/LY01/entries", LISTS["/books/LY01/entries"]
    house.county.book("LY01").write("\n".join(
        "2026-03-06 credit\n fund:merit -> purse:H001:merit POINT 1" for _ in range(600)
    ))
    whole = len(read(house, path))
    for asked, most in [(None, 50), ("1", 1), ("５", 5), ("500", 500)]:
        page = house.program(name).get(path, query_string={"limit": asked} if asked else {}).json
        assert len(page["items"]) == min(most, whole)


@EACH
@pytest.mark.parametrize("limit", ["0", "501", "-3", "many", "9" * 50])
def test_a_page_of_another_size_is_refused_and_no_other_given_instead(house, path, limit):
    answer = house.program(LISTS[path][0]).get(path, query_string={"limit": limit})
    assert (answer.status_code, answer.json["errors"]) == (422, {"limit": ["Enter a whole number from 1 to 500."]})


def test_entries_booked_meanwhile_follow_at_the_end(house):
    def book():
        house.county.book("LY01").redeem("H004", salt=1)

    numbers = read(house, "/books/LY01/entries", 4, between=book)
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) >= 13


def test_a_lot_used_up_meanwhile_does_not_begin_the_list_anew(house):
    left = ["L1", "L2", "L3", "L4"]

    def use_up():
        gone = {"L1": {"soap": 36}, "L2": {"rice": 9}, "L4": {"salt": 20}}
        for lot, goods in list(gone.items()):
            if lot in left:
                left.remove(lot)
                house.county.book("LY01").send("LY02", by="lin", **goods)
                return

    lots = read(house, "/books/LY01/stock", 1, between=use_up)
    assert len(lots) == len(set(lots))
    assert "L3" in lots


def test_a_site_says_what_it_is_and_how_far_its_book_is(house):
    listed = house.program("wei").get("/books").json["items"]
    assert [(one["book"], one["kind"], one["name"], one["town"], one["head"]["number"]) for one in listed] == [
        ("COUNTY", "county", "县级中心库", "", 5), ("LY01", "outlet", "六河村爱心超市", "演示镇", 11),
        ("LY02", "outlet", "石磨村爱心超市", "演示镇", 1), ("LY03", "outlet", "白雀寺村爱心超市", "后山镇", 1),
    ]
    assert listed[1]["head"]["digest"] == house.county.book("LY01").entry(11).digest.hex()
    assert house.program("lin").get("/books/LY01").json == listed[1]


@pytest.mark.parametrize(
    ("name", "books"),
    [("lin", ["LY01"]), ("luo", ["LY01", "LY02"]), ("chen", ["COUNTY", "LY01", "LY02", "LY03"]), ("fang", ["LY03"])],
)
def test_a_program_sees_the_sites_of_its_owner(house, name, books):
    assert [one["book"] for one in house.program(name).get("/books").json["items"]] == books


def test_a_household_says_who_it_is_and_what_it_holds(house):
    wangs = {"number": "H001", "name": "王秀兰", "group": 1, "status": "active",
             "purses": {"support": "39.5", "merit": "0.0"}}
    program = house.program("lin")
    assert program.get("/books/LY01/households/H001").json == {**wangs, "limits": []}
    for asked in ("wxl", "王秀", "610001", "h001", "1组 王"):
        assert program.get("/books/LY01/households", query_string={"q": asked}).json == {"items": [wangs], "next": None}
    assert program.get("/books/LY01/households?q=nobody").json == {"items": [], "next": None}


@pytest.mark.parametrize("number", ["H101", "H999", "h001", "1", "2组", "王秀兰", "610001"])
def test_a_household_is_had_by_its_number_alone(house, number):
    answer = house.program("lin").get(f"/books/LY01/households/{number}")
    assert (answer.status_code, answer.json["detail"]) == (404, "There is no household here.")


def test_a_lot_says_how_many_are_left_and_what_one_costs(house):
    house.county.book("COUNTY").give(lines=[{"item": "TOWEL", "quantity": 5}])
    assert house.program("lin").get("/books/LY01/stock").json["items"] == [
        {"item": "SOAP", "name": "肥皂", "lot": "L1", "best_before": None, "expired": False, "quantity": 36,
         "points": "12.0"},
        {"item": "RICE", "name": "大米", "lot": "L2", "best_before": "2026-04-20", "expired": False, "quantity": 9,
         "points": "36.5"},
        {"item": "OIL", "name": "菜籽油", "lot": "L3", "best_before": "2026-03-01", "expired": True, "quantity": 5,
         "points": "50.0"},
        {"item": "SALT", "name": "食盐", "lot": "L4", "best_before": None, "expired": False, "quantity": 20,
         "points": "0.0"},
    ]
    towel = house.program("wei").get("/books/COUNTY/stock").json["items"][-1]
    assert (towel["item"], towel["points"]) == ("TOWEL", None)


def test_an_entry_says_all_that_stands_in_the_book_and_no_words(house):
    entry = house.program("lin").get("/books/LY01/entries/9").json
    assert entry == {
        "book": "LY01", "number": 9, "digest": house.county.book("LY01").entry(9).digest.hex(),
        "occurred_on": "2026-03-06", "booked_on": "2026-03-06", "recorded_at": "2026-03-06T02:00:00Z",
        "kind": "redemption",
        "by": "lin", "late": False, "reverses": None, "reversed_by": None,
        "facts": {"household": "H001", "prices": {"RICE": 365, "SOAP": 120}, "proxy": "P1",
                  "rate_fen": 100, "register": "1-1-1", "serial": "兑-2026-0001"},
        "postings": [
            {"source": "purse:H001:support", "destination": "redeemed", "commodity": "POINT", "lot": "",
             "quantity": 605},
            {"source": "stock", "destination": "handed-out", "commodity": "SOAP", "lot": "L1", "quantity": 2},
            {"source": "stock", "destination": "handed-out", "commodity": "RICE", "lot": "L2", "quantity": 1},
        ],
    }
    undone = house.program("lin").get("/books/LY01/entries/10").json
    assert (undone["reversed_by"], house.program("lin").get("/books/LY01/entries/11").json["reverses"]) == (11, 10)


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        ({"kind": "credit"}, [4, 5]), ({"household": "H004"}, [5, 10]), ({"since": "2026-03-06"}, [9, 10, 11]),
        ({"until": "2026-02-17"}, [1, 2, 3]), ({"kind": "redemption", "household": "H001"}, [9]),
        ({"household": "H999"}, []), ({"after": "9"}, [10, 11]), ({"after": "11"}, []),
    ],
)
def test_a_journal_is_asked_for_by_kind_day_and_household(house, asked, numbers):
    answer = house.program("lin").get("/books/LY01/entries", query_string=asked)
    assert [one["number"] for one in answer.json["items"]] == list(numbers)
    assert answer.json["next"] is None


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"after": "x"}, "Enter a whole number from 0 to 1000000000000."),
        ({"kind": "nothing"}, None),
        ({"since": "soon"}, "Enter a day as year-month-day, such as 2026-03-06."),
        ({"household": "王"}, "Enter a code of letters, digits and hyphens, such as H0031."),
    ],
)
def test_a_question_that_cannot_be_understood_is_refused_at_its_field(house, asked, sentence):
    answer = house.program("lin").get("/books/LY01/entries", query_string=asked)
    ((field, (said,)),) = answer.json["errors"].items()
    assert (answer.status_code, [field]) == (422, list(asked))
    assert said == sentence or (field == "kind" and said.startswith("Choose one of: donation, "))
