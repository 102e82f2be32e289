"""The desk of one site: what its people do there, and what its book says. Who they are stands in tests/county.py."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlmodel import Session

from ledger.errors import LedgerError
from ledger.journal import Entry, entry_of, post
from ledger.operations.allocation import allocate_goods
from ledger.operations.arrival import accept_arrival, confirm_difference
from ledger.operations.claw_back import confirm_claw_back, propose_claw_back
from ledger.operations.claw_back_objection import answer_claw_back_objection, object_to_claw_back
from ledger.operations.credit import credit_sheet
from ledger.operations.dispatch import send_goods
from ledger.operations.donation import accept_donation
from ledger.operations.notice import publish_notice, take_down
from ledger.operations.objection import raise_objection
from ledger.operations.objection_answer import answer_objection
from ledger.operations.purchase import buy_goods
from ledger.operations.redemption import redeem
from ledger.operations.redirect import redirect_goods
from ledger.operations.reversal import reverse
from ledger.operations.sheet import draw_sheet
from ledger.registers.lots import Lot
from ledger.terms import EntryKind
from tests.journaltext import at, move
from tests.replay import rows

if TYPE_CHECKING:
    from tests.county import County

Answer = dict[str, Any]
Line = dict[str, Any]
Award = tuple[Any, ...]


class Desk:
    """The desk of one site: the acts its people do there, and what its book says."""

    def __init__(self, county: "County", code: str) -> None:
        self.county, self.code = county, code

    # Acts

    def do(self, operation: Callable[..., Answer], *, by: str, key: str | None = None, **content: Any) -> Answer:
        """Do an act in one writer's turn, by the county's clock."""
        with self.county.store.writing() as session:
            return operation(session, book=self.code, clerk=by, now=self.county.now, key=key or uuid4().hex, **content)

    def act(self, operation: Callable[..., Answer], *, on: str | None = None, **content: Any) -> Answer:
        """Do an act that has a day: today, unless a paper says otherwise."""
        return self.do(operation, occurred_on=date.fromisoformat(on) if on else self.county.day, **content)

    def give(self, *, donor: str = "D7", by: str = "wei", lines: list[Line] | None = None, **more: Any) -> Answer:
        """Take a gift in: `give(soap=20)`, or whole lines."""
        more, goods = parted(more)
        return self.act(accept_donation, by=by, donor=donor, lines=lines or goods, **more)

    def buy(
        self, *lines: Line, by: str = "wei", supplier: str = "S1", invoice: str = "", **more: Any
    ) -> Answer:
        """Buy goods: `buy({"item": "SOAP", "quantity": 9, "unit_value": 500})`."""
        invoice = invoice or uuid4().hex[:8]
        return self.act(buy_goods, by=by, supplier=supplier, invoice=invoice, lines=list(lines), **more)

    def allocate(self, *, by: str = "wei", decision: str = "略工发〔2026〕3号", **shares: Any) -> Answer:
        """Give goods out to outlets: `allocate(soap={"LY01": 3, "LY02": 4})`."""
        more = {name: shares.pop(name) for name in OPTIONS if name in shares}
        goods = [{"item": item.upper(), "shares": by_outlet} for item, by_outlet in shares.items()]
        return self.act(allocate_goods, by=by, decision=decision, goods=goods, **more)

    def redirect(self, note: Answer, to: str, *, by: str = "wei", **more: Any) -> Answer:
        """Send what is on the road of a note to another outlet."""
        return self.act(redirect_goods, by=by, number=note["number"], to=to, **more)

    def send(self, to: str, *, by: str = "wei", lines: list[Line] | None = None, **more: Any) -> Answer:
        """Send goods to another site: `send("LY01", soap=20)`."""
        more, goods = parted(more)
        return self.act(send_goods, by=by, to=to, lines=lines or goods, **more)

    def arrive(self, note: Answer, *, by: str = "lin", lines: list[Line] | None = None, **more: Any) -> Answer:
        """Take a transfer note's goods in: all of them, `soap=15` of them, or whole lines."""
        more, goods = parted(more)
        wanted = {line["item"]: line["quantity"] for line in goods} if goods else None
        lines = lines or [
            {**line, "quantity": wanted[line["item"]] if wanted else line["quantity"]}
            for line in note["lines"] if wanted is None or line["item"] in wanted
        ]
        said = {"sender": note["book"], "dispatch": note["number"], **more}
        return self.act(accept_arrival, by=by, lines=lines, **said)

    def confirm(self, request: int, *, by: str = "gao", **more: Any) -> Answer:
        """Confirm a difference as a second person."""
        return self.do(confirm_difference, by=by, request=request, **more)

    def draw(
        self, *awards: Award, purse: str = "merit", by: str = "mei", lines: list[Line] | None = None, **more: Any
    ) -> Answer:
        """Draw up a sheet: `draw(("H001", "WORK", 80))`; without points a line gets the least of its rule."""
        lines = lines or [dict(zip(("household", "rule", "points"), award, strict=False)) for award in awards]
        return self.act(draw_sheet, by=by, purse=purse, lines=lines, **{"period": "2026-03", **more})

    def hang(self, sheet: int, *, by: str = "mei", place: str = "村务公开栏", **more: Any) -> Answer:
        """Put a sheet on notice."""
        return self.act(publish_notice, by=by, sheet=sheet, place=place, **more)

    def credit(self, sheet: int, *, by: str = "gao", **more: Any) -> Answer:
        """Credit a sheet."""
        return self.act(credit_sheet, by=by, sheet=sheet, **more)

    def take_down(self, sheet: int, *, by: str = "mei", **more: Any) -> Answer:
        """Take a sheet off the board."""
        return self.act(take_down, by=by, sheet=sheet, **more)

    def object(
        self, sheet: int, line: int | None, *, by: str = "lin", way: str = "spoken", words: str = "not so", **more: Any
    ) -> Answer:
        """Take in an objection to a line on the board, or to what a `household` misses there."""
        return self.act(raise_objection, by=by, sheet=sheet, line=line, way=way, words=words, **more)

    def answer(
        self, sheet: int, objection: int, result: str, *, by: str = "lin", words: str = "looked into", **more: Any
    ) -> Answer:
        """Answer an objection: `answer(1, 1, "corrected", points=50)`."""
        said = {"sheet": sheet, "objection": objection, "result": result, "decided_by": "committee", **more}
        return self.act(answer_objection, by=by, words=words, **said)

    def claw_back(self, household: str, points: int, *, by: str = "lin", purse: str = "merit", **more: Any) -> Answer:
        """Propose to take points back after a re-visit."""
        said = {"household": household, "purse": purse, "points": points, "reason": "not done", "place": "board"}
        return self.act(propose_claw_back, by=by, **{**said, **more})

    def confirm_claw_back(self, request: int, *, by: str = "gao", **more: Any) -> Answer:
        """Take points back as a second person."""
        return self.do(confirm_claw_back, by=by, request=request, **more)

    def object_to_claw_back(
        self, request: int, *, by: str = "bao", way: str = "spoken", words: str = "not so", **more: Any
    ) -> Answer:
        """Take in an objection to a claw-back."""
        return self.act(object_to_claw_back, by=by, request=request, way=way, words=words, **more)

    def answer_claw_back(
        self, request: int, objection: int, result: str, *, by: str = "gao", words: str = "looked into", **more: Any
    ) -> Answer:
        """Answer an objection to a claw-back: `answer_claw_back(1, 1, "not-upheld")`."""
        said = {"request": request, "objection": objection, "result": result, "decided_by": "committee", **more}
        return self.act(answer_claw_back_objection, by=by, words=words, **said)

    def on_notice(self, *awards: Award, **more: Any) -> int:
        """Draw up a sheet and put it on notice; return its number."""
        sheet: int = self.draw(*awards, **more)["n"]
        self.hang(sheet)
        return sheet

    def redeem(
        self, household: str, *, by: str = "lin", basket: list[Line] | None = None, **more: Any
    ) -> Answer:
        """Serve a household: `redeem("H001", soap=2)`."""
        more, goods = parted(more)
        return self.act(redeem, by=by, household=household, basket=basket or goods, **more)

    def reverse(self, entry: Answer | int, *, by: str = "gao", reason: str = "wrong household", **more: Any) -> Answer:
        """Reverse an entry."""
        number = entry if isinstance(entry, int) else entry["number"]
        return self.do(reverse, by=by, number=number, reason=reason, **more)

    def write(self, text: str) -> None:
        """Write journal text into the book, as if its acts had been done on their days.

        What comes from a donor may have a best-before: `donor:D7 -> stock  RICE/L1  20  best 2026-05-01`.
        """
        acts: list[tuple[str, str, list[str]]] = []
        for line in filter(None, map(str.strip, text.splitlines())):
            if " -> " in line:
                acts[-1][2].append(line)
            else:
                acts.append((*line.split(), []))  # type: ignore[arg-type]
        with self.county.store.writing() as session:
            for day, kind, lines in acts:
                self.post(session, day, kind, lines)

    def post(self, session: Session, day: str, kind: str, lines: list[str]) -> None:
        """Post one act of a journal text, and enter the lots it brings."""
        moves = [move(line.partition(" best ")[0]) for line in lines]
        households = [leg.destination.split(":")[1] for leg in moves if leg.destination.startswith("purse:")]
        entry = post(
            session, book=self.code, kind=EntryKind(kind), by="wei", occurred_on=date.fromisoformat(day), now=at(day),
            key=uuid4().hex, moves=moves, facts={"household": households[0]} if households else {},
        )
        for line, leg in zip(lines, moves, strict=True):
            if leg.source.startswith("donor:"):
                best = line.partition(" best ")[2]
                session.add(
                    Lot(
                        code=leg.lot, item=leg.commodity, donor=leg.source[6:], book=self.code, number=entry.number,
                        quantity=leg.quantity, best_before=date.fromisoformat(best) if best else None,
                    )
                )

    # What the book says

    def refuses(self, *kinds: type[LedgerError]) -> Any:
        """Expect a refusal, and that it has written nothing at all."""
        return self.county.refuses(*kinds)

    def balances(self) -> dict[tuple[str, str, str], int]:
        """Return what every account holds, those with nothing left out."""
        with self.county.store.reading() as session:
            kept = rows(session, "SELECT * FROM balance WHERE book = :b AND quantity <> 0", b=self.code)
        return {(row["account"], row["commodity"], row["lot"]): row["quantity"] for row in kept}

    def holds(self, account: str, what: str) -> int:
        """Return what an account holds of `SOAP/L7`, or of `SOAP` in all lots."""
        item, _, lot = what.partition("/")
        return sum(
            quantity for (name, commodity, code), quantity in self.balances().items()
            if name == account and commodity == item and lot in ("", code)
        )

    def stock(self, item: str) -> int:
        """Return how many of an item are on the shelf."""
        return self.holds("stock", item)

    def lots(self, item: str) -> dict[str, int]:
        """Return how many of each lot of an item are on the shelf."""
        return {
            lot: quantity for (account, commodity, lot), quantity in self.balances().items()
            if account == "stock" and commodity == item
        }

    def purse(self, household: str, purse: str) -> int:
        """Return what one purse of a household holds, in tenths."""
        return self.holds(f"purse:{household}:{purse}", "POINT")

    def points(self, household: str) -> int:
        """Return what both purses of a household hold, in tenths."""
        return self.purse(household, "support") + self.purse(household, "merit")

    def entry(self, number: int) -> Entry:
        """Return one entry."""
        with self.county.store.reading() as session:
            return entry_of(session, self.code, number)

    def kinds(self) -> list[str]:
        """Return what kinds of entry the book holds, in order."""
        with self.county.store.reading() as session:
            found = rows(session, "SELECT kind FROM entry WHERE book = :b ORDER BY number", b=self.code)
        return [row["kind"] for row in found]


OPTIONS = ("on", "paper_number", "key", "wish", "minutes", "period", "proxy", "received", "consent", "carrier",
           "agreement", "receipt_code", "receipt_number", "delivered_by", "seen")


def parted(more: Mapping[str, Any]) -> tuple[dict[str, Any], list[Line]]:
    """Part what a verb was told into what stands on its form and goods by name: soap=2."""
    goods = [{"item": name.upper(), "quantity": quantity} for name, quantity in more.items() if name not in OPTIONS]
    return {name: value for name, value in more.items() if name in OPTIONS}, goods
