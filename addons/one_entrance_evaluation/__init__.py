from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG

from . import controllers, models, reports, wizards


def uninstall_hook(env):
    """Take away first what the database would not let go. The interviews go too: nobody else was meant to read them."""
    # what was answered in confidence goes before the rules that keep it, and the rounds before their questions
    uninstalling = env(context={**env.context, MODULE_UNINSTALL_FLAG: True})
    uninstalling["survey.user_input"].search([("one_entrance_evaluation_id", "!=", False)]).unlink()
    uninstalling["one.entrance.evaluation"].search([]).unlink()
    types = env["mail.activity.type"]._get_one_entrance_types_of("one_entrance_evaluation")
    env["mail.activity"].with_context(active_test=False).search([("activity_type_id", "in", types.ids)]).unlink()
    env["mail.activity.plan.template"].search([("activity_type_id", "in", types.ids)]).unlink()
