"""Proofs that need violence: processes killed, disks that fail, books tampered with, and code broken on purpose."""
