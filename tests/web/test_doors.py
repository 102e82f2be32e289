"""Who may pass which door: every page and every act, for every role, in the own outlet and in all others."""

import re

import pytest

from ledger.registers.staff import Staff
from ledger.web import doors
from tests.web.house import HERE
from tests.web.page import Page

PEOPLE = {
    "reporter": "bao", "clerk": "mei", "keeper": "lin", "supervisor": "gao", "checker": "luo", "county": "wei",
    "auditor": "chen",
}
PLACES = {
    "the own outlet": "LY01", "an outlet of the own town": "LY02", "an outlet of another town": "LY03",
    "the county store": "COUNTY", "no book at all": "LY99",
}
BOOKS = {
    "-": (), "own": ("LY01",), "town": ("LY01", "LY02"), "shop": ("LY01", "LY02", "LY03"), "depot": ("COUNTY",),
    "all": ("LY01", "LY02", "LY03", "COUNTY"),
}

# -: nobody of this role. In which books: own outlet, own town, every shop, county's depot, all. yes: it has no book.
TABLE = """
                                                                  reporter clerk keeper superv. checker county auditor
An outlet's day
GET  /books/<book>/                                               own      own   own    own     town    all    all
GET  /books/<book>/stock                                          own      own   own    own     town    all    all
GET  /books/<book>/redemptions/new                                -        -     own    -       -       -      -
GET  /books/<book>/stock/<item=SOAP>                              own      own   own    own     town    all    all
POST /books/<book>/stock                                          -        -     own    -       -       depot  -
POST /books/<book>/redemptions                                    -        -     own    -       -       -      -
GET  /books/<book>/redemptions/<int:number=9>                     own      own   own    own     town    all    all
GET  /books/<book>/signing-register                               own      own   own   own     town    all    all
GET  /books/<book>/signing-register/lines                         -        -     own   own     -       -      -
GET  /books/<book>/signing-register/filled                        own      own   own   own     town    all    all
GET  /books/<book>/signing-register/pack                          -        -     own   own     -       -      -
GET  /books/<book>/paper-days                                     own      own   own   own     town    all    all
GET  /books/<book>/paper-days/new                                 -        -     own   -       -       -      -
POST /books/<book>/paper-days                                     -        -     own   -       -       -      -
GET  /books/<book>/paper-days/requests/<int:n=1>                  own      own   own   own     town    all    all
POST /books/<book>/paper-days/requests/<int:n=1>/confirmation     -        -     -     own     town    all    -
GET  /books/<book>/deliveries                                     own      own   own    own     town    all    all
GET  /books/<book>/deliveries/<int:number=9>/paper                own      own   own    own     town    all    all
POST /books/<book>/deliveries/<int:number=9>/slip                 -        own   own    own     -       -      -
GET  /books/<book>/needs                                          own      own   own    own     town    all    all
POST /books/<book>/needs                                          -        -     own    -       -       -      -
POST /books/<book>/needs/<int:n=1>/drop                           -        -     own    -       -       -      -
GET  /books/<book>/redemptions/<int:number=9>/slip                own      own   own    own     town    all    all
POST /books/<book>/papers/<kind=slip>/<int:number=9>              -        own   own    own     town    all    -
GET  /books/<book>/labels                                         own      own   own    own     town    all    all
Goods
GET  /books/<book>/donations/new                                  -        -     own    -       -       depot  -
POST /books/<book>/donations                                      -        -     own    -       -       depot  -
GET  /books/<book>/donations/<int:number=1>/paper                 own      own   own    own     town    all    all
GET  /books/<book>/donations/<int:number=1>/receipt               -        -     own    -       -       depot  -
POST /books/<book>/donations/<int:number=1>/receipt               -        -     own    -       -       depot  -
GET  /books/<book>/purchases                                      -        -     -      -       -       depot  depot
GET  /books/<book>/purchases/new                                  -        -     -      -       -       depot  -
POST /books/<book>/purchases                                      -        -     -      -       -       depot  -
GET  /books/<book>/allocations/new                                -        -     -      -       -       depot  -
POST /books/<book>/allocations/new                                -        -     -      -       -       depot  -
POST /books/<book>/allocations                                    -        -     -      -       -       depot  -
GET  /books/<book>/allocations/<int:n=1>                          -        -     -      -       -       depot  depot
GET  /books/<book>/allocations/<int:n=1>/paper                    -        -     -      -       -       depot  depot
GET  /books/<book>/allocations/<int:n=1>/notes                    -        -     -      -       -       depot  depot
GET  /books/<book>/dispatches/<int:number=2>/paper                own      own   own    own     town    all    all
GET  /books/<book>/dispatches/<int:number=2>/redirection/new      -        -     own    -       -       depot  -
POST /books/<book>/dispatches/<int:number=2>/redirection          -        -     own    -       -       depot  -
GET  /books/<book>/dispatches/new                                 -        -     own    -       -       depot  -
POST /books/<book>/dispatches                                     -        -     own    -       -       depot  -
GET  /books/<book>/arrivals                                       own      own   own    own     town    all    all
GET  /books/<book>/arrivals/new                                   -        -     own    -       -       depot  -
POST /books/<book>/arrivals                                       -        -     own    -       -       depot  -
GET  /books/<book>/arrivals/requests/<int:n=1>                    own      own   own    own     town    all    all
POST /books/<book>/arrivals/<int:n=1>/confirmation                -        -     -      own     town    all    -
Points
GET  /books/<book>/deeds                                          own      own   own    own     town    all    all
GET  /books/<book>/deeds/new                                      own      own   own    -       -       -      -
POST /books/<book>/deeds                                          own      own   own    -       -       -      -
POST /books/<book>/deeds/<int:n=1>/drop                           own      own   own    -       -       -      -
POST /books/<book>/deeds/erasure                                  -        -     -      -       -       all    -
GET  /books/<book>/sheets                                         own      own   own    own     town    all    all
GET  /books/<book>/sheets/new                                     -        own   own    -       -       -      -
POST /books/<book>/sheets                                         -        own   own    -       -       -      -
GET  /books/<book>/sheets/<int:n=2>                               own      own   own    own     town    all    all
GET  /books/<book>/sheets/<int:n=2>/paper                         own      own   own    own     town    all    all
POST /books/<book>/sheets/<int:n=2>/notice                        -        own   own    own     -       -      -
GET  /books/<book>/sheets/<int:n=2>/notice                        own      own   own    own     town    all    all
POST /books/<book>/sheets/<int:n=2>/notice/end                    -        own   own    own     -       -      -
POST /books/<book>/sheets/<int:n=2>/credit                        -        -     -      own     town    all    -
POST /books/<book>/sheets/<int:n=2>/objections                    own      own   own    own     town    all    -
GET  /books/<book>/sheets/<int:n=2>/objections/<int:objection=1>  own      own   own    own     town    all    all
POST /books/<book>/sheets/<int:n=2>/objections/<int:objection=1>/answer  -  own  own    own     town    all    -
POST /books/<book>/sheets/<int:n=2>/objections/<int:objection=1>/answer/confirmation  -  -  -  -  town  all   -
GET  /books/<book>/claw-backs                                     own      own   own    own     town    all    all
POST /books/<book>/claw-backs                                     -        own   own    own     -       -      -
POST /books/<book>/claw-backs/<int:n=1>/confirmation              -        -     -      own     town    all    -
GET  /books/<book>/claw-backs/<int:n=1>/paper                     own      own   own    own     town    all    all
GET  /books/<book>/claw-backs/<int:n=1>/objections                own      own   own    own     town    all    all
POST /books/<book>/claw-backs/<int:n=1>/objections                own      own   own    own     town    all    -
GET  /books/<book>/claw-backs/<int:n=1>/objections/<int:objection=1>  own  own   own    own     town    all    all
POST /books/<book>/claw-backs/<int:n=1>/objections/<int:objection=1>/answer  -  own  own  own   town    all    -
GET  /books/<book>/support                                        own      own   own    own     town    all    all
POST /books/<book>/support                                        -        own   -      own     -       shop   -
POST /books/<book>/support/end                                    -        own   -      own     -       shop   -
GET  /books/<book>/lapses                                         own      own   own    own     town    all    all
POST /books/<book>/lapses                                         -        own   own    own     -       -      -
GET  /books/<book>/lapses/<int:n=1>                               own      own   own    own     town    all    all
GET  /books/<book>/lapses/<int:n=1>/paper                         own      own   own    own     town    all    all
POST /books/<book>/lapses/<int:n=1>/confirmation                  -        -     -      own     town    all    -
Month end
GET  /books/<book>/months                                         own      own   own    own     town    all    all
GET  /books/<book>/months/<name=2026-02>                          own      own   own    own     town    all    all
GET  /books/<book>/months/<name=2026-02>/statement                own      own   own    own     town    all    all
GET  /books/<book>/handover                                       own      own   own    own     town    all    all
GET  /books/<book>/handover/list                                  own      own   own    own     town    all    all
POST /books/<book>/handover                                       -        -     -      own     town    all    -
Goods set aside and counted
GET  /books/<book>/write-offs                                     own      own   own    own     town    all    all
GET  /books/<book>/write-offs/new                                 -        -     own    -       -       depot  -
POST /books/<book>/write-offs                                     -        -     own    -       -       depot  -
GET  /books/<book>/write-offs/<int:n=1>                           own      own   own    own     town    all    all
GET  /books/<book>/write-offs/<int:n=1>/paper                     own      own   own    own     town    all    all
POST /books/<book>/write-offs/<int:n=1>/confirmation              -        -     -      own     town    all    -
GET  /books/<book>/counts                                         own      own   own    own     town    all    all
POST /books/<book>/counts                                         -        -     own    -       -       depot  -
GET  /books/<book>/counts/<int:n=1>                               own      own   own    own     town    all    all
GET  /books/<book>/counts/<int:n=1>/paper                         own      own   own    own     town    all    all
GET  /books/<book>/counts/<int:n=1>/rollback                      own      own   own    own     town    all    all
GET  /books/<book>/counts/<int:n=1>/rollback/paper                own      own   own    own     town    all    all
POST /books/<book>/counts/<int:n=1>/lines                         -        -     own    -       -       depot  -
POST /books/<book>/counts/<int:n=1>/confirmation                  -        -     -      own     town    all    -
POST /books/<book>/counts/<int:n=1>/dropping                      -        -     own    own     town    all    -
POST /books/<book>/overrides                                      -        -     own    -       -       -      -
GET  /books/<book>/overrides/<int:n=1>                            own      own   own    own     town    all    all
GET  /books/<book>/requests                                       own      own   own    own     town    all    all
POST /books/<book>/requests/<int:n=1>/refusal                      -        -     -      own     town    all    -
POST /books/<book>/requests/<int:n=1>/erasure                     -        -     -      -       -       all    -
POST /books/<book>/overrides/<int:n=1>/confirmation               -        -     -      own     town    all    -
The journal
GET  /books/<book>/entries                                        own      own   own    own     town    all    all
GET  /books/<book>/entries/<int:number=1>                         own      own   own    own     town    all    all
POST /books/<book>/entries/<int:number=1>/reversal                -        -     own    own     town    all    -
POST /books/<book>/entries/<int:number=1>/erasure                 -        -     -      -       -       all    -
GET  /books/<book>/entries/<int:number=9>/correction              -        -     own    own     town    all    -
POST /books/<book>/entries/<int:number=9>/correction              -        -     own    own     town    all    -
GET  /books/<book>/corrections/<int:number=9>                     own      own   own    own     town    all    all
GET  /books/<book>/corrections/requests/<int:n=1>                 own      own   own    own     town    all    all
POST /books/<book>/corrections/<int:n=1>/confirmation             -        -     -      own     town    all    -
GET  /books/<book>/closings                                       own      own   own    own     town    all    all
POST /books/<book>/closings                                       -        -     own    -       -       depot  -
POST /books/<book>/closings/<int:n=1>/confirmation                -        -     -      own     town    all    -
GET  /books/<book>/audit-package                                  -        -     -      own     -       all    all
Households
GET  /books/<book>/households                                     own      own   own    own     town    all    all
GET  /books/<book>/households/<number=H001>                       own      own   own    own     town    all    all
GET  /books/<book>/households/<number=H001>/paper                 own      own   own    own     town    all    all
POST /books/<book>/households/<number=H001>/page                  -        own   own    own     -       -      -
GET  /books/<book>/cards                                          -        own   own    own     -       -      -
GET  /books/<book>/cards/paper                                    -        own   own    own     -       -      -
GET  /books/<book>/households/new                                 -        own   -      own     -       shop   -
POST /books/<book>/households                                     -        own   -      own     -       shop   -
GET  /books/<book>/households/<number=H001>/edit                  -        own   -      own     -       -      -
POST /books/<book>/households/<number=H001>                       -        own   -      own     -       -      -
POST /books/<book>/households/<number=H001>/retirement            -        own   -      own     -       -      -
POST /books/<book>/households/<number=H001>/erasure               -        -     -      -       -       all    -
GET  /books/<book>/households/<number=H001>/life                  own      own   own    own     town    all    all
POST /books/<book>/households/<number=H001>/life                  -        own   own    own     town    shop   -
GET  /books/<book>/cancellations/<int:n=1>                        own      own   own    own     town    all    all
POST /books/<book>/cancellations/<int:n=1>/confirmation           -        -     -      own     town    all    -
GET  /books/<book>/households/<number=H001>/proxy-paper           own      own   own    own     town    all    all
GET  /books/<book>/moves                                          own      own   own    own     town    all    all
POST /books/<book>/moves/<sender=LY02>/<int:number=1>             -        own   own    own     town    shop   -
POST /books/<book>/households/<number=H001>/collectors/<code=P1>  -        own   own    own     town    shop   -
POST /books/<book>/households/<number=H001>/collectors/<code=P1>/erasure  -  -   -      -       -       all    -
GET  /books/<book>/collections                                    own      own   own    own     town    all    all
POST /books/<book>/collections/<int:number=9>/note                -        -     -      own     town    all    -
The county's registers
GET  /county/                                                     -        -     -      -       yes     yes    yes
GET  /registers/<name=items>/                                     yes      yes   yes    yes     yes     yes    yes
GET  /registers/<name=rules>/                                     yes      yes   yes    yes     yes     yes    yes
GET  /registers/<name=sites>/                                     -        -     -      -       -       yes    yes
GET  /registers/<name=donors>/                                    -        -     -      -       -       yes    yes
GET  /registers/<name=lots>/                                      -        -     -      -       -       yes    yes
GET  /registers/<name=staff>/                                     -        -     -      -       -       yes    yes
GET  /registers/<name=suppliers>/                                 -        -     -      -       -       yes    yes
GET  /registers/<name=suppliers>/<code=S1>                        -        -     -      -       -       yes    yes
GET  /registers/<name=items>/<code=SOAP>                          yes      yes   yes    yes     yes     yes    yes
GET  /registers/<name=sites>/<code=LY01>                          -        -     -      -       -       yes    yes
GET  /registers/<name=donors>/<code=D7>                           -        -     -      -       -       yes    yes
GET  /registers/<name=lots>/<code=L1>                             -        -     -      -       -       yes    yes
GET  /registers/<name=staff>/<code=lin>                           -        -     -      -       -       yes    yes
GET  /registers/<name=items>/new                                  -        -     -      -       -       yes    -
POST /registers/<name=items>/                                     -        -     -      -       -       yes    -
GET  /registers/<name=items>/<code=SOAP>/edit                     -        -     -      -       -       yes    -
POST /registers/<name=items>/<code=SOAP>                          -        -     -      -       -       yes    -
POST /registers/<name=items>/<code=SOAP>/retirement               -        -     -      -       -       yes    -
POST /registers/items/<code=SOAP>/prices                          -        -     -      -       -       yes    -
POST /registers/items/<code=SOAP>/limits                          -        -     -      -       -       yes    -
POST /registers/items/<code=SOAP>/barcodes                        -        -     -      -       -       yes    -
POST /registers/staff/<code=lin>/password                         -        -     -      -       -       yes    -
POST /registers/staff/<code=lin>/programs                         -        -     -      -       -       yes    -
POST /registers/staff/<code=lin>/kin                              -        -     -      -       -       yes    -
GET  /registers/rules/new                                         -        -     -      -       -       yes    -
GET  /registers/rules/<code=CLEAN>                                yes      yes   yes    yes     yes     yes    yes
POST /registers/rules/                                            -        -     -      -       -       yes    -
GET  /county/settings                                             -        -     -      -       -       yes    yes
GET  /county/settings/<name=rate_fen>                             -        -     -      -       -       yes    yes
POST /county/settings/<name=rate_fen>                             -        -     -      -       -       yes    -
GET  /lists                                                       -        -     -      -       -       yes    -
GET  /county/proposals                                            -        -     -      -       yes     yes    yes
POST /county/proposals                                            -        -     -      -       yes     yes    -
GET  /lists/<kind=households>.csv                                 -        -     -      -       -       yes    -
POST /lists                                                       -        -     -      -       -       yes    -
GET  /donors/<code=D7>/statement                                  -        -     -      -       -       yes    yes
POST /donors/<code=D7>/link                                       -        -     -      -       -       yes    -
One's own session
GET  /                                                            yes      yes   yes    yes     yes     yes    yes
GET  /guide                                                       yes      yes   yes    yes     yes     yes    yes
GET  /password                                                    yes      yes   yes    yes     yes     yes    yes
POST /password                                                    yes      yes   yes    yes     yes     yes    yes
POST /sign-out                                                    yes      yes   yes    yes     yes     yes    yes
Programs
GET  /api/v1/books                                                yes      yes   yes    yes     yes     yes    yes
GET  /api/v1/books/<book>                                         own      own   own    own     town    all    all
GET  /api/v1/books/<book>/households                              own      own   own    own     town    all    all
GET  /api/v1/books/<book>/households/<number=H001>                own      own   own    own     town    all    all
GET  /api/v1/books/<book>/stock                                   own      own   own    own     town    all    all
GET  /api/v1/books/<book>/entries                                 own      own   own    own     town    all    all
GET  /api/v1/books/<book>/entries/<int:number=1>                  own      own   own    own     town    all    all
POST /api/v1/books/<book>/donations                               -        -     own    -       -       depot  -
POST /api/v1/books/<book>/donations/<int:number=1>/receipt        -        -     own    -       -       depot  -
POST /api/v1/books/<book>/purchases                               -        -     -      -       -       depot  -
POST /api/v1/books/<book>/allocations                             -        -     -      -       -       depot  -
POST /api/v1/books/<book>/dispatches/<int:number=2>/redirection   -        -     own    -       -       depot  -
POST /api/v1/books/<book>/dispatches                              -        -     own    -       -       depot  -
POST /api/v1/books/<book>/arrivals                                -        -     own    -       -       depot  -
POST /api/v1/books/<book>/arrivals/<int:request=1>/confirmation   -        -     -      own     town    all    -
POST /api/v1/books/<book>/deeds                                   own      own   own    -       -       -      -
POST /api/v1/books/<book>/sheets                                  -        own   own    -       -       -      -
POST /api/v1/books/<book>/sheets/<int:sheet=2>/notice             -        own   own    own     -       -      -
POST /api/v1/books/<book>/sheets/<int:sheet=2>/notice/end         -        own   own    own     -       -      -
POST /api/v1/books/<book>/sheets/<int:sheet=2>/credit             -        -     -      own     town    all    -
POST /api/v1/books/<book>/sheets/<int:sheet=2>/objections         own      own   own    own     town    all    -
POST /api/v1/books/<book>/sheets/<int:sheet=2>/objections/<int:objection=1>/answer  -  own  own  own  town  all  -
POST /api/v1/books/<book>/sheets/<int:sheet=2>/objections/<int:objection=1>/answer/confirmation - - - - town all -
POST /api/v1/books/<book>/claw-backs                              -        own   own    own     -       -      -
POST /api/v1/books/<book>/claw-backs/<int:request=1>/confirmation -        -     -      own     town    all    -
POST /api/v1/books/<book>/claw-backs/<int:request=1>/objections   own      own   own    own     town    all    -
POST /api/v1/books/<book>/claw-backs/<int:request=1>/objections/<int:objection=1>/answer  -  own  own  own  town  all  -
POST /api/v1/books/<book>/redemptions                             -        -     own    -       -       -      -
POST /api/v1/books/<book>/paper-days                              -        -     own   -       -       -      -
POST /api/v1/books/<book>/paper-days/requests/<int:request=1>/confirmation -        -     -     own     town    all    -
POST /api/v1/books/<book>/deliveries/<int:number=9>/slip          -        own   own    own     -       -      -
POST /api/v1/books/<book>/needs                                   -        -     own    -       -       -      -
POST /api/v1/books/<book>/write-offs                              -        -     own    -       -       depot  -
POST /api/v1/books/<book>/write-offs/<int:request=1>/confirmation -        -     -      own     town    all    -
POST /api/v1/books/<book>/counts                                  -        -     own    -       -       depot  -
POST /api/v1/books/<book>/counts/<int:count=1>/lines              -        -     own    -       -       depot  -
POST /api/v1/books/<book>/counts/<int:count=1>/confirmation       -        -     -      own     town    all    -
POST /api/v1/books/<book>/overrides                               -        -     own    -       -       -      -
POST /api/v1/books/<book>/overrides/<int:request=1>/confirmation  -        -     -      own     town    all    -
POST /api/v1/books/<book>/requests/<int:request=1>/refusal        -        -     -      own     town    all    -
POST /api/v1/books/<book>/closings                                -        -     own    -       -       depot  -
POST /api/v1/books/<book>/items/<item=SOAP>/prices                -        -     -      -       -       depot  -
POST /api/v1/books/<book>/proposals/decision                      -        -     -      -       depot   depot  -
POST /api/v1/books/<book>/closings/<int:request=1>/confirmation   -        -     -      own     town    all    -
POST /api/v1/books/<book>/entries/<int:number=1>/reversal         -        -     own    own     town    all    -
POST /api/v1/books/<book>/entries/<int:number=9>/correction       -        -     own    own     town    all    -
POST /api/v1/books/<book>/corrections/<int:request=1>/confirmation  -        -     -      own     town    all    -
POST /api/v1/books/<book>/households/<household=H001>/life        -        own   own    own     town    shop   -
POST /api/v1/books/<book>/cancellations/<int:request=1>/confirmation  -        -     -      own     town    all    -
POST /api/v1/books/<book>/moves/<sender=LY02>/<int:number=1>      -        own   own    own     town    shop   -
"""

