"""Keep the Chinese catalogue in step with the sentences in code and templates; scripts/translate runs this."""

import argparse
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

LOCALE = "zh_Hans_CN"
SOURCES = ("ledger", "schemas")
METHODS = [("**.py", "python"), ("templates/**.html", "jinja2"), ("templates/**.txt", "jinja2")]
# A template that cannot be read must stop the work; by default its sentences would just be missing.
OPTIONS = {"templates/**.html": {"silent": "false"}, "templates/**.txt": {"silent": "false"}}
KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)}

# Written by hand: Babel's own header holds the time and its version, so each run would change the file.
HEADER = f"""\
# What the service says, in Chinese. scripts/translate keeps the list of sentences.
msgid ""
msgstr ""
"Language: {LOCALE}\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


def main() -> int:
    """Update the catalogue; with --check change nothing, name what is wrong and return 1."""
    parser = argparse.ArgumentParser(prog="scripts/translate", description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing, name each sentence without translation")
    parser.add_argument("--root", type=Path, default=Path(__file__).parent.parent, help="another copy of the project")
    chosen = parser.parse_args()
    return check(chosen.root) if chosen.check else update(chosen.root)


def update(root: Path) -> int:
    """Write all sentences of the sources into the catalogue, keep their translations and drop the others."""
    sources, catalogue = sentences(root), translations(root)
    catalogue.update(sources, no_fuzzy_matching=True)
    template, translated = root / "ledger/locale/messages.pot", catalogue_file(root)
    translated.parent.mkdir(parents=True, exist_ok=True)
    template.write_text(laid_out(sources), encoding="utf-8")
    translated.write_text(laid_out(catalogue), encoding="utf-8")
    waiting = sum(not is_translated(message) for message in listed(catalogue))
    print(f"{len(catalogue)} sentences, {waiting} without translation.")
    return 0


def check(root: Path) -> int:
    """Name each sentence that the catalogue lacks, has too many of, or translates with other places to fill."""
    found = list(faults(sentences(root), translations(root)))
    if not found and catalogue_file(root).read_text(encoding="utf-8") != laid_out(translations(root)):
        found = ["not as scripts/translate writes it"]
    for fault in found:
        print(f"{catalogue_file(root)}: {fault}", file=sys.stderr)
    if found:
        print("Run scripts/translate and fill in what is empty.", file=sys.stderr)
    return 1 if found else 0


def faults(sources: Catalog, catalogue: Catalog) -> Iterator[str]:
    """Yield one line for each thing that is wrong with the catalogue."""
    for message in listed(sources):
        if message.id not in catalogue:
            yield f"missing: {message.id!r}"
    for message in listed(catalogue):
        if message.id not in sources:
            yield f"no longer said anywhere: {message.id!r}"
        elif not is_translated(message):
            yield f"without translation: {message.id!r}"
        elif any(places(text) != places(forms(message.id)[-1]) for text in forms(message.string)):
            yield f"translated with other places to fill: {message.id!r}"


def sentences(root: Path) -> Catalog:
    """Return every sentence marked for translation in code and templates."""
    found = Catalog(locale=LOCALE)
    for folder in SOURCES:
        for _, _, sentence, _, context in extract_from_dir(root / folder, METHODS, OPTIONS, KEYWORDS):
            found.add(sentence, context=context)
    return found


def translations(root: Path) -> Catalog:
    """Return the catalogue as it stands, an empty one if there is none yet."""
    if not catalogue_file(root).exists():
        return Catalog(locale=LOCALE)
    with catalogue_file(root).open("rb") as file:
        return read_po(file, locale=LOCALE, ignore_obsolete=True)


def catalogue_file(root: Path) -> Path:
    """Return where the Chinese catalogue lies."""
    return root / "ledger/locale" / LOCALE / "LC_MESSAGES/messages.po"


def laid_out(catalogue: Catalog) -> str:
    """Return the catalogue as text, in the order of its sentences, so that two people's changes rarely meet."""
    text = io.BytesIO()
    write_po(text, catalogue, width=120, no_location=True, omit_header=True, sort_output=True, ignore_obsolete=True)
    return HEADER + text.getvalue().decode()


def listed(catalogue: Catalog) -> list[Message]:
    """Return the sentences of a catalogue without its header."""
    return [message for message in catalogue if message.id]


def is_translated(message: Message) -> bool:
    """Tell whether a sentence has a translation, in each of its forms, that nobody doubts."""
    return all(forms(message.string)) and not message.fuzzy


def forms(text: str | tuple[str, ...] | list[str] | None) -> list[str]:
    """Return the forms for one and for many; most sentences have a single one."""
    return list(text) if isinstance(text, tuple | list) else [text or ""]


def places(text: str) -> set[str]:
    """Return the places to fill in a sentence, as in "%(held)s" and "{min}"."""
    return set(re.findall(r"%\(\w+\)[a-z]|\{\w+\}", text))


if __name__ == "__main__":
    sys.exit(main())
