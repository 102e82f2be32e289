"""aixin checkpoint and aixin verify --against: the county signs, and somebody who kept the note holds it to that."""

import os
import stat
import zipfile

import pytest
from sqlalchemy import text

from ledger.commands import main
from ledger.exports import verify
from ledger.journal import log_size
from ledger.journal.signing import public_line, read_key
from ledger.registers.findings import LOG, findings
from tests.journaltext import WrittenBook, book_from
from tests.sealing import root_by_definition
from tests.stores import as_the_owner

ORIGIN = "aixin-ledger/610727"
GIFT = """
2026-03-05 donation
  donor:D7 -> stock       SOAP/L7  20
2026-03-06 redemption
  stock    -> handed-out  SOAP/L7   2
"""


@pytest.fixture
def aixin(store, tmp_path, monkeypatch, capsys):
    """Call the command beside a county whose store is Liuhe's book; return exit code and what it said."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("AIXIN_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("AIXIN_DATABASE_URL", store.url)
    book_from(GIFT, store)

    def call(*arguments, key=None):
        monkeypatch.setenv("AIXIN_SIGNING_KEY_FILE", str(key or ""))
        code = main(arguments)
        said = capsys.readouterr()
        return code, said.out, said.err

    yield call
    # The command has made its own database that of the process, and closed it again.
    store.close()


@pytest.fixture
def signing(aixin, tmp_path):
    """Call the command with a key at hand."""
    aixin("checkpoint", "--new-key", "key.pem")
    return lambda *arguments: aixin(*arguments, key=tmp_path / "key.pem")


def kept(tmp_path, note):
    """Keep a note outside; return where."""
    (tmp_path / "old.txt").write_text(note)
    return str(tmp_path / "old.txt")


# The key


def test_a_new_key_lies_in_a_private_file_and_its_public_half_is_printed_alone(aixin, tmp_path):
    code, out, said = aixin("checkpoint", "--new-key", "key.pem")
    assert code == 0
    assert out == public_line(ORIGIN, read_key(tmp_path / "key.pem")) + "\n"
    assert stat.S_IMODE((tmp_path / "key.pem").stat().st_mode) == 0o600
    assert f"AIXIN_SIGNING_KEY_FILE={tmp_path / 'key.pem'}" in said


def test_a_key_is_made_where_the_setting_will_look_for_it(aixin, tmp_path):
    assert aixin("checkpoint", "--new-key", "key.pem", key=tmp_path / "key.pem")[0] == 0


def test_a_key_is_not_made_twice_in_a_file_or_in_no_folder(aixin):
    assert aixin("checkpoint", "--new-key", "key.pem")[0] == 0
    assert aixin("checkpoint", "--new-key", "key.pem")[::2] == (
        1, "key.pem is there already; a key is never written over.\n"
    )
    assert aixin("checkpoint", "--new-key", "no/such/key.pem")[0] == 2


@pytest.mark.parametrize("spoil", ["open", "gone", "none"])
def test_without_a_key_of_its_own_nothing_is_signed(signing, aixin, tmp_path, spoil):
    key = tmp_path / "key.pem"
    key.chmod(0o640) if spoil == "open" else key.unlink()
    code, out, said = aixin("checkpoint", key=None if spoil == "none" else key)
    assert (code, out) == (2 if spoil == "none" else 1, "")
    sentences = {"open": "Others may read", "gone": "bring it back (mount it)", "none": "Set AIXIN_SIGNING_KEY_FILE"}
    assert sentences[spoil] in said


def test_a_file_that_holds_no_key_is_refused(aixin, tmp_path):
    (tmp_path / "key.pem").write_text("no key")
    (tmp_path / "key.pem").chmod(0o600)
    code, out, said = aixin("checkpoint", key=tmp_path / "key.pem")
    assert (code, out, "holds no Ed25519 key" in said) == (1, "", True)


# Signing and comparing


def test_the_note_is_printed_and_nothing_else(signing, store, tmp_path):
    code, out, _ = signing("checkpoint")
    with store.reading() as session:
        leaves = [row[0] for row in session.execute(text("SELECT digest FROM entry ORDER BY number"))]
    note = verify.read_note(out)
    assert code == 0
    assert (note.origin, note.size, note.root) == (ORIGIN, 2, root_by_definition([bytes(leaf) for leaf in leaves]))
    assert verify.is_signed(note, public_line(ORIGIN, read_key(tmp_path / "key.pem")))
    assert signing("checkpoint")[1] == out


def test_a_database_that_was_only_added_to_agrees_with_what_was_kept(signing, store, tmp_path):
    old = kept(tmp_path, signing("checkpoint")[1])
    WrittenBook(store, "LY13").write(GIFT)
    signing("checkpoint")
    code, out, _ = signing("verify", "--against", old)
    assert code == 0
    assert "The 2 entries of the checkpoint are the beginning of the log; 2 were added since." in out
    assert "all 2 checkpoints kept here" in out and "Its signature is good: aixin-ledger/610727+" in out


def test_the_package_made_then_and_now_agree_with_what_was_kept(signing, tmp_path, store):
    old = kept(tmp_path, signing("checkpoint")[1])
    assert signing("export", "audit", "--book", "LY12", "old.zip")[0] == 0
    WrittenBook(store, "LY13").write(GIFT)
    signing("checkpoint")
    assert signing("export", "audit", "--book", "LY12", "new.zip")[0] == 0
    with zipfile.ZipFile(tmp_path / "old.zip") as package:
        package.extract("checkpoints.txt", tmp_path)
    for witness in (old, "old.zip", "checkpoints.txt"):
        code, out, _ = signing("verify", "new.zip", "--against", witness)
        assert (code, "others were only added" in out) == (0, True), out
        assert signing("verify", "--against", witness)[0] == 0


REWRITTEN = {
    "an entry": ("UPDATE entry SET body = replace(body, 'lin', 'lan') WHERE number = 1",
                 "LY12-1: its digest does not fit it"),
    "an entry and its digest": (
        "UPDATE entry SET digest = (SELECT digest FROM entry WHERE number = 2) WHERE number = 1",
        "LY12-1: its digest does not fit it"),
    "the link": (
        "UPDATE entry SET previous = digest WHERE number = 2", "LY12-2: it does not follow entry 1 of the log"),
    "the order": ("UPDATE logged SET position = 7 WHERE number = 2", "in place 1 of the log stands nothing"),
    "the log": ("DELETE FROM logged WHERE number = 2", "the checkpoint is of 2 entries, the log has 1"),
    "what was signed": ("UPDATE checkpoint SET root = (SELECT digest FROM entry WHERE number = 1)",
                        "the first 2 entries of the log are not those that were signed here"),
}


@pytest.mark.parametrize("name", REWRITTEN)
def test_whatever_is_changed_behind_the_program_s_back_is_named(signing, store, tmp_path, name):
    old = kept(tmp_path, signing("checkpoint")[1])
    statement, named = REWRITTEN[name]
    as_the_owner(store, statement)
    code, out, _ = signing("verify", "--against", old)
    assert (code, out.startswith("WRONG: "), named in out) == (1, True, True), out


def test_another_history_fails_against_what_was_kept_though_it_fits_itself(signing, store, tmp_path):
    """The county's book was written anew and signed with the very same key; only Chen's old note tells."""
    old = kept(tmp_path, signing("checkpoint")[1])
    assert signing("export", "audit", "--book", "LY12", "old.zip")[0] == 0
    as_the_owner(store, *(f"DELETE FROM {table}" for table in ("checkpoint", "log_node", "logged", "posting")),
                 "DELETE FROM entry WHERE number = 2", "DELETE FROM entry", "DELETE FROM balance", "DELETE FROM book")
    book_from(GIFT.replace("SOAP/L7   2", "SOAP/L7   5"), store)
    assert signing("checkpoint")[0] == 0
    code, out, _ = signing("verify", "--against", old)
    assert (code, "history was rewritten" in out) == (1, True), out
    assert signing("export", "audit", "--book", "LY12", "new.zip")[0] == 0
    assert signing("verify", "new.zip")[0] == 0
    code, out, _ = signing("verify", "new.zip", "--against", old)
    assert (code, "历史被改写" in out) == (1, True), out
    with zipfile.ZipFile(tmp_path / "old.zip") as package:
        package.extract("checkpoints.txt", tmp_path)
    for witness in ("old.zip", "checkpoints.txt"):
        code, out, _ = signing("verify", "--against", witness)
        assert (code, "LY12-2: it is not that of the package" in out) == (1, True), out


def test_a_note_that_is_not_the_one_that_was_signed_is_counted_nowhere_as_good(signing, store, tmp_path):
    old = kept(tmp_path, signing("checkpoint")[1])
    WrittenBook(store, "LY13").write(GIFT)
    signing("checkpoint")
    as_the_owner(store, "UPDATE checkpoint SET note = replace(note, '610727', '610728')")
    for arguments in (("verify", "--against", old), ("export", "audit", "--book", "LY12", "new.zip")):
        code, out, err = signing(*arguments)
        assert (code, "is not the one that was signed" in out + err) == (1, True), (out, err)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda note: note.replace("610727", "610728"), "the checkpoint is of aixin-ledger/610728"),
        (lambda note: "", "old.txt：无法读取"),
        (lambda note: note.replace("\n2\n", "\n1\n"), "the first 1 entries of the log are not the checkpoint's"),
    ],
    ids=["of another county", "no checkpoint", "of another size"],
)
def test_what_was_kept_elsewhere_or_spoilt_is_said_in_a_sentence(signing, tmp_path, change, named):
    old = kept(tmp_path, change(signing("checkpoint")[1]))
    code, out, _ = signing("verify", "--against", old)
    assert (code, named in out) == (1, True), out


def test_a_note_without_a_known_signature_is_pointed_out(signing, tmp_path):
    note = signing("checkpoint")[1]
    code, out, _ = signing("verify", "--against", kept(tmp_path, note.split("\n\n")[0]))
    assert (code, "NOTE: it carries no signature of a key that ever signed here." in out) == (0, True)


@pytest.mark.parametrize("arguments", [("verify",), ("verify", "--against", "nowhere.txt"), ("verify", "nowhere.zip")])
def test_comparing_nothing_is_wrong_usage(aixin, arguments):
    assert aixin(*arguments)[0] == 2


def cut(store, *, after):
    """Cut the end of Liuhe's book off as the owner can, so that what is left agrees with itself."""
    gone = f"book = 'LY12' AND number > {after}"
    moved = "(SELECT quantity FROM posting WHERE book = 'LY12' AND number = 2)"
    foreign = [] if store.is_sqlite else ["ALTER TABLE logged DROP CONSTRAINT logged_book_number_fkey"]
    as_the_owner(
        store, *foreign,
        f"UPDATE balance SET quantity = quantity + {moved} WHERE book = 'LY12' AND account = 'stock'",
        f"UPDATE balance SET quantity = quantity - {moved} WHERE book = 'LY12' AND account = 'handed-out'",
        f"DELETE FROM posting WHERE {gone}",
        f"DELETE FROM entry WHERE {gone}",
        *(f"UPDATE book SET {name} = (SELECT {name} FROM entry WHERE book = 'LY12' AND number = {after})"
          " WHERE code = 'LY12'" for name in ("number", "digest", "recorded_us")),
    )


