"""The audit package: what is in it, what never is, and which entries it holds."""

import csv
import json
import re
import zipfile
from hashlib import sha256
from io import BytesIO, StringIO
from itertools import combinations_with_replacement

import pytest

from ledger.errors import NotFound
from ledger.exports.audit import write_package
from ledger.exports.run import NoMonth, NoSuchRun, NothingInPeriod
from ledger.exports.verify import check_package
from ledger.journal import County, entries_of, open_book
from ledger.journal.log import EntryMissing, PlaceEmpty
from tests.county import TODAY
from tests.exports.story import (
    SECRETS,
    VERIFY,
    laid_out,
    lines_of,
    manifest_of,
    pack,
    run_verify,
    tell,
    unpacked,
)
from tests.replay import leaf_by_definition
from tests.sealing import sign
from tests.stores import as_the_owner, outside

REGISTERS = [
    "collections", "collectors", "donors", "households", "items", "limits", "lots", "money", "objections",
    "prices", "rules", "sheet-lines", "sheets", "sites", "staff", "suppliers",
]


def register(files, name):
    """Return the rows of a register of a package, without their heading."""
    return rows_of(files, f"registers/{name}.csv")


def rows_of(files, name):
    assert files[name].startswith(b"\xef\xbb\xbf") and files[name].endswith(b"\r\n")
    return list(csv.reader(StringIO(files[name].decode("utf-8-sig"), newline="")))[1:]


def balances_of(files, name="balances.csv"):
    return {(account, commodity, lot): int(quantity) for account, commodity, lot, quantity in rows_of(files, name)}


@pytest.mark.parametrize("book", ["LY01", "COUNTY"])
def test_a_stranger_checks_the_whole_walk_with_nothing_but_python(county, book, tmp_path):
    tell(county)
    package = pack(county, book)
    (tmp_path / "package.zip").write_bytes(package)
    code, said = run_verify(VERIFY, tmp_path / "package.zip")
    assert code == 0, said
    assert "核验通过 ALL RIGHT" in said
    assert {"LY01": "entries 1–12", "COUNTY": "entries 1–3"}[book] in said
    assert manifest_of(unpacked(package))["digest"] in said


def test_unpacked_it_checks_itself_without_being_asked_for_anything(told, tmp_path):
    folder = laid_out(unpacked(pack(told)), tmp_path / "package")
    code, said = run_verify(folder / "verify.py", cwd="/")
    assert code == 0, said


def test_without_a_key_it_says_that_it_carries_no_signature_and_that_it_is_of_a_demo(told, tmp_path):
    files = unpacked(pack(told))
    assert "本包没有签名" in files["说明.txt"].decode() and "carries no signature" in files["说明.txt"].decode()
    assert manifest_of(files)["signature"] is None
    said = run_verify(VERIFY, laid_out(files, tmp_path / "package"))[1]
    assert "本包没有签名" in said and "carries no signature" in said
    assert "演示县" in said and "demo county" in said and "演示县" in files["说明.txt"].decode()


def test_the_leaflet_is_the_first_thing_in_it_and_every_file_is_known(told):
    with zipfile.ZipFile(BytesIO(pack(told))) as zipped:
        names = zipped.namelist()
    registers = [f"registers/{name}.csv" for name in REGISTERS]
    assert names[0] == "说明.txt"
    plain = ["journal.body", "journal.hledger", "journal.ledger"]
    others = ["journal.jsonl", "balances.csv", "manifest.json", "verify.py"]
    assert sorted(names[1:]) == sorted([*others, *plain, *registers])


def test_the_leaflet_opens_well_in_an_old_notepad(told):
    leaflet = unpacked(pack(told))["说明.txt"]
    assert leaflet.startswith(b"\xef\xbb\xbf" + "爱心账本 审计包".encode())
    assert leaflet.count(b"\n") == leaflet.count(b"\r\n") > 40


def test_the_manifest_says_what_the_package_is(liuhe):
    said = manifest_of(unpacked(pack(liuhe.county)))
    with liuhe.county.store.reading() as session:
        last = list(entries_of(session, "LY01"))[-1]
    assert {name: said[name] for name in ("v", "county", "demo", "book", "first", "last", "period", "made_at")} == {
        "v": 1, "county": "610727", "demo": True, "book": "LY01", "first": 1, "last": 12, "period": None,
        "made_at": "2026-03-15T02:00:00Z",
    }
    assert (said["previous"], said["digest"]) == ("0" * 64, last.digest.hex())


def test_the_program_that_checks_is_copied_byte_for_byte(told):
    assert unpacked(pack(told))["verify.py"] == VERIFY.read_bytes()


