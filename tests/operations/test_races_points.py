"""Races for points, sheets, prices and what waits for a second person: decided once, and no cap is passed."""

from datetime import date, timedelta

from ledger.operations.claw_back import confirm_claw_back
from ledger.operations.correction import confirm_correction, correct
from ledger.operations.credit import credit_sheet
from ledger.operations.declining import decline
from ledger.operations.deed import record_deed
from ledger.operations.lapse import announce_lapse, book_lapse
from ledger.operations.objection import raise_objection
from ledger.operations.policy import decide_policy
from ledger.operations.proposal import decide_proposals, propose_price
from ledger.operations.sheet import draw_sheet
from ledger.registers.items import prices_of, prices_on
from ledger.registers.policy import policy
from ledger.registers.requests import Request, proposals_waiting
from ledger.registers.sheets import lines_of
from tests.operations.clients import CLIENTS
from tests.operations.test_races import DAY, act, clients, counter

__all__ = ["clients"]


def test_a_sheet_is_credited_once(clients, book, county):
    county.move_to("2026-02-20")
    sheet = book.on_notice(("H001", "CLEAN"), ("H003", "CLEAN"))
    county.move_to("2026-03-06")
    jobs = [act(credit_sheet, "LY01", by, sheet=sheet, occurred_on=DAY) for by in ("gao", "luo", "wei", "han")]
    booked, refused = clients.race(county, jobs)
    assert len(booked) == 1
    assert refused == [[(None, "Sheet 1 is not on notice.")]] * 3
    assert (book.points("H001"), book.points("H003")) == (50, 50)


def test_a_line_is_credited_or_objected_to_but_not_both(clients, book, county):
    county.move_to("2026-02-20")
    sheet = book.on_notice(("H001", "CLEAN"), ("H003", "CLEAN"))
    county.move_to("2026-03-06")
    said = {"sheet": sheet, "line": 1, "way": "spoken", "words": "not so", "occurred_on": DAY}
    jobs = [act(raise_objection, "LY01", "bao", **said), act(credit_sheet, "LY01", "gao", sheet=sheet, occurred_on=DAY)]
    booked, refused = clients.race(county, jobs)
    states = [line.status for line in county.ask(lines_of, "LY01", sheet)]
    if refused:
        assert states == ["credited", "credited"]
        assert refused == [[
            ("line", "Line 1 is in the purse already. Propose to take the points back instead.")
        ]]
    else:
        assert (len(booked), states, book.points("H001")) == (2, ["waiting", "credited"], 0)
    county.replay()


def test_points_are_taken_back_once_and_never_below_zero(clients, book, county):
    """
    2026-02-20 credit
      fund:merit -> purse:H001:merit  POINT  300
    """
    county.move_to("2026-02-20")
    book.give(soap=9)
    book.claw_back("H001", 250, by="lin")
    county.move_to("2026-03-06")
    jobs = [act(confirm_claw_back, "LY01", by, request=1) for by in ("gao", "luo", "wei")]
    booked, refused = clients.race(county, [*jobs, counter(soap=2)])
    taken = [answer for answer in booked if "rest" in answer]
    assert len(taken) == 1
    assert taken[0]["points"] + taken[0]["rest"] == 250
    assert book.points("H001") == (50 if taken[0]["rest"] == 0 else 0)
    assert [(None, "Request 1 has been decided already.")] in refused
    county.replay()


def test_twenty_sheets_at_once_pass_no_cap(clients, book, county):
    county.rule("WORK", since="2026-03-01", cap_month=250)
    lines = [{"household": "H001", "rule": "WORK", "points": 100}]
    sheet = {"period": "2026-03", "purse": "merit", "occurred_on": DAY, "lines": lines}
    booked, refused = clients.race(county, [act(draw_sheet, "LY01", "mei", **sheet) for _ in range(CLIENTS)])
    assert (len(booked), refused) == (CLIENTS, [])
    assert sorted(answer["points"] for answer in booked) == [*[0] * (CLIENTS - 3), 50, 100, 100]


def test_a_deed_two_reporters_send_at_once_is_recorded_once(clients, book, county):
    deed = {"household": "H001", "rule": "WORK", "occurred_on": DAY}
    booked, refused = clients.race(county, [act(record_deed, "LY01", "lin", **deed) for _ in range(CLIENTS)])
    assert (len(booked), len(refused)) == (1, CLIENTS - 1)
    assert {field for said in refused for field, _ in said} == {"another"}