@pytest.fixture
def cut_off(signing, store):
    """Liuhe's book without its last entry, which was signed and kept by nobody outside."""
    signing("checkpoint")
    cut(store, after=1)
    return signing


def test_an_end_that_was_cut_off_is_named_by_every_check(cut_off):
    named = "LY12-2: it is missing, and so are all that follow: the county log goes on to 2"
    code, out, _ = cut_off("rebuild", "--check")
    assert (code, out.splitlines()) == (1, [named, MISSING])
    code, out, _ = cut_off("nightly")
    assert (code, out.splitlines()[0]) == (1, named)


MISSING = "the county log: LY12-2: it is missing, and has place 1 in the log"


def test_an_end_that_was_cut_off_is_neither_signed_nor_packed(cut_off, tmp_path):
    for command, why in (
        (["checkpoint"], "the county log, so it is not signed: LY12-2: it is missing"),
        (["export", "audit", "--book", "LY12", "cut.zip"], "the county log goes on to number 2, the book ends at 1."),
    ):
        code, out, said = cut_off(*command)
        assert (code, out, why in said.splitlines()[-1]) == (1, "", True), said
    assert not (tmp_path / "cut.zip").exists()


def test_the_night_goes_on_with_its_other_work(cut_off):
    code, out, _ = cut_off("nightly")
    assert (code, len(out.splitlines()), out.splitlines()[-1]) == (1, 3, MISSING), out


