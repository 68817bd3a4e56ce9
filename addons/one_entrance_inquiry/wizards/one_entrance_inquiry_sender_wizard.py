from odoo import api, fields, models
from odoo.exceptions import UserError


class OneEntranceInquirySenderWizard(models.TransientModel):
    """Says from which actor inquiries by mail from an unknown sender are; the actor may be told that they arrived, and
    the next mail from the same address is found (S9).
    """

    _name = "one.entrance.inquiry.sender.wizard"
    _description = "Say Whose an Inquiry Is"

    inquiry_ids = fields.Many2many("one.entrance.inquiry", string="Inquiries", required=True)
    senders = fields.Text(compute="_compute_senders")
    candidate_ids = fields.Many2many("res.partner", string="Could Be", compute="_compute_senders")
    other_count = fields.Integer(string="More from the Same Sender", compute="_compute_senders")
    partner_id = fields.Many2one(
        "res.partner",
        string="Actor",
        required=True,
        domain="[('one_entrance_step', 'not in', (False, 'left'))]",
    )
    add_person = fields.Boolean(
        string="Add the Sender to the Actor's People",
        default=True,
        help="The next mail from this address is then found to be the actor's.",
    )
    with_others = fields.Boolean(
        string="Also the Others",
        default=True,
        help="The other mails from the same address that wait are the same actor's.",
    )
    acknowledge = fields.Boolean(
        string="Tell the Actor That It Arrived", default=True, help="By mail, to who sent it. Programs get none."
    )

    @api.depends("inquiry_ids")
    def _compute_senders(self):
        for wizard in self:
            wizard.senders = "\n".join(dict.fromkeys(filter(None, wizard.inquiry_ids.mapped("email_from"))))
            wizard.candidate_ids = wizard.inquiry_ids.candidate_ids
            wizard.other_count = len(wizard._get_others())

    def action_apply(self):
        """Give the inquiries to the actor.

        :raise UserError: where one of them has an actor already
        """
        self.ensure_one()
        for inquiry in self.inquiry_ids.filtered("partner_id"):
            raise UserError(
                self.env._(
                    "“%(inquiry)s” is known to be from %(actor)s. Change the actor on the inquiry itself.",
                    inquiry=inquiry.name,
                    actor=inquiry.partner_id.display_name,
                )
            )
        inquiries = self.inquiry_ids | (self._get_others() if self.with_others else self.inquiry_ids.browse())
        inquiries.write({"partner_id": self.partner_id.id})
        if self.add_person:
            inquiries._make_sender_contact()
        if self.acknowledge:
            inquiries._acknowledge()

    def _get_others(self):
        """:return: what else waits from the same addresses"""
        addresses = list(filter(None, self.inquiry_ids.mapped("email_normalized")))
        waiting = [("partner_id", "=", False), ("email_normalized", "in", addresses)]
        return self.inquiry_ids.search(waiting) - self.inquiry_ids._origin
