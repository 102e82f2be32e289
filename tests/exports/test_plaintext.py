"""The package as plain text: the real hledger and ledger accept it, and refuse it as soon as something was planted."""

import csv
import os
import shutil
import subprocess
from datetime import date
from io import StringIO

import pytest

from ledger.db.guards import take_guards_off
from ledger.db.migrate import owner_engine
from ledger.operations.closing import confirm_close, propose_close
from ledger.operations.over_issue import confirm_paper_line
from ledger.operations.paper_day import key_paper_day
from ledger.registers.requests import waiting_requests
from tests.exports.story import laid_out, pack, run_verify, unpacked
from tests.postgres import OWNER
from tests.stores import as_role

COMMANDS = {
    "hledger": ["hledger", "check", "--strict", "-f", "journal.hledger"],
    # Without --args-only a setting of the person who runs the tests would count.
    "ledger": ["ledger", "--args-only", "--strict", "-f", "journal.ledger", "balance"],
}


@pytest.fixture(params=COMMANDS)
def tool(request):
    """One program of plain text accounting; where it is not installed, only CI insists on it."""
    if shutil.which(request.param) is None:
        if os.environ.get("CI"):
            pytest.fail(f"{request.param} is missing: apt-get install {request.param}")
        pytest.skip(f"{request.param} is not installed: apt-get install {request.param}")
    return request.param


def run(tool, folder):
    """Run a program on a package; return its exit code and what it complains of."""
    ran = subprocess.run(COMMANDS[tool], cwd=folder, capture_output=True, encoding="utf-8")
    return ran.returncode, ran.stderr


def accepted(tool, folder):
    """Tell whether a program has nothing to say; ledger warns of a name it does not know, and goes on."""
    return run(tool, folder) == (0, "")


def entry(files, number):
    """Return one entry as it stands in the body."""
    found = [part for part in files["journal.body"].decode().split("\n\n") if f" (LY01-{number}) " in part]
    assert len(found) == 1
    return found[0]


def order(files):
    """Return the days and numbers of the entries as they stand in the body."""
    lines = files["journal.body"].decode().splitlines()
    return [(line[:10], int(line.split("-")[3].partition(")")[0])) for line in lines if "(LY01-" in line]


def test_a_redemption_reads_as_a_bookkeeper_would_write_it(liuhe):
    assert entry(unpacked(pack(liuhe.county)), 10).splitlines() == [
        "2026-03-14 (LY01-10) redemption",
        '    (entries)  1 "ENTRY" = 10 "ENTRY"',
        '    purse:H001:support  36.5 "POINT" = -3.5 "POINT"',
        '    redeemed  -36.5 "POINT" = -36.5 "POINT"',
        '    stock:L1  -1 "RICE" = 7 "RICE"',
        '    handed-out:L1  1 "RICE" = 1 "RICE"',
    ]


def test_money_stands_in_yuan_and_a_code_with_signs_in_quotes(county, tool, tmp_path):
    county.book("LY01").write("""
        2026-03-05 donation
          opening -> cash   CNY/L1        12345
          opening -> stock  RICE-5KG/L2   3
    """)
    files = unpacked(pack(county))
    assert '    cash:L1  123.45 "CNY" = 123.45 "CNY"' in entry(files, 1)
    assert '    opening:L2  -3 "RICE-5KG" = -3 "RICE-5KG"' in entry(files, 1)
    assert accepted(tool, laid_out(files, tmp_path))


def test_an_entry_that_moves_nothing_is_counted_too_so_numbers_have_no_gap(told):
    files = unpacked(pack(told))
    assert entry(files, 4) == '2026-03-06 (LY01-4) notice\n    (entries)  1 "ENTRY" = 4 "ENTRY"'
    assert [number for _, number in order(files)] == list(range(1, 13))


@pytest.mark.parametrize("book", ["COUNTY", "LY01", "LY02"])
def test_each_book_is_accepted_also_one_with_nothing_in_it(told, tool, book, tmp_path):
    assert accepted(tool, laid_out(unpacked(pack(told, book)), tmp_path))


@pytest.mark.parametrize("first", range(2, 13))
def test_a_run_begins_with_what_was_taken_over_wherever_it_is_cut(told, tool, first, tmp_path):
    files = unpacked(pack(told, first=first, last=min(first + 3, 12)))
    assert b" balances taken over\n    (entries)  %d " % (first - 1) in files["journal.body"]
    assert accepted(tool, laid_out(files, tmp_path))


def test_a_run_that_follows_nothing_but_papers_takes_over_their_count(county, tool, tmp_path):
    liuhe = county.book("LY01")
    liuhe.on_notice(("H001", "WORK", 100))  # 1 and 2
    liuhe.draw(("H001", "BASE", 400), purse="support")  # 3
    assert accepted(tool, laid_out(unpacked(pack(county, first=3)), tmp_path))


