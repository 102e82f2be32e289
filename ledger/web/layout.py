"""What every page's frame needs: the menu by role, links from tables, and names of fields."""

from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from flask import Flask, g, request, url_for

from ledger.db import database
from ledger.journal import instant
from ledger.journal.checkpoint import latest_checkpoint
from ledger.registers.items import unit_words
from ledger.terms import COUNTY, N_, Role
from ledger.web.doors import may
from ledger.web.forms import form_in_hand
from ledger.web.seeing import hidden, seen
from ledger.web.words import LANGUAGES, language, say, translated, written, yuan

OUTLET_MENU = (
    ("today.show", N_("To do today")),
    ("redemption.new", N_("Redeem")),
    ("arrival.index", N_("Goods to check in")),
    ("donation.new", N_("Goods donated in")),
    ("purchase.index", N_("Money and purchases")),
    ("allocation.new", N_("Give goods out")),
    ("dispatch.new", N_("Send goods")),
    ("sheet.index", N_("Points sheets")),
    ("household.index", N_("Households")),
    ("stock.show", N_("Stock")),
    ("entry.index", N_("Journal")),
    ("month.index", N_("Month end")),
)
STORE_MENU = (
    "today.show", "arrival.index", "donation.new", "purchase.index", "allocation.new", "dispatch.new", "stock.show",
    "entry.index", "month.index",
)
BESIDE = (
    (
        ("sheet.index", N_("Points sheets")), ("deed.index", N_("Deeds")), ("support.index", N_("Support points")),
        ("claw_back.index", N_("Points taken back")), ("lapse.index", N_("Year's end")),
    ),
    (("stock.show", N_("Stock")), ("count.index", N_("Stock-take")), ("write_off.index", N_("Write-offs")),
     ("need.index", N_("Needs"))),
    (("month.index", N_("Month end")), ("closing.index", N_("Close of month")), ("handover.new", N_("Handover"))),
)
"""Pages that stand together: the first is in the menu, and from each of them the others are one tap away."""
COUNTY_MENU = (
    ("sites", N_("Sites")),
    ("donors", N_("Donors")),
    ("suppliers", N_("Suppliers")),
    ("items", N_("Items")),
    ("lots", N_("Lots")),
    ("rules", N_("Rule book")),
    ("staff", N_("Staff")),
)
NOTES = {
    "handed_over": N_("Keys, blank cards, unused paper numbers"),
    "condition": N_("Condition"), "carrier": N_("Carrier and plate"),
    "reason": N_("Reason"), "wish": N_("The wish in words"), "refused": N_("Why refused"), "proxy": N_("Collector"),
    "words": N_("In words"), "disposal": N_("How disposed of"), "witness": N_("Witness of the disposal"),
    "override": N_("Why more than the limit"), "place": N_("Where it hangs"), "minutes": N_("Minutes no."),
    "objection": N_("What was said"), "answer": N_("Answer"),
}
FIELDS = {
    "name": N_("Name"), "full_name": N_("Full name"), "group": N_("Group"), "card": N_("Card"), "status": N_("State"),
    "cannot_work": N_("Cannot work (support points)"), "id_tail": N_("Last four of the ID number"),
    "retired": N_("Retired"), "role": N_("Role"), "book": N_("Book"), "town": N_("Town"), "contact": N_("Contact"),
    "phone": N_("Phone"), "anonymous": N_("Anonymous"), "unit": N_("Unit"), "spec": N_("Size"),
    "category": N_("Category"), "best_before": N_("Best before"), "password_hash": N_("Password"),
    "link": N_("Private link for the donor"), "": N_("New line"), "initials": N_("Pinyin initials"),
    "unit_value_fen": N_("Value of one"), "value_basis": N_("Value by"), "kin": N_("Own and relatives' households"),
    "division_code": N_("Division code"), "division_year": N_("Year of the code"),
    "limit": N_("Limit per household"), "ean": N_("Barcode"), "one_time": N_("One-time password"),
    "price-proposed": N_("Price proposed"), "price": N_("Points price"),
    "sessions": N_("Sign-ins ended"),
    "token": N_("Key for a program"), "page": N_("Page by the code on the card"),
}

Entry = tuple[str, str, dict[str, Any]]


