"""The proofs of the county log are those of RFC 6962: whoever knows them can check ours, and we theirs."""

import json
from hashlib import sha256
from pathlib import Path

import pytest

from ledger.exports import verify
from ledger.journal.merkle import EMPTY, consistency_proof, inclusion_proof, parent, tree_root
from tests.sealing import path_by_definition, proof_by_definition, root_by_definition, some_leaves

REFERENCE = json.loads((Path(__file__).parent.parent / "vectors" / "merkle.json").read_text())
PUBLISHED = [sha256(b"\x00" + bytes.fromhex(leaf)).digest() for leaf in REFERENCE["leaves"]]
LEAVES = some_leaves(40)
SIZES = range(1, len(LEAVES) + 1)


def tree(leaves):
    """Return the nodes of a tree over leaves, as the log keeps them: complete subtrees only."""

    def node(level, place):
        if level == 0:
            return leaves[place]
        return parent(node(level - 1, 2 * place), node(level - 1, 2 * place + 1))

    return node


def proved_root(leaf, place, size, proof):
    """Return the root that a proof leads to, or nothing if it holds more than it needs."""
    left = list(proof)
    root = verify.roots_of(place + 1, size, left, leaf, leaf=True)[1]
    return None if left else root


def proved_roots(old, new, proof, root):
    """Return both roots that a proof leads to, or nothing if it holds more than it needs."""
    left = list(proof)
    roots = verify.roots_of(old, new, left, root)
    return None if left else roots


def test_a_log_of_nothing_has_the_root_of_nothing():
    assert tree_root(tree([]), 0, 0) == EMPTY == root_by_definition([]) == sha256(b"").digest()


@pytest.mark.parametrize("size", range(1, 9))
def test_roots_are_those_of_the_reference(size):
    root = REFERENCE["roots"][size - 1]
    assert tree_root(tree(PUBLISHED), 0, size).hex() == root == root_by_definition(PUBLISHED[:size]).hex()


@pytest.mark.parametrize("said", REFERENCE["inclusion"], ids=lambda said: f"{said['leaf']} of {said['size']}")
def test_proofs_that_an_entry_is_in_the_log_are_those_of_the_reference(said):
    proof = inclusion_proof(tree(PUBLISHED), said["leaf"], 0, said["size"])
    assert [digest.hex() for digest in proof] == said["proof"]
    root = proved_root(PUBLISHED[said["leaf"]], said["leaf"], said["size"], map(bytes.fromhex, said["proof"]))
    assert root.hex() == REFERENCE["roots"][said["size"] - 1]


@pytest.mark.parametrize("said", REFERENCE["consistency"], ids=lambda said: f"{said['old']} to {said['new']}")
def test_proofs_that_a_log_was_only_added_to_are_those_of_the_reference(said):
    proof = consistency_proof(tree(PUBLISHED), said["old"], said["new"])
    assert [digest.hex() for digest in proof] == said["proof"]
    old, new = (bytes.fromhex(REFERENCE["roots"][said[size] - 1]) for size in ("old", "new"))
    assert proved_roots(said["old"], said["new"], map(bytes.fromhex, said["proof"]), old) == (old, new)


@pytest.mark.parametrize("size", SIZES)
def test_every_entry_of_a_log_is_proved_and_no_other_is(size):
    node, root = tree(LEAVES), root_by_definition(LEAVES[:size])
    for place in range(size):
        proof = inclusion_proof(node, place, 0, size)
        assert proof == path_by_definition(place, LEAVES[:size])
        assert proved_root(LEAVES[place], place, size, proof) == root
        assert proved_root(LEAVES[place - 1], place, size, proof) != root or size == 1
        assert proved_root(LEAVES[place], place, size, [*proof, root]) is None
        for at in range(len(proof)):
            spoilt = [*proof[:at], sha256(proof[at]).digest(), *proof[at + 1 :]]
            assert proved_root(LEAVES[place], place, size, spoilt) != root
            assert proved_root(LEAVES[place], place, size, proof[:at] + proof[at + 1 :]) != root


@pytest.mark.parametrize("new", SIZES)
def test_every_log_is_proved_to_go_on_from_every_older_one_and_no_other_is(new):
    node, root = tree(LEAVES), root_by_definition(LEAVES[:new])
    for old in range(1, new + 1):
        before = root_by_definition(LEAVES[:old])
        proof = consistency_proof(node, old, new)
        assert proof == proof_by_definition(old, LEAVES[:new])
        assert proved_roots(old, new, proof, before) == (before, root)
        another = root_by_definition([*LEAVES[: old - 1], sha256(b"another").digest()])
        assert proved_roots(old, new, proof, another) != (another, root)
        assert proved_roots(old, new, [*proof, root], before) is None
        for at in range(len(proof)):
            spoilt = [*proof[:at], sha256(proof[at]).digest(), *proof[at + 1 :]]
            assert proved_roots(old, new, spoilt, before) != (before, root)
            assert proved_roots(old, new, proof[:at] + proof[at + 1 :], before) != (before, root)


def test_from_a_log_of_nothing_nothing_is_proved():
    assert consistency_proof(tree(LEAVES), 0, 7) == []
