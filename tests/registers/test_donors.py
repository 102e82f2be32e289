"""Donors: a private link, long enough not to be guessed, opens what became of their gift and nothing else."""

import pytest

from ledger.errors import NotFound
from ledger.registers.donors import Donor, all_donors, donor_behind


def test_each_donor_has_a_link_of_their_own(county):
    links = [donor.link for donor in county.ask(all_donors)]
    assert len(set(links)) == len(links) == 2
    assert all(len(link) == 32 for link in links)


def test_a_link_opens_its_donor(county):
    first, second = county.ask(all_donors)
    assert (first.code, second.code) == ("D7", "D8")
    assert county.ask(donor_behind, first.link).code == "D7"
    assert county.ask(donor_behind, second.link).code == "D8"


def test_a_link_with_one_sign_missing_or_in_other_letters_opens_nothing(county):
    link = county.ask(all_donors)[0].link
    for wrong in (link[:-1], link + "x", link.swapcase(), link[:4] + "%", "D7", "", "%"):
        with pytest.raises(NotFound):
            county.ask(donor_behind, wrong)


def test_the_link_of_a_retired_donor_opens_nothing(county):
    link = county.ask(all_donors)[0].link
    county.edit(Donor, "D7", retired=1)
    with pytest.raises(NotFound) as refusal:
        county.ask(donor_behind, link)
    assert str(refusal.value) == "There is no donor here."