def menu() -> list[Entry]:
    """Return the doors that open for this person from this page: the book's work, then the county's registers."""
    site, entries = g.get("site"), []
    if site is not None:
        wanted = OUTLET_MENU if site.kind == "outlet" else [line for line in OUTLET_MENU if line[0] in STORE_MENU]
        entries += [(endpoint, label, {"book": site.code}) for endpoint, label in wanted if may(endpoint, site)]
    elif g.staff.role in (Role.COUNTY, Role.AUDITOR):
        entries += [("register.index", label, {"name": name}) for name, label in COUNTY_MENU]
        entries += [("policy.index", N_("Settings"), {}), ("today.show", N_("County store"), {"book": COUNTY})]
        entries += [("imports.index", N_("Take lists in"), {})] if may("imports.index") else []
    else:
        open_to_all = [line for line in COUNTY_MENU if line[0] in ("items", "rules")]
        entries += [("register.index", label, {"name": name}) for name, label in open_to_all]
    if may("board.show"):
        entries.insert(0, ("board.show", N_("All sites"), {}))
    return entries


def beside() -> list[Entry]:
    """Return the doors of the pages that stand together with this one, this one too; none where it stands alone."""
    site, here = g.get("site"), request.blueprint or ""
    for together in BESIDE if site is not None else ():
        if here in (endpoint.partition(".")[0] for endpoint, _ in together):
            return [(endpoint, label, {"book": site.code}) for endpoint, label in together if may(endpoint, site)]
    return []


def shop_name(site: Any) -> str:
    """Return what stands over a page: an outlet's village with the word for its shop, else the site's name."""
    if site.kind != "outlet" or "超市" in site.name:
        return str(site.name)
    return translated(N_("%(village)s points shop")) % {"village": site.name}


def link_to(endpoint: str, **values: Any) -> Callable[[Mapping[str, Any]], str]:
    """Return how a row becomes an address: values that name a column are taken from the row."""

    def link(row: Mapping[str, Any]) -> str:
        return url_for(endpoint, **{name: row.get(value, value) for name, value in values.items()})

    return link


def query(**changed: Any) -> str:
    """Return this page's question with some parts changed."""
    return urlencode({**request.args.to_dict(flat=False), **changed}, doseq=True)


def options(rows: Iterable[Any], *parts: str) -> list[tuple[str, str]]:
    """Return (code, text) for a choice: the first part is the code, all parts make the text."""
    return [(getattr(row, parts[0]), " ".join(written(getattr(row, part)) for part in parts)) for row in rows]


def register_value(line: Any, entry: Any, personal: tuple[str, ...] = ()) -> str:
    """Return one value of a register's line as it is read; a personal one masked."""
    name = "unit_value_fen" if entry.name == "unit_value" else entry.name
    if name in personal:
        return hidden(name, getattr(line, name))
    kinds = {
        "unit_value": "money", "value_basis": "word", "best_before": "day", "role": "word", "anonymous": "yes",
        "book": "site",
    }
    return written(getattr(line, name), kinds.get(entry.name, "text"))


def seen_note(name: str, text: str) -> str:
    """Return words of an entry; the collector is named whole at the counter, and to who may have to erase the name."""
    return text if name not in ("proxy", "witness") or may("entry.erasure", g.site) else seen("name", text)


def change_value(name: str, text: str | None) -> str:
    """Return a value a line had or got; states, roles and ties are told in words, money in yuan, sites by name."""
    if not text or text == "+":
        # A line that is new, or a key for a program: that it came is told by the field.
        return ""
    if name.endswith("_fen"):
        return yuan(int(text))
    if name in ("retired", "anonymous", "cannot_work", "one_time", "page"):
        return say("no" if text == "0" else "yes")
    if name == "book":
        return written(text, "site")
    return " ".join(map(say, text.split(" "))) if name in ("status", "role", "kin", "limit", "value_basis") else text


def last_seal() -> dict[str, Any] | None:
    """Return how many entries the county's log had when it was last signed, and its root: papers that leave the house
    carry them, so that a history written anew is found out.
    """
    with database().reading() as session:
        last = latest_checkpoint(session)
    return {"size": last.size, "root": b64encode(last.root).decode()} if last else None


def install(app: Flask) -> None:
    """Give the templates what the frame needs, and the form in hand."""
    app.context_processor(lambda: {"form": form_in_hand()})
    app.jinja_env.globals.update(
        menu=menu, beside=beside, link_to=link_to, shop_name=shop_name, options=options,
        languages=LANGUAGES, language=language,
        html_language=lambda: "en" if language() == "en" else "zh-Hans",
        query=query, file_query=lambda: query(format="csv"), older_query=lambda before: query(before=before),
        note_label=lambda name: say(NOTES.get(name, name)), field_label=lambda name: say(FIELDS.get(name, name)),
        instant=instant, unit_words=unit_words, register_value=register_value, change_value=change_value,
        seen_note=seen_note, last_seal=last_seal,
        role_options=lambda: [(role, say(role)) for role in Role],
        words_of=lambda kind: [(word, say(word)) for word in kind.split("|")],
    )
