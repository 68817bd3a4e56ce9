from base64 import b64decode
from datetime import date
from io import BytesIO
from unittest.mock import patch

from odoo.exceptions import AccessError, LockError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools.pdf import PdfFileReader, PdfFileWriter

from odoo.addons.base.models.ir_actions_report import IrActionsReport
from odoo.addons.mail.tests.common import MailCase

from ..common import OneEntranceCase
from ..preparation.test_background_sheet_pdf import read_pages

PARAGRAPH = "Kommunen arbejder for enkle rammevilkår og korte sagsbehandlingstider. "
ADDRESS = {"street": "Kajen 1", "zip": "8500", "city": "Grenaa", "lang": "en_US"}


class LetterWizardCase(OneEntranceCase):
    """Actors that can be written to, and a printer that makes blank pages, one a letter, and notes what it prints."""

    real_printer = False

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "lang": "en_US"})
        cls.company.write({"name": "Nordby Kommune", "country_id": cls.env.ref("base.dk").id})
        cls.printed = []
        run = IrActionsReport._run_wkhtmltopdf

        def print_pages(report, bodies, **options):
            cls.printed.append(list(bodies))
            if cls.real_printer:
                return run(report, bodies, **options)
            writer, stream = PdfFileWriter(), BytesIO()
            for _body in bodies:
                writer.addBlankPage(595, 842)
            writer.write(stream)
            return stream.getvalue()

        cls.startClassPatcher(patch.object(IrActionsReport, "_run_wkhtmltopdf", print_pages))

    def setUp(self):
        super().setUp()
        self.printed.clear()

    @classmethod
    def _make_receiver(cls, name="Havnen", leader=None, email="havnen@example.com", **values):
        """Create an actor that can get a letter, on paper and by mail."""
        actor = cls._make_actor(name, leader=leader, **values)
        actor.write({**ADDRESS, "email": email})
        return actor

    def _open(self, actors, user=None):
        """Open the wizard as the button does."""
        action = actors.with_user(user or self.consultant).action_one_entrance_letters()
        return self.env[action["res_model"]].with_user(user or self.consultant).browse(action["res_id"])

    def _get_problems(self, wizard):
        return {line.partner_id.name: line.problem for line in wizard.problem_line_ids}

    def _get_letters(self, actors):
        return self.env["ir.attachment"].search([("res_model", "=", "res.partner"), ("res_id", "in", actors.ids)])

    def _get_calls(self, actors):
        return actors.activity_ids.filtered(
            lambda activity: activity.activity_type_id == self.env.ref("one_entrance.mail_activity_type_first_contact")
        )


