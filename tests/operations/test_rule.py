"""The rule book: a change begins on a day as another version, and what people have a right to is never a rule."""

from datetime import date

import pytest

from ledger.errors import Refusals
from ledger.operations.rule import decide_rule
from ledger.registers.register import FixedOnceUsed, TakenAlready
from ledger.registers.rules import (
    LastDayFirst,
    NeverARule,
    RangeUpsideDown,
    RuleInThePast,
    RuleStands,
    replaced_ones,
    rule_day,
    rules_on,
    versions_of,
)
from ledger.registers.starter import take_in_rules
from tests.county import said

READING = {
    "code": "READ", "name": "农家书屋值守", "category": "公益劳动", "purse": "merit", "points_min": 20,
    "points_max": 50, "valid_from": date(2026, 3, 6),
}


@pytest.fixture
def office(county):
    """The desk of the county office."""
    return county.book("COUNTY")


def decide(office, **values):
    """Let a version of the reading-room rule begin."""
    return office.do(decide_rule, by="wei", **{**READING, **values})


def in_force(county, day):
    """Return version and points of the reading-room rule on a day, if it is in force."""
    rule = county.ask(rules_on, date.fromisoformat(day)).get("READ")
    return rule and (rule.version, rule.points_max)


def test_a_rule_holds_from_its_day(office, county):
    assert decide(office, valid_from=date(2026, 3, 10)) == {"register": "rules", "key": ["READ"], "n": 1}
    assert [in_force(county, day) for day in ("2026-03-09", "2026-03-10", "2027-03-10")] == [None, (1, 50), (1, 50)]


def test_a_change_is_another_version_from_its_day_and_the_old_one_stands(office, county):
    decide(office)
    decide(office, version=2, valid_from=date(2026, 4, 1), points_max=80)
    assert [in_force(county, day) for day in ("2026-03-31", "2026-04-01")] == [(1, 50), (2, 80)]
    assert [(one.version, one.points_max, one.by) for one in county.ask(versions_of, "READ")] == [
        (2, 80, "wei"), (1, 50, "wei"),
    ]


def test_a_rule_ends_after_its_last_day_and_may_begin_again(office, county):
    decide(office, valid_to=date(2026, 3, 31))
    decide(office, version=2, valid_from=date(2026, 5, 1))
    days = ("2026-03-31", "2026-04-01", "2026-04-30", "2026-05-01")
    assert [in_force(county, day) for day in days] == [(1, 50), None, None, (2, 50)]


def test_the_past_is_never_changed(office):
    with office.refuses(RuleInThePast) as refusal:
        decide(office, valid_from=date(2026, 3, 5))
    assert said(refusal) == [("valid_from", "A rule changes from today (2026-03-06) or later.")]


def test_a_version_begins_after_the_one_that_holds(office):
    decide(office)
    with office.refuses(RuleStands) as refusal:
        decide(office, version=2)
    assert said(refusal) == [("valid_from", "A version from 2026-03-06 stands already. Choose a later day.")]


# Wei typed 2062 for 2026: by that version nobody was given anything.
def test_a_version_that_has_not_begun_is_replaced_by_one_that_begins_earlier(office, county):
    decide(office)
    decide(office, version=2, valid_from=date(2062, 4, 1), points_max=80)
    decide(office, version=3, valid_from=date(2026, 4, 1), points_max=80)
    decide(office, version=4, valid_from=date(2027, 1, 1), points_max=90)
    days = ("2026-03-31", "2026-04-01", "2027-01-01", "2062-04-01")
    assert [in_force(county, day) for day in days] == [(1, 50), (3, 80), (4, 90), (4, 90)]
    assert [one.version for one in replaced_ones(county.ask(versions_of, "READ"))] == [2]


def test_of_two_changes_begun_from_the_same_page_the_second_is_told(office):
    decide(office)
    decide(office, version=2, valid_from=date(2026, 4, 1))
    with office.refuses(RuleStands):
        decide(office, version=2, valid_from=date(2026, 5, 1))


def test_a_code_names_one_rule_for_ever(office):
    decide(office)
    with office.refuses(TakenAlready) as refusal:
        decide(office, name="又一条", valid_from=date(2026, 4, 1))
    assert said(refusal) == [("code", "READ is in the register already.")]


def test_a_rule_keeps_its_purse(office):
    decide(office)
    with office.refuses(FixedOnceUsed) as refusal:
        decide(office, version=2, valid_from=date(2026, 4, 1), purse="support")
    assert said(refusal)[0][0] == "purse"


def test_range_and_days_go_the_right_way(office):
    with office.refuses(RangeUpsideDown) as refusal:
        decide(office, points_min=60)
    assert said(refusal) == [("points_max", "The most cannot be below the least.")]
    with office.refuses(LastDayFirst) as refusal:
        decide(office, valid_to=date(2026, 3, 5))
    assert said(refusal)[0][0] == "valid_to"