def test_a_run_lapses_once_and_never_what_is_spent_at_the_same_moment(clients, book, county):
    """
    2026-02-20 donation
      donor:D7   -> stock             SOAP/L7   90
    2026-02-20 credit
      fund:merit -> purse:H001:merit  POINT    900
    """
    county.setting("lapse_period", "month", book="LY01", since="2026-02-01")
    county.setting("lapse_notice_days", "0", book="LY01")
    run = book.act(announce_lapse, by="mei", through=date(2026, 2, 28), place="board")["n"]
    county.wait(1)
    book.redeem("H001", soap=1)
    jobs = [act(book_lapse, "LY01", by, run=run) for by in ("gao", "luo", "wei", "han")]
    booked, refused = clients.race(county, [*jobs, *[counter(soap=1) for _ in range(5)]])
    lapsed, spent = book.holds("lapsed", "POINT"), book.holds("redeemed", "POINT")
    assert (lapsed + spent, book.points("H001")) == (900, 0)
    assert len([answer for answer in booked if "households" in answer]) == (1 if lapsed else 0)
    assert len(booked) + len(refused) == 9
    county.replay()


def test_a_proposal_is_confirmed_or_declined_but_not_both(clients, book, county):
    """
    2026-03-05 donation
      donor:D7   -> stock             SOAP/L7   5
    2026-03-05 credit
      fund:merit -> purse:H001:merit  POINT   500
    """
    sold = book.redeem("H001", soap=2)["number"]
    n = book.do(correct, by="lin", number=sold, goods="back", reason="keyed wrong")["n"]
    jobs = [act(confirm_correction, "LY01", by, request=n) for by in ("gao", "luo")]
    jobs += [act(decline, "LY01", by, request=n, reason="it was right") for by in ("wei", "han")]
    booked, refused = clients.race(county, jobs)
    assert (len(booked), refused) == (1, [[(None, "Request 1 has been decided already.")]] * 3)
    assert book.stock("SOAP") == (5 if "corrects" in booked[0] else 3)
    county.replay()


def test_a_price_and_a_rate_are_confirmed_once_or_declined_but_not_both(clients, county):
    office, april = county.book("COUNTY"), date(2026, 4, 1)
    price = office.do(propose_price, by="wei", item="SOAP", valid_from=april, points=150)["n"]
    rate = office.do(decide_policy, by="wei", name="rate_fen", valid_from=april, value=150)["n"]
    both = [{"request": price}, {"request": rate}]
    jobs = [act(decide_proposals, "COUNTY", by, proposals=both) for by in ("han", "luo", "han", "luo")]
    jobs += [act(decide_proposals, "COUNTY", "luo", proposals=both, declined=1, reason="too dear") for _ in range(3)]
    jobs += [act(decline, "COUNTY", "han", request=price, reason="too dear")]
    booked, refused = clients.race(county, jobs)
    now_said = county.ask(prices_on, "LY01", april)["SOAP"], county.ask(policy, "LY01", "rate_fen", april)
    first = county.ask(lambda session: session.get_one(Request, ("COUNTY", price)).status)
    assert now_said == ((150, "150") if first == "confirmed" else (120, "100"))
    assert len(booked) == 1 and len(refused) == 7
    assert all("has been decided already." in words for sentences in refused for _, words in sentences)


def test_of_twenty_prices_for_one_day_one_waits(clients, county):
    jobs = [
        act(propose_price, "COUNTY", by, item="SOAP", valid_from=date(2026, 4, 1), points=150 + n)
        for n in range(10) for by in ("wei", "han")
    ]
    booked, refused = clients.race(county, jobs)
    assert (len(booked), len(refused)) == (1, 19)
    assert {words[0][0] for words in refused} == {"valid_from"}
    assert len(county.ask(proposals_waiting, item="SOAP")) == 1


def test_twenty_prices_confirmed_at_one_moment_hold_all_and_each_once(clients, county):
    office, first = county.book("COUNTY"), date(2026, 4, 1)
    asked = [
        office.do(propose_price, by="wei", item="SOAP", valid_from=first + timedelta(days=n), points=150 + n)["n"]
        for n in range(10)
    ]
    jobs = [act(decide_proposals, "COUNTY", by, proposals=[{"request": n}]) for n in asked for by in ("han", "luo")]
    booked, refused = clients.race(county, jobs)
    assert (len(booked), len(refused)) == (10, 10)
    assert county.ask(proposals_waiting) == []
    assert [one.points_tenths for one in county.ask(prices_of, "SOAP")] == [*range(159, 149, -1), 120]
