"""The people of the demo: invented names, drawn by seed."""

from datetime import datetime
from random import Random

from sqlmodel import Session

from ledger.demo.scene import Outlet, chance, checker_of
from ledger.registers.households import Household, take_in_all
from ledger.registers.register import add, add_all
from ledger.registers.staff import Kin, Staff
from ledger.registers.support import SupportRight
from ledger.terms import COUNTY, Role

SURNAMES = "王李张刘陈杨赵黄周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚"
FIRST = "秀玉桂春建国志文永明德兰淑凤金银素清长正成安福宝少大小天光庆世学有"
SECOND = "英珍兰芳梅华花琴莲香云霞玲军平强伟林生贵财山海全祥发忠义民才云章江河田根柱禾"

HARD_TO_READ = "单仇解区曾"
"""Surnames read otherwise than the same signs in a word; each village has some, to try the search with."""
BY = "county"
SECOND_OF_OFFICE = "county2"
"""Confirms what the first proposes, a price for one, and the other way round."""
SUPPORT_TENTHS = 100
"""What a household that cannot work gets each month."""
ROLES = (Role.CLERK, Role.KEEPER, Role.SUPERVISOR)


def invented_name(dice: Random) -> str:
    """Return a name nobody chose; common surnames come up more often."""
    surname = SURNAMES[min(dice.randrange(len(SURNAMES)), dice.randrange(len(SURNAMES)))]
    return surname + ("" if dice.random() < 0.12 else dice.choice(FIRST)) + dice.choice(SECOND)


def settle(session: Session, outlet: Outlet, *, households: int, cannot_work: int, now: datetime) -> None:
    """Take the households of an outlet into its register; those that cannot work are spread over the list."""
    dice = chance(f"{outlet.book}/households")
    frail = {0, *dice.sample(range(1, households), min(cannot_work, households) - 1)}
    for place in range(households):
        household = Household(
            book=outlet.book, number=f"H{place + 1:04d}", name=named(outlet, place, invented_name(dice)),
            group=1 + place * 6 // households,
            card=f"{outlet.book[2:]}{dice.randrange(10, 99)}{place + 1:04d}" if dice.random() < 0.9 else "",
            id_tail=id_tail(dice) if dice.random() < 0.6 else "",
        )
        outlet.households.append(household)
    take_in_all(session, outlet.households, by=BY, now=now)
    rights = [
        SupportRight(
            book=outlet.book, household=household.number, valid_from=now.date(), points_tenths=SUPPORT_TENTHS,
            paper_number="2026-1",
        )
        for place, household in enumerate(outlet.households) if place in frail
    ]
    outlet.frail = {right.household for right in rights}
    add_all(session, rights, by=BY, now=now)


def named(outlet: Outlet, place: int, name: str) -> str:
    """Return the name of one household in ten with a surname that is hard to read, and any other as it is."""
    surname = HARD_TO_READ[(int(outlet.book[2:]) + place // 10) % len(HARD_TO_READ)]
    return surname + name[1:] if place % 10 == 4 else name


def id_tail(dice: Random) -> str:
    """Return the last four signs of an ID number nobody has."""
    return f"{dice.randrange(1000):03d}{dice.choice('0123456789X')}"


def employ(session: Session, outlet: Outlet, *, password_hash: str, now: datetime) -> None:
    """Give an outlet its clerk, keeper and supervisor; the first two declare a household they may not act for."""
    dice = chance(f"{outlet.book}/staff")
    for role in ROLES:
        person = Staff(
            name=outlet.who(role), full_name=invented_name(dice), role=role, book=outlet.book,
            password_hash=password_hash,
        )
        add(session, person, by=BY, now=now)
    able = [household.number for household in outlet.households[1:] if household.number not in outlet.frail]
    for role, tie, number in zip((Role.CLERK, Role.KEEPER), ("own", "relative"), dice.sample(able, 2), strict=True):
        session.add(Kin(staff=outlet.who(role), book=outlet.book, household=number, tie=tie))
        outlet.kin[role] = number
    session.flush()


def employ_the_county(session: Session, towns: list[str], *, password_hash: str, now: datetime) -> None:
    """Give the county its office of two, its auditor, and each town a checker."""
    dice = chance("county/staff")
    people = [("county", Role.COUNTY, COUNTY, ""), ("auditor", Role.AUDITOR, "", "")]
    people += [(checker_of(town), Role.CHECKER, "", town) for town in towns]
    people.append((SECOND_OF_OFFICE, Role.COUNTY, COUNTY, ""))
    for name, role, book, town in people:
        person = Staff(
            name=name, full_name=invented_name(dice), role=role, book=book, town=town, password_hash=password_hash
        )
        add(session, person, by=BY, now=now)
