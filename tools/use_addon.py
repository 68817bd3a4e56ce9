"""Use the addons that are installed a little on partners that were there before them: actors; an evaluation round with its
answers; an inquiry that came by mail, and a signal.

    tools/run python tools/use_addon.py DATABASE

What is written must not outlive an uninstall; see tools/oe/uninstall.py.
"""

import sys
from datetime import timedelta

from odoo.api import SUPERUSER_ID, Environment
from odoo.fields import Command, Date
from odoo.modules.registry import Registry
from odoo.tools import config

ALIAS = "one-entrance-in-use"
MAIL = """\
Message-ID: <in-use@one-entrance.example>
From: %s
To: entrance@municipality.example
Subject: The way to the harbour

Lorries wait for an hour.
"""


def main():
    # what Odoo itself warns of is not of interest here
    quiet = ("--log-level=warn", "--log-handler=py.warnings:ERROR")
    config.parse_config(["-d", sys.argv[1], "--no-http", "--max-cron-threads=0", *quiet])
    with Registry(sys.argv[1]).cursor() as cr:
        env = Environment(cr, SUPERUSER_ID, {})
        own = env["res.company"].search([]).partner_id
        others = [("commercial_partner_id", "not in", own.ids), ("one_entrance_step", "=", False)]
        actors = env["res.partner"].search([("is_company", "=", True), *others], order="id", limit=3)
        person = env["res.partner"].search([("is_company", "=", False), *others], order="id", limit=1)
        become_actors(env, actors, person)
        if "one.entrance.evaluation" in env:
            evaluate(env, actors)
        if "one.entrance.inquiry" in env:
            raise_a_theme(env, actors)


def become_actors(env, actors, person):
    leader = env["one.entrance.leader"].create(
        {
            "partner_id": person.id,
            "level_id": env["one.entrance.level"].search([("may_be_contact", "=", True)], limit=1).id,
            "role": "director",
            "delegate_id": env.ref("base.user_admin").id,
        }
    )
    actors.write(
        {
            "one_entrance_kind": "company",
            "one_entrance_interval": 6,
            "one_entrance_step": "contact",
            "one_entrance_letter_date": Date.today() - timedelta(days=40),
            "one_entrance_contact_date": Date.today() - timedelta(days=20),
            "one_entrance_leader_id": leader.id,
        }
    )


def evaluate(env, actors):
    """A round that was noted with its answers, and one under way that asks a copy of the questions."""
    ready = env.ref("one_entrance_evaluation.survey_interview")
    today = Date.today()
    for survey in (ready, ready.copy()):
        evaluation = env["one.entrance.evaluation"].create(
            {
                "name": survey.title,
                "date_from": today - timedelta(days=60),
                "date_to": today - timedelta(days=1),
                "survey_id": survey.id,
                "actor_ids": [Command.set(actors.ids)],
            }
        )
        evaluation.action_make_interviews()
        for interview in evaluation.interview_ids:
            interview._mark_in_progress()
            for question in survey.question_ids:
                if question.question_type in ("scale", "text_box"):
                    interview._save_lines(question, "4")
            interview._mark_done()
        if survey == ready:
            evaluation.write(
                {"directorate_date": today, "council_date": today, "decision": "<p>Noted</p>", "state": "noted"}
            )
    env["one.entrance.measure"].create({"name": "In use", "year": today.year, "place": 1})


def raise_a_theme(env, actors):
    theme = env["one.entrance.theme"].search([], limit=1)
    env.company.one_entrance_alias_name = ALIAS
    # one by mail, from an actor and from nobody that is known
    for number, sender in enumerate((actors[0].email, "nobody@one-entrance.example")):
        mail = (MAIL % sender).replace("in-use@", f"in-use-{number}@")
        env["mail.thread"].message_process("one.entrance.inquiry", mail)
    inquiries = env["one.entrance.inquiry"].search([("partner_id", "in", actors.ids)])
    inquiries |= inquiries.create(
        [{"name": "The way", "partner_id": actor.id} for actor in actors - inquiries.partner_id]
    )
    inquiries.theme_ids = theme
    signal = env["one.entrance.signal"].search([("theme_id", "=", theme.id), ("state", "=", "open")])
    signal.answer = "<p>A new road</p>"
    signal.action_answer()


if __name__ == "__main__":
    main()
