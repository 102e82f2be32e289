"""Checkpoints: the county signs how many entries there are and their root; who keeps one can hold it to that."""

import base64
import json
import os
import shutil
import stat
import subprocess
from hashlib import sha256
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from ledger.exports import verify
from ledger.journal import checkpoint, log, log_size
from ledger.journal.checkpoint import LogDiffers, NoteSpoilt, latest_checkpoint, make_checkpoint, seal, sizes_signed
from ledger.journal.log import digests
from ledger.journal.signing import KeyFileStands, KeyGone, KeyNotPrivate, NoKey, new_key, public_line, read_key, signed
from tests.journaltext import WrittenBook, at
from tests.sealing import ANOTHER_KEY, KEY, root_by_definition, sign
from tests.stores import as_the_owner

PUBLISHED = json.loads((Path(__file__).parent.parent / "vectors" / "signed-note.json").read_text(encoding="utf-8"))
ORIGIN = "aixin-ledger/610727"


@pytest.fixture
def book(store):
    """The book of Liuhe with five notices in it."""
    written = WrittenBook(store)
    notices(written, 5)
    return written


def notices(book, count):
    for _ in range(count):
        book.post("2026-03-06", "notice")


def parts_of(note):
    """Return what was signed, and the signature with the name and the four bytes before it."""
    text, line = note.split("\n\n")
    dash, name, encoded = line.rstrip("\n").split(" ")
    signature = base64.b64decode(encoded)
    assert (dash, note[-1]) == ("—", "\n")
    return f"{text}\n", name, signature[:4], signature[4:]


# The note


def test_a_checkpoint_says_whose_log_how_many_entries_and_their_root(store, book):
    made = sign(store)
    with store.reading() as session:
        root = base64.b64encode(root_by_definition(list(digests(session, 0, 5)))).decode()
    said, name, key_id, _ = parts_of(made.note)
    assert said == f"aixin-ledger/610727\n5\n{root}\n"
    assert name == ORIGIN
    public = KEY.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    assert key_id == sha256(b"aixin-ledger/610727\n\x01" + public).digest()[:4]
    assert made.key == f"aixin-ledger/610727+{key_id.hex()}+{base64.b64encode(bytes([1]) + public).decode()}"


def test_a_note_is_signed_as_the_published_one_is():
    key = Ed25519PrivateKey.from_private_bytes(base64.b64decode(PUBLISHED["secret"].split("+", 4)[4])[1:])
    assert public_line("PeterNeumann", key) == PUBLISHED["key"]
    assert signed(PUBLISHED["text"], "PeterNeumann", key) == PUBLISHED["note"]


@pytest.mark.skipif(not shutil.which("openssl") and "CI" not in os.environ, reason="there is no openssl here")
@pytest.mark.parametrize("spoilt", [False, True], ids=["as it is", "with a byte changed"])
def test_openssl_finds_the_signature_good_and_nothing_else(store, book, tmp_path, spoilt):
    said, _, _, signature = parts_of(sign(store).note)
    public = KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    (tmp_path / "key.pem").write_bytes(public)
    (tmp_path / "text").write_text(said.replace("\n5\n", "\n6\n") if spoilt else said)
    (tmp_path / "signature").write_bytes(signature)
    asked = "openssl pkeyutl -verify -rawin -pubin -inkey key.pem -in text -sigfile signature"
    ran = subprocess.run(asked.split(), cwd=tmp_path, capture_output=True, text=True)
    assert (ran.returncode == 0) == (not spoilt), ran.stderr
    assert ("Signature Verified Successfully" in ran.stdout) == (not spoilt)


def test_the_program_in_the_package_and_a_foreign_library_find_it_good_too(store, book):
    made = sign(store)
    note = verify.read_note(made.note)
    assert verify.is_signed(note, made.key) is True
    assert verify.is_signed(note._replace(size=6), made.key) is False
    assert verify.is_signed(note, public_line(ORIGIN, ANOTHER_KEY)) is None
    said, _, _, signature = parts_of(made.note)
    KEY.public_key().verify(signature, said.encode())
    with pytest.raises(InvalidSignature):
        KEY.public_key().verify(signature, said.replace("5", "6").encode())


# Making one


def test_every_entry_has_its_place_before_the_log_is_signed(store, book, monkeypatch):
    monkeypatch.setattr(log, "CHUNK", 2)
    monkeypatch.setattr(checkpoint, "CHUNK", 2)
    assert sign(store).size == 5
    notices(book, 3)
    with store.writing() as session:
        assert make_checkpoint(session, key=KEY, now=at("2026-03-31")).size == 8


def test_a_log_of_nothing_can_be_signed(store):
    WrittenBook(store)
    assert parts_of(sign(store).note)[0].split("\n")[1:3] == ["0", "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="]


def test_as_long_as_nothing_is_booked_it_stays_the_same(store, book):
    first = sign(store)
    assert sign(store, day="2026-04-01").note == first.note
    notices(book, 1)
    second = sign(store, day="2026-04-01")
    assert (first.size, second.size) == (5, 6)
    with store.reading() as session:
        assert latest_checkpoint(session).note == second.note
        assert sizes_signed(session, below=6) == [5]
        assert sizes_signed(session, below=5) == []


def test_a_new_key_signs_the_same_log_anew(store, book):
    first, second = sign(store), sign(store, ANOTHER_KEY, "2026-04-01")
    assert (first.size, first.root) == (second.size, second.root)
    assert second.key == public_line(ORIGIN, ANOTHER_KEY) != first.key
    with store.reading() as session:
        assert latest_checkpoint(session).key == second.key