@pytest.mark.parametrize(("field", "words", "word"), [
    ("category", "信访维稳", "信访"), ("category", "计划生育", "生育"), ("category", "宗教事务", "宗教"),
    ("category", "拒绝配合", "拒绝"), ("category", "投诉举报", "投诉"), ("name", "全年无越级上访", "越级"),
    ("name_en", "No Petition filed", "Petition"), ("category", "births", "birth"), ("name_en", "religious", "religi"),
    ("name_en", "no refusals", "refusal"), ("category", "Complaints", "Complain"),
    ("evidence", "全年无信访、无上访记录；未向12345投诉", "信访"), ("award_by", "计生专干", "计生"),
    ("evidence", "未打１２３４５热线", "12345"),
    ("name", "一年内不越级告状", "越级"), ("name", "不去教堂", "教堂"), ("name", "二孩家庭奖励", "二孩"),
    ("evidence", "No calls to 12345", "12345"), ("name_en", "Kept away from church", "church"),
])
def test_what_people_have_a_right_to_is_never_a_rule(office, field, words, word):
    with office.refuses(NeverARule) as refusal:
        decide(office, **{field: words})
    assert said(refusal) == [(
        field,
        f"“{word}” may not stand in the rule book: petitions, births, religion, refusals and complaints are people's "
        "rights, and no points are given or withheld for them.",
    )]


@pytest.mark.parametrize("words", [
    "全年未上访", "不告状", "未举报", "不检举控告", "无申诉", "不举报告状", "社会计生工作", "统计计生户",
    "三孩家庭", "多孩户", "独生子女户", "落实婚育政策", "节育措施", "超生户",
    "不信教", "不做礼拜", "做礼拜一次", "不传教", "不去寺庙", "宗教教育", "不参加基督聚会",
    "拒绝配合", "拒绝高价彩礼，不拒绝拆迁", "拒不搬迁", "无钉子户", "诚信信访", "会上上访",
    "Never refused to sign", "No prayers held", "Only child in the family",
])
def test_nor_by_other_words_for_it(office, words):
    for field in ("name", "evidence"):
        with office.refuses(NeverARule) as refusal:
            decide(office, **{field: words})
        assert said(refusal)[0][0] == field


@pytest.mark.parametrize("words", [
    "拒绝高价彩礼", "拒绝参与赌博、拒绝大操大办", "庭院设计生态改造", "诚信教育", "宣传教育志愿服务", "孝道教育",
    "晚上访问独居老人", "65岁以上访视", "网上访谈", "设备报告状况", "花生育苗", "季节育苗能手", "关爱孤独生活老人",
    "照看许多孩子", "照看三孩子", "卓越级志愿者", "教徒弟学手艺", "背诵经典", "每礼拜打扫一次", "礼拜天大扫除",
    "推举报名", "防控告知书送达", "今天主动打扫", "认清真相", "进入教室整洁", "编号9123456",
    "Birthday visit", "Helped at the temple fair", "Sprayed the orchard", "Refuse collection", "Ordered by 会计",
])
def test_what_only_sounds_like_it_may_be_a_rule(office, county, words):
    decide(office, name=words, evidence=words)
    assert in_force(county, "2026-03-06") == (1, 50)


def test_both_wrong_fields_are_named_at_once(office):
    with office.refuses(Refusals) as refusal:
        decide(office, category="信访", name="不投诉")
    assert [field for field, _ in said(refusal)] == ["category", "name"]


def test_a_birthday_visit_may_be_a_rule(office, county):
    decide(office, name="给独居老人过生日", name_en="Birthday visit to an old neighbour")
    assert in_force(county, "2026-03-06") == (1, 50)


def test_starter_rules_bring_their_caps_their_hands_and_their_evidence(county):
    with county.store.writing() as session:
        take_in_rules(session, by="wei", now=county.now)
    rules = county.ask(rules_on, date(2026, 3, 6))
    clean, hired = rules["HJ02"], rules["CY02"]
    assert (clean.points_min, clean.points_max, clean.cap_month, clean.cap_year) == (50, 100, 200, 1200)
    assert (hired.cap_month, hired.cap_year) == (None, 600)
    assert (clean.award_by, clean.evidence) == ("组信息员 → 评议", "签到或两名证明人")


def test_starter_rules_speak_of_hands_and_evidence_in_the_language_of_their_readers(county):
    with county.store.writing() as session:
        take_in_rules(session, by="wei", now=county.now)
    rules = county.ask(rules_on, date(2026, 3, 6)).values()
    letters = {rule.code: [sign for sign in rule.award_by + rule.evidence if sign.isascii() and sign.isalpha()]
               for rule in rules}
    assert not any(letters.values())


@pytest.mark.parametrize(("period", "meeting", "day"), [
    ("2026-03", "2026-03-20", "2026-03-20"), ("2026-02", "2026-03-02", "2026-02-28"),
    ("2025-12", "2026-01-03", "2025-12-31"), ("2026-04", "2026-03-30", "2026-03-30"),
])
def test_a_months_awards_go_by_the_rules_of_the_meetings_day_but_never_after_the_month(period, meeting, day):
    assert rule_day(period, date.fromisoformat(meeting)) == date.fromisoformat(day)