def test_the_journal_holds_the_very_bytes_that_were_hashed(liuhe):
    files, previous = unpacked(pack(liuhe.county)), bytes(32)
    with liuhe.county.store.reading() as session:
        entries = list(entries_of(session, "LY01"))
    lines = lines_of(files)
    assert len(lines) == len(entries) == 12
    for line, entry in zip(lines, entries, strict=True):
        assert list(line) == ["number", "recorded_us", "previous", "digest", "body"]
        assert line["body"] == entry.body
        assert line["previous"] == previous.hex()
        previous = leaf_by_definition("LY01", line["number"], line["recorded_us"], previous, line["body"].encode())
        assert line["digest"] == previous.hex()


def test_the_balances_are_those_of_the_book_in_the_units_of_the_journal(liuhe):
    held = balances_of(unpacked(pack(liuhe.county)))
    assert {place: quantity for place, quantity in held.items() if quantity} == liuhe.balances()
    assert held["purse:H001:support", "POINT", ""] == 35  # 40 points less a bag of rice at 36.5: tenths of a point
    assert held["received:COUNTY", "RICE", "L1"] == -10


def test_what_the_office_knows_of_people_is_nowhere_in_it(liuhe):
    package = pack(liuhe.county)
    for name, content in {**unpacked(package), "the zip itself": package}.items():
        for secret in SECRETS:
            for form in (secret.encode(), json.dumps(secret)[1:-1].encode(), secret.encode("gb18030")):
                assert form not in content, f"{secret} in {name}"


def test_unless_another_language_is_asked_for_every_heading_is_chinese(told):
    file = BytesIO()
    with told.store.reading() as session:
        write_package(session, book="LY01", file=file, now=told.now, first=2)
    tables = {name: content for name, content in unpacked(file.getvalue()).items() if name.endswith(".csv")}
    assert len(tables) == len(REGISTERS) + 2
    for name, content in tables.items():
        for heading in next(csv.reader(StringIO(content.decode("utf-8-sig"), newline=""))):
            assert any("\u4e00" <= sign <= "\u9fff" for sign in heading), f"{heading} in {name}"


def test_headings_are_in_the_language_asked_for_and_columns_stay_where_they_are(told, tmp_path, monkeypatch):
    headings = {"Account": "账户", "Lot": "批次", "yes": "是"}
    monkeypatch.setattr("ledger.exports.audit.in_language", lambda language: lambda word: headings.get(word, word))
    files = unpacked(pack(told, language="zh_Hans_CN"))
    assert files["balances.csv"].decode("utf-8-sig").splitlines()[0].startswith("账户,What is counted,批次,")
    assert register(files, "donors")[1] == ["D8", "", "是", ""]
    code, said = run_verify(VERIFY, laid_out(files, tmp_path / "package"))
    assert code == 0, said


def test_registers_leave_masked(liuhe):
    files = unpacked(pack(liuhe.county))
    assert register(files, "households")[0] == ["H001", "王**", "1", "Active", ""]
    assert register(files, "households")[1] == ["H002", "李**", "1", "Frozen", ""]
    assert register(files, "donors") == [["D7", "汉**", "", ""], ["D8", "", "yes", ""]]
    assert ["gao", "Supervisor", "LY01", "", ""] in register(files, "staff")
    # Masked or not, no value of these registers is a name of more than one sign.
    names = [row[1] for name in ("households", "donors") for row in register(files, name)]
    assert all(name[1:].strip("*") == "" for name in names)


def test_registers_say_what_an_auditor_needs_to_read_the_journal(liuhe):
    liuhe.county.price("SOAP", 130, book="LY02", since="2026-04-01")
    liuhe.county.price("SOAP", 125, book="LY01", since="2026-04-01")
    files = unpacked(pack(liuhe.county))
    assert [row[0] for row in register(files, "sites")] == ["COUNTY", "LY01", "LY02"]
    assert [row[:4] for row in register(files, "prices") if row[0] == "SOAP"] == [
        ["SOAP", "COUNTY", "2026-01-02", "12.0"], ["SOAP", "LY01", "2026-04-01", "12.5"],
    ]
    assert register(files, "lots") == [
        ["L1", "RICE", "D7", "COUNTY", "1", "20", *[""] * 7], ["L2", "SOAP", "D8", "COUNTY", "2", "30", *[""] * 7],
    ]
    assert register(files, "rules")[0] == [
        "BASE", "1", "基本保障积分", "保障", "Support points", "10.0", "100.0", "", "", "2026-01-02", "",
    ]
    assert register(files, "sheets")[1][:10] == [
        "2", "2026-03", "Support points", "In the purse", "mei", "5", "2026-03-06", "2026-03-13", "6", "7",
    ]
    assert register(files, "sheet-lines") == [
        ["1", "1", "H001", "WORK", "1", "10.0", "10.0", "", "In the purse", ""],
        ["1", "2", "H006", "CLEAN", "1", "5.0", "5.0", "", "In the purse", ""],
        ["2", "1", "H001", "BASE", "1", "40.0", "40.0", "", "In the purse", ""],
    ]


