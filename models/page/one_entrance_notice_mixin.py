from odoo import api, fields, models
from odoo.tools import format_date

# How many actors a notice names, a line each.
MOST_LINES = 3


class OneEntranceNoticeMixin(models.AbstractModel):
    """Something by which a colleague may call on an actor: a calendar event, an activity, a lead. It names the actor's
    entrance, the next meeting and the last contact, so that nobody calls unawares.

    The notice is computed only when a form asks for it: creating and writing records costs nothing.
    """

    _name = "one.entrance.notice.mixin"
    _description = "Names the Entrance of an Actor"

    # The fields of the model that say whom the record is with.
    _one_entrance_notice_fields = ("partner_id",)

    one_entrance_notice = fields.Text(
        compute="_compute_one_entrance_notice",
        groups="base.group_user",
        exportable=False,
        export_string_translation=False,
    )
    one_entrance_notice_actors = fields.Json(
        compute="_compute_one_entrance_notice",
        groups="base.group_user",
        exportable=False,
        export_string_translation=False,
    )

    @api.depends(lambda self: self._one_entrance_notice_fields)
    @api.depends_context("uid", "lang", "allowed_company_ids")
    def _compute_one_entrance_notice(self):
        """A line for each actor the record is with, and the actors' ids in the same order. None for the actor's own
        people, and none of another municipality's actors.
        """
        self.one_entrance_notice = self.one_entrance_notice_actors = False
        contacts = self._get_one_entrance_contacts()
        # sudo: that somebody is an actor, by whom it is held and when it is met is for every employee to see
        everybody = self.env["res.partner"].union(*contacts.values())._origin.sudo()
        (everybody | everybody.commercial_partner_id).mapped("one_entrance_step")  # all of them are read at once
        actors = {contact.id: contact._get_one_entrance_actor() for contact in everybody}
        told = self.env["res.partner"].sudo().union(*actors.values())
        told = told.filtered(lambda actor: actor.one_entrance_company_id in self.env.companies)
        told = told.filtered(lambda actor: not actor.one_entrance_is_mine)
        for record, partners in contacts.items() if told else ():
            called_on = told.browse().union(*(actors[contact.id] for contact in partners._origin)) & told
            called_on = called_on and (called_on - record._get_one_entrance_own_actors())[:MOST_LINES]
            if called_on:
                record.one_entrance_notice = "\n".join(self._get_one_entrance_line(actor) for actor in called_on)
                record.one_entrance_notice_actors = called_on.ids

    def _get_one_entrance_contacts(self):
        """:return: by record, the contacts it is with"""
        nobody = self.env["res.partner"]
        return {record: nobody.union(*(record[name] for name in self._one_entrance_notice_fields)) for record in self}

    def _get_one_entrance_own_actors(self):
        """:return: the actors that this record is the scheme's own contact with, and gives no notice of"""
        return self.env["res.partner"]

    @api.model
    def _get_one_entrance_document_contacts(self, model, ids):
        """By document id, the contacts of these documents, as far as the user may read them."""
        if model not in self.env:
            return {}
        return self.env[model].browse(ids).exists()._filtered_access("read")._mail_get_partners()

    @api.model
    def _get_one_entrance_line(self, actor):
        """Who is the entrance of an actor, when they meet next, and when they last had contact."""
        if actor.one_entrance_mayor_led:
            line = self.env._(
                "%(actor)s is a key actor. The dialogue is led by %(holders)s.",
                actor=actor.name,
                holders=actor.one_entrance_holder_text,
            )
        else:
            line = self.env._(
                "%(actor)s is a key actor. Contact leader: %(holders)s.",
                actor=actor.name,
                holders=actor.one_entrance_holder_text or self.env._("nobody yet"),
            )
        sentences = [line]
        ahead, last = actor.one_entrance_next_meeting_date, actor.one_entrance_last_meeting_date
        if ahead and ahead >= actor.one_entrance_company_id._get_one_entrance_today():
            sentences.append(
                self.env._("Next meeting: %(date)s.", date=format_date(self.env, ahead, date_format="long"))
            )
        if last:
            sentences.append(
                self.env._("Last contact: %(date)s.", date=format_date(self.env, last, date_format="long"))
            )
        return " ".join(sentences)
