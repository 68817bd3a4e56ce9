"""Odoo in this process, on one database."""

import logging
import os
import re
import socket
from contextlib import contextmanager

import odoo.http
from odoo import SUPERUSER_ID
from odoo.api import Environment
from odoo.modules.registry import Registry
from odoo.service import server
from odoo.tools import config

CONTEXT = {"lang": "en_US", "tz": "Europe/Copenhagen"}


class Session:
    """One database, with caches as warm as those of a server in use."""

    def __init__(self, database):
        config.parse_config(["-d", database, "--db-filter", f"^{re.escape(database)}$", "--max-cron-threads=0"])
        logging.getLogger().setLevel(logging.ERROR)
        self.registry = Registry(database)
        self.users = {}

    @contextmanager
    def environment(self, login=None, commit=False, **context):
        """A new transaction of a user, None being the superuser. Nothing of it is kept unless told to."""
        with self.registry.cursor() as cr:
            env = Environment(cr, SUPERUSER_ID, {**CONTEXT, **context})
            if login:
                user_id = self.users.get(login) or env["res.users"].search([("login", "=", login)]).id
                self.users[login] = user_id
                env = Environment(cr, user_id, {**env.context, "allowed_company_ids": [1]})
            yield env
            if commit:
                env.flush_all()
                cr.commit()
            else:
                cr.rollback()
                self.registry.reset_changes()

    def serve(self):
        """Start a web server in this process, on loopback: printed pages fetch their styles from it."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        config["http_port"] = port
        config["http_interface"] = "127.0.0.1"
        server.load_server_wide_modules()
        server.server = server.ThreadedServer(odoo.http.root)
        server.server.start(stop=False)
        with self.environment(commit=True) as env:
            env["ir.config_parameter"].set_param("report.url", f"http://127.0.0.1:{port}")

    @staticmethod
    def end():
        """End the process at once; Odoo's own threads would be waited for."""
        os._exit(0)
