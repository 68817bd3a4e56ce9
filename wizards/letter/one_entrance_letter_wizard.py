from base64 import b64encode
from urllib.parse import quote

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import LockError, UserError
from odoo.tools import format_date

from ...models.actor.rollout.res_partner import ROLLOUT_ACTIVITIES
from ...models.common.activity import prepare_activity
from ...models.common.notification import get_notification
from ...reports.common.ir_actions_report import WrittenPages

CALL = ROLLOUT_ACTIVITIES["contact"]
REPORT = "one_entrance.report_letter"
MAIL_TEMPLATE = "one_entrance.mail_template_letter"
# So many letters are written in one go: enough to be quick, few enough to see the figures move.
BATCH = 25
# So long after the letter who acts for the contact leader has called on the actor.
CALL_WITHIN = relativedelta(weeks=2)


class OneEntranceLetterWizard(models.TransientModel):
    """Sends the official letter to actors of one municipality, whose principals sign, on paper or by mail (S4).

    It shows who gets a letter, and who cannot and why. Letters on paper are printed, then recorded as sent; those by
    mail are sent and recorded in one go: step 1 for all actors or none, and who acts for each gets an activity to call
    (S5).

    The browser has them written in batches, so that somebody can watch, and printed by one call of the printer;
    ``action_print`` does it in one go. Nothing is kept before all is done.
    """

    _name = "one.entrance.letter.wizard"
    _description = "Send the Official Letter"

    company_id = fields.Many2one(
        "res.company",
        string="Municipality",
        required=True,
        readonly=True,
        default=lambda self: self.env.company,
    )
    state = fields.Selection([("draft", "To Be Printed"), ("printed", "Printed")], required=True, default="draft")
    method = fields.Selection([("print", "On paper"), ("mail", "By mail from Odoo")], required=True, default="print")
    date = fields.Date(
        string="Dated",
        required=True,
        default=lambda self: self.env.company._get_one_entrance_today(),
        help="The day that stands on the letters. Letters by mail bear the day they are sent.",
    )
    sent_date = fields.Date(string="Sent On", help="The day the letters went out. It does not lie ahead.")
    line_ids = fields.One2many("one.entrance.letter.wizard.line", "wizard_id", string="Chosen Actors")
    fit_line_ids = fields.One2many(
        "one.entrance.letter.wizard.line",
        "wizard_id",
        string="With a Letter",
        domain=[("problem", "=", False)],
    )
    problem_line_ids = fields.One2many(
        "one.entrance.letter.wizard.line",
        "wizard_id",
        string="Without a Letter",
        domain=[("problem", "!=", False)],
    )
    obstacle = fields.Text(compute="_compute_obstacle", export_string_translation=False)
    summary = fields.Char(compute="_compute_summary", export_string_translation=False)
    # not as an attachment: the file goes with the wizard
    pdf = fields.Binary(string="All Letters", attachment=False, readonly=True)
    pdf_name = fields.Char(compute="_compute_pdf_name", export_string_translation=False)

    @api.depends("company_id", "fit_line_ids")
    def _compute_obstacle(self):
        """What keeps the municipality from sending these letters at all, and where to mend it."""
        printer_state = self.env["ir.actions.report"].get_wkhtmltopdf_state()
        for wizard in self:
            if printer_state in ("install", "broken"):
                wizard.obstacle = self.env._(
                    "The server has no PDF printer (wkhtmltopdf) that works, so no letter can be printed. Ask the "
                    "administrator of the server to install it."
                )
            else:
                langs = {actor._get_one_entrance_letter_lang() for actor in wizard.fit_line_ids.partner_id}
                wizard.obstacle = wizard.company_id._get_one_entrance_letter_obstacle(langs)

    @api.depends("fit_line_ids", "problem_line_ids", "state")
    def _compute_summary(self):
        for wizard in self:
            counts = {"fit": len(wizard.fit_line_ids), "unfit": len(wizard.problem_line_ids)}
            if wizard.state == "printed":
                wizard.summary = self.env._("Actors with a letter: %(fit)s. Actors without one: %(unfit)s.", **counts)
            elif not counts["fit"]:
                wizard.summary = self.env._(
                    "None of these actors can get a letter: mend what stands beside them, then choose “Check Again”. Or "
                    "choose other actors."
                )
            else:
                wizard.summary = self.env._(
                    "Actors that get a letter: %(fit)s. Actors that cannot get one: %(unfit)s.", **counts
                )

    @api.depends("date")
    def _compute_pdf_name(self):
        for wizard in self:
            wizard.pdf_name = self.env._("Official letters, %(date)s.pdf", date=wizard.date)

    @api.model
    def _make(self, partners):
        """Make the wizard for contacts, in their order; those who are no actors are listed as such."""
        companies = partners.one_entrance_company_id & self.env.companies
        company = companies[:1] if companies and self.env.company not in companies else self.env.company
        return self.create(
            {
                "company_id": company.id,
                "line_ids": [
                    fields.Command.create({"partner_id": partner.id, "sequence": sequence})
                    for sequence, partner in enumerate(partners)
                ],
            }
        )

    def action_check(self):
        """Check again who can get a letter, after something was mended; printed letters stay as they are."""
        self.ensure_one()
        if self.state == "draft":
            self._check_lines()
        return self._get_open_action()

    def action_print(self):
        """Print the letters as one PDF, and attach each to its actor.

        :raise UserError: for what keeps the municipality from sending any letter, or where the printer fails
        """
        self._write_all()
        self.finish_letters()
        return self._get_open_action()

    def action_mail(self):
        """Queue a mail to each actor with its own printed letter. Raises UserError as ``finish_letters`` does."""
        self._write_all()
        return self.finish_letters() or self._get_open_action()

    def action_sent(self):
        """Record that the printed letters went out on ``sent_date``, for all actors or none.

        :raise UserError: where no letter is printed, no day is given, or an actor has been sent a letter meanwhile
        :raise ValidationError: where the day lies ahead, or comes after a later step
        """
        self.ensure_one()
        self._lock(self)
        lines = self.line_ids.sorted("sequence").filtered("attachment_id")
        if self.state != "printed" or not lines:
            raise UserError(self.env._("No letter is printed yet. Print the letters first."))
        if not self.sent_date:
            raise UserError(self.env._("Say on which day the letters were sent."))
        partners = lines.partner_id
        return self._get_result(partners, self._record_sent(partners, self.sent_date))

    def action_download(self):
        """Download the PDF with all letters once more."""
        return {"type": "ir.actions.act_url", "url": self._get_download_url(), "target": "download"}

    def action_open_settings(self):
        """Open the Settings, where the letter's text and those who sign it are."""
        return self.env["ir.actions.act_window"]._for_xml_id("one_entrance.res_config_settings_action")

    def start_letters(self):
        """Check the actors again, and make ready for writing.

        :return: how many letters are to be written: 0 where nobody can get one any more
        :raise UserError: for what keeps the municipality from sending any letter
        """
        self.ensure_one()
        lines = self._check_lines()
        self._check_can_send()
        self.state = "draft"
        self.line_ids.sudo().pages = False  # sudo: written by the system only
        return len(lines)

    def write_letters(self, done):
        """Write the next batch after the ``done`` letters written already, and return how many there are then."""
        self.ensure_one()
        lines = self._get_lines_to_print()[done : done + BATCH]
        if lines:
            # sudo: as above
            lines[0].sudo().pages = self._get_printer()._write_one_entrance_pages(REPORT, lines.partner_id.ids)
        return done + len(lines)

    def finish_letters(self):
        """Print what was written; by mail, send it too. Nothing is done where it fails.

        :return: ``{"download": url}``, the next action, or ``False`` where nobody can get a letter any more
        :raise UserError: where the printer fails, or somebody else has just sent one of the letters
        """
        self.ensure_one()
        self._lock(self)
        self._check_can_send()
        written = self._get_lines_to_print()
        pages = written[::BATCH].sudo().mapped("pages")  # sudo: as above
        lines = self._check_lines()
        if not lines:
            return False
        letters, whole = self._print(lines, pages if lines == written and all(pages) else [])
        self._keep_letters(lines, letters)
        self.line_ids.sudo().pages = False
        if self.method == "mail":
            return self._mail_letters(lines)
        today = self.company_id._get_one_entrance_today()
        self.write({"state": "printed", "pdf": b64encode(whole), "sent_date": min(self.date, today)})
        return {"download": self._get_download_url()}

    def _check_lines(self):
        """Check the actors as they are now, and return the lines of those that get a letter, in their order."""
        self.ensure_one()
        self.line_ids._compute_problem()
        self.invalidate_recordset(["fit_line_ids", "problem_line_ids"])
        return self.line_ids.sorted("sequence").filtered(lambda line: not line.problem)

    def _check_can_send(self):
        if self.obstacle:
            raise UserError(self.obstacle)

    def _get_problems(self, partners):
        """By actor, why it cannot get a letter; those that can are absent."""
        self.ensure_one()
        letter_problems = partners._get_one_entrance_letter_problems()
        problems = {}
        for partner in partners:
            reasons = partner._get_one_entrance_sending_problems(self.company_id)
            if not reasons:
                if self.method == "mail" and not partner.email_normalized:
                    reasons.append(
                        self.env._("It has no mail address that can be written to. Write it on the contact.")
                    )
                if partner in letter_problems:
                    reasons.append(letter_problems[partner])
            if reasons:
                problems[partner] = " ".join(reasons)
        return problems

    def _get_open_action(self):
        action = self.env["ir.actions.act_window"]._for_xml_id("one_entrance.one_entrance_letter_wizard_action")
        return {**action, "res_id": self.id}

    def _write_all(self):
        total, done = self.start_letters(), 0
        while done < total:
            done = self.write_letters(done)

    def _get_lines_to_print(self):
        """The lines of those that get a letter, as last checked, in their order."""
        return self.line_ids.sorted("sequence").filtered(lambda line: not line.problem)

    def _get_printer(self):
        """:return: the printer, with the day that stands on the letters
        :rtype: ir.actions.report
        """
        date = self.company_id._get_one_entrance_today() if self.method == "mail" else self.date
        # the PDF is kept and sent: the HTML that Odoo prints inside tests would be no use
        return self.env["ir.actions.report"].with_context(one_entrance_letter_date=date, force_report_rendering=True)

    def _print(self, lines, pages):
        """Print all letters by one call, and return each by the id of its actor, and all in one PDF.

        :param list[str] pages: the letters as written before, batch by batch, or none to write them now
        """
        ids = lines.partner_id.ids
        printer = self._get_printer()
        if pages:
            printer = printer.with_context(one_entrance_pages=WrittenPages(ids, pages))
        streams, _kind = printer._pre_render_qweb_pdf(REPORT, res_ids=ids)
        letters = {res_id: streams[res_id]["stream"] for res_id in ids if streams.get(res_id, {}).get("stream")}
        if len(letters) != len(ids):
            raise UserError(
                self.env._(
                    "The printed letters could not be told apart, and none was kept. Ask an administrator for help."
                )
            )
        whole = letters[ids[0]].getvalue()
        if len(ids) > 1:
            whole = printer._merge_pdfs([letters[res_id] for res_id in ids]).getvalue()
        return {res_id: stream.getvalue() for res_id, stream in letters.items()}, whole

    def _keep_letters(self, lines, letters):
        """Attach each letter to its actor, for who may read that, in place of what this wizard printed before."""
        lines.attachment_id.unlink()
        attachments = self.env["ir.attachment"].create(
            [
                {
                    "name": f"{self._get_letter_name(partner)}.pdf",
                    "raw": letters[partner.id],
                    "mimetype": "application/pdf",
                    "res_model": partner._name,
                    "res_id": partner.id,
                }
                for partner in lines.partner_id
            ]
        )
        for line, attachment in zip(lines, attachments, strict=True):
            line.attachment_id = attachment

    def _get_letter_name(self, partner):
        return partner.with_context(lang=partner._get_one_entrance_letter_lang())._get_one_entrance_letter_name()

    def _get_download_url(self):
        return f"/web/content/{self._name}/{self.id}/pdf/{quote(self.pdf_name)}?download=true"

    def _lock(self, records):
        """Refuse a second click, or another user, sending the same letters at this moment. What they did before is
        seen: the transaction begins anew where it is too old for that.
        """
        try:
            records.lock_for_update(allow_referencing=True)
        except LockError as error:
            raise UserError(
                self.env._(
                    "Somebody is sending these letters, or changing one of these actors, at this moment. Wait a little, then "
                    "try again."
                )
            ) from error

    def _mail_letters(self, lines):
        """Queue the mails with the attached letters and record them as sent, both or neither."""
        partners = lines.partner_id
        ownerless = self._record_sent(partners, self.company_id._get_one_entrance_today())
        letters = {line.partner_id.id: line.attachment_id.id for line in lines}
        template = self.env.ref(MAIL_TEMPLATE).with_context(one_entrance_letter_ids=letters)
        # the mail stays in the actor's log when the queue has let it go
        template.send_mail_batch(partners.ids, email_values={"is_notification": True})
        return self._get_result(partners, ownerless)

    def _record_sent(self, partners, date):
        """Record step 1, ask for the calls, and return the actors for whom nobody acts.

        :raise UserError: naming the actors that have been sent a letter meanwhile
        """
        self._lock(partners)
        partners.invalidate_recordset(["one_entrance_letter_date", "one_entrance_step"])
        partners._check_one_entrance_in_scheme()
        already = partners.filtered("one_entrance_letter_date")
        if already:
            raise UserError(
                self.env._(
                    "%(actors)s: the letter has been recorded as sent meanwhile. Take these actors off the list, and nothing is "
                    "recorded twice.",
                    actors=already._get_one_entrance_names(),
                )
            )
        rollout = self.env["one.entrance.rollout.wizard"].create(
            {"partner_ids": [fields.Command.set(partners.ids)], "step": "letter", "date": date}
        )
        rollout.action_apply()
        return self._give_calls(partners, date)

    def _give_calls(self, partners, date):
        """Ask who acts for each actor to call on it, where nobody is asked yet; return those for whom nobody acts."""
        activity_type = self.env.ref(CALL)
        settled = partners._get_one_entrance_settled_types()
        # sudo: who acts for an actor is asked also by those who may not read the settings
        Leader = self.env["one.entrance.leader"].sudo()
        ownerless = partners.browse()
        values = []
        for partner in partners:
            if activity_type in settled[partner]:
                continue
            user = Leader._get_acting_user(partner.sudo())
            if not user:
                ownerless |= partner
                continue
            summary = self._get_call_summary(user.lang, date)
            values.append(prepare_activity(partner, CALL, user, date + CALL_WITHIN, summary))
        # forty mails that forty activities were given would be read by nobody: the digest tells of them
        self.env["mail.activity"].with_context(mail_activity_quick_update=True).create(values)
        return ownerless

    def _get_call_summary(self, lang, date):
        """What to do, in the language of who is to do it."""
        env = self.with_context(lang=lang).env
        return env._("Arrange an introductory meeting: the letter was sent on %(date)s", date=format_date(env, date))

    def _get_result(self, partners, ownerless):
        """The notification of what was done, and for whom nobody acts; it closes the wizard."""
        if self.method == "mail":
            message = self.env._(
                "Letters in the mail queue: %(count)s. They are recorded as sent today.", count=len(partners)
            )
        else:
            message = self.env._(
                "Letters recorded as sent on %(date)s: %(count)s.",
                date=format_date(self.env, self.sent_date),
                count=len(partners),
            )
        if ownerless:
            message = self.env._(
                "%(message)s Nobody acts for %(actors)s, and nobody was asked to call on them: name a contact leader with a "
                "login, or a delegate.",
                message=message,
                actors=ownerless._get_one_entrance_names(),
            )
        return get_notification(message, {"type": "ir.actions.act_window_close"}, warning=bool(ownerless))