def test_what_came_in_late_stands_where_it_was_booked_with_its_true_day(liuhe, tool, tmp_path):
    liuhe.county.move_to("2026-04-02")
    liuhe.draw(("H006", "CLEAN"), period="2026-04")  # 13
    liuhe.redeem("H001", soap=1, on="2026-03-31", paper_number="册3-2-7")  # 14, in March, which is still open
    closing = liuhe.do(propose_close, by="lin", through=date(2026, 3, 31))["n"]
    liuhe.do(confirm_close, by="gao", request=closing)  # 15
    liuhe.draw(("H001", "CLEAN"), on="2026-03-20", paper_number="册3-2-8")  # 16, in April, as March is closed
    files = unpacked(pack(liuhe.county))
    assert order(files)[11:] == [
        ("2026-03-15", 12), ("2026-03-31", 14), ("2026-04-01", 16), ("2026-04-02", 13), ("2026-04-02", 15),
    ]
    assert "    ; occurred_on: 2026-03-20\n" in entry(files, 16) and "occurred_on" not in entry(files, 14)
    assert accepted(tool, laid_out(files, tmp_path))
    assert accepted(tool, laid_out(unpacked(pack(liuhe.county, first=14)), tmp_path / "part"))


def test_hledger_adds_up_what_the_table_of_balances_says(told, tmp_path):
    if shutil.which("hledger") is None and not os.environ.get("CI"):
        pytest.skip("hledger is not installed: apt-get install hledger")
    files = unpacked(pack(told))
    asked = ["hledger", "-f", "journal.hledger", "balance", "--flat", "--no-total", "-O", "csv", "not:entries"]
    ran = subprocess.run(asked, cwd=laid_out(files, tmp_path), capture_output=True, encoding="utf-8", check=True)
    added = {account: held for account, held in list(csv.reader(StringIO(ran.stdout)))[1:]}
    kept = csv.reader(StringIO(files["balances.csv"].decode("utf-8-sig"), newline=""))
    assert added == {
        f"{account}:{lot}".rstrip(":"): f"{-int(held) / 10} POINT" if what == "POINT" else f"{held} {what}"
        for account, what, lot, held in list(kept)[1:] if held != "0"
    }


# Planted errors: what is planted, how, and who refuses it. Only hledger looks at days: ledger adds up in the order of
# the file, whatever day stands there.
BOTH, ONLY_HLEDGER = ("hledger", "ledger"), ("hledger",)
OUT = '    handed-out:L1  1 "RICE" = 1 "RICE"\n'
SOAP = '    stock:L2  -1 "SOAP" = 19 "SOAP"\n    handed-out:L2  1 "SOAP" = 1 "SOAP"\n'
NOTICE = '\n2026-03-06 (LY01-4) notice\n    (entries)  1 "ENTRY" = 4 "ENTRY"\n'
PLANTED = {
    "an amount changed": ('-1 "RICE" = 7', '-2 "RICE" = 7', BOTH),
    "a leg removed": (OUT, "", BOTH),
    "a posting doubled": (SOAP, SOAP * 2, BOTH),
    "a date out of order": ("2026-03-14 (LY01-10)", "2026-03-13 (LY01-10)", ONLY_HLEDGER),
    "an account misspelled": (OUT, OUT.replace("handed-out", "handedout"), BOTH),
    "a commodity misspelled": (OUT, OUT.replace("RICE", "RISE"), BOTH),
    "an assertion changed": ('= -3.5 "POINT"\n    redeemed', '= -3.4 "POINT"\n    redeemed', BOTH),
    "an entry removed": (NOTICE, "", BOTH),
    "signs flipped": (SOAP, SOAP.replace("-1 ", "+1 ").replace("  1 ", " -1 ").replace("+1", "1"), BOTH),
    "lots swapped": (OUT, OUT.replace("L1", "L2"), BOTH),
}


@pytest.mark.parametrize("planted", PLANTED)
def test_a_planted_error_is_refused(told, tool, planted, tmp_path):
    files = unpacked(pack(told))
    right, wrong, refused_by = PLANTED[planted]
    body = files["journal.body"].decode()
    assert body.count(right) == 1 and wrong != right
    files["journal.body"] = body.replace(right, wrong).encode()
    assert (run(tool, laid_out(files, tmp_path))[0] != 0) == (tool in refused_by)


def test_a_book_somebody_has_spoilt_is_still_packed_and_each_program_refuses_it(liuhe, tool, tmp_path):
    owner = owner_engine(as_role(liuhe.county.store.url, OWNER))
    with owner.begin() as connection:
        take_guards_off(connection)
        connection.exec_driver_sql("UPDATE entry SET body = '{' WHERE book = 'LY01' AND number = 10")
    owner.dispose()
    files = unpacked(pack(liuhe.county))
    assert "; LY01-10: its body cannot be read" in files["journal.body"].decode()
    folder = laid_out(files, tmp_path)
    assert not accepted(tool, folder)
    code, said = run_verify(folder / "verify.py")
    assert code == 1 and "entry 10：" in said


def test_a_paper_day_beyond_the_book_adds_up_too(liuhe, tool, tmp_path):
    """The Wangs carried home more rice than the shelf had by the book, for more points than they held."""
    rice = {"line": 1, "household": "H001", "basket": [{"item": "RICE", "quantity": 9}], "reason": "the second box"}
    liuhe.act(key_paper_day, by="lin", on="2026-03-12", sheet="260305-1", lines=[rice, {"line": 2, "void": 1}])  # 13
    liuhe.do(confirm_paper_line, by="gao", request=liuhe.county.ask(waiting_requests, "LY01")[-1].n)  # 14
    files = unpacked(pack(liuhe.county))
    assert "over-issued" in entry(files, 14) and "difference" in entry(files, 14)
    assert accepted(tool, laid_out(files, tmp_path))
    assert run_verify(tmp_path / "verify.py", tmp_path)[0] == 0