def test_in_a_chinese_package_states_purses_and_roles_are_told_in_chinese(liuhe):
    files = unpacked(pack(liuhe.county, language="zh_Hans_CN"))
    assert [row[3] for row in register(files, "households")][:2] == ["正常", "冻结"]
    assert [row[1] for row in register(files, "sites")][:2] == ["县级中心库", "网点"]
    assert {row[2] for row in register(files, "sheets")} == {"激励积分", "保障积分"}
    assert "监督员" in [row[1] for row in register(files, "staff")]
    for name in ("sites", "households", "rules", "staff", "sheets", "sheet-lines"):
        for row in register(files, name):
            # What is left in Latin letters is a code, a sign-in name or a digest.
            words = [cell for cell in row if re.fullmatch("[a-z]+(-[a-z]+)*", cell)]
            assert set(words) <= {"wei", "han", "lin", "mei", "gao", "zhao", "luo", "chen"}, (name, row)


def test_another_outlet_s_households_lots_and_donors_are_left_out(liuhe):
    liuhe.county.book("COUNTY").give(donor="D8", oil=5)
    files = unpacked(pack(liuhe.county))
    assert "H101" not in [row[0] for row in register(files, "households")]
    assert [row[0] for row in register(files, "lots")] == ["L1", "L2"]
    assert unpacked(pack(liuhe.county, "LY02"))["registers/donors.csv"].count(b"\r\n") == 1


def test_the_digest_of_a_sheet_can_be_worked_out_from_its_lines(told):
    files = unpacked(pack(told))
    said = [[int(line), household, rule, round(float(points) * 10)]
            for n, line, household, rule, _, points, *_ in register(files, "sheet-lines") if n == "1"]
    digest = sha256(json.dumps(said, separators=(",", ":")).encode()).hexdigest()
    assert digest == register(files, "sheets")[0][10]
    assert digest == json.loads(lines_of(files)[3]["body"])["facts"]["digest"]


# A run of the book


def test_a_run_carries_what_stood_before_it_as_taken_over(liuhe, tmp_path):
    package = pack(liuhe.county, first=5, last=9)
    files = unpacked(package)
    whole = lines_of(unpacked(pack(liuhe.county)))
    assert [line["number"] for line in lines_of(files)] == [5, 6, 7, 8, 9]
    assert manifest_of(files)["previous"] == whole[3]["digest"]
    assert manifest_of(files)["digest"] == whole[8]["digest"]
    assert balances_of(files, "taken-over.csv") == {
        ("difference", "RICE", "L1"): 2, ("received:COUNTY", "RICE", "L1"): -10, ("received:COUNTY", "SOAP", "L2"): -20,
        ("stock", "RICE", "L1"): 8, ("stock", "SOAP", "L2"): 20,
    }
    code, said = run_verify(VERIFY, laid_out(files, tmp_path / "package"))
    assert code == 0, said
    assert "entries 5–9" in said and "taken over" in said and "系承接" in said
    assert "taken-over.csv" in files["说明.txt"].decode()


def test_the_balances_of_a_run_are_those_after_its_last_entry_and_not_today_s(liuhe):
    held = balances_of(unpacked(pack(liuhe.county, last=9)))
    assert held["stock", "RICE", "L1"] == 8
    assert held["purse:H001:support", "POINT", ""] == 400
    assert liuhe.purse("H001", "support") == 35


def test_wherever_a_run_is_cut_it_holds(told, tmp_path):
    for first, last in combinations_with_replacement(range(1, 13), 2):
        folder = laid_out(unpacked(pack(told, first=first, last=last)), tmp_path / f"{first}-{last}")
        assert check_package(folder).number == last


def test_a_reversal_of_an_entry_before_the_run_is_said_to_be_out_of_sight(told, tmp_path):
    folder = laid_out(unpacked(pack(told, first=12)), tmp_path / "package")
    code, said = run_verify(VERIFY, folder)
    assert code == 0, said
    assert "1 reversals are of entries before" in said and "1 笔冲销的原凭证不在包内" in said


def test_a_month_is_the_run_that_holds_all_booked_in_it(liuhe):
    county = liuhe.county
    county.move_to("2026-04-02")
    liuhe.redeem("H001", soap=1, on="2026-03-31", paper_number="册3-2-7")  # 13, booked in March
    liuhe.reverse(13)  # 14, booked in April
    assert [line["number"] for line in lines_of(unpacked(pack(county, period="2026-03")))] == list(range(1, 14))
    april = unpacked(pack(county, period="2026-04"))
    assert [line["number"] for line in lines_of(april)] == [14]
    assert manifest_of(april)["period"] == "2026-04"


