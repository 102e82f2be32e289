"""Whether a household has a page of its own, behind the code on its card."""

from schemas.fields import YesNo
from schemas.form import Form


class OwnPageForm(Form):
    """Open the page to a new code, or shut it."""

    on = YesNo(required=True)
