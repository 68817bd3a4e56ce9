from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG

from . import models, reports, wizards


def post_init_hook(env):
    """Give every existing municipality the standard text of the official letter."""
    companies = env["res.company"].with_context(active_test=False).search([])
    companies.filtered(lambda company: not company.one_entrance_letter_body)._fill_in_one_entrance_letter_body()


def _let_go_of_data(env):
    """Odoo unlinks the addon's records one by one, latest first, and fails on levels, themes and sheets in use."""
    data = env["ir.model.data"].search([("module", "=", "one_entrance")]).grouped("model")
    ids = {name: came.mapped("res_id") for name, came in data.items()}
    for name in ("one.entrance.meeting", "one.entrance.sheet"):
        env[name].browse(ids.get(name)).exists().unlink()
    # these go with their tables
    for name in ("one.entrance.level", "one.entrance.theme"):
        data.get(name, env["ir.model.data"]).unlink()


def uninstall_hook(env):
    """Remove first what the database would not let go: activities, done ones too, and plan steps of the scheme's types,
    and the principals and office that municipalities name.
    """
    uninstalling = env(context={**env.context, MODULE_UNINSTALL_FLAG: True})
    _let_go_of_data(uninstalling)
    env["mail.activity.type"]._get_one_entrance_types()._unlink_one_entrance_uses()
    companies = env["res.company"].with_context(active_test=False).search([])
    names = ("one_entrance_mayor_id", "one_entrance_municipal_director_id", "one_entrance_mayor_office_id")
    companies.with_context(one_entrance_uninstall=True).write(dict.fromkeys(names, False))
