from . import models, reports, wizards


def uninstall_hook(env):
    """Take away first what the database would not let go: the activities of the scheme's types on contacts, done ones too,
    the steps of other plans that are of these types, and the two principals whom a municipality names.
    """
    types = env["mail.activity.type"]._get_one_entrance_types()
    env["mail.activity"].with_context(active_test=False).search([("activity_type_id", "in", types.ids)]).unlink()
    env["mail.activity.plan.template"].search([("activity_type_id", "in", types.ids)]).unlink()
    companies = env["res.company"].with_context(active_test=False).search([])
    companies.write({"one_entrance_mayor_id": False, "one_entrance_municipal_director_id": False})