OPEN = """
GET  /static/<path:filename=ledger.css>
GET  /healthz
GET  /readyz
GET  /sign-in
POST /sign-in
GET  /language/<code=en>
GET  /gifts/<link=of-D7>
GET  /h/<code=of-nobody>
POST /letters
GET  /api/v1/openapi.json
GET  /api/v1/checkpoints/latest
"""

ROWS = [line.split() for line in TABLE.splitlines() if line.startswith(("GET", "POST"))]
DOORS = [(method, path, dict(zip(PEOPLE, cells, strict=True))) for method, path, *cells in ROWS]
OPEN_DOORS = [tuple(line.split()) for line in OPEN.split("\n") if line]


def rule(path):
    """Return the path as the service knows it: <int:number> for <int:number=9>."""
    return re.sub(r"=[^>]*>", ">", path)


def address(path, book=""):
    """Return an address to go to: the examples filled in."""
    return re.sub(r"<(?:\w+:)?(?:\w+=)?(\w[^>]*)>", lambda found: found[1], path.replace("<book>", book))


def knock(house, role, method, at):
    """Come to a door as somebody with this role, without the key that every act needs; return what is answered."""
    name = PEOPLE[role]
    headers = {**HERE, "Authorization": f"Bearer token-of-{name}"}
    return house.sit(name).client.open(at, method=method, headers=headers, buffered=True)


