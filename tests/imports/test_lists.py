"""Lists taken in: all rows or none, every wrong cell by row and column, and opening balances as entries."""

import pytest

from ledger.imports.lists import LISTS
from ledger.imports.reading import read_list
from ledger.imports.taking import take_in
from ledger.operations.proposal import decide_proposals
from ledger.registers.donors import Donor
from ledger.registers.households import Household
from ledger.registers.items import Item, prices_on
from ledger.registers.lots import lots_of
from ledger.registers.requests import proposals_waiting
from ledger.registers.sites import Site
from ledger.registers.staff import Staff
from ledger.registers.support import rights_of
from ledger.reports.proof import points_proof
from schemas.lists import KINDS

HOUSEHOLDS = """
网点,户编号,户主姓名,组别,卡号,身份证后四位
LY01,H0201,单小云,3,610201,12x
LY02,H0202,解大壮,４,,
"""


def read(kind, text):
    """Read a list as it was typed."""
    return read_list(kind, text.strip().encode())


def take(county, kind, text, *, dry_run=False, key="list-1"):
    """Take a list in; return the wrong cells as (row, column, what it says)."""
    reading = read(kind, text)
    wrong = reading.wrong or take_in(
        county.store, kind, reading.rows, clerk="wei", now=county.now, key=key, dry_run=dry_run
    )
    return [(cell.row, cell.heading, str(cell.sentence)) for cell in wrong]


def found(county, model, *key):
    """Return a line of a register."""
    with county.store.reading() as session:
        return session.get(model, key if len(key) > 1 else key[0])


def test_each_kind_has_its_columns_and_its_form_knows_them_all():
    assert tuple(LISTS) == KINDS
    for wanted in LISTS.values():
        assert {*wanted.columns} <= {one.data_key or name for name, one in wanted.form().fields.items()}


def test_households_come_in_with_initials_and_full_width_digits_made_plain(county):
    assert take(county, "households", HOUSEHOLDS) == []
    first, second = found(county, Household, "LY01", "H0201"), found(county, Household, "LY02", "H0202")
    assert (first.name, first.group, first.card, first.id_tail, first.initials) == (
        "单小云", 3, "610201", "12X", "sxy",
    )
    assert (second.name, second.group, second.initials) == ("解大壮", 4, "xdz")


def test_a_column_may_be_headed_as_on_our_own_pages(county):
    assert take(county, "households", HOUSEHOLDS.replace("户主姓名,组别,卡号", "户主,组,爱心卡号")) == []
    assert found(county, Household, "LY01", "H0201").name == "单小云"


def test_a_dry_run_says_the_same_and_writes_nothing(county):
    before = county.state()
    assert take(county, "households", HOUSEHOLDS, dry_run=True) == []
    assert county.state() == before


def test_the_same_file_with_the_same_key_is_taken_in_once(county):
    take(county, "households", HOUSEHOLDS)
    assert take(county, "households", HOUSEHOLDS) == []
    before = county.state()
    assert len(take(county, "households", HOUSEHOLDS, key="list-2")) == 2
    assert county.state() == before


def test_every_wrong_cell_is_named_by_row_and_column_and_no_row_is_taken(county):
    before = county.state()
    wrong = take(county, "households", """
        网点,户编号,户主姓名,组别,卡号
        LY01,H0201,单小云,第三组,610201
        LY01,H0202,,4,
    """.replace("        ", ""))
    assert [(row, heading) for row, heading, _ in wrong] == [(2, "组别"), (3, "户主姓名")]
    assert county.state() == before


def test_what_the_registers_refuse_is_named_the_same_way_all_at_once(county):
    before = county.state()
    wrong = take(county, "households", """
        网点,户编号,户主姓名,卡号
        LY01,H001,单小云,
        LY09,H0202,解大壮,
        LY01,H0203,仇小妹,610001
    """.replace("        ", ""))
    assert [(row, heading) for row, heading, _ in wrong] == [(2, "户编号"), (3, "网点"), (4, "卡号")]
    assert county.state() == before


def test_a_whole_id_number_is_neither_the_number_of_a_household_nor_of_a_card(county):
    before = county.state()
    wrong = take(county, "households", """
        网点,户编号,户主姓名,卡号
        LY01,61072719500306123X,单小云,
        LY01,H0202,解大壮,610727195003061234
    """.replace("        ", ""))
    assert [(row, heading) for row, heading, _ in wrong] == [(2, "户编号"), (3, "卡号")]
    assert all("whole ID number" in what and "610727" not in what for _, _, what in wrong)
    assert county.state() == before


def test_a_column_of_whole_id_numbers_is_refused_before_anything_is_read(county):
    wrong = take(county, "households", "网点,户主姓名,身份证号\nLY01,单小云,610727195003061234")
    assert [(row, heading) for row, heading, _ in wrong] == [(1, "身份证号")]
    assert "not kept" in wrong[0][2] and "610727" not in wrong[0][2]


