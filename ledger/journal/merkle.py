"""The tree over the county log, and its proofs, as RFC 6962, section 2.1, defines them."""

import hashlib
from collections.abc import Callable

Node = Callable[[int, int], bytes]
"""Gives the hash of the complete subtree of 2^level leaves at this place of its level, the first being 0."""

EMPTY = hashlib.sha256().digest()
"""The root of a log with nothing in it."""


def parent(left: bytes, right: bytes) -> bytes:
    """Return the hash over two neighbours."""
    return hashlib.sha256(b"\1" + left + right).digest()


def tree_root(node: Node, start: int, end: int) -> bytes:
    """Return the root over the leaves `start` to `end`, the last one not included."""
    size = end - start
    if size == 0:
        return EMPTY
    if size & (size - 1) == 0:
        level = size.bit_length() - 1
        return node(level, start >> level)
    middle = start + half(size)
    return parent(tree_root(node, start, middle), tree_root(node, middle, end))


def half(size: int) -> int:
    """Return the greatest power of two below a size: where RFC 6962 cuts a tree in two."""
    return 1 << ((size - 1).bit_length() - 1)


def inclusion_proof(node: Node, leaf: int, start: int, end: int) -> list[bytes]:
    """Return what proves that a leaf is in the tree: PATH of section 2.1.1, the leaf's neighbour first."""
    if end - start == 1:
        return []
    middle = start + half(end - start)
    if leaf < middle:
        return [*inclusion_proof(node, leaf, start, middle), tree_root(node, middle, end)]
    return [*inclusion_proof(node, leaf, middle, end), tree_root(node, start, middle)]


def consistency_proof(node: Node, old: int, new: int) -> list[bytes]:
    """Return what proves that the log of `old` leaves is the beginning of that of `new`: PROOF of section 2.1.2."""
    return subproof(node, old, 0, new, whole=True) if old else []


def subproof(node: Node, old: int, start: int, end: int, *, whole: bool) -> list[bytes]:
    """Return SUBPROOF of section 2.1.2; `whole`: what was there before is the old log itself, whose root is known."""
    if old == end:
        return [] if whole else [tree_root(node, start, end)]
    middle = start + half(end - start)
    if old <= middle:
        return [*subproof(node, old, start, middle, whole=whole), tree_root(node, middle, end)]
    return [*subproof(node, old, middle, end, whole=False), tree_root(node, start, middle)]
