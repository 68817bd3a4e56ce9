from . import models, reports, wizards


def uninstall_hook(env):
    """Let go of the two principals first: a leader whom a municipality names cannot be deleted."""
    companies = env["res.company"].with_context(active_test=False).search([])
    companies.write({"one_entrance_mayor_id": False, "one_entrance_municipal_director_id": False})
