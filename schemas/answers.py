"""What goes out as JSON: points as decimal strings, days and instants as text, whole numbers in base units."""

from marshmallow import Schema, fields

from ledger.terms import COUNTY
from schemas.fields import Day, Points, Yuan


class Head(Schema):
    """The last entry of a book."""

    number = fields.Integer(attribute="entries")
    digest = fields.String()


class BookShape(Schema):
    """A site and the head of its book."""

    book = fields.String()
    kind = fields.Function(lambda row: "county" if row["book"] == COUNTY else "outlet")
    name = fields.String()
    town = fields.String()
    head = fields.Function(lambda row: Head().dump(row))


class Purses(Schema):
    """Points by purse."""

    support = Points()
    merit = Points()


class LimitShape(Schema):
    """What a household may still have of an item: a visit is a day."""

    item = fields.String()
    per = fields.String()
    most = fields.Integer()
    left = fields.Integer()


class HouseholdShape(Schema):
    """A household, its name as the reader may see it, and its purses."""

    number = fields.String()
    name = fields.String()
    group = fields.Integer()
    status = fields.String()
    purses = fields.Function(lambda row: Purses().dump(row))
    limits = fields.List(fields.Nested(LimitShape))


class StockShape(Schema):
    """A lot on the shelf."""

    item = fields.String()
    name = fields.String()
    lot = fields.String()
    best_before = Day()
    expired = fields.Boolean()
    quantity = fields.Integer()
    points = Points()


class PostingShape(Schema):
    """One leg of an entry; quantities as they stand in the book (points in tenths)."""

    source = fields.String()
    destination = fields.String()
    commodity = fields.String()
    lot = fields.String()
    quantity = fields.Integer(metadata={"description": "As the book counts: points in tenths, money in fen, pieces."})


class Where(Schema):
    """Where an act stands in its book."""

    book = fields.String()
    number = fields.Integer()
    digest = fields.String()
    occurred_on = Day()
    booked_on = Day()


class EntryShape(Where):
    """An entry of the journal."""

    kind = fields.String()
    by = fields.String()
    late = fields.Boolean()
    reverses = fields.Integer()
    reversed_by = fields.Integer()
    recorded_at = fields.Function(lambda row: row["recorded_at"].isoformat().replace("+00:00", "Z"))
    postings = fields.List(fields.Nested(PostingShape))
    facts = fields.Dict(
        metadata={"description": "What the entry says for ever, as it was hashed: points in tenths, money in fen."}
    )


class GoodsShape(Schema):
    """Goods of one lot, with what they cost where they were redeemed."""

    item = fields.String()
    lot = fields.String()
    quantity = fields.Integer()
    points = Points()
    receipt = fields.String()


class MoneyShape(Schema):
    """A gift of money, with the code it has until it is spent."""

    receipt = fields.String()
    cash = Yuan()


class LeftShape(Schema):
    """A line of a sheet that was not credited, and why."""

    line = fields.Integer()
    household = fields.String()
    why = fields.String()


class AnswerShape(Where):
    """What an act answers; each act fills in what it has to tell."""

    recorded_at = fields.String()
    paper_number = fields.String()
    to = fields.String()
    lines = fields.List(fields.Nested(GoodsShape))
    household = fields.String()
    points = Points()
    cut = Points()
    spent = fields.Nested(Purses)
    purses = fields.Nested(Purses)
    n = fields.Integer()
    status = fields.String()
    until = Day()
    through = Day()
    last = fields.Integer()
    request = fields.Integer()
    reverses = fields.Integer()
    due = Day()
    corrected = fields.Integer()
    rest = Points()
    left = fields.List(fields.Nested(LeftShape))
    receipts = fields.List(fields.Nested(MoneyShape))
    cost = Yuan()
    corrects = fields.Integer()
    right = fields.Integer()
    entries = fields.List(fields.Integer())
    requests = fields.List(fields.Integer())