@tagged("post_install", "-at_install")
class TestLetterWizard(LetterWizardCase):
    """The official letter goes out to the chosen actors: who gets one, what is printed, what is recorded (S4)."""

    # Who gets one

    def test_it_shows_who_gets_a_letter_and_who_cannot_and_why(self):
        self.env["res.company"].create({"name": "Nabokommunen"})
        homeless = self._make_actor("Uden adresse")
        sent = self._make_receiver("Har brev", step="letter", letter_date="2024-05-02")
        outside = self.env["res.partner"].create({"name": "Udenfor", **ADDRESS})
        left = self._make_receiver("Gået ud")
        left.write(
            {"one_entrance_step": "left", "one_entrance_left_date": "2024-05-02", "one_entrance_left_reason": "Flyt"}
        )
        leaderless = self._make_receiver("Uden leder")
        leaderless.one_entrance_leader_id = False
        archived = self._make_receiver("Arkiveret")
        archived.active = False
        fit = self._make_receiver("Havnen")
        wizard = self._open(homeless | sent | outside | left | leaderless | archived | fit)
        self.assertEqual(wizard.fit_line_ids.partner_id, fit)
        self.assertEqual(
            self._get_problems(wizard),
            {
                "Uden adresse": "Its postal address lacks street, zip, and city. Write it on the contact.",
                "Har brev": "Already sent on 05/02/2024.",
                "Udenfor": "It is not in the scheme.",
                "Gået ud": "It is not in the scheme.",
                "Uden leder": "It has no contact leader. Appoint one.",
                "Arkiveret": "The contact is archived.",
            },
        )
        self.assertEqual(wizard.summary, "Actors that get a letter: 1. Actors that cannot get one: 6.")

    def test_a_mayor_led_actor_gets_one_without_a_contact_leader(self):
        self.assertTrue(self._open(self._make_receiver(mayor_led=True)).fit_line_ids)

    def test_another_municipalitys_actor_gets_none_from_here(self):
        theirs = self.env["res.company"].create({"name": "Nabokommunen"})
        their_director = self._make_leader("Their Director", self.level_director, company_id=theirs.id)
        actor = self.env["res.partner"].create(
            {"name": "Deres", "one_entrance_leader_id": their_director.id, "is_company": True, **ADDRESS}
        )
        wizard = self._open(actor)
        self.assertEqual(wizard.company_id, self.company)
        self.assertEqual(
            self._get_problems(wizard), {"Deres": "It is in the scheme of Nabokommunen. Send it the letter from there."}
        )

    def test_the_municipality_is_that_of_the_actors_where_the_user_works_in_both(self):
        theirs = self.env["res.company"].create({"name": "Nabokommunen"})
        their_director = self._make_leader("Their Director", self.level_director, company_id=theirs.id)
        both = self._make_user(
            "both", "one_entrance.group_consultant", company_ids=[Command.set((self.company | theirs).ids)]
        )
        actor = self.env["res.partner"].create(
            {"name": "Deres", "one_entrance_leader_id": their_director.id, "is_company": True, **ADDRESS}
        )
        action = (
            actor.with_user(both)
            .with_context(allowed_company_ids=(self.company | theirs).ids)
            .action_one_entrance_letters()
        )
        wizard = self.env[action["res_model"]].browse(action["res_id"])
        self.assertEqual(wizard.company_id, theirs)
        self.assertIn("Nabokommunen has not named its mayor", wizard.obstacle)

    def test_a_line_that_is_taken_off_gets_no_letter(self):
        first, second = self._make_receiver("A"), self._make_receiver("B")
        wizard = self._open(first | second)
        with Form(wizard) as form:
            form.fit_line_ids.remove(index=0)
            self.assertEqual(form.summary, "Actors that get a letter: 1. Actors that cannot get one: 0.")
        wizard.action_print()
        self.assertEqual(self._get_letters(first | second).mapped("res_id"), second.ids)

    def test_what_was_mended_is_seen_when_it_looks_again(self):
        actor = self._make_actor()
        wizard = self._open(actor)
        self.assertFalse(wizard.fit_line_ids)
        actor.write(ADDRESS)
        self.assertEqual(wizard.action_check()["res_id"], wizard.id)
        self.assertEqual(wizard.fit_line_ids.partner_id, actor)

    def test_what_keeps_the_municipality_from_sending_any_is_said_on_top(self):
        actor = self._make_receiver()
        self.company.one_entrance_mayor_id = False
        wizard = self._open(actor)
        self.assertIn("One Entrance > Configuration > Settings", wizard.obstacle)
        with self.assertRaisesRegex(UserError, "has not named its mayor"):
            wizard.action_print()
        self.assertFalse(self.printed)

    def test_the_settings_are_offered_to_those_who_may_open_them(self):
        administrator = self._make_user("administrator", "base.group_system,one_entrance.group_manager")
        for user, is_offered in ((administrator, True), (self.manager, False), (self.consultant, False)):
            view = self.env["one.entrance.letter.wizard"].with_user(user).get_view(view_type="form")
            self.assertEqual("action_open_settings" in view["arch"], is_offered)
            self.assertEqual(self.env["res.config.settings"].with_user(user).has_access("create"), is_offered)

    def test_a_language_without_a_text_is_said_on_top_where_an_actor_is_written_to_in_it(self):
        self.env["res.lang"]._activate_lang("da_DK")
        danish, english = self._make_receiver("A"), self._make_receiver("B")
        danish.lang = "da_DK"
        self.company.with_context(lang="da_DK").one_entrance_letter_body = "<p><br></p>"
        self.company.with_context(lang="en_US").one_entrance_letter_body = "<p>Dear friends</p>"
        self.assertFalse(self._open(english).obstacle)
        self.company.with_context(lang="en_US").one_entrance_letter_body = False
        self.assertIn("has no text for the official letter", self._open(danish | english).obstacle)

    def test_a_server_without_printer_says_so_before(self):
        wizard = self._open(self._make_receiver())
        with patch.object(IrActionsReport, "get_wkhtmltopdf_state", return_value="install"):
            wizard.invalidate_recordset()
            self.assertIn("no PDF printer (wkhtmltopdf)", wizard.obstacle)
            with self.assertRaisesRegex(UserError, "no PDF printer"):
                wizard.action_print()

    def test_where_nobody_can_get_one_nothing_is_printed_and_it_says_what_to_do(self):
        wizard = self._open(self._make_actor())
        self.assertIn("mend what stands beside them", wizard.summary)
        wizard.action_print()
        self.assertEqual(wizard.state, "draft")
        self.assertFalse(self.printed)
        buttons = Form(wizard)._view["tree"].iterfind(".//button[@class='btn-primary']")
        for button in buttons:
            hidden = button.get("invisible")
            self.assertTrue("not fit_line_ids" in hidden or "state != 'printed'" in hidden, button.get("name"))

    def _make_many(self, number):
        """Make actors of two leaders, each with a letter to get, a problem, or a letter got already."""
        actors = (
            self.env["res.partner"]
            .union(
                *(
                    self._make_receiver(f"Aktør {n:02}", leader=(self.director | self.head)[n % 2])
                    for n in range(number)
                )
            )
            .with_user(self.consultant)
        )
        actors[::5].write({"street": False})
        actors[1::5].write({"one_entrance_step": "letter", "one_entrance_letter_date": "2024-05-02"})
        return actors

    def _count(self, function):
        """How many queries a function takes in a request that has read nothing yet; it is undone. The first run fills the
        caches that a server in use has filled.
        """
        for _run in range(2):
            with self.env.cr.savepoint() as savepoint:
                self.env.flush_all()
                self.env.invalidate_all()
                before = self.env.cr.sql_log_count
                function()
                self.env.flush_all()
                count = self.env.cr.sql_log_count - before
                savepoint.rollback()
        return count

    def test_looking_takes_as_many_queries_for_many_actors_as_for_few(self):
        actors = self._make_many(80)
        line = {"fields": {"partner_id": {"fields": {"display_name": {}}}, "holder_text": {}, "city": {}, "email": {}}}

        def count(number, method):
            def look():
                wizard = self._open(actors[:number])
                wizard.method = method
                wizard.web_read({"summary": {}, "obstacle": {}, "fit_line_ids": line, "problem_line_ids": line})

            return self._count(look)

        for method in ("print", "mail"):
            with self.subTest(method=method):
                self.assertEqual(count(8, method), count(80, method))

    def test_printing_and_recording_take_no_more_queries_for_each_actor(self):
        actors = self._make_many(80)

        def send(number):
            wizard = self._open(actors[:number])
            wizard.action_print()
            wizard.action_sent()

        few, many = (self._count(lambda number=number: send(number)) for number in (8, 80))
        # 48 letters are written in two goes, 4 in one
        self.assertLessEqual(many, few + 25)

    # Printing

    def test_all_letters_are_printed_by_one_call_in_the_order_of_the_list(self):
        actors = self.env["res.partner"].union(*(self._make_receiver(name) for name in ("Å", "B", "A", "C")))
        sick = self._make_actor("Uden adresse")
        wizard = self._open(actors[:2] | sick | actors[2:])
        wizard.action_print()
        self.assertEqual(len(self.printed), 1)
        self.assertEqual(len(self.printed[0]), 4)
        for body, actor in zip(self.printed[0], actors, strict=True):
            self.assertIn(f'data-oe-id="{actor.id}"', body)
        self.assertEqual(wizard.state, "printed")
        self.assertEqual(PdfFileReader(BytesIO(b64decode(wizard.pdf))).numPages, 4)
        self.assertEqual(wizard.summary, "Actors with a letter: 4. Actors without one: 1.")

    def test_written_in_batches_it_is_still_one_call_in_the_same_order(self):
        """As the browser does it, to show how far it is."""
        actors = self.env["res.partner"].union(*(self._make_receiver(f"Aktør {n:02}") for n in range(30)))
        wizard = self._open(actors)
        total = wizard.start_letters()
        self.assertEqual(total, 30)
        self.assertEqual(wizard.write_letters(0), 25)
        self.assertEqual(wizard.write_letters(25), 30)
        self.assertFalse(self.printed)
        render = IrActionsReport._render_template
        with patch.object(IrActionsReport, "_render_template", autospec=True, side_effect=render) as written:
            result = wizard.finish_letters()
        self.assertFalse(written.called)  # nothing is written twice
        self.assertEqual(len(self.printed), 1)
        for body, actor in zip(self.printed[0], actors, strict=True):
            self.assertIn(f'data-oe-id="{actor.id}"', body)
        self.assertIn(f"/web/content/one.entrance.letter.wizard/{wizard.id}/pdf/", result["download"])

    def test_who_drops_out_while_the_letters_are_written_gets_none(self):
        first, second = self._make_receiver("A"), self._make_receiver("B")
        wizard = self._open(first | second)
        wizard.start_letters()
        wizard.write_letters(0)
        first.write({"one_entrance_step": "letter", "one_entrance_letter_date": "2024-05-14"})
        wizard.finish_letters()
        self.assertEqual(self._get_letters(first | second).mapped("res_id"), second.ids)
        self.assertEqual(self._get_problems(wizard), {"A": "Already sent on 05/14/2024."})

    def test_nobody_writes_what_goes_to_the_printer(self):
        line = self._open(self._make_receiver()).line_ids
        with self.assertRaises(AccessError):
            line.pages = "<html/>"
        with self.assertRaises(AccessError):
            line.create({"wizard_id": line.wizard_id.id, "partner_id": line.partner_id.id, "pages": "<html/>"})
        Report = self.env["ir.actions.report"].with_user(self.consultant)
        forged = Report.with_context(one_entrance_pages=[line.partner_id.ids, "<html/>"])
        html = forged._render_qweb_html("one_entrance.report_letter", line.partner_id.ids)[0].decode()
        self.assertIn("Havnen", html)

    def test_each_letter_is_kept_with_its_actor_under_a_name_one_can_read(self):
        actor = self._make_receiver("Havn/Færge A/S")
        self._open(actor).action_print()
        letter = self._get_letters(actor)
        self.assertEqual(letter.name, "Official letter, Havn-Færge A-S.pdf")
        self.assertEqual(letter.mimetype, "application/pdf")
        self.assertTrue(letter.with_user(self.colleague).raw.startswith(b"%PDF"))

    def test_looking_again_changes_nothing_about_what_is_printed(self):
        printed, not_printed = self._make_receiver("A"), self._make_actor("B")
        wizard = self._open(printed | not_printed)
        wizard.action_print()
        not_printed.write(ADDRESS)
        wizard.action_check()
        self.assertEqual(wizard.fit_line_ids.partner_id, printed)

    def test_printing_again_leaves_one_letter(self):
        actor = self._make_receiver()
        wizard = self._open(actor)
        wizard.action_print()
        first = self._get_letters(actor)
        wizard.action_print()
        self.assertEqual(len(self._get_letters(actor)), 1)
        self.assertFalse(first.exists())

    def test_a_letter_that_somebody_has_deleted_does_not_hinder_printing_again(self):
        actor = self._make_receiver()
        wizard = self._open(actor)
        wizard.action_print()
        self._get_letters(actor).unlink()
        wizard.action_print()
        self.assertEqual(len(self._get_letters(actor)), 1)

    def test_the_day_chosen_stands_on_the_letters_and_is_proposed_as_the_day_they_went_out(self):
        wizard = self._open(self._make_receiver())
        wizard.date = "2024-05-13"
        wizard.action_print()
        self.assertIn("May 13, 2024", self.printed[0][0])
        self.assertEqual(wizard.sent_date, date(2024, 5, 13))

    def test_letters_dated_ahead_are_not_proposed_as_sent_ahead(self):
        wizard = self._open(self._make_receiver())
        wizard.date = "2024-05-20"
        wizard.action_print()
        self.assertIn("May 20, 2024", self.printed[0][0])
        self.assertEqual(wizard.sent_date, self.today)

    def test_a_printer_that_fails_leaves_nothing_behind(self):
        actor = self._make_receiver()
        wizard = self._open(actor)
        failing = patch.object(IrActionsReport, "_run_wkhtmltopdf", side_effect=UserError("Wkhtmltopdf failed"))
        with failing, self.assertRaisesRegex(UserError, "Wkhtmltopdf failed"), self.env.cr.savepoint():
            wizard.action_print()
        self.assertEqual(wizard.state, "draft")
        self.assertFalse(wizard.pdf or self._get_letters(actor) or wizard.line_ids.attachment_id)
        wizard.start_letters()
        wizard.write_letters(0)
        with failing, self.assertRaisesRegex(UserError, "Wkhtmltopdf failed"), self.env.cr.savepoint():
            wizard.finish_letters()
        self.assertFalse(wizard.pdf or self._get_letters(actor))
        self.assertEqual(actor.one_entrance_step, "appointed")

    def test_only_who_keeps_the_register_sends_letters(self):
        actor = self._make_receiver()
        for user in (self.director_user, self.colleague):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._open(actor, user)

    # Sent

    def test_sent_moves_all_of_them_to_step_one(self):
        actors = self._make_receiver("A") | self._make_receiver("B", leader=self.head)
        wizard = self._open(actors)
        wizard.action_print()
        wizard.sent_date = "2024-05-14"
        action = wizard.action_sent()
        self.assertEqual(set(actors.mapped("one_entrance_step")), {"letter"})
        self.assertEqual(set(actors.mapped("one_entrance_letter_date")), {date(2024, 5, 14)})
        self.assertEqual(action["params"]["message"], "Letters recorded as sent on 05/14/2024: 2.")
        self.assertEqual(action["params"]["next"]["type"], "ir.actions.act_window_close")

    def test_only_what_was_printed_is_recorded_as_sent(self):
        printed, not_printed = self._make_receiver("A"), self._make_actor("B")
        wizard = self._open(printed | not_printed)
        wizard.action_print()
        not_printed.write(ADDRESS)
        wizard.action_sent()
        self.assertEqual((printed.one_entrance_step, not_printed.one_entrance_step), ("letter", "appointed"))

    def test_nothing_is_sent_before_it_is_printed(self):
        actor = self._make_receiver()
        with self.assertRaisesRegex(UserError, "No letter is printed yet"):
            self._open(actor).action_sent()
        self.assertEqual(actor.one_entrance_step, "appointed")

    def test_a_day_ahead_is_refused_and_nothing_is_recorded(self):
        actors = self._make_receiver("A") | self._make_receiver("B")
        wizard = self._open(actors)
        wizard.action_print()
        wizard.sent_date = "2024-05-16"
        with self.assertRaisesRegex(ValidationError, "A: .*which lies ahead"), self.env.cr.savepoint():
            wizard.action_sent()
        wizard.sent_date = False
        with self.assertRaisesRegex(UserError, "on which day"):
            wizard.action_sent()
        self.assertEqual(set(actors.mapped("one_entrance_step")), {"appointed"})
        self.assertFalse(actors.activity_ids)

    def test_it_is_recorded_for_all_or_for_none(self):
        fine = self._make_receiver("A")
        met = self._make_receiver("B", contact_date="2024-05-02")
        wizard = self._open(fine | met)
        wizard.action_print()
        with self.assertRaisesRegex(ValidationError, "B: “Letter Sent On”"), self.env.cr.savepoint():
            wizard.action_sent()
        self.assertEqual(fine.one_entrance_step, "appointed")

    def test_who_acts_for_the_leader_is_asked_to_call_within_two_weeks_in_their_own_language(self):
        self.env["res.lang"]._activate_lang("da_DK")
        self.delegate_user.lang = "da_DK"
        mine, delegated = self._make_receiver("A"), self._make_receiver("B", leader=self.head)
        wizard = self._open(mine | delegated)
        wizard.action_print()
        wizard.action_sent()
        calls = self._get_calls(mine)
        self.assertEqual(calls.user_id, self.director_user)
        self.assertEqual(calls.date_deadline, date(2024, 5, 29))
        self.assertEqual(calls.summary, "Arrange an introductory meeting: the letter was sent on 05/15/2024")
        calls = self._get_calls(delegated)
        self.assertEqual(calls.user_id, self.delegate_user)
        self.assertEqual(calls.summary, "Aftal et indledende møde: brevet blev sendt den 15.05.2024")

    def test_the_mayors_own_actors_lie_with_who_acts_for_the_mayor(self):
        self.mayor.user_id = self.manager
        actor = self._make_receiver(mayor_led=True)
        wizard = self._open(actor)
        wizard.action_print()
        wizard.action_sent()
        self.assertEqual(self._get_calls(actor).user_id, self.manager)

    def test_no_second_activity_where_the_rollouts_plan_gave_one(self):
        actor = self._make_receiver()
        action = actor.with_user(self.consultant).action_one_entrance_launch_rollout()
        form = Form(self.env["mail.activity.schedule"].with_user(self.consultant).with_context(**action["context"]))
        form.plan_on_demand_user_id = self.consultant
        form.save().action_schedule_plan()
        planned = self._get_calls(actor)
        self.assertEqual(len(planned), 1)
        wizard = self._open(actor)
        wizard.action_print()
        wizard.action_sent()
        self.assertEqual(self._get_calls(actor), planned)
        # while the plan's own activity about the letter is done
        self.assertNotIn(self.env.ref("one_entrance.mail_activity_type_letter"), actor.activity_ids.activity_type_id)

    def test_where_nobody_acts_the_result_says_so(self):
        self.head.delegate_id = False
        actors = self._make_receiver("A") | self._make_receiver("Uden nogen", leader=self.head)
        wizard = self._open(actors)
        wizard.action_print()
        params = wizard.action_sent()["params"]
        self.assertIn("Nobody acts for Uden nogen", params["message"])
        self.assertNotIn("Nobody acts for A", params["message"])
        self.assertEqual((params["type"], params["sticky"]), ("warning", True))
        self.assertEqual(set(actors.mapped("one_entrance_step")), {"letter"})

    # Two at once

    def test_the_second_to_print_finds_the_letters_sent(self):
        actor = self._make_receiver()
        first, second = self._open(actor), self._open(actor, self.manager)
        first.action_print()
        first.action_sent()
        letter = self._get_letters(actor)
        second.action_print()
        self.assertEqual(second.state, "draft")
        self.assertEqual(self._get_problems(second), {"Havnen": "Already sent on 05/15/2024."})
        self.assertEqual(len(self.printed), 1)
        self.assertEqual(self._get_letters(actor), letter)

    def test_the_second_to_say_sent_is_told_and_nothing_is_done_half(self):
        actor, other = self._make_receiver("A"), self._make_receiver("B")
        first, second = self._open(actor), self._open(actor | other, self.manager)
        first.action_print()
        second.action_print()
        first.action_sent()
        second.sent_date = "2024-05-14"
        with self.assertRaisesRegex(UserError, "A: the letter has been recorded as sent meanwhile"):
            second.action_sent()
        self.assertEqual((actor.one_entrance_letter_date, other.one_entrance_letter_date), (self.today, False))
        self.assertEqual(len(self._get_calls(actor)), 1)
        # taken off the list, the others are recorded
        second.line_ids.filtered(lambda line: line.partner_id == actor).unlink()
        second.action_sent()
        self.assertEqual(other.one_entrance_letter_date, date(2024, 5, 14))

    def test_whoever_comes_while_the_other_is_at_it_waits(self):
        actor = self._make_receiver()
        wizard = self._open(actor)
        wizard.action_print()
        Partner = type(self.env["res.partner"])
        with (
            patch.object(Partner, "lock_for_update", side_effect=LockError("locked")),
            self.assertRaisesRegex(UserError, "Wait a little, then try again"),
        ):
            wizard.action_sent()
        self.assertEqual(actor.one_entrance_step, "appointed")


