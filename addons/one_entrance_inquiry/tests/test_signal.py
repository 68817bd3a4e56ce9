from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .common import SignalCase


@tagged("post_install", "-at_install")
class TestSignal(SignalCase):
    """Several actors that raise one theme within a span make a signal by themselves (S9, S15)."""

    # It comes about

    def test_as_many_actors_as_settings_say_make_a_signal(self):
        inquiries = self._raise_all(2)
        self.assertFalse(self._find())
        inquiries |= self._raise(self.actors[2], date="2024-05-14")
        signal = self._find()
        self.assertEqual(signal.inquiry_ids, inquiries)
        self.assertEqual(signal.actor_ids, self.actors[:3])
        self.assertEqual(signal.actor_count, 3)
        self.assertEqual(str(signal.date_from), "2024-05-01")
        self.assertEqual(str(signal.last_date), "2024-05-14")
        self.assertIn("Aqua: Støj ved Aqua", signal.said)

    def test_one_actor_that_raises_it_three_times_makes_none(self):
        for _number in range(3):
            self._raise(self.actors[0])
        self.assertFalse(self._find())

    def test_further_inquiries_extend_it(self):
        self._raise_all()
        signal = self._find()
        more = self._raise(self.actors[3]) | self._raise(self.actors[0])
        self.assertEqual(self._find(), signal)
        self.assertLessEqual(more, signal.inquiry_ids)
        self.assertEqual((signal.actor_count, signal.inquiry_count), (4, 5))

    def test_the_span_is_met_on_its_last_day_and_not_a_day_later(self):
        self._raise(self.actors[0], date="2023-11-01")
        self._raise(self.actors[1], date="2024-01-01")
        late = self._raise(self.actors[2], date="2024-05-02")
        self.assertFalse(self._find())
        late.received_date = "2024-05-01"
        self.assertEqual(self._find().inquiry_ids, self.env["one.entrance.inquiry"].search([]))

    def test_what_lies_outside_every_span_does_not_join(self):
        old = self._raise(self.actors[3], date="2023-06-01")
        inquiries = self._raise_all(date="2024-05-01")
        self.assertEqual(self._find().inquiry_ids, inquiries)
        self.assertNotIn(old, self._find().inquiry_ids)

    def test_spans_that_overlap_are_one_signal(self):
        dates = ("2023-11-01", "2024-01-01", "2024-04-01", "2024-05-10")
        inquiries = [self._raise(actor, date=date) for actor, date in zip(self.actors, dates, strict=True)]
        self.assertEqual(set(self._find().inquiry_ids), set(inquiries), "the first and the last lie in a span each")

    def test_an_open_signal_does_not_go_away_by_waiting(self):
        inquiries = self._raise_all(date="2022-05-01")
        self._raise(self.actors[3], date="2024-05-01")
        self.assertEqual(self._find().inquiry_ids, inquiries)

    def test_a_batch_makes_it_for_each_theme_and_municipality(self):
        themes = self.theme | self.other_theme
        self.env["one.entrance.inquiry"].with_user(self.consultant).create(
            [{"partner_id": actor.id, "name": "Støj", "theme_ids": [(6, 0, themes.ids)]} for actor in self.actors]
        )
        signals = self._find() | self._find(self.other_theme)
        self.assertEqual(signals.mapped("actor_count"), [4, 4])

    def test_a_leader_who_reads_only_own_actors_completes_a_signal(self):
        self._raise_all(2)
        self.actors[2].with_user(self.consultant).one_entrance_leader_id = self.head
        self.env["one.entrance.inquiry"].with_user(self.delegate_user).create(
            {"partner_id": self.actors[2].id, "name": "Støj", "theme_ids": [(6, 0, self.theme.ids)]}
        )
        self.assertEqual(self._find().actor_count, 3)

    def test_municipalities_do_not_add_up(self):
        theirs = self.env["res.company"].create({"name": "Nabokommunen"})
        leader = self._make_leader("Neighbour", self.level_director, company_id=theirs.id)
        self._raise_all(2)
        Partner = self.env["res.partner"].with_company(theirs)
        neighbours = Partner.create(
            [
                {"name": name, "one_entrance_leader_id": leader.id, "one_entrance_company_id": theirs.id}
                for name in ("Ny", "Nær", "Nøl")
            ]
        )
        Inquiry = self.env["one.entrance.inquiry"].with_company(theirs)
        for neighbour in neighbours[:2]:
            Inquiry.create({"partner_id": neighbour.id, "name": "Støj", "theme_ids": [(6, 0, self.theme.ids)]})
        self.assertFalse(self._find())
        Inquiry.create({"partner_id": neighbours[2].id, "name": "Støj", "theme_ids": [(6, 0, self.theme.ids)]})
        self._raise(self.actors[2])
        signals = self._find()
        self.assertEqual(signals.company_id, self.company | theirs)
        self.assertEqual(signals.mapped("actor_count"), [3, 3])
        self.assertEqual(len(signals.with_user(self.manager).search([("theme_id", "=", self.theme.id)])), 1)

    # What it does not tell

    def test_confidential_inquiries_make_none_and_stand_in_none(self):
        self._raise_all(2)
        secret = self._raise(self.actors[2], confidential=True)
        self.assertFalse(self._find())
        open_one = self._raise(self.actors[3])
        signal = self._find()
        self.assertNotIn(secret, signal.inquiry_ids)
        open_one.confidential = True
        self.assertFalse(self._find())
        open_one.confidential = False
        self.assertEqual(self._find(), signal)

    def test_what_becomes_confidential_leaves_an_answered_signal_too(self):
        inquiries = self._raise_all()
        signal = self._find()
        self._answer(signal)
        inquiries[0].confidential = True
        self.assertEqual(signal.inquiry_ids, inquiries[1:])
        self.assertNotIn("Aqua", signal.said)

    def test_an_inquiry_that_is_nobodys_yet_counts_when_its_actor_is_known(self):
        self._raise_all(2)
        unknown = self.env["one.entrance.inquiry"].create({"name": "Støj", "theme_ids": [(6, 0, self.theme.ids)]})
        self.assertFalse(self._find())
        unknown.with_user(self.consultant).partner_id = self.actors[2]
        self.assertIn(unknown, self._find().inquiry_ids)

    # It adapts

    def test_an_inquiry_on_another_theme_now_takes_the_reason_away(self):
        inquiries = self._raise_all()
        signal = self._find()
        inquiries[0].with_user(self.consultant).theme_ids = self.other_theme
        self.assertFalse(self._find())
        self.assertFalse(signal.active)
        inquiries[0].with_user(self.consultant).theme_ids = self.theme
        self.assertEqual(self._find(), signal, "the same signal comes back, with what was written in it")

    def test_it_goes_on_with_fewer_inquiries_where_enough_actors_are_left(self):
        inquiries = self._raise_all(4)
        inquiries[0].with_user(self.consultant).unlink()
        self.assertEqual(self._find().inquiry_ids, inquiries[1:])
        inquiries[1].with_user(self.consultant).unlink()
        self.assertFalse(self._find())

    def test_merged_actors_count_once(self):
        self._raise_all()
        signal = self._find()
        self.env["base.partner.merge.automatic.wizard"].with_user(self.consultant).create(
            {
                "partner_ids": [(6, 0, self.actors[:2].ids)],
                "dst_partner_id": self.actors[0].id,
                "state": "selection",
            }
        ).action_merge()
        self.assertFalse(self._find())
        self._raise(self.actors[3])
        self.assertEqual(self._find(), signal)
        self.assertEqual(signal.actor_ids, self.actors[0] | self.actors[2] | self.actors[3])

    def test_other_settings_make_and_unmake_signals(self):
        self._raise_all(2, date="2024-01-01")
        self.company.one_entrance_signal_actors = 2
        signal = self._find()
        self.assertEqual(signal.actor_count, 2)
        self.company.one_entrance_signal_actors = 4
        self.assertFalse(self._find())
        self._raise(self.actors[2], date="2023-11-01")
        self.company.write({"one_entrance_signal_actors": 3, "one_entrance_signal_months": 1})
        self.assertFalse(self._find())
        self.company.one_entrance_signal_months = 2
        self.assertEqual(self._find(), signal)

    def test_settings_take_no_more_months_than_ten_years(self):
        for months in (0, 121, 10**6):
            with self.subTest(months=months), self.assertRaises(ValidationError), self.cr.savepoint():
                self.company.one_entrance_signal_months = months

    # It is answered once

    def test_the_answer_is_proposed_for_each_inquiry_that_is_not_answered(self):
        inquiries = self._raise_all()
        done = inquiries[0]
        done.write({"state": "answered", "answer": "<p>Ja</p>", "answered_date": "2024-05-02"})
        self.env.flush_all()
        mails = self.env["mail.mail"].search_count([])
        self._answer(self._find())
        signal = self._find(state="answered")
        self.assertEqual(signal.answered_by_id, self.manager)
        self.assertEqual(signal.answered_date, self.today)
        self.assertFalse(done.proposed_answer)
        for inquiry in inquiries[1:]:
            self.assertEqual(inquiry.proposed_answer, "<p>Vi ser på det.</p>")
            self.assertEqual((inquiry.proposal_state, inquiry.state), ("proposed", "new"))
            self.assertFalse(inquiry.answer, "nothing is answered by itself")
            self.assertEqual(inquiry.activity_ids.user_id, self.director_user)
            self.assertEqual(inquiry.activity_ids.summary, "An answer is proposed")
        self.assertEqual(self.env["mail.mail"].search_count([]), mails, "nothing is sent to an actor")

    def test_it_needs_an_answer(self):
        self._raise_all()
        with self.assertRaisesRegex(ValidationError, self.theme.name):
            self._answer(self._find(), answer="<p><br></p>")

    def test_it_is_answered_on_a_day_from_the_latest_inquiry_until_today(self):
        self._raise_all()
        signal = self._find().with_user(self.manager)
        for day in ("1990-01-01", "2024-05-16"):
            with self.subTest(day=day), self.assertRaises(ValidationError), self.cr.savepoint():
                signal.write({"answer": "<p>Ja</p>", "state": "answered", "answered_date": day})

    def test_an_answered_signal_stays_as_it_is(self):
        inquiries = self._raise_all()
        signal = self._find()
        self._answer(signal)
        for call in (
            signal.with_user(self.manager).action_answer,
            lambda: signal.with_user(self.manager).write({"answer": "<p>Noget andet</p>"}),
            lambda: signal.with_user(self.manager).write({"state": "open"}),
            lambda: signal.with_user(self.manager).write({"inquiry_ids": inquiries[:1].ids}),
        ):
            with self.assertRaises(UserError):
                call()
        inquiries[0].with_user(self.consultant).theme_ids = self.other_theme
        self.assertEqual(signal.inquiry_ids, inquiries)

    def test_after_an_answer_only_new_inquiries_make_the_next_one(self):
        self._raise_all()
        self._answer(self._find())
        self._raise(self.actors[3])
        self._raise(self.actors[0])
        self.assertFalse(self._find(), "two actors have raised it since, and the others have been heard")
        self._raise(self.actors[1])
        self.assertEqual(self._find().actor_ids, self.actors[0] | self.actors[1] | self.actors[3])

    def test_the_rules_hold_for_import_too(self):
        inquiries = self._raise_all()
        signal = self._find()
        secret = self._raise(self.actors[3], confidential=True)
        with self.assertRaises(ValidationError):
            signal.with_user(self.manager).inquiry_ids = inquiries | secret
        with self.assertRaises(AccessError):
            self.env["one.entrance.signal"].with_user(self.manager).create({"theme_id": self.other_theme.id})
        inquiry = self._raise(self.actors[3], date="2023-01-01").with_user(self.consultant)
        with self.assertRaisesRegex(UserError, "by themselves"):
            inquiry.signal_ids = signal
        with self.assertRaisesRegex(UserError, "by themselves"):
            inquiry.copy({"signal_ids": signal.ids})

    # What becomes of the proposal

    def test_the_leader_uses_the_proposed_answer_and_edits_it(self):
        inquiry = self._raise_all()[0]
        inquiry.answer = "<p>Tak for henvendelsen.</p>"
        self._answer(self._find())
        inquiry.with_user(self.director_user).action_use_proposed_answer()
        self.assertEqual(inquiry.answer, "<p>Tak for henvendelsen.</p><p>Vi ser på det.</p>")
        self.assertEqual((inquiry.proposal_state, inquiry.state), ("used", "new"))
        self.assertFalse(inquiry.activity_ids)
        with self.assertRaisesRegex(UserError, inquiry.name):
            inquiry.with_user(self.director_user).action_use_proposed_answer()

    def test_the_leader_puts_it_aside(self):
        inquiry = self._raise_all()[0]
        self._answer(self._find())
        inquiry.with_user(self.director_user).action_put_aside()
        self.assertFalse(inquiry.answer)
        self.assertTrue(inquiry.proposed_answer)
        self.assertFalse(inquiry.activity_ids)

    def test_a_leader_without_login_is_told_through_the_delegate_and_else_the_managers_are(self):
        actors = self.actors[:3]
        actors.with_user(self.consultant).write({"one_entrance_consultant_id": False})
        actors[0].with_user(self.consultant).one_entrance_leader_id = self.head
        ownerless = self._make_leader("Nobody", self.level_head)
        actors[1].with_user(self.consultant).one_entrance_leader_id = ownerless
        inquiries = self._raise_all()
        self._answer(self._find())
        self.assertEqual(inquiries[0].activity_ids.user_id, self.delegate_user)
        self.assertIn(self.manager, inquiries[1].activity_ids.user_id)
        self.assertEqual(inquiries[2].activity_ids.user_id, self.director_user)

    def test_two_signals_propose_both_answers_and_ask_once(self):
        both = self.theme | self.other_theme
        inquiries = self._raise_all(theme=both)
        self._answer(self._find(), "<p>Om støj.</p>")
        self._answer(self._find(self.other_theme), "<p>Om trafik.</p>")
        self.assertEqual(inquiries[0].proposed_answer, "<p>Om støj.</p><p>Om trafik.</p>")
        self.assertEqual(len(inquiries[0].activity_ids), 1)

    def test_an_answer_in_the_normal_way_takes_the_question_back(self):
        inquiry = self._raise_all()[0]
        self._answer(self._find())
        inquiry.with_user(self.director_user).write(
            {"state": "answered", "answer": "<p>Nej.</p>", "answered_date": self.today, "first_answer_date": self.today}
        )
        self.assertFalse(inquiry.activity_ids)

    # Who is told

    def test_who_may_answer_it_finds_it_in_the_weekly_mail(self):
        self._raise_all()
        for user in (self.manager, self.consultant):
            user.email = f"{user.login}@kommune.example"
        waiting = self.env["res.users"]._get_one_entrance_digest_users()
        self.assertIn(self.manager, waiting)

        def get_lines(user):
            parts = user.with_user(user)._get_one_entrance_digest()["parts"]
            return [line for part in parts for line in part["lines"] if line["text"] == self.theme.name]

        self.assertFalse(get_lines(self.consultant))
        self.assertEqual(get_lines(self.manager)[0]["detail"], "Actors: 3")
        self._answer(self._find())
        self.assertFalse(get_lines(self.manager))

    # Who may

    def test_leaders_do_not_read_signals_and_consultants_do_not_answer_them(self):
        inquiry = self._raise_all()[0]
        signal = self._find()
        with self.assertRaises(AccessError):
            signal.with_user(self.director_user).read(["answer"])
        with self.assertRaises(AccessError):
            inquiry.with_user(self.director_user).read(["signal_ids"])
        self.assertEqual(signal.with_user(self.consultant).read(["said"])[0]["said"], signal.said)
        with self.assertRaises(AccessError):
            signal.with_user(self.consultant).answer = "<p>Nej</p>"

    def test_the_form_as_the_directorate_uses_it(self):
        self._raise_all()
        with Form(self._find().with_user(self.manager)) as form:
            form.answer = "<p>Vi ser på det.</p>"
        signal = form.record
        signal.action_answer()
        self.assertEqual(signal.state, "answered")
        action = signal.action_open_inquiries()
        self.assertEqual(self.env["one.entrance.inquiry"].search(action["domain"]), signal.inquiry_ids)

    def test_uninvolved_fields_do_not_look_for_signals(self):
        inquiry = self._raise_all()[0]
        self.theme.invalidate_recordset()
        revision = self.theme.signal_revision
        inquiry.with_user(self.director_user).answer = "<p>Tak</p>"
        self.theme.invalidate_recordset()  # it is counted past the cache
        self.assertEqual(self.theme.signal_revision, revision)
        inquiry.with_user(self.director_user).received_date = "2024-04-30"
        self.theme.invalidate_recordset()
        self.assertEqual(self.theme.signal_revision, revision + 1)
        self.assertEqual(fields.Date.to_string(self._find().date_from), "2024-04-30")