def test_a_column_nobody_knows_one_that_is_missing_and_one_that_is_there_twice_are_named():
    wrong = read("items", "编号,编号,颜色,名称\nG1,G1,红,碗").wrong
    assert [(cell.row, cell.heading) for cell in wrong] == [(1, "编号"), (1, "编号"), (1, "颜色"), (1, "单位")]


def test_headings_alone_are_no_list():
    assert [cell.row for cell in read("items", "编号,名称,单位").wrong] == [1]


def test_sites_open_their_books_and_items_bring_a_price_that_waits_for_a_second_person(county):
    assert take(county, "sites", "code,name,town\nLY07,寒峰村爱心超市,金家河镇", key="s") == []
    assert take(county, "items", "编号,名称,规格,单位,类别,积分价\nG9,搪瓷碗,18厘米,只,日杂,4.5", key="i") == []
    assert found(county, Site, "LY07").town == "金家河镇"
    assert county.book("LY07").kinds() == []
    assert found(county, Item, "G9").unit == "只"
    assert "G9" not in county.ask(prices_on, "LY07", county.day)
    (asked,) = county.ask(proposals_waiting, item="G9")
    county.book("COUNTY").do(decide_proposals, by="han", proposals=[{"request": asked.n}])
    assert county.ask(prices_on, "LY07", county.day)["G9"] == 45


def test_donors_and_staff_come_in_with_words_for_codes(county):
    assert take(county, "donors", "编号,名称,匿名\nD9,好心人,是", key="d") == []
    assert take(county, "staff", "登录名,姓名,岗位,网点\nly01-hao,郝建,物品管理员,LY01", key="p") == []
    assert found(county, Donor, "D9").anonymous == 1
    staff = found(county, Staff, "ly01-hao")
    assert (staff.role, staff.password_hash) == ("keeper", "")


def test_rights_to_support_points_come_in_with_their_days_and_paper(county):
    head = "网点,户编号,起始日,截止日,每次积分,依据文号"
    assert take(county, "rights", f"{head}\nLY01,H001,2026-03-01,2026-12-31,20,评2026-3", key="r") == []
    [right] = county.ask(rights_of, "LY01")
    assert (right.household, right.points_tenths, right.valid_through.isoformat(), right.paper_number) == (
        "H001", 200, "2026-12-31", "评2026-3",
    )
    before = county.state()
    wrong = take(county, "rights", f"{head}\nLY01,H001,2026-06-01,,20,评2026-4\nLY01,H002,2026-06-01,,20,评2026-4")
    assert [(row, heading) for row, heading, _ in wrong] == [(2, "户编号"), (3, "户编号")]
    assert county.state() == before


RIGHTS = "网点,户编号,起始日,截止日,每次积分,依据文号"


@pytest.mark.parametrize(("line", "heading"), [
    ("LY01,H999,2026-03-01,,20,评1", "户编号"), ("LY01,H101,2026-03-01,,20,评1", "户编号"),
    ("LY01,H005,2026-03-01,,20,评1", "户编号"), ("LY01,H001,2026-03-01,2026-02-28,20,评1", "截止日"),
    ("LY01,H001,2026-02-30,,20,评1", "起始日"), ("LY01,H001,2026-03-01,,0,评1", "每次积分"),
    ("LY01,H001,2026-03-01,,20.55,评1", "每次积分"), ("LY01,H001,2026-03-01,,20,", "依据文号"),
])
def test_a_right_that_cannot_be_is_refused_at_its_cell_and_the_rest_of_the_list_with_it(county, line, heading):
    before = county.state()
    wrong = take(county, "rights", f"{RIGHTS}\nLY01,H004,2026-03-01,,20,评1\n{line}", key="r")
    assert [(row, cell) for row, cell, _ in wrong] == [(3, heading)]
    assert county.state() == before


def test_rights_of_a_spreadsheet_of_the_town_come_in_from_gb18030_and_end_on_their_first_day_if_they_say_so(county):
    text = f"{RIGHTS}\nLY01,H001,2026-03-01,2026-03-01,20.5,评2026-3\nLY02,H101,2026-03-01,,10,评4"
    reading = read_list("rights", text.encode("gb18030"))
    assert not reading.wrong
    for _ in range(2):
        said = {"clerk": "wei", "now": county.now, "key": "one-list", "dry_run": False}
        assert take_in(county.store, "rights", reading.rows, **said) == []
    told = [(one.household, one.points_tenths, one.valid_through and one.valid_through.isoformat(), one.paper_number)
            for book in ("LY01", "LY02") for one in county.ask(rights_of, book)]
    assert told == [("H001", 205, "2026-03-01", "评2026-3"), ("H101", 100, None, "评4")]


def test_two_rights_of_one_household_in_one_list_follow_each_other_or_are_refused(county):
    row = "LY01,H001,{},{},20,评1"
    both = [row.format("2026-03-01", "2026-06-30"), row.format("2026-07-01", "")]
    assert take(county, "rights", "\n".join([RIGHTS, both[0], row.format("2026-06-30", "")]), key="a") != []
    assert take(county, "rights", "\n".join([RIGHTS, *both]), key="b") == []