def test_who_goes_back_to_the_first_key_gets_the_note_that_packages_carry(store, book):
    """As long as nothing is booked no third note is made: the last one stands, for the command and for packages."""
    sign(store)
    second = sign(store, ANOTHER_KEY, "2026-04-01")
    with store.reading() as session:
        assert sign(store, KEY, "2026-04-02").note == second.note == latest_checkpoint(session).note
    notices(book, 1)
    with store.reading() as session:
        assert sign(store, KEY, "2026-04-02").note == latest_checkpoint(session).note != second.note


def test_what_was_signed_last_is_last_by_a_clock_that_was_set_back_too(store, book):
    sign(store)
    second = sign(store, ANOTHER_KEY, "2026-03-30")
    with store.reading() as session:
        assert latest_checkpoint(session).note == second.note


def test_a_note_that_is_not_the_one_that_was_signed_is_not_given_out(store, book):
    sign(store)
    as_the_owner(store, "UPDATE checkpoint SET note = replace(note, '5', '4')")
    with pytest.raises(NoteSpoilt, match="checkpoint of 5 entries is not the one that was signed"):
        sign(store)
    notices(book, 1)
    assert sign(store).size == 6


def test_a_checkpoint_that_is_taken_back_was_never_made(store, book):
    with pytest.raises(ZeroDivisionError), store.writing() as session:
        make_checkpoint(session, key=KEY, now=at("2026-03-31"))
        raise ZeroDivisionError
    with store.reading() as session:
        assert latest_checkpoint(session) is None
        assert log_size(session) == 0


def test_before_the_first_there_is_none(store):
    with store.reading() as session:
        assert latest_checkpoint(session) is None


@pytest.mark.parametrize(
    "spoil",
    ["UPDATE log_node SET digest = (SELECT digest FROM entry WHERE number = 1)",
     "UPDATE checkpoint SET root = (SELECT digest FROM entry WHERE number = 1)",
     "DELETE FROM logged WHERE position = 19"],
    ids=["a node of the tree", "what was signed", "the last place"],
)
def test_what_contradicts_the_last_checkpoint_is_not_signed(store, book, spoil):
    notices(book, 15)
    first = sign(store)
    assert first.size == 20
    as_the_owner(store, spoil)
    with pytest.raises(LogDiffers, match="does not continue the checkpoint of 20 entries"), store.writing() as session:
        # Without a new entry: the log would only get back the place that was taken from it.
        checkpoint.check_last(session)
    notices(book, 1)
    if "DELETE" not in spoil:
        with pytest.raises(LogDiffers):
            sign(store)


# The key


def test_a_new_key_lies_in_a_file_that_its_owner_alone_can_read(tmp_path):
    before = os.umask(0)
    try:
        made = new_key(tmp_path / "key.pem")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "key.pem").stat().st_mode) == 0o600
    assert public_line("x", read_key(tmp_path / "key.pem")) == public_line("x", made)


def test_two_new_keys_are_not_the_same(tmp_path):
    assert public_line("x", new_key(tmp_path / "one")) != public_line("x", new_key(tmp_path / "two"))


def test_a_key_is_never_written_over(tmp_path):
    new_key(tmp_path / "key.pem")
    kept = (tmp_path / "key.pem").read_bytes()
    with pytest.raises(KeyFileStands, match=r"key\.pem is there already"):
        new_key(tmp_path / "key.pem")
    assert (tmp_path / "key.pem").read_bytes() == kept


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o602, 0o610, 0o644, 0o777])
def test_a_key_that_others_could_read_or_change_is_not_used(tmp_path, mode):
    new_key(tmp_path / "key.pem")
    (tmp_path / "key.pem").chmod(mode)
    with pytest.raises(KeyNotPrivate, match=r"Run: chmod 600 .*key\.pem"):
        read_key(tmp_path / "key.pem")


@pytest.mark.parametrize("mode", [0o400, 0o600])
def test_a_key_that_its_owner_alone_can_read_is_used(tmp_path, mode):
    new_key(tmp_path / "key.pem")
    (tmp_path / "key.pem").chmod(mode)
    assert read_key(tmp_path / "key.pem")


def written(path, content):
    path.write_bytes(content)
    path.chmod(0o600)
    return path


def test_what_is_no_ed25519_key_is_refused_in_a_sentence(tmp_path):
    other = generate_private_key(SECP256R1()).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    public = KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    for content in (b"", b"no key", other, public):
        with pytest.raises(NoKey, match="holds no Ed25519 key that could be read"):
            read_key(written(tmp_path / "key.pem", content))
    with pytest.raises(KeyGone):
        read_key(tmp_path / "nowhere.pem")


@pytest.mark.skipif(not shutil.which("openssl") and "CI" not in os.environ, reason="there is no openssl here")
def test_a_key_that_openssl_made_is_as_good(tmp_path):
    made = subprocess.run(["openssl", "genpkey", "-algorithm", "ed25519"], capture_output=True, check=True).stdout
    assert read_key(written(tmp_path / "key.pem", made))


def test_sealing_takes_a_turn_for_each_part_and_one_to_sign(store, book, monkeypatch):
    monkeypatch.setattr(log, "CHUNK", 2)
    monkeypatch.setattr(checkpoint, "CHUNK", 2)
    turns = []

    class Counting:
        """A database that notes how large the log is at the end of each turn."""

        def writing(self):
            return self.turn(store.writing())

        def turn(self, inner):
            class Turn:
                def __enter__(self):
                    self.session = inner.__enter__()
                    return self.session

                def __exit__(self, *fault):
                    turns.append(log_size(self.session))
                    return inner.__exit__(*fault)

            return Turn()

    seal(Counting(), key=KEY, now=at("2026-03-31"))
    assert turns == [2, 4, 5, 5]
