"""What the terms of the ledger are called on a page."""

from ledger.terms import N_

LABELS = {
    # kinds of entry
    "donation": N_("Goods donated in"),
    "dispatch": N_("Sent"),
    "arrival": N_("Received and checked"),
    "arrival-difference": N_("Arrival difference"),
    "sheet": N_("Assessed"),
    "notice": N_("Put on notice"),
    "credit": N_("Credited"),
    "redemption": N_("Redemption"),
    "reversal": N_("Reversal"),
    "close": N_("Close of month"),
    # purses
    "support": N_("Support points"),
    "merit": N_("Merit points"),
    # households
    "active": N_("Active"),
    "frozen": N_("Frozen"),
    "closed": N_("Closed"),
    # sheets
    "assessed": N_("Waiting for notice"),
    "on-notice": N_("On notice"),
    "credited": N_("In the purse"),
    "withdrawn": N_("Withdrawn"),
    # roles
    "reporter": N_("Reporter"),
    "clerk": N_("Points clerk"),
    "keeper": N_("Storekeeper"),
    "supervisor": N_("Supervisor"),
    "checker": N_("Town checker"),
    "county": N_("County union"),
    "auditor": N_("Auditor"),
    # sites
    "outlet": N_("Outlet"),
    "COUNTY": N_("County store"),
    # wishes
    "none": N_("No wish"),
    "outlets": N_("For named outlets"),
    "group": N_("For a group of people"),
    "purpose": N_("For a purpose"),
    # ties
    "own": N_("Own household"),
    "relative": N_("Relative"),
}
"""By the code a term has in the ledger."""
