from odoo import models
from odoo.fields import Domain

# How many inquiries a page names.
INQUIRIES = 8


class OneEntranceSinceLastTimeMixin(models.AbstractModel):
    """What the actor has raised since one last met, and what is open, stands after what was promised (S8, S9)."""

    _inherit = "one.entrance.since.last.time.mixin"

    def _get_since_title(self, day, promised, raised):
        if day or not raised:
            return super()._get_since_title(day, promised, raised)
        return self.env._("Open commitments and inquiries") if promised else self.env._("Open inquiries")

    def _get_raised(self, actors, last, published):
        inquiries = self._get_inquiries(actors, last, published)
        return {**super()._get_raised(actors, last, published), **inquiries}

    def _get_inquiries(self, actors, last, published):
        """:return: by actor, rows of what is open, the oldest first, and of what was answered since the last meeting"""
        Inquiry = self.env["one.entrance.inquiry"]
        wanted = Inquiry._get_open_domain()
        if last:
            first = min(last.values())
            wanted |= Domain("received_date", ">=", first) | Domain("answered_date", ">=", first)
        domain = Domain("partner_id", "in", actors.ids) & wanted
        if published:
            domain &= Domain("confidential", "=", False)
        inquiries = Inquiry.search_fetch(
            domain,
            ["partner_id", "name", "state", "received_date", "referred_to", "answered_date", "confidential"],
            order="received_date, id",
        )
        result = {}
        for actor, group in inquiries.grouped("partner_id").items():
            day = last.get(actor)
            still_open = group.filtered_domain(Inquiry._get_open_domain())
            answered = (group - still_open).filtered(
                lambda inquiry, day=day: day and (inquiry.answered_date or inquiry.received_date) >= day
            )
            rows = self._describe_inquiries(still_open + answered)
            if rows:
                result[actor] = rows
        return result

    def _describe_inquiries(self, inquiries):
        rows = []
        for inquiry in inquiries[:INQUIRIES]:
            state = self._get_inquiry_state(inquiry)
            text = self._mark(f"{inquiry.name} – {state}", inquiry.confidential)
            when = self.env._("raised %(date)s", date=self._format(inquiry.received_date))
            rows.append(self._make_since_row("inquiry", "", text, when=when, confidential=inquiry.confidential))
        if len(inquiries) > INQUIRIES:
            left = self.env._("and %(count)s more in the register", count=len(inquiries) - INQUIRIES)
            rows.append(self._make_since_row("inquiry", "", left))
        if rows:
            rows[0].label = self.env._("Inquiries")
        return rows

    def _get_inquiry_state(self, inquiry):
        """:return: where an inquiry stands, and to whom it was referred"""
        if inquiry.state == "referred" and inquiry.referred_to:
            return self.env._("referred to %(unit)s", unit=inquiry.referred_to)
        if inquiry.state == "answered" and inquiry.answered_date:
            return self.env._("answered %(date)s", date=self._format(inquiry.answered_date))
        return self._label(inquiry, "state").lower()