def passed(answer):
    """Tell whether somebody came through a door."""
    assert answer.status_code in (200, 303, 400, 403, 404, 422), answer.status_code
    return answer.status_code != 403


def test_every_door_of_the_service_stands_in_the_table_once_and_no_other(app):
    known = [(method, rule(path)) for method, path, *_ in [*DOORS, *OPEN_DOORS] if "<name=" not in path]
    known += {(method, rule(path)) for method, path, *_ in DOORS if "<name=" in path}
    there = [(method, door.rule) for door in app.url_map.iter_rules() for method in door.methods - {"HEAD", "OPTIONS"}]
    assert sorted(known) == sorted(there)


@pytest.mark.parametrize(("method", "path", "row"), DOORS, ids=[" ".join(row[:2]) for row in ROWS])
def test_a_door_opens_for_whom_the_table_says_and_in_those_books(standing, method, path, row):
    before = standing.county.state()
    expected, found = {}, {}
    for role, word in row.items():
        for where, book in PLACES.items() if "<book>" in path else [("", "")]:
            answer = knock(standing, role, method, address(path, book))
            expected[role, where], found[role, where] = word == "yes" or book in BOOKS.get(word, ()), passed(answer)
            if where == "no book at all":
                # Who reads every book is told that there is none; to all others it is one more closed door.
                expected[role, where] = role in ("county", "auditor")
                assert answer.status_code == (404 if role in ("county", "auditor") else 403)
    assert found == expected
    if path == "/sign-out":
        # The one act without a key: it ends the sessions of who knocked, and the others here go on.
        for name in PEOPLE.values():
            standing.county.edit(Staff, name, sessions=1)
    assert standing.county.state() == before


