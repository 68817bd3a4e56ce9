from odoo import api, fields, models


class OneEntranceLetterWizardLine(models.TransientModel):
    """An actor chosen for the official letter, in the order of the list it was chosen from (S4)."""

    _name = "one.entrance.letter.wizard.line"
    _description = "Actor for the Official Letter"
    _order = "sequence, id"

    wizard_id = fields.Many2one("one.entrance.letter.wizard", required=True, ondelete="cascade", index=True)
    sequence = fields.Integer()
    partner_id = fields.Many2one("res.partner", string="Actor", required=True, readonly=True, ondelete="cascade")
    problem = fields.Text(
        string="Why Not", compute="_compute_problem", store=True, help="Empty: the actor gets a letter."
    )
    holder_text = fields.Char(related="partner_id.one_entrance_holder_text", string="Contact Leader")
    city = fields.Char(related="partner_id.city")
    email = fields.Char(related="partner_id.email", string="Mail Address")
    attachment_id = fields.Many2one("ir.attachment", string="Letter", readonly=True, ondelete="set null")
    # what goes to the printer is nobody's to write
    pages = fields.Text(groups=fields.NO_ACCESS)

    @api.depends("partner_id", "wizard_id.method")
    def _compute_problem(self):
        """As it was when somebody last looked: nothing that is written on a contact looks for wizards."""
        for wizard, lines in self.grouped("wizard_id").items():
            problems = wizard._get_problems(lines.partner_id)
            for line in lines:
                line.problem = problems.get(line.partner_id)
