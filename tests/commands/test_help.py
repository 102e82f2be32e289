"""Every command explains itself with an example, and says so when it was called in a wrong way."""

import os
import shlex
import tomllib

import pytest

from ledger.commands import main, parser
from tests.commands.conftest import PROJECT
from tests.commands.test_serve import ask, serving, stopped

__all__ = ["serving"]

COMMANDS = [
    ["migrate"], ["county", "new"], ["staff", "add"], ["staff", "reset"], ["token", "create"], ["import"],
    ["export", "audit"],
    ["verify"], ["rebuild"], ["nightly"], ["lapse"], ["demo"], ["serve"],
]
GROUPS = [[], ["county"], ["staff"], ["token"], ["export"]]


@pytest.mark.parametrize("command", [*GROUPS, *COMMANDS], ids=" ".join)
def test_help_ends_with_an_example_that_can_be_typed(command, capsys):
    with pytest.raises(SystemExit) as ended:
        main([*command, "--help"])
    assert ended.value.code == 0
    example = capsys.readouterr().out.rstrip().splitlines()[-1]
    assert "aixin " + " ".join(command) in example


@pytest.mark.parametrize("arguments", [[], ["county"], ["nonsense"], ["demo", "--full"]], ids=" ".join)
def test_a_command_nobody_knows_is_wrong_usage(arguments, capsys):
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "usage: aixin" in capsys.readouterr().err


def test_the_first_example_opens_the_counter_where_nothing_stands_yet(tmp_path, monkeypatch, serving):
    """Somebody tries the ledger in an empty folder, with the line that stands at the end of `aixin --help`."""
    for name in [name for name in os.environ if name.startswith("AIXIN_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("ledger.commands.demo.ALL_HOUSEHOLDS", 60)
    first, then = (shlex.split(part) for part in parser().epilog.splitlines()[-1].split("&&"))
    assert main(first[1:]) == 0
    assert then == ["aixin", "serve"]
    process, port = serving(tmp_path)
    assert ask(port, "/sign-in") == 200
    assert "DEMO COUNTY" in stopped(process)[1]


def test_the_console_entry_is_this_command():
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["scripts"]["aixin"] == "ledger.commands:main"
