import re

from odoo.fields import Command
from odoo.tests import tagged

from ..preparation.shared_sheet import SharedSheetCase
from ..preparation.test_background_sheet_pdf import read_pages

INNER = "one_entrance.report_background_sheet"
MARK = re.compile(r"HEMMELIG\w*")


@tagged("post_install", "-at_install")
class TestSharedSheetMeetings(SharedSheetCase):
    """What the actor reads before the meeting says when and where one meets, and nothing else of the dialogue (S7, S8)."""

    # What the actor reads

    def test_it_says_whom_when_and_where_one_meets_about_what_and_whom_to_ask(self):
        self.env["one.entrance.meeting"].create(
            {
                "partner_id": self.actor.id,
                "start": "2024-06-20 08:00:00",
                "stop": "2024-06-20 09:30:00",
                "location": "Rådhuset, lokale 2",
            }
        )
        self._ready()
        self.assertEqual(
            self._read().replace("\u202f", " "),
            "Themes for Our Meeting Nordby Kommune Themes for Our Meeting Færgehavnen A/S Færgehavnen A/S "
            "We meet Thursday, June 20, 2024, 10:00 AM–11:30 AM Rådhuset, lokale 2 "
            "You will meet Director, Technology Director of Technology 89 59 10 00 "
            "Questions about the meeting Consultant 89 59 20 00 konsulent@example.org "
            f"{self.theme.name} Det vil vi gerne tale om. "
            "To the actor Printed 05/15/2024",
        )

    def test_a_confidential_meeting_and_a_call_are_not_told(self):
        values = {"partner_id": self.actor.id, "start": "2024-06-03 08:00:00"}
        self.env["one.entrance.meeting"].create(
            [{**values, "confidential": True, "location": "Et hemmeligt sted"}, {**values, "kind": "call"}]
        )
        text = self._read()
        self.assertNotIn("We meet", text)
        self.assertNotIn("June", text)
        self.assertNotIn("onfidential", text)

    # What nobody outside gets to read

    def _write_secrets(self):
        """Put a mark into every text of the scheme that is about the actor and not shared with it.

        :return: how many marks there are
        """
        marks = iter(f"HEMMELIG{n:02}" for n in range(99))
        used = []

        def mark():
            used.append(next(marks))
            return used[-1]

        self.actor.with_user(self.consultant).write(
            {
                "one_entrance_letter_date": "2024-01-10",
                "one_entrance_contact_date": "2024-02-11",
                "one_entrance_plan_date": "2024-03-12",
                "one_entrance_interval": 4,
                "one_entrance_step": "plan",
                "one_entrance_relation": "new",
                "one_entrance_plan_note": mark(),
                "one_entrance_left_reason": mark(),
                "comment": mark(),
            }
        )
        internal = self.sheet.section_ids - self.shared
        for section in internal:
            section.body = f'<p title="{mark()}">{mark()}</p><p style="color: red">{mark()}</p>'
        self.theme.write({"description": f"<p>{mark()}</p>", "reviewed_date": "2024-02-22"})
        self.theme.owner_id = self._make_user("owner", "one_entrance.group_consultant")
        self.theme.owner_id.name = mark()
        internal[0].consultant_id = self._make_user("writer", "one_entrance.group_consultant")
        internal[0].consultant_id.name = mark()
        period = self.actor.one_entrance_appointment_ids
        period.write({"note": mark(), "reason": mark()})
        self.director.level_id.name = mark()
        promiser = self._make_user("promiser", "one_entrance.group_leader")
        promiser.name = mark()
        point = {
            "summary": mark(),
            "commitment": mark(),
            "outcome": mark(),
            "responsible_id": promiser.id,
            "deadline": "2024-06-01",
            "internal": True,
        }
        meeting = {
            "partner_id": self.actor.id,
            "minutes": f"<p>{mark()}</p>",
            "summary": mark(),
            "reason_note": mark(),
        }
        self.env["one.entrance.meeting"].create(
            [
                {**meeting, "start": "2024-05-01 08:00:00", "state": "held", "point_ids": [Command.create(point)]},
                {**meeting, "start": "2024-06-20 08:00:00", "location": "Rådhuset"},
                {**meeting, "start": "2024-06-03 08:00:00", "location": mark(), "confidential": True},
                {**meeting, "start": "2024-05-02 08:00:00", "state": "cancelled", "postpone_reason": "illness"},
            ]
        )
        self.sheet.message_post(body=mark())
        self.actor.message_post(body=mark())
        self.sheet.activity_schedule("mail.mail_activity_data_todo", summary=mark(), note=mark())
        return len(used)

    def test_nothing_internal_reaches_it_in_any_way(self):
        self.assertGreater(self._write_secrets(), 30)
        self.shared.body = '<p class="x" title="HEMMELIG-titel" id="HEMMELIGT">Delt</p><!-- HEMMELIG -->'
        for state in ("draft", "ready", "archived"):
            if state == "ready":
                self._ready()
            elif state == "archived":
                self.sheet.with_user(self.consultant).action_archive_sheet()
            with self.subTest(state=state):
                source = self._render(user=self.manager)
                self.assertIn("Delt", source)
                self.assertFalse(MARK.findall(source))
                content = self._print(user=self.manager)
                self.assertFalse(MARK.findall("".join(read_pages(content))))
                self.assertNotIn(b"HEMMELIG", content)
        text = self._read(user=self.manager)
        for words in (
            "Step", "Dialogue Plan", "every 4 months", "Relation", "New", "01/10/2024", "02/11/2024", "03/12/2024",
            "02/22/2024", "Since last time", "Illness", "(level", "dir@example.org", "reviewed", "nternal", "onfidential",
        ):  # fmt: skip
            self.assertNotIn(words, text)
        # the same marks do stand on the sheet itself, so that this test can fail
        self.assertGreater(len(set(MARK.findall(self._render(report=INNER, user=self.manager)))), 8)

    def test_fifty_are_printed_in_one_call_with_the_same_queries(self):
        actors = (
            self.env["res.partner"]
            .with_user(self.consultant)
            .create([{"name": f"Actor {n}", "one_entrance_leader_id": self.director.id} for n in range(50)])
        )
        self.env["one.entrance.meeting"].create(
            [{"partner_id": actor.id, "start": "2024-06-03 08:00:00"} for actor in actors]
        )
        sheets = self.env["one.entrance.sheet"].with_user(self.consultant)._make_drafts(actors)
        self.env["one.entrance.sheet.section"].create(
            [
                {"sheet_id": sheet.id, "theme_id": self.theme.id, "audience": "shared", "body": "<p>Tekst</p>"}
                for sheet in sheets
            ]
        )
        counts = []
        for number in (1, 1, 50):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._render(sheets[:number])
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[2], counts[1] + 5)
