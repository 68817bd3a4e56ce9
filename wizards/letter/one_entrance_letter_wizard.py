from odoo import api, fields, models
from odoo.exceptions import UserError


class OneEntranceLetterWizard(models.TransientModel):
    """Sends the official letter to the chosen actors, on paper or by mail from Odoo (S4).

    It first shows who gets a letter, and who cannot and why. The letters on paper are printed, and then recorded as sent
    with the day they were; those by mail are sent and recorded in one go. One wizard is one municipality's, as its mayor
    and its municipal director sign.
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
        default=fields.Date.context_today,
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
        """How many get a letter, and how many cannot."""
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
        """Make the wizard for some actors, in the order in which they come.

        :param res.partner partners: not necessarily actors: it says of the others that they are none
        :rtype: one.entrance.letter.wizard
        """
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
        """Look again at who can get a letter, after something was mended. What is printed is printed."""
        self.ensure_one()
        if self.state == "draft":
            self._check_lines()
        return self._get_open_action()

    def action_open_settings(self):
        """Open the settings of the municipality, where the letter's text and those who sign it are."""
        return self.env["ir.actions.act_window"]._for_xml_id("one_entrance.res_config_settings_action")

    def _check_lines(self):
        """Look at the actors as they are now.

        :return: the lines of those that get a letter, in the order of the list
        :rtype: one.entrance.letter.wizard.line
        """
        self.ensure_one()
        self.line_ids._compute_problem()
        self.invalidate_recordset(["fit_line_ids", "problem_line_ids"])
        return self.line_ids.sorted("sequence").filtered(lambda line: not line.problem)

    def _check_can_send(self):
        """:raise UserError: for what keeps the municipality from sending any letter"""
        if self.obstacle:
            raise UserError(self.obstacle)

    def _get_problems(self, partners):
        """Say which of these actors cannot get a letter, and why.

        :param res.partner partners:
        :return: by actor, why in the user's language; those that can are absent
        :rtype: dict[res.partner, str]
        """
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
        """:return: the action that shows this wizard as it is now
        :rtype: dict
        """
        action = self.env["ir.actions.act_window"]._for_xml_id("one_entrance.one_entrance_letter_wizard_action")
        return {**action, "res_id": self.id}
