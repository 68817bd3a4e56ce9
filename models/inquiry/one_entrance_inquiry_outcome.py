from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date, is_html_empty

# Days of an inquiry, each with what it may not lie before.
ORDER = (
    ("acknowledged_date", "received_date"),
    ("referred_date", "received_date"),
    ("first_answer_date", "received_date"),
    ("answered_date", "received_date"),
    ("told_date", "referred_date"),
    ("follow_up_date", "referred_date"),
    ("answered_date", "referred_date"),
    ("answered_date", "first_answer_date"),
)
# Days on which something has happened: they do not lie ahead.
PAST = ("received_date", "acknowledged_date", "referred_date", "told_date", "first_answer_date", "answered_date")


class OneEntranceInquiry(models.Model):
    """What becomes of an inquiry: it is taken into dialogue, referred to where it belongs, and answered (S9).

    The first answer is the day the actor first heard from the entrance: by a message, by being told where the matter lies,
    at a contact that was logged, or by the answer itself.
    """

    _inherit = "one.entrance.inquiry"

    @api.constrains("state", "referred_to", "referred_date")
    def _check_referral(self):
        for inquiry in self:
            if inquiry.state == "referred" and not inquiry._is_said_to_whom():
                raise ValidationError(
                    self.env._(
                        "“%(inquiry)s” is not referred yet: open it and choose “Refer…” to say to whom, and on what day.",
                        inquiry=inquiry.name,
                    )
                )

    @api.constrains("state", "answer", "answered_date")
    def _check_answer(self):
        for inquiry in self.filtered(lambda inquiry: inquiry.state == "answered"):
            if is_html_empty(inquiry.answer) or not inquiry.answered_date:
                raise ValidationError(
                    self.env._(
                        "“%(inquiry)s” has no answer yet: open it and choose “Send Answer…”, or “Answered…” where the answer "
                        "was given otherwise.",
                        inquiry=inquiry.name,
                    )
                )

    @api.constrains("state", "kind", "referred_to", "referred_date")
    def _check_authority_decides(self):
        """The entrance takes no part in what the municipality decides as an authority (S9)."""
        for inquiry in self:
            if inquiry.state == "answered" and inquiry._is_for_the_authority():
                raise ValidationError(inquiry._tell_authority_decides())

    @api.constrains(*{name for pair in ORDER for name in pair})
    def _check_order_of_dates(self):
        labels = self._get_date_labels()
        for inquiry in self:
            for later, earlier in ORDER:
                if inquiry[later] and inquiry[earlier] and inquiry[later] < inquiry[earlier]:
                    raise ValidationError(
                        self.env._(
                            "“%(inquiry)s”: %(later)s (%(later_date)s) lies before %(earlier)s (%(earlier_date)s). Correct "
                            "one of the dates.",
                            inquiry=inquiry.name,
                            later=labels[later],
                            later_date=format_date(self.env, inquiry[later]),
                            earlier=labels[earlier],
                            earlier_date=format_date(self.env, inquiry[earlier]),
                        )
                    )

    @api.constrains(*PAST)
    def _check_dates_have_passed(self):
        labels = self._get_date_labels()
        # the later of the user's day and the municipality's: around midnight they are not the same
        today = max(fields.Date.context_today(self), self._get_today())
        for inquiry in self:
            for name in PAST:
                if inquiry[name] and inquiry[name] > today:
                    raise ValidationError(
                        self.env._(
                            "“%(inquiry)s”: %(label)s (%(date)s) lies ahead. Choose a day that has come.",
                            inquiry=inquiry.name,
                            label=labels[name],
                            date=format_date(self.env, inquiry[name]),
                        )
                    )

    def action_dialogue(self):
        """Take these inquiries into the dialogue with their actors."""
        self.write({"state": "dialogue"})

    def action_log_contact(self):
        """Ask for a contact about this inquiry, such as a call: it takes the inquiry into the dialogue, and is the first
        answer where there was none.
        """
        self.ensure_one()
        self._check_actor_is_known_first()
        action = self.partner_id.action_one_entrance_log_meeting()
        action["context"] = {
            **action["context"],
            "default_summary": self.name,
            "default_confidential": self.confidential,
            "one_entrance_inquiry_id": self.id,
        }
        return action

    def action_refer(self):
        """Ask to whom the matter is referred, and show the mail that tells the actor."""
        self.ensure_one()
        self._check_actor_is_known_first()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Refer the Inquiry"),
            "res_model": "one.entrance.inquiry.refer.wizard",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_inquiry_id": self.id, "dialog_size": "large"},
        }

    def action_ask_answer(self):
        """Ask what was answered, where the actor was not answered by mail from here."""
        self.ensure_one()
        self._check_actor_is_known_first()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("What Became of It") if self.referred_date else self.env._("The Inquiry Was Answered"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(self.env.ref("one_entrance.one_entrance_inquiry_view_form_answer").id, "form")],
            "target": "new",
            "context": {"dialog_size": "large"},
        }

    def action_answer(self):
        """Record that these inquiries are answered; the answer stands on them already.

        :raise ValidationError: where the answer is missing, or the matter is an authority's and was not referred
        """
        self.write({"state": "answered"})

    def action_reopen(self):
        """Take up again what was answered; the answer stays until there is another."""
        for inquiry in self.filtered(lambda inquiry: inquiry.state == "answered"):
            if inquiry.referred_date:
                inquiry.state = "referred"
            else:
                inquiry.state = "dialogue" if inquiry.first_answer_date else "new"

    def _take_up_with(self, meeting):
        """Take this inquiry into the dialogue by a contact that was logged about it.

        :param one.entrance.meeting meeting: with the same actor
        """
        self.ensure_one()
        if meeting.state != "held" or meeting.partner_id != self.partner_id:
            return
        values = {}
        if self.state == "new":
            values["state"] = "dialogue"
        if not self.first_answer_date:
            # a call that led to the inquiry is no answer before it
            values["first_answer_date"] = max(meeting.date, self.received_date)
        if values:
            self.write(values)

    def _prepare_outcome_values(self, vals):
        """What goes without saying when these values are written: the day of an answer is today, and what the actor is told
        is its first answer where there was none.

        :param dict vals: values for ``create`` (on an empty recordset) or ``write`` (on one inquiry)
        :return: the values to add
        :rtype: dict
        """
        extra = {}
        get = {
            name: vals[name] if name in vals else self[name]
            for name in ("answered_date", "told_date", "first_answer_date", "state")
        }
        if vals.get("state") == "answered" and not get["answered_date"]:
            extra["answered_date"] = get["answered_date"] = self._get_today()
        elif vals.get("state") not in (None, "answered") and self.answered_date and "answered_date" not in vals:
            extra["answered_date"] = False  # it is taken up again
        first = vals.get("told_date") or (get["answered_date"] if get["state"] == "answered" else False)
        if first and not get["first_answer_date"]:
            extra["first_answer_date"] = first
        return extra

    def _is_for_the_authority(self):
        """:return: whether the municipality decides on it as an authority, and it lies with the entrance still"""
        return self.kind == "authority" and not self._is_said_to_whom()

    def _tell_authority_decides(self):
        """:return: why the entrance does not answer what is the authority's
        :rtype: str
        """
        return self.env._(
            "“%(inquiry)s” is a matter for the municipality as an authority, and the entrance does not answer it. Refer it "
            "first; the answer is then what became of it there.",
            inquiry=self.name,
        )

    def _is_said_to_whom(self):
        """:return: whether it is said to whom the matter was referred, and on what day"""
        return bool((self.referred_to or "").strip() and self.referred_date)

    def _check_actor_is_known_first(self):
        """:raise UserError: where nobody has said yet whose inquiry it is"""
        if not self.partner_id:
            raise UserError(self._tell_nobodys())

    @api.model
    def _get_today(self):
        """:return: the day in the municipality, whose mail is read by a server that lives in another time zone
        :rtype: date
        """
        return fields.Date.context_today(self.with_context(tz="Europe/Copenhagen"))

    @api.model
    def _get_date_labels(self):
        """:return: the labels of all dates, as messages name them
        :rtype: dict
        """
        # sudo: what a date is called may be said to who may not read it
        found = self.sudo().fields_get({name for pair in ORDER for name in pair}, ["string"])
        return {name: f"“{field['string']}”" for name, field in found.items()}
