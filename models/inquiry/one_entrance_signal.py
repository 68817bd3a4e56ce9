from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date, is_html_empty

from ..common.printable_html import PrintableHtml

# How many of the subjects a list shows of one signal.
SUBJECTS = 6


class OneEntranceSignal(models.Model):
    """Several actors raise one theme within some months: that is for the directorate, which answers once for all of them
    (S9, S15).

    A signal is made, extended and put away by itself, and a theme has one open signal a municipality. What is confidential
    makes no signal and stands in none, so that whoever reads a signal may read all of it. What was said at meetings makes
    none either: no point records whether the actor raised it. Who has something to raise gets an inquiry, which names the
    meeting.
    """

    _name = "one.entrance.signal"
    _description = "Signal from Several Actors"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "state desc, last_date desc, id desc"
    _rec_name = "theme_id"
    _check_company_auto = True

    active = fields.Boolean(
        default=True,
        help="A signal that has lost its reason before it was answered is put into the archive, and comes back with the reason.",
    )
    theme_id = fields.Many2one(
        "one.entrance.theme", required=True, readonly=True, ondelete="restrict", index=True, check_company=True
    )
    company_id = fields.Many2one(
        "res.company", string="Municipality", required=True, readonly=True, default=lambda self: self.env.company
    )
    inquiry_ids = fields.Many2many(
        "one.entrance.inquiry",
        "one_entrance_inquiry_signal_rel",
        "signal_id",
        "inquiry_id",
        string="Inquiries",
        readonly=True,
        copy=False,
        help="What the actors have raised on the theme. Confidential inquiries make no signal and do not appear in one.",
    )
    actor_ids = fields.Many2many("res.partner", string="Actors", compute="_compute_actor_ids")
    actor_count = fields.Integer(string="Number of Actors", compute="_compute_actor_ids")
    inquiry_count = fields.Integer(string="Number of Inquiries", compute="_compute_actor_ids")
    said = fields.Text(
        string="What Was Said",
        compute="_compute_said",
        help="The subjects of the inquiries, the latest first, by actor.",
    )
    date_from = fields.Date(
        string="Since",
        compute="_compute_date_from",
        store=True,
        help="The day the first of the inquiries was received.",
    )
    last_date = fields.Date(
        string="Latest",
        compute="_compute_date_from",
        store=True,
        help="The day the latest of the inquiries was received.",
    )
    state = fields.Selection(
        [("open", "To Be Answered"), ("answered", "Answered")],
        string="Status",
        required=True,
        readonly=True,
        default="open",
        copy=False,
        tracking=True,
    )
    answer = PrintableHtml(
        copy=False,
        help="Answered once: it is proposed as the answer to each of the inquiries. Nothing is sent to an actor by itself.",
    )
    answered_date = fields.Date(string="Answered On", readonly=True, copy=False)
    answered_by_id = fields.Many2one("res.users", string="Answered By", readonly=True, copy=False)

    # whoever saves at once: one for each theme, whether it is shown or has lost its reason
    _open_uniq = models.UniqueIndex(
        "(company_id, theme_id) WHERE state = 'open'",
        "There is an open signal on this theme already. Answer that one.",
    )

    @api.depends("inquiry_ids.partner_id")
    def _compute_actor_ids(self):
        for signal in self:
            signal.actor_ids = signal.inquiry_ids.partner_id
            signal.actor_count = len(signal.actor_ids)
            signal.inquiry_count = len(signal.inquiry_ids)

    @api.depends("inquiry_ids.name", "inquiry_ids.partner_id.name")
    @api.depends_context("lang")
    def _compute_said(self):
        for signal in self:
            inquiries = signal.inquiry_ids.sorted("received_date", reverse=True)
            lines = [f"{inquiry.partner_id.name}: {inquiry.name}" for inquiry in inquiries[:SUBJECTS]]
            if len(inquiries) > SUBJECTS:
                lines.append(self.env._("and %(count)s more", count=len(inquiries) - SUBJECTS))
            signal.said = "\n".join(lines)

    @api.depends("inquiry_ids.received_date")
    def _compute_date_from(self):
        for signal in self:
            days = signal.inquiry_ids.mapped("received_date")
            signal.date_from, signal.last_date = min(days, default=False), max(days, default=False)

    @api.constrains("state", "answer", "answered_date")
    def _check_answer(self):
        for signal in self:
            if signal.state == "answered" and (is_html_empty(signal.answer) or not signal.answered_date):
                raise ValidationError(
                    self.env._(
                        "The signal on “%(theme)s” has no answer. Write what the directorate answers, then answer it.",
                        theme=signal.theme_id.name,
                    )
                )

    @api.constrains("answered_date")
    def _check_answered_date(self):
        today = fields.Date.context_today(self)
        for signal in self:
            if signal.answered_date and not (signal.last_date or today) <= signal.answered_date <= today:
                raise ValidationError(
                    self.env._(
                        "The signal on “%(theme)s” cannot have been answered on %(date)s: choose a day from the latest inquiry "
                        "until today.",
                        theme=signal.theme_id.name,
                        date=format_date(self.env, signal.answered_date),
                    )
                )

    @api.constrains("inquiry_ids", "theme_id", "company_id")
    def _check_inquiries(self):
        """A signal tells of what was raised on its theme, in its municipality, and of nothing confidential."""
        for signal in self:
            for inquiry in signal.inquiry_ids:
                if (
                    inquiry.confidential
                    or not inquiry.partner_id
                    or inquiry.company_id != signal.company_id
                    or signal.theme_id not in inquiry.theme_ids
                ):
                    raise ValidationError(
                        self.env._(
                            "“%(inquiry)s” has no place in the signal on “%(theme)s”: it is confidential, nobody's yet, or not "
                            "on the theme. Signals are made by themselves; change the inquiry instead.",
                            inquiry=inquiry.name,
                            theme=signal.theme_id.name,
                        )
                    )

    def write(self, vals):
        """:raise UserError: where an answer that has been proposed already would change, or be taken back"""
        by_hand = "inquiry_ids" in vals and not self.env.su  # what becomes confidential leaves an answered one, too
        if "answer" in vals or vals.get("state") == "open" or by_hand:
            self._check_not_answered()
        answering = self.filtered(lambda signal: signal.state == "open") if vals.get("state") == "answered" else []
        result = super().write(vals)
        if answering:
            answering._propose_answer()
        return result

    def action_answer(self):
        """Answer these signals: the answer is proposed for each inquiry that is not answered yet (S9).

        :raise ValidationError: where a signal has no answer
        :raise UserError: where a signal is answered already
        """
        self._check_not_answered()
        self.write(
            {"state": "answered", "answered_date": fields.Date.context_today(self), "answered_by_id": self.env.uid}
        )

    def action_open_inquiries(self):
        """Open the inquiries of this signal."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Inquiries on %(theme)s", theme=self.theme_id.name),
            "res_model": "one.entrance.inquiry",
            "views": [(False, "list"), (False, "form")],
            "domain": [("signal_ids", "in", self.ids)],
        }

    def _check_not_answered(self):
        for signal in self:
            if signal.state == "answered":
                raise UserError(
                    self.env._(
                        "The signal on “%(theme)s” has been answered, and the answer has been proposed to the contact leaders. "
                        "What is raised from now on makes a signal of its own.",
                        theme=signal.theme_id.name,
                    )
                )

    def _propose_answer(self):
        """Propose the answer of each of these signals to those who answer its inquiries."""
        for signal in self:
            signal.inquiry_ids._propose(signal.answer, signal.answered_date)