@pytest.mark.parametrize(("method", "path", "row"), DOORS, ids=[" ".join(row[:2]) for row in ROWS])
def test_who_has_not_signed_in_is_asked_to_and_a_program_without_token_gets_401(standing, method, path, row):
    answer = standing.nobody().client.open(address(path, "LY01"), method=method, headers=HERE)
    if path.startswith("/api/"):
        assert (answer.status_code, answer.mimetype) == (401, "application/problem+json")
        assert answer.json["detail"] == "Please sign in first."
    else:
        assert answer.status_code == 303
        assert answer.location.startswith("/sign-in")


@pytest.mark.parametrize(("method", "path"), OPEN_DOORS, ids=map(" ".join, OPEN_DOORS))
def test_some_doors_are_open_to_everybody(standing, method, path):
    answer = standing.nobody().client.open(address(path), method=method, headers=HERE, buffered=True)
    assert answer.status_code in (200, 303, 404, 422)
    assert "/sign-in" not in answer.headers.get("Location", "")


@pytest.mark.parametrize(("page", "path"), [("stock.show", "/books/LY01/stock"), ("board.show", "/county/")])
def test_a_page_without_a_row_is_shut_to_everybody(standing, monkeypatch, page, path):
    monkeypatch.delitem(doors.DOORS, page)
    for role in PEOPLE:
        assert knock(standing, role, "GET", path).status_code == 403
    assert standing.nobody().get(path).status_code == 303


def test_the_page_of_a_closed_door_says_so_and_shows_nothing_of_the_other_outlet(standing):
    answer = standing.sit("lin").get("/books/LY02/entries")
    assert answer.status_code == 403
    seen = Page(answer.text).text
    assert "This is not for your role or your outlet." in seen
    assert "石磨村" not in seen and "LY02" not in seen
