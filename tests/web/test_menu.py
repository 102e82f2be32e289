"""The menu: the pages of every day, and beside a page those that belong with it."""


def beside(page):
    """Return the pages that stand beside this one: words, and whether it is the one that is open."""
    rows = [row for row in page.all("nav") if "beside" in row["class"]]
    return [(one.text, one["aria-current"] or "") for row in rows for one in row.all("a")]


def test_the_pages_of_points_stand_together(house):
    assert beside(house.sit("mei").open("/books/LY01/deeds")) == [
        ("Points sheets", ""), ("Deeds", "page"), ("Support points", ""), ("Points taken back", ""),
        ("Year's end", ""),
    ]


def test_the_menu_marks_the_head_of_a_group_and_has_the_others_beneath_it_for_a_phone(house):
    [menu] = [one for one in house.sit("lin").open("/books/LY01/counts").all("nav") if "menu" in one["class"]]
    [under] = [one for one in menu.all("ul") if "under" in one["class"]]
    assert "Stock-take" in [one.text for one in under.all("a")]
    assert [one.text for one in menu.all("a") if one["aria-current"]] == ["Stock", "Stock-take"]


def test_a_page_that_stands_alone_has_nothing_beside_it(house):
    assert beside(house.sit("lin").open("/books/LY01/")) == []


def test_who_may_not_open_a_page_is_not_shown_the_way_to_it(house, monkeypatch):
    monkeypatch.setattr("ledger.web.layout.may", lambda endpoint, site=None: endpoint != "need.index")
    shown = [words for words, _ in beside(house.sit("wei").open("/books/COUNTY/stock"))]
    assert shown == ["Stock", "Stock-take", "Write-offs"]
    assert "Deeds" not in house.sit("wei").open("/books/COUNTY/months").text


def test_everybody_may_choose_a_new_password_from_any_page(house):
    for name, page in (("lin", "/books/LY01/"), ("chen", "/county/")):
        [way] = [one for one in house.sit(name).open(page).all("a") if one.text == "Change the password"]
        assert way["href"] == "/password"
    assert "Change the password" not in house.nobody().open("/sign-in").text


def test_prices_and_deliveries_are_one_tap_from_where_goods_and_slips_are_kept(house):
    def ways(page):
        return {one["href"] for one in house.sit("lin").open(page).main.all("a")}

    assert "/registers/items/" in ways("/books/LY01/stock")
    assert "/books/LY01/deliveries" in ways("/books/LY01/signing-register")
