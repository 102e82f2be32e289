"""The board: every site somebody's work includes, and nothing of the others."""

from ledger.registers.staff import Staff


def test_county_and_auditor_see_every_site_with_its_sums(house):
    for name in ("wei", "chen"):
        page = house.sit(name).open("/county/").main.text
        for cell in ("县级中心库", "六河村爱心超市", "石磨村爱心超市", "白雀寺村爱心超市"):
            assert cell in page
        assert "LY01 六河村爱心超市 演示镇 11 2026-03-06 1 1 0 150.0 60.5 89.5 916 70 5" in page
        assert "Points: issued 150.0 = held 89.5 + redeemed 60.5 + lapsed 0.0" in page


def test_a_checker_sees_the_outlets_of_the_town_and_the_road_to_them(house):
    house.county.book("COUNTY").send("LY03", soap=4)
    house.county.book("LY01").write("2026-03-06 credit\n fund:merit -> purse:H001:merit POINT 50")
    house.county.book("LY03").write("2026-03-06 credit\n fund:merit -> purse:H201:merit POINT 70")
    page = house.sit("luo").open("/county/").main.text
    assert "六河村爱心超市" in page and "石磨村爱心超市" in page
    for other in ("白雀寺", "LY03", "县级中心库"):
        assert other not in page
    assert "Points: issued 155.0 = held 94.5" in page
    assert "Points: issued 162.0 = held 101.5" in house.sit("wei").open("/county/").main.text
    file = house.sit("luo").get("/county/?format=csv").text
    assert "LY01" in file and "LY03" not in file


def test_a_checker_of_a_town_without_outlets_sees_nothing(house):
    house.county.edit(Staff, "luo", town="无店镇")
    page = house.sit("luo").open("/county/").main.text
    assert "LY0" not in page
    assert "issued 0.0 = held 0.0" in page