@tagged("post_install", "-at_install")
class TestLetterWizardMail(LetterWizardCase, MailCase):
    """The official letter by mail from Odoo (S4)."""

    def _open_mail(self, actors):
        wizard = self._open(actors)
        wizard.method = "mail"
        return wizard

    def _get_mails(self, actors):
        return self.env["mail.mail"].search([("model", "=", "res.partner"), ("res_id", "in", actors.ids)], order="id")

    def test_by_mail_an_actor_needs_a_mail_address_beside_the_postal_one_on_the_letter(self):
        fit = self._make_receiver("A")
        without = self._make_receiver("B", email=False)
        wrong = self._make_receiver("C", email="ikke en adresse")
        homeless = self._make_receiver("D")
        homeless.street = False
        wizard = self._open_mail(fit | without | wrong | homeless)
        self.assertEqual(wizard.fit_line_ids.partner_id, fit)
        no_address = "It has no mail address that can be written to. Write it on the contact."
        self.assertEqual(
            self._get_problems(wizard),
            {"B": no_address, "C": no_address, "D": "Its postal address lacks street. Write it on the contact."},
        )
        wizard.method = "print"
        self.assertEqual(wizard.fit_line_ids.partner_id, fit | without | wrong)

    def test_each_actor_gets_one_mail_with_its_own_letter_out_of_one_call_of_the_printer(self):
        actors = self._make_receiver("A", email="a@example.com") | self._make_receiver("B", email="b@example.com")
        with self.mock_mail_gateway():
            self._open_mail(actors).action_mail()
            self.assertFalse(self._mails)  # they wait in the queue
        self.assertEqual(len(self.printed), 1)
        self.assertIn("May 15, 2024", self.printed[0][0])
        mails = self._get_mails(actors)
        self.assertEqual(mails.mapped("state"), ["outgoing"] * 2)
        for mail, actor in zip(mails, actors, strict=True):
            self.assertEqual(mail.recipient_ids, actor)
            self.assertEqual(mail.subject, "One entrance to Nordby Kommune")
            self.assertEqual(mail.attachment_ids, self._get_letters(actor))
            self.assertEqual(mail.attachment_ids.name, f"Official letter, {actor.name}.pdf")
        self.assertEqual(set(actors.mapped("one_entrance_step")), {"letter"})
        self.assertEqual(set(actors.mapped("one_entrance_letter_date")), {self.today})
        self.assertEqual(self._get_calls(actors).user_id, self.director_user)

    def test_the_mail_stays_in_the_actors_log_when_it_is_sent(self):
        actor = self._make_receiver()
        with self.mock_mail_gateway(mail_unlink_sent=True):
            self._open_mail(actor).action_mail()
            mail = self._get_mails(actor)
            message = mail.mail_message_id
            self.env["mail.mail"].process_email_queue(mail.ids)
            self.assertEqual(len(self._mails), 1)
            self.assertEqual(len(self._mails[0]["attachments"]), 1)
        self.assertFalse(self._get_mails(actor))
        self.assertIn(message, actor.message_ids)
        self.assertEqual(message.attachment_ids, self._get_letters(actor))

    def test_each_mail_is_in_the_actors_language(self):
        self.env["res.lang"]._activate_lang("da_DK")
        danish, english = self._make_receiver("A"), self._make_receiver("B")
        danish.lang = "da_DK"
        self._open_mail(danish | english).action_mail()
        mails = self._get_mails(danish | english)
        self.assertEqual(mails.mapped("subject"), ["Én indgang til Nordby Kommune", "One entrance to Nordby Kommune"])
        self.assertIn("Vedhæftet er et brev", mails[0].body_html)
        self.assertEqual(mails[0].attachment_ids.name, "Officielt brev, A.pdf")

    def test_nobody_mails_what_is_not_theirs_to_read_by_naming_it_as_a_letter(self):
        actor = self._make_receiver()
        secret = self.env["ir.attachment"].create({"name": "secret.pdf", "raw": b"secret"})
        template = self.env.ref("one_entrance.mail_template_letter").with_user(self.consultant)
        with self.assertRaises(AccessError):
            template.with_context(one_entrance_letter_ids={actor.id: secret.id}).send_mail_batch(actor.ids)

    def test_nothing_is_sent_twice(self):
        actor = self._make_receiver()
        first, second = self._open_mail(actor), self._open_mail(actor)
        first.action_mail()
        second.action_mail()
        first.action_mail()
        self.assertEqual(len(self._get_mails(actor)), 1)
        self.assertEqual(self._get_problems(second), {"Havnen": "Already sent on 05/15/2024."})

    def test_who_is_recorded_while_the_letters_are_printed_gets_no_mail_and_nobody_else_does(self):
        actors = self._make_receiver("A") | self._make_receiver("B")
        wizard = self._open_mail(actors)
        run = IrActionsReport._run_wkhtmltopdf

        def print_slowly(report, *args, **kwargs):
            actors[0].write({"one_entrance_step": "letter", "one_entrance_letter_date": "2024-05-14"})
            return run(report, *args, **kwargs)

        with (
            patch.object(IrActionsReport, "_run_wkhtmltopdf", print_slowly),
            self.assertRaisesRegex(UserError, "A: the letter has been recorded as sent meanwhile"),
            self.env.cr.savepoint(),
        ):
            wizard.action_mail()
        self.assertFalse(self._get_mails(actors))
        self.assertFalse(self._get_letters(actors))

    def test_the_template_works_from_the_actors_own_composer(self):
        actor = self._make_receiver()
        composer = Form(
            self.env["mail.compose.message"]
            .with_user(self.consultant)
            .with_context(
                default_model="res.partner",
                default_res_ids=actor.ids,
                default_template_id=self.env.ref("one_entrance.mail_template_letter").id,
                default_composition_mode="comment",
                force_report_rendering=True,
            )
        )
        self.assertEqual(composer.partner_ids[:], actor)
        self.assertEqual(composer.attachment_ids[:].name, "Official letter, Havnen.pdf")


