"""Every command explains itself with an example, and says so when it was called in a wrong way."""

import tomllib

import pytest

from ledger.commands import main
from tests.commands.conftest import PROJECT

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


def test_the_console_entry_is_this_command():
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["scripts"]["aixin"] == "ledger.commands:main"
