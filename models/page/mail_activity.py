from odoo import models


class MailActivity(models.Model):
    """Whoever plans a call on an actor is told of its one entrance."""

    _name = "mail.activity"
    _inherit = ["mail.activity", "one.entrance.notice.mixin"]
    _one_entrance_notice_fields = ("res_model", "res_id")

    def _get_one_entrance_contacts(self):
        nobody = self.env["res.partner"]
        contacts = dict.fromkeys(self, nobody)
        on_something = self.filtered(lambda activity: activity.res_model and activity.res_id)
        for model, activities in on_something.grouped("res_model").items():
            found = self._get_one_entrance_document_contacts(model, activities.mapped("res_id"))
            for activity in activities:
                contacts[activity] = found.get(activity.res_id, nobody)
        return contacts
