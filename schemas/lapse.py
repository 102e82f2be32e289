"""Points that lapse at the end of a period: what hangs on the board, and the second hand's yes."""

from schemas.fields import Day, Words
from schemas.form import Act


class LapseForm(Act):
    """The notice of a run: for which period, and where it hangs."""

    through = Day(required=True)
    place = Words(required=True, most=60)
