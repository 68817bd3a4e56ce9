from lxml import etree

from odoo.tests import tagged

from ..common import OneEntranceCase


@tagged("post_install", "-at_install")
class TestHandoverPrincipals(OneEntranceCase):
    """A mayor-led actor's handover says who of the two principals was at the last meetings (S10, S14)."""

    def test_the_handover_names_who_was_there_of_the_two(self):
        actor = self._make_actor("Letbanen", mayor_led=True)
        deputy = self.env["res.partner"].create({"name": "Deputy Mayor"})
        self.env["one.entrance.meeting"].with_user(self.consultant).create(
            {
                "partner_id": actor.id,
                "start": "2024-05-14 08:00:00",
                "state": "held",
                "attendee_ids": self.municipal_director.partner_id.ids,
                "mayor_stand_in_id": deputy.id,
                "summary": "Perronen",
            }
        )
        Report = self.env["ir.actions.report"].with_user(self.consultant).with_context(lang="en_US")
        document = etree.HTML(Report._render_qweb_html("one_entrance.report_handover", actor.ids)[0].decode())
        text = " ".join(" ".join(document.itertext()).split())
        self.assertIn("05/14/2024 Dialogue Meeting · Municipal Director Perronen", text)
