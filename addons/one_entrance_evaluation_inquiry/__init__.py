from . import models, reports


def post_init_hook(env):
    """Count what actors raised in the rounds that are under way; what a noted one says stands still."""
    env["one.entrance.evaluation"].search([])._refresh_figures()


def uninstall_hook(env):
    """Delete the figures about inquiries, which nothing could name or open any more."""
    env["one.entrance.evaluation.figure"].search([("res_model", "=", "one.entrance.inquiry")]).unlink()
