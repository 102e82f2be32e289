"""Settings: read once from the environment; a wrong value stops the start with one sentence that names it."""

import stat
from pathlib import Path

import pytest

from ledger.settings import Settings, WrongSetting, kept_secret, read_settings

POSTGRESQL = "postgresql+psycopg://service@/county"


def read(tmp_path, **environment):
    """Return what an environment says."""
    return read_settings(environment, instance=tmp_path / "instance")


def test_nothing_set_is_a_demo_in_chinese_on_this_machine_alone(tmp_path):
    settings = read(tmp_path)
    assert settings == Settings(
        database_url=f"sqlite:///{tmp_path}/instance/ledger.sqlite",
        migration_url=f"sqlite:///{tmp_path}/instance/ledger.sqlite",
        secret_key=settings.secret_key, language="zh_Hans_CN", demo=True, trusted_proxies=0, host="127.0.0.1",
        port=8000, threads=8, workers=1, instance=tmp_path / "instance",
    )


def test_what_is_set_to_nothing_is_not_set(tmp_path):
    names = ("AIXIN_DATABASE_URL", "AIXIN_MIGRATION_URL", "AIXIN_SECRET_KEY", "AIXIN_LANGUAGE", "AIXIN_DEMO",
             "AIXIN_TRUSTED_PROXIES", "HOST", "PORT", "WEB_CONCURRENCY")
    assert read(tmp_path, **dict.fromkeys(names, "")) == read(tmp_path)


def test_every_setting_is_taken_as_it_is_set(tmp_path):
    settings = read(
        tmp_path, AIXIN_DATABASE_URL=POSTGRESQL, AIXIN_MIGRATION_URL="postgresql+psycopg://owner@/county",
        AIXIN_SECRET_KEY="a long secret", AIXIN_LANGUAGE="en", AIXIN_DEMO="0", AIXIN_TRUSTED_PROXIES="1",
        HOST="0.0.0.0", PORT="8080", WEB_CONCURRENCY="4",
    )
    assert (settings.database_url, settings.migration_url) == (POSTGRESQL, "postgresql+psycopg://owner@/county")
    assert (settings.secret_key, settings.language, settings.demo) == ("a long secret", "en", False)
    assert (settings.trusted_proxies, settings.host, settings.port, settings.workers) == (1, "0.0.0.0", 8080, 4)


def test_a_postgresql_address_is_read_with_its_driver_and_serves_migrations_too(tmp_path):
    settings = read(tmp_path, AIXIN_DATABASE_URL="postgresql://service@db/county")
    assert settings.database_url == settings.migration_url == "postgresql+psycopg://service@db/county"


WHOLE = "must be a whole number from"
DATABASE = "must begin with sqlite:/// or postgresql+psycopg://."


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("AIXIN_LANGUAGE", "zh", "AIXIN_LANGUAGE must be one of zh_Hans_CN, en, not 'zh'."),
        ("AIXIN_DEMO", "yes", "AIXIN_DEMO must be one of 0, 1, not 'yes'."),
        ("PORT", "0", f"PORT {WHOLE} 1 to 65535, not '0'."),
        ("PORT", "65536", f"PORT {WHOLE} 1 to 65535, not '65536'."),
        ("PORT", "８０００", f"PORT {WHOLE} 1 to 65535, not '８０００'."),
        ("PORT", "80.5", f"PORT {WHOLE} 1 to 65535, not '80.5'."),
        ("PORT", " 8000", f"PORT {WHOLE} 1 to 65535, not ' 8000'."),
        ("AIXIN_TRUSTED_PROXIES", "-1", f"AIXIN_TRUSTED_PROXIES {WHOLE} 0 to 9, not '-1'."),
        ("AIXIN_TRUSTED_PROXIES", "all", f"AIXIN_TRUSTED_PROXIES {WHOLE} 0 to 9, not 'all'."),
        ("WEB_CONCURRENCY", "0", f"WEB_CONCURRENCY {WHOLE} 1 to 64, not '0'."),
        ("AIXIN_DATABASE_URL", "mysql://root@/county", f"AIXIN_DATABASE_URL {DATABASE}"),
        ("AIXIN_DATABASE_URL", "sqlite://", f"AIXIN_DATABASE_URL {DATABASE}"),
        ("AIXIN_DATABASE_URL", "ledger.sqlite", f"AIXIN_DATABASE_URL {DATABASE}"),
        ("AIXIN_MIGRATION_URL", "postgres://owner@/county", f"AIXIN_MIGRATION_URL {DATABASE}"),
    ],
)
def test_a_wrong_value_is_one_sentence_that_names_the_setting(tmp_path, name, value, sentence):
    with pytest.raises(WrongSetting) as refusal:
        read(tmp_path, **{name: value})
    assert str(refusal.value) == sentence


def test_a_wrong_database_address_is_not_repeated_with_its_password(tmp_path):
    with pytest.raises(WrongSetting) as refusal:
        read(tmp_path, AIXIN_DATABASE_URL="mysql://root:hidden@/county")
    assert "hidden" not in str(refusal.value)


def test_one_sqlite_file_is_served_by_one_process(tmp_path):
    with pytest.raises(WrongSetting, match=r"WEB_CONCURRENCY must be 1 on SQLite: .* Use PostgreSQL for more\."):
        read(tmp_path, WEB_CONCURRENCY="2")
    assert read(tmp_path, WEB_CONCURRENCY="2", AIXIN_DATABASE_URL=POSTGRESQL).workers == 2


def test_settings_in_a_log_show_no_password_and_no_secret(tmp_path):
    url = "postgresql+psycopg://service:hidden-word@/county"
    printed = repr(read(tmp_path, AIXIN_DATABASE_URL=url, AIXIN_SECRET_KEY="hidden-key"))
    assert "hidden" not in printed
    assert "port=8000" in printed


def test_a_key_to_sign_with_is_left_to_what_signs(tmp_path):
    assert read(tmp_path).signing_key_file is None
    assert read(tmp_path, AIXIN_SIGNING_KEY_FILE="").signing_key_file is None
    assert read(tmp_path, AIXIN_SIGNING_KEY_FILE="no/key.pem").signing_key_file == Path("no/key.pem").absolute()


def test_a_secret_is_made_once_and_kept_for_its_owner_alone(tmp_path):
    first = read(tmp_path).secret_key
    assert len(first) == 64
    assert read(tmp_path).secret_key == first
    kept = tmp_path / "instance/secret-key"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700
    assert [path.name for path in kept.parent.iterdir()] == ["secret-key"]


def test_each_place_has_a_secret_of_its_own(tmp_path):
    assert kept_secret(tmp_path / "one") != kept_secret(tmp_path / "two")


def test_a_secret_that_is_set_leaves_no_file(tmp_path):
    read(tmp_path, AIXIN_SECRET_KEY="a long secret")
    assert not (tmp_path / "instance/secret-key").exists()


def test_a_process_that_looked_too_early_takes_the_secret_another_made_meanwhile(tmp_path, monkeypatch):
    first = kept_secret(tmp_path)
    monkeypatch.setattr(Path, "exists", lambda path: False)
    assert kept_secret(tmp_path) == first
    assert [path.name for path in tmp_path.iterdir()] == ["secret-key"]