@tagged("post_install", "-at_install")
class TestLetterWizardPdf(LetterWizardCase):
    """The letters as they come out of the printer."""

    real_printer = True

    def test_letters_of_several_pages_are_told_apart_and_stand_in_the_order_of_the_list(self):
        self.company.one_entrance_letter_body = (
            "<h1>Én indgang</h1><h1>{{ actor }}</h1>"
            + f"<p>{PARAGRAPH * 9}</p><h2>Mere</h2>" * 12
            + "<p>Venlig hilsen</p>"
        )
        names = ("Ældste A/S", "Åbne Ø", "Færgen", "Broen")
        actors = self.env["res.partner"].union(*(self._make_receiver(name) for name in names))
        wizard = self._open(actors)
        wizard.start_letters()
        wizard.write_letters(0)
        wizard.finish_letters()
        self.assertEqual(len(self.printed), 1)
        order = []
        for actor in actors:
            pages = read_pages(self._get_letters(actor).raw)
            self.assertGreater(len(pages), 2)
            self.assertIn(actor.name, pages[0])
            for number, page in enumerate(pages, 1):
                self.assertIn(f"Page {number} of {len(pages)}", page)
                self.assertFalse([name for name in names if name != actor.name and name in page])
            order += pages
        self.assertEqual(read_pages(b64decode(wizard.pdf)), order)