@pytest.mark.parametrize(
    ("asked", "refusal"),
    [
        ({"first": 0}, NoSuchRun),
        ({"first": 13}, NoSuchRun),
        ({"last": 13}, NoSuchRun),
        ({"first": 5, "last": 4}, NoSuchRun),
        ({"first": 1, "last": 0}, NoSuchRun),
        ({"period": "2026-02"}, NothingInPeriod),
        ({"period": "2026"}, NoMonth),
        ({"period": "2026-13"}, NoMonth),
        ({"period": "2026-3"}, NoMonth),
        ({"book": "LY99"}, NotFound),
    ],
)
def test_what_is_not_in_the_book_is_refused_before_a_byte_is_written(told, asked, refusal):
    file = BytesIO()
    with told.store.reading() as session, pytest.raises(refusal):
        write_package(session, **{"book": "LY01", "file": file, "now": TODAY, **asked})
    assert file.getvalue() == b""


def test_a_book_with_nothing_in_it_yet_can_be_packed_and_checked(county, tmp_path):
    files = unpacked(pack(county, "LY02"))
    assert (manifest_of(files)["first"], manifest_of(files)["last"], files["journal.jsonl"]) == (1, 0, b"")
    code, said = run_verify(VERIFY, laid_out(files, tmp_path / "package"))
    assert code == 0, said


def test_a_real_county_is_not_called_a_demo(store, tmp_path):
    with store.writing() as session:
        session.add(County(name="略阳", code="610727", timezone="Asia/Shanghai", demo=0, made_us=0))
        session.flush()
        open_book(session, "LY01")
    file = BytesIO()
    with store.reading() as session:
        write_package(session, book="LY01", file=file, now=TODAY)
    files = unpacked(file.getvalue())
    assert manifest_of(files)["demo"] is False
    said = run_verify(VERIFY, laid_out(files, tmp_path / "package"))[1]
    assert "演示" not in said and "演示" not in files["说明.txt"].decode()


# How it is written


def test_it_can_be_sent_while_it_is_being_written(told):
    class Wire:
        """What a browser hangs on: bytes go out in order, and there is no way back."""

        def __init__(self):
            self.sent = []

        def write(self, part):
            self.sent.append(bytes(part))
            return len(part)

        def flush(self):
            pass

    wire = Wire()
    with told.store.reading() as session:
        write_package(session, book="LY01", file=wire, now=told.now, language="en")
    assert unpacked(b"".join(wire.sent)) == unpacked(pack(told))


def test_the_same_moment_packed_twice_is_the_same_package(told):
    assert pack(told) == pack(told)


def test_a_package_is_of_one_moment_whatever_is_booked_meanwhile(liuhe, tmp_path):
    class Interrupted(BytesIO):
        """A file during whose writing the shop goes on."""

        booked = False

        def write(self, part):
            if not self.booked:
                self.booked = True
                liuhe.redeem("H001", soap=1)
            return super().write(part)

    file = Interrupted()
    with liuhe.county.store.reading() as session:
        write_package(session, book="LY01", file=file, now=liuhe.county.now)
    assert len(liuhe.kinds()) == 13
    code, said = run_verify(VERIFY, laid_out(unpacked(file.getvalue()), tmp_path / "package"))
    assert code == 0, said
    assert "entries 1–12" in said


def test_a_balance_changed_behind_the_program_s_back_shows_in_the_package(liuhe, tmp_path):
    with outside(liuhe.county.store) as connection:
        connection.execute("UPDATE balance SET quantity = 900 WHERE book = 'LY01' AND account = 'purse:H006:merit'")
    code, said = run_verify(VERIFY, laid_out(unpacked(pack(liuhe.county)), tmp_path / "package"))
    assert code == 1
    assert "balances.csv：purse:H006:merit POINT" in said and "should be 50, says 900" in said


def test_of_a_book_whose_entry_is_gone_nothing_is_packed(county):
    tell(county)
    as_the_owner(county.store, "DELETE FROM posting WHERE number = 5", "DELETE FROM note WHERE number = 5",
                 "DELETE FROM entry WHERE number = 5 AND book = 'LY01'")
    with pytest.raises(EntryMissing, match="Entry 5 of book LY01 is missing"):
        pack(county)
    assert pack(county, first=7)


def test_a_package_is_not_left_unsigned_because_the_places_of_the_log_are_gone(county):
    tell(county)
    sign(county.store)
    as_the_owner(county.store, "DELETE FROM logged")
    with pytest.raises(PlaceEmpty, match="Place 0 of the county log is empty"):
        pack(county)