def test_commas_between_thousands_are_read_as_an_office_writes_them():
    """A list of the union: 1,000 bags at 1,250.00 yuan; a comma anywhere else is no number."""
    head = "网点,物品编号,数量,单价,捐赠方"
    [(_, row)], wrong = read("opening", f'{head}\nLY01,SOAP,"1,000","1,250.00",D7')
    assert (row["quantity"], row["unit_value"], wrong) == (1_000, 125_000, [])
    rows, wrong = read("opening", f'{head}\nLY01,SOAP,"1,00","12,50.00",D7')
    assert (rows, [cell.heading for cell in wrong]) == ([], ["数量", "单价"])
    [(_, item)], wrong = read("items", '编号,名称,单位,规格\nX1,"1,000片纸",包,"1,000"')
    assert (item["name"], item["spec"], wrong) == ("1,000片纸", "1,000", []), "words keep theirs"


def test_a_role_without_its_place_is_refused_at_its_row(county):
    wrong = take(county, "staff", "登录名,姓名,岗位,网点\nly01-hao,郝建,物品管理员,")
    assert [(row, heading) for row, heading, _ in wrong] == [(2, "网点")]


OPENING = """
网点,户编号,积分类别,积分,物品编号,数量,保质期至,捐赠方,单价
LY01,H001,激励,36.5,,,,,
LY01,H001,保障积分,20,,,,,
LY02,H101,激励,5,,,,,
LY01,,,,RICE,8,2026-12-31,D7,39
"""


def test_opening_balances_are_one_entry_in_each_book_and_the_proof_closes(county):
    assert take(county, "opening", OPENING) == []
    liuhe, shimo = county.book("LY01"), county.book("LY02")
    assert (liuhe.kinds(), shimo.kinds()) == (["opening"], ["opening"])
    assert (liuhe.purse("H001", "merit"), liuhe.purse("H001", "support"), shimo.points("H101")) == (365, 200, 50)
    assert liuhe.stock("RICE") == 8
    [lot] = county.ask(lots_of, "D7")
    assert (lot.book, lot.number, lot.unit_value_fen, lot.best_before.isoformat()) == ("LY01", 1, 3900, "2026-12-31")
    proof = county.ask(points_proof, "LY01")
    assert (proof["issued"], proof["held"], proof["difference"]) == (565, 565, 0)
    county.replay()


def test_opening_goods_and_points_are_handed_out_like_any_others(county):
    take(county, "opening", OPENING)
    answer = county.book("LY01").redeem("H001", rice=1)
    assert answer["spent"] == {"support": 200, "merit": 165}


# All rows were pasted a second time.
def test_a_row_of_opening_balances_that_stands_twice_is_named(county):
    head, *rows = OPENING.strip().splitlines()
    wrong = take(county, "opening", "\n".join([head, *rows, *rows]))
    assert sorted((row, sentence) for row, _, sentence in wrong) == [
        (len(rows) + 2 + n, "This stands in the list twice.") for n in range(len(rows))
    ]
    assert county.book("LY01").kinds() == []


def test_where_points_have_been_given_nothing_is_taken_over_any_more(county):
    county.book("LY01").write("2026-03-05 credit\n fund:merit -> purse:H001:merit POINT 900")
    wrong = take(county, "opening", OPENING)
    assert wrong[0][2] == (
        "The shop of LY01 runs already (entry 1): points are given by a points sheet, and goods come in as a donation."
    )
    assert county.book("LY01").kinds() == ["credit"]


def test_opening_balances_are_booked_once_until_they_are_reversed(county):
    take(county, "opening", OPENING)
    wrong = take(county, "opening", OPENING, key="list-2")
    assert [(row, heading) for row, heading, _ in wrong] == [(2, "网点"), (4, "网点")]
    county.book("LY01").reverse(1, by="gao")
    county.book("LY02").reverse(1, by="luo")
    assert take(county, "opening", OPENING, key="list-3") == []


@pytest.mark.parametrize(("line", "heading"), [
    ("LY01,H001,激励,,,,,,", "网点"), ("LY01,H001,激励,5,RICE,8,,D7,", "网点"), ("LY01,,,,RICE,8,,,", "网点"),
    ("LY01,H999,激励,5,,,,,", "户编号"), ("LY01,,,,TEA,8,,D7,", "物品编号"), ("LY01,,,,RICE,8,,D9,", "捐赠方"),
    ("LY01,,,,RICE,8,2026-03-01,D7,", "保质期至"), ("LY01,,,,RICE,2.5,,D7,", "数量"), ("LY09,H001,激励,5,,,,,", "网点"),
])
def test_a_row_that_cannot_be_is_refused_at_its_cell(county, line, heading):
    before = county.state()
    head = OPENING.strip().splitlines()[0]
    assert [(row, where) for row, where, _ in take(county, "opening", f"{head}\n{line}")] == [(2, heading)]
    assert county.state() == before
