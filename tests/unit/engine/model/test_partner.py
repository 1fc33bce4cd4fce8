from waystation.engine.model import Partner, PartnerKind


def test_an_ordinary_partner_changes_nothing() -> None:
    partner = Partner("g1", PartnerKind.GUIDE)
    assert (partner.risk_factor, partner.vetted_until, partner.capacity_per_week) == (1.0, None, None)
