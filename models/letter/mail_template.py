from odoo import models


class MailTemplate(models.Model):
    """Many official letters are mailed as they were printed, all in one go (S4)."""

    _inherit = "mail.template"

    def _generate_template_attachments(self, res_ids, render_fields, render_results=None):
        """Attach the letters printed before, by actor id in the context, instead of printing each once more."""
        letters = self.env.context.get("one_entrance_letter_ids")
        if letters is None:
            return super()._generate_template_attachments(res_ids, render_fields, render_results=render_results)
        # what comes with the context may come from anywhere: nobody sends what is not theirs to read
        self.env["ir.attachment"].browse(letters[res_id] for res_id in res_ids).check_access("read")
        others = [name for name in render_fields if name != "report_template_ids"]
        render_results = super()._generate_template_attachments(res_ids, others, render_results=render_results)
        for res_id in res_ids:
            values = render_results[res_id]
            values["attachment_ids"] = [*values.get("attachment_ids", []), letters[res_id]]
        return render_results
