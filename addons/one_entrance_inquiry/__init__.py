from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG

from . import models, reports, wizards


def uninstall_hook(env):
    """Take away first what the database would not let go: the inquiries that came with the addon and may be raised at meetings,
    the activities of its types, done ones too, and the steps of plans that are of these types. The addresses for inquiries go
    too: a mail to one would find no inquiries any more.
    """
    uninstalling = env(context={**env.context, MODULE_UNINSTALL_FLAG: True})
    data = env["ir.model.data"].search(
        [("module", "=", "one_entrance_inquiry"), ("model", "=", "one.entrance.inquiry")]
    )
    uninstalling["one.entrance.inquiry"].browse(data.mapped("res_id")).exists().unlink()
    types = env["mail.activity.type"]._get_one_entrance_types_of("one_entrance_inquiry")
    env["mail.activity"].with_context(active_test=False).search([("activity_type_id", "in", types.ids)]).unlink()
    env["mail.activity.plan.template"].search([("activity_type_id", "in", types.ids)]).unlink()
    env["res.company"].with_context(active_test=False).search([]).one_entrance_alias_id.unlink()
