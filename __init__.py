from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG

from . import models, reports, wizards


def post_init_hook(env):
    """Give every municipality that is there already the standard text of the official letter."""
    companies = env["res.company"].with_context(active_test=False).search([])
    companies.filtered(lambda company: not company.one_entrance_letter_body)._fill_in_one_entrance_letter_body()


def _let_go_of_data(env):
    """Odoo takes away one by one what came with the addon, the latest first. What came is in use by then: levels by leaders,
    themes by sheets and points, and sheets by meetings that came before them.
    """
    data = env["ir.model.data"].search([("module", "=", "one_entrance")]).grouped("model")
    ids = {name: came.mapped("res_id") for name, came in data.items()}
    for name in ("one.entrance.meeting", "one.entrance.sheet"):
        env[name].browse(ids.get(name)).exists().unlink()
    # these go with their tables
    for name in ("one.entrance.level", "one.entrance.theme"):
        data.get(name, env["ir.model.data"]).unlink()


def uninstall_hook(env):
    """Take away first what the database would not let go: the activities of the scheme's types on contacts, done ones too,
    the steps of other plans that are of these types, and the two principals and their office whom a municipality names.
    """
    uninstalling = env(context={**env.context, MODULE_UNINSTALL_FLAG: True})
    _let_go_of_data(uninstalling)
    types = env["mail.activity.type"]._get_one_entrance_types()
    env["mail.activity"].with_context(active_test=False).search([("activity_type_id", "in", types.ids)]).unlink()
    env["mail.activity.plan.template"].search([("activity_type_id", "in", types.ids)]).unlink()
    companies = env["res.company"].with_context(active_test=False).search([])
    names = ("one_entrance_mayor_id", "one_entrance_municipal_director_id", "one_entrance_mayor_office_id")
    companies.with_context(one_entrance_uninstall=True).write(dict.fromkeys(names, False))
