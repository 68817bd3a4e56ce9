from textwrap import shorten

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import is_html_empty
from odoo.tools.mail import html_to_inner_content

from odoo.addons.one_entrance.models.common.printable_html import PrintableHtml

PROPOSED_ANSWER = "one_entrance_inquiry.mail_activity_type_proposed_answer"
# What an inquiry has a place in a signal by.
SIGNAL_FIELDS = {"theme_ids", "received_date", "partner_id", "company_id", "confidential", "active"}
# How many characters of what is raised a list shows.
EXCERPT_LENGTH = 200


class OneEntranceInquiry(models.Model):
    """What several actors raise on one theme is a signal to the directorate, whose answer is proposed for each of their
    inquiries (S9, S15). Who answers the inquiry uses it, changes it, or puts it aside: nothing goes to an actor by
    itself.
    """

    _inherit = "one.entrance.inquiry"

    excerpt = fields.Text(string="What Is Raised, in Short", compute="_compute_excerpt")
    signal_ids = fields.Many2many(
        "one.entrance.signal",
        "one_entrance_inquiry_signal_rel",
        "inquiry_id",
        "signal_id",
        string="Signals",
        readonly=True,
        copy=False,
        groups="one_entrance.group_consultant",
    )
    proposed_answer = PrintableHtml(
        readonly=True,
        copy=False,
        help="What the directorate answers to all actors that have raised the theme. Use it, change it, or put it aside.",
    )
    proposed_date = fields.Date(string="Proposed On", readonly=True, copy=False)
    proposal_state = fields.Selection(
        [("proposed", "Proposed"), ("used", "Used"), ("aside", "Put Aside")],
        string="Proposed Answer Is",
        readonly=True,
        copy=False,
        tracking=True,
    )

    @api.depends("description")
    def _compute_excerpt(self):
        for inquiry in self:
            text = html_to_inner_content(inquiry.description or "")
            inquiry.excerpt = shorten(text, EXCERPT_LENGTH, placeholder="…")

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_no_signal_is_made(vals)
        inquiries = super().create(vals_list)
        inquiries._sync_signals()
        return inquiries

    def write(self, vals):
        self._check_no_signal_is_made(vals)
        if SIGNAL_FIELDS.isdisjoint(vals):
            result = super().write(vals)
        else:
            before = self._get_signal_place()
            result = super().write(vals)
            self._sync_signals(before)
        if vals.get("state") == "answered":
            self._get_proposal_activities().unlink()  # there is nothing left to choose
        return result

    def unlink(self):
        before = self._get_signal_place()
        result = super().unlink()
        self.browse()._sync_signals(before)
        return result

    def action_use_proposed_answer(self):
        """Put the directorate's answer below what is written as the answer already; nothing is sent yet."""
        for inquiry in self._get_proposed():
            written = inquiry.answer if not is_html_empty(inquiry.answer) else Markup("")
            inquiry.write({"answer": written + inquiry.proposed_answer, "proposal_state": "used"})
        self._get_proposal_activities().unlink()

    def action_put_aside(self):
        """Do without the directorate's answer here."""
        self._get_proposed().write({"proposal_state": "aside"})
        self._get_proposal_activities().unlink()

    @api.model
    def _follow_merge(self, actor):
        """Update the signals after contacts were merged into this actor (given as superuser): several are one now."""
        inquiries = self.sudo().search([("partner_id", "=", actor.id)])
        inquiries.invalidate_recordset(["partner_id"])  # a merge writes past the cache
        inquiries._sync_signals()

    def _get_proposed(self):
        """:raise UserError: where no answer is proposed for one of these inquiries any more"""
        for inquiry in self:
            if inquiry.proposal_state != "proposed" or inquiry.state == "answered":
                raise UserError(
                    self.env._(
                        "“%(inquiry)s”: there is no proposed answer to choose about. It has been answered, or the proposed "
                        "answer has been used or put aside.",
                        inquiry=inquiry.name,
                    )
                )
        return self

    def _propose(self, answer, date):
        """Propose an answer (Markup) for those of these inquiries that are still open, and tell who answers them."""
        # sudo: the directorate proposes, also where it is not asked itself
        waiting = self.sudo().filtered(lambda inquiry: inquiry.state != "answered")
        for earlier, group in waiting.grouped(
            # a proposal on another theme that nobody has chosen about yet stays with it
            lambda inquiry: (inquiry.proposal_state == "proposed" and inquiry.proposed_answer) or Markup("")
        ).items():
            group.write(
                {
                    "proposed_answer": earlier + answer,
                    "proposed_date": date,
                    "proposal_state": "proposed",
                }
            )
        waiting._ask_about_proposal()

    def _ask_about_proposal(self):
        """Give who answers these inquiries an activity each, where none is open."""
        asked = set(self._get_proposal_activities().mapped("res_id"))
        waiting = self.filtered(lambda inquiry: inquiry.id not in asked)
        waiting._ask_who_answers(PROPOSED_ANSWER, lambda env: env._("An answer is proposed"))

    def _get_proposal_activities(self):
        # sudo: who answers is seldom the only one who was asked
        return (
            self.env["mail.activity"]
            .sudo()
            .search(
                [
                    ("active", "=", True),
                    ("res_model", "=", self._name),
                    ("res_id", "in", self.ids),
                    ("activity_type_id", "=", self.env["ir.model.data"]._xmlid_to_res_id(PROPOSED_ANSWER)),
                ]
            )
        )

    @api.model
    def _check_no_signal_is_made(self, vals):
        """:raise UserError: where somebody puts an inquiry into a signal, or takes it out"""
        if vals.get("signal_ids") and not self.env.su:
            raise UserError(
                self.env._("Signals are made by themselves. Change the themes or the day of the inquiry instead.")
            )

    def _get_signal_place(self):
        """:return: the themes and municipalities of these inquiries, and the days they were received"""
        # sudo: it is where the inquiries count, whoever moves them
        inquiries = self.sudo().with_context(active_test=False)
        days = [day for day in inquiries.mapped("received_date") if day]  # a day taken away is refused when it is saved
        return inquiries.theme_ids, inquiries.company_id, days

    def _sync_signals(self, before=None):
        """Update the signals; ``before`` is what ``_get_signal_place`` returned before the change."""
        themes, companies, days = self._get_signal_place()
        if before:
            themes, companies, days = themes | before[0], companies | before[1], days + before[2]
        secret = self.sudo().with_context(active_test=False).filtered("confidential")
        if secret.signal_ids:
            secret.signal_ids = False  # of those that are answered, too
        if days:
            self.env["one.entrance.signal"]._sync(themes, companies, min(days), max(days))
