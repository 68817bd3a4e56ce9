from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG

from . import models, reports, wizards


def uninstall_hook(env):
    """Delete first what would keep the database from uninstalling: the inquiries that came with the addon and are
    referred to by meetings, its activities and the steps of plans with them; and the addresses, whose mails would find
    no inquiries.
    """
    uninstalling = env(context={**env.context, MODULE_UNINSTALL_FLAG: True})
    data = env["ir.model.data"].search(
        [("module", "=", "one_entrance_inquiry"), ("model", "=", "one.entrance.inquiry")]
    )
    uninstalling["one.entrance.inquiry"].browse(data.mapped("res_id")).exists().unlink()
    env["mail.activity.type"]._get_one_entrance_types_of("one_entrance_inquiry")._unlink_one_entrance_uses()
    env["res.company"].with_context(active_test=False).search([]).one_entrance_alias_id.unlink()
