"""A zip written from front to back, which remembers the size and hash of every file in it."""

import hashlib
import zipfile
from collections.abc import Iterable
from datetime import datetime
from typing import IO, Any, Self


class Parcel:
    """A zip that is only ever added to, so it can be sent while it is being written."""

    def __init__(self, file: IO[bytes], wall_clock: datetime) -> None:
        self.zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED)
        self.packed_at = wall_clock.timetuple()[:6]
        self.files: dict[str, dict[str, Any]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.zip.close()

    def add(self, name: str, parts: Iterable[bytes | str]) -> None:
        """Write one file, part by part."""
        said, size = hashlib.sha256(), 0
        with self.zip.open(self.described(name), "w") as member:
            for part in parts:
                written = part.encode() if isinstance(part, str) else part
                member.write(written)
                said.update(written)
                size += len(written)
        self.files[name] = {"sha256": said.hexdigest(), "size": size}

    def described(self, name: str) -> zipfile.ZipInfo:
        """Return what the zip says about a file: compressed, readable by all, packed at this wall-clock time."""
        info = zipfile.ZipInfo(name, self.packed_at)
        info.compress_type = zipfile.ZIP_DEFLATED
        info.external_attr = 0o644 << 16
        return info
