"""Settings, read once from the environment; a wrong value stops the start with one sentence.

The key that signs is read by what signs, so that a wrong one stops no check; `aixin serve` looks at it at its start.
"""

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

LANGUAGES = ("zh_Hans_CN", "en")


class WrongSetting(ValueError):
    """A setting has a value the service cannot start with."""


@dataclass(frozen=True)
class Settings:
    """What the environment says about this service."""

    # Passwords and secrets stay out of what a log prints.
    database_url: str = field(repr=False)
    migration_url: str = field(repr=False)
    secret_key: str = field(repr=False)
    language: str = "zh_Hans_CN"
    demo: bool = True
    trusted_proxies: int = 0
    host: str = "127.0.0.1"
    port: int = 8000
    threads: int = 8
    workers: int = 1
    instance: Path = Path("instance")
    signing_key_file: Path | None = None


def read_settings(environment: Mapping[str, str] = os.environ, *, instance: Path | None = None) -> Settings:
    """Return the settings of this process. Raises WrongSetting with one sentence naming the variable."""
    folder = instance or Path("instance")
    url = environment.get("AIXIN_DATABASE_URL") or default_database_url(folder)
    settings = Settings(
        database_url=checked_url("AIXIN_DATABASE_URL", url),
        migration_url=checked_url("AIXIN_MIGRATION_URL", environment.get("AIXIN_MIGRATION_URL") or url),
        secret_key=environment.get("AIXIN_SECRET_KEY") or kept_secret(folder),
        language=one_of(environment, "AIXIN_LANGUAGE", LANGUAGES, "zh_Hans_CN"),
        demo=one_of(environment, "AIXIN_DEMO", ("0", "1"), "1") == "1",
        trusted_proxies=whole_number(environment, "AIXIN_TRUSTED_PROXIES", 0, 0, 9),
        host=environment.get("HOST") or "127.0.0.1",
        port=whole_number(environment, "PORT", 8000, 1, 65535),
        workers=whole_number(environment, "WEB_CONCURRENCY", 1, 1, 64),
        instance=folder,
        signing_key_file=Path(key).absolute() if (key := environment.get("AIXIN_SIGNING_KEY_FILE")) else None,
    )
    if settings.database_url.startswith("sqlite") and settings.workers > 1:
        raise WrongSetting("WEB_CONCURRENCY must be 1 on SQLite: one process holds the pen. Use PostgreSQL for more.")
    return settings


def default_database_url(folder: Path) -> str:
    """Return the URL of the embedded database in the instance folder, which is made if absent."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return f"sqlite:///{(folder / 'ledger.sqlite').absolute()}"


def kept_secret(folder: Path) -> str:
    """Return the secret that signs sessions, made once and kept readable by the owner alone."""
    path = folder / "secret-key"
    if not path.exists():
        # Another process may be making one too: a whole file is moved in, and the first one stays.
        fresh = write_private(folder / f"secret-key.{os.getpid()}", secrets.token_hex(32))
        with suppress(FileExistsError):
            os.link(fresh, path)
        fresh.unlink()
    return path.read_text().strip()


def write_private(path: Path, text: str) -> Path:
    """Write a file that its owner alone can read, whatever was there before."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    return path


def checked_url(name: str, url: str) -> str:
    """Return a database URL of a kind the service knows, with its driver named."""
    if url.startswith("postgresql://"):
        url = url.replace("postgresql://", "postgresql+psycopg://", 1)
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise WrongSetting(f"{name} must begin with sqlite:/// or postgresql+psycopg://.")
    return url


def one_of(environment: Mapping[str, str], name: str, allowed: tuple[str, ...], default: str) -> str:
    """Return one of the allowed words."""
    value = environment.get(name) or default
    if value not in allowed:
        raise WrongSetting(f"{name} must be one of {', '.join(allowed)}, not {value!r}.")
    return value


def whole_number(environment: Mapping[str, str], name: str, default: int, least: int, most: int) -> int:
    """Return a whole number within its limits."""
    value = environment.get(name) or str(default)
    if not value.isascii() or not value.isdigit() or not least <= int(value) <= most:
        raise WrongSetting(f"{name} must be a whole number from {least} to {most}, not {value!r}.")
    return int(value)
