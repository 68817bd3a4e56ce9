from odoo import api, models
from odoo.fields import Domain

# The further an interview has come, the rather it stays.
PROGRESS = ("new", "in_progress", "done")


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    """Two actors that were both asked in a round become one, and what either has answered is kept (S12, house rule 8)."""

    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        self._join_one_entrance_interviews(src_partners, dst_partner)
        return super()._update_foreign_keys(src_partners, dst_partner)

    @api.model
    def _join_one_entrance_interviews(self, src_partners, dst_partner):
        """Keep the interview of each side that has come furthest. Others that were begun stay under the name of the
        contact that was asked; the rest are deleted.
        """
        # sudo: who may merge contacts is Odoo's to say; the whole contact moves, with all its history
        Interview = self.env["survey.user_input"].sudo()
        interviews = Interview.search(
            Domain("one_entrance_actor_id", "in", (src_partners | dst_partner).ids)
            & Domain("one_entrance_origin", "=", False)
        )
        dropped = Interview
        for same in interviews.grouped(
            lambda interview: (interview.one_entrance_evaluation_id, interview.one_entrance_side)
        ).values():
            kept = same.sorted(
                lambda interview: (
                    PROGRESS.index(interview.state),
                    interview.one_entrance_actor_id == dst_partner,
                    -interview.id,
                )
            )[-1:]
            for interview in same - kept:
                if interview.state == "new":
                    dropped |= interview
                else:
                    interview.one_entrance_origin = interview.one_entrance_actor_id.display_name
            interviews.filtered(lambda interview, same=same: interview.one_entrance_mirror_id in same).write(
                {"one_entrance_mirror_id": kept.id}
            )
        dropped.unlink()
        self.env.flush_all()