# A log that was changed is not signed

CHANGED = {
    "an entry": (["UPDATE entry SET body = body || ' ' WHERE book = 'LY12' AND number = 1"],
                 "LY12-1: its digest does not fit it"),
    "a note": (["UPDATE checkpoint SET note = replace(note, '18', '17')"],
               "the note kept of 18 entries is not the one that was signed"),
    "a node": (["UPDATE log_node SET digest = (SELECT digest FROM entry WHERE number = 1 AND book = 'LY12')"],
               "from place 0 (LY12-1) to 15: the node kept is not what their entries lead to"),
    "two places": ([f"UPDATE logged SET position = {new} WHERE position = {old}"
                    for old, new in ((0, 18), (9, 0), (18, 9))], "LY13-8: it does not follow entry 0 of the log"),
}


@pytest.fixture
def long(signing, store):
    """A log of eighteen entries: two of Liuhe, sixteen of Shimo."""
    shimo = WrittenBook(store, "LY13")
    for _ in range(16):
        shimo.post("2026-03-06", "notice")
    assert signing("checkpoint")[0] == 0
    return signing


@pytest.mark.parametrize("what", CHANGED)
def test_whatever_was_changed_in_the_log_is_named_known_and_not_signed(long, store, what):
    statements, named = CHANGED[what]
    as_the_owner(store, *statements)
    code, out, _ = long("rebuild", "--check", "--book", "LY13")
    assert (code, out.splitlines()[-1].startswith(f"the county log: {named}")) == (1, True), out
    code, out, _ = long("nightly")
    assert (code, out.splitlines()[-1].startswith(f"the county log: {named}")) == (1, True), out
    code, out, said = long("checkpoint")
    assert (code, out, named in said.splitlines()[-1]) == (1, "", True), said
    with store.reading() as session:
        assert [(one.book, one.what.startswith(named)) for one in findings(session) if one.of_the_log] == [(LOG, True)]
        assert log_size(session) == 18


def test_what_was_changed_in_the_log_is_forgotten_when_it_is_right_again_and_a_glance_does_not_forget_it(long, store):
    as_the_owner(store, "UPDATE checkpoint SET note = replace(note, '18', '17')")
    for _ in range(2):
        assert long("nightly")[0] == 1
    as_the_owner(store, "UPDATE checkpoint SET note = replace(note, '17', '18')")
    code, out, _ = long("rebuild", "--check")
    assert (code, out.splitlines()[-1]) == (
        0, "the county log: all 18 places agree with the entries, the tree and what was signed."
    )
    with store.reading() as session:
        assert findings(session) == []
    assert long("nightly")[0] == long("checkpoint")[0] == 0


def test_over_a_lost_entry_of_another_book_a_package_is_refused_in_a_sentence(long, store, tmp_path):
    """Shimo's last entry but one is lost, in the block of the log that also proves Shimo's and Liuhe's last ones."""
    foreign = [] if store.is_sqlite else ["ALTER TABLE logged DROP CONSTRAINT logged_book_number_fkey"]
    as_the_owner(store, *foreign, "DELETE FROM entry WHERE book = 'LY13' AND number = 15")
    code, out, said = long("export", "audit", "--book", "LY12", "liuhe.zip")
    assert (code, out) == (1, "")
    assert said.startswith("Entry 15 of book LY13 is missing: nothing can be signed or proved over it.")
    assert [path.name for path in tmp_path.iterdir() if "zip" in path.name] == []
