from odoo.tests import tagged

from odoo.addons.one_entrance.tests.reminder.test_reminder import ReminderCase


@tagged("post_install", "-at_install")
class TestInquiryReminder(ReminderCase):
    """An inquiry gets its first answer in time, what was referred is followed up, and no mail of an unknown sender is
    forgotten (S9).
    """

    def _get_type(self, kind):
        return self.env.ref(
            f"one_entrance_inquiry.mail_activity_type_{kind}", raise_if_not_found=False
        ) or super()._get_type(kind)

    def _log(self, actor=None, deadline="2024-05-18", **values):
        """An inquiry, as it is logged by a colleague who may."""
        return self.env["one.entrance.inquiry"].create(
            {
                "partner_id": actor.id if actor else False,
                "name": "Kajen er lukket",
                "received_date": "2024-05-06",
                "answer_deadline": deadline,
                **values,
            }
        )

    def _refer(self, inquiry, follow_up_date):
        inquiry.write(
            {
                "state": "referred",
                "referred_to": "Teknik og Miljø",
                "referred_date": "2024-05-07",
                "first_answer_date": "2024-05-07",
                "follow_up_date": follow_up_date,
            }
        )

    def _answer(self, inquiry):
        inquiry.write(
            {
                "state": "answered",
                "answer": "<p>Den åbner.</p>",
                "answered_date": self.today,
                "first_answer_date": self.today,
            }
        )

    # The first answer

    def test_who_acts_for_the_leader_is_reminded_three_days_before_the_deadline(self):
        soon = self._log(self._make_actor())
        later = self._log(self._make_actor("Later", leader=self.head), deadline="2024-05-19")
        self._remind()
        activity = self._assert_reminded("answer_inquiry", soon, self.director_user, "2024-05-18", "2024-05-18")
        self.assertIn("05/18/2024", activity.summary)
        self._assert_not_reminded("answer_inquiry", later)
        self._night("2024-05-16")
        self._assert_reminded("answer_inquiry", later, self.delegate_user, "2024-05-19")
        self.assertEqual(self._get("answer_inquiry", soon), activity, "a second run adds nothing")

    def test_one_that_is_late_is_reminded_of_too(self):
        inquiry = self._log(self._make_actor(), deadline="2024-05-10")
        self._remind()
        self._assert_reminded("answer_inquiry", inquiry, self.director_user, "2024-05-10")

    def test_the_first_answer_withdraws_it_at_once(self):
        inquiry, answered = self._log(self._make_actor()), self._log(self._make_actor("Banken"))
        self._remind()
        inquiry.with_user(self.director_user).first_answer_date = self.today
        self._assert_not_reminded("answer_inquiry", inquiry)
        self._answer(answered.with_user(self.director_user))
        self._assert_not_reminded("answer_inquiry", answered)

    def test_another_deadline_moves_it(self):
        inquiry = self._log(self._make_actor())
        self._remind()
        inquiry.answer_deadline = "2024-05-17"
        self._assert_reminded("answer_inquiry", inquiry, self.director_user, "2024-05-17", "2024-05-17")
        inquiry.answer_deadline = "2024-06-30"
        self._assert_not_reminded("answer_inquiry", inquiry)

    def test_done_it_stays_away_for_the_same_deadline(self):
        inquiry = self._log(self._make_actor())
        self._remind()
        self._get("answer_inquiry", inquiry).with_user(self.director_user).action_feedback()
        self._night("2024-05-20")
        self._assert_not_reminded("answer_inquiry", inquiry)
        inquiry.answer_deadline = "2024-05-22"
        self._night("2024-05-21")
        self._assert_reminded("answer_inquiry", inquiry, self.director_user, "2024-05-22")

    def test_the_consultant_is_reminded_where_nobody_acts_and_else_the_managers(self):
        self.head.delegate_id = False
        kept = self._log(self._make_actor("Kept", leader=self.head, consultant_id=self.consultant.id))
        ownerless = self._log(self._make_actor("Ownerless", leader=self.head))
        self._remind()
        self._assert_reminded("answer_inquiry", kept, self.consultant)
        self._assert_reminded("answer_inquiry", ownerless, self.managers)

    def test_of_a_mayor_led_actor_the_mayors_office_is_reminded(self):
        office = self._make_user("office", "one_entrance.group_leader")
        self.company.one_entrance_mayor_office_id = office
        inquiry = self._log(self._make_actor(mayor_led=True))
        self._remind()
        self._assert_reminded("answer_inquiry", inquiry, office)

    def test_only_who_may_read_it_is_reminded(self):
        actor = self._make_actor(consultant_id=self.consultant.id)
        inquiry = self._log(actor, confidential=True)
        # a user who acts for the leader named on it, and may not read what the actor says
        self.head.delegate_id = self.colleague
        inquiry.leader_id = self.head
        self._remind()
        self._assert_reminded("answer_inquiry", inquiry, self.director_user)

    # What was referred

    def test_what_was_referred_is_followed_up_on_its_day(self):
        inquiry = self._log(self._make_actor())
        self._refer(inquiry, "2024-05-16")
        self._remind()
        self._assert_not_reminded("follow_up", inquiry)
        self._assert_not_reminded("answer_inquiry", inquiry)
        self._night("2024-05-16")
        self._assert_reminded("follow_up", inquiry, self.director_user, "2024-05-16", "2024-05-16")

    def test_another_day_or_an_answer_withdraws_it_at_once(self):
        moved, answered = self._log(self._make_actor()), self._log(self._make_actor("Banken"))
        for inquiry in (moved, answered):
            self._refer(inquiry, "2024-05-14")
        self._remind()
        moved.with_user(self.director_user).follow_up_date = "2024-06-14"
        self._answer(answered.with_user(self.director_user))
        self.assertFalse(self._get("follow_up"))
        self._night("2024-06-14")
        self._assert_reminded("follow_up", moved, self.director_user, "2024-06-14")

    # Senders nobody knows

    def test_the_managers_are_reminded_of_what_is_nobodys_once_until_it_is_known(self):
        inquiry = self._log()
        self._remind()
        self._night("2024-05-16")
        self._assert_reminded("unknown_sender", inquiry, self.managers, "2024-05-06")
        self._assert_not_reminded("answer_inquiry", inquiry)
        inquiry.with_user(self.consultant).partner_id = self._make_actor()
        self._assert_not_reminded("unknown_sender", inquiry)
        self._night("2024-05-20")
        self._assert_reminded("answer_inquiry", inquiry, self.director_user)

    def test_put_aside_it_comes_back_after_a_week(self):
        inquiry = self._log()
        self._remind()
        self._get("unknown_sender", inquiry).filtered(lambda each: each.user_id == self.manager).action_feedback()
        self._night("2024-05-21")
        self._assert_reminded("unknown_sender", inquiry, self.managers - self.manager)
        self._night("2024-05-22")
        self._assert_reminded("unknown_sender", inquiry, self.managers)

    # The rest of the night

    def test_the_weekly_digest_tells_of_them(self):
        self._log(self._make_actor())
        self._remind()
        texts = [
            line["text"]
            for part in self.director_user.with_user(self.director_user)._get_one_entrance_digest()["parts"]
            for line in part["lines"]
        ]
        self.assertTrue(any("first answer by" in text for text in texts), texts)

    def test_many_reminders_take_few_queries_each(self):
        actors = [self._make_actor(f"Actor {number}") for number in range(100)]
        for actor in actors:
            self._log(actor)
        reminder = self.env["one.entrance.reminder"]
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(len(actors) * 1.2):
            given = sum(reminder._remind_about("one.entrance.inquiry"))
            self.env.flush_all()
        self.assertEqual(given, len(actors))

    def test_answered_inquiries_cost_the_night_nothing(self):
        inquiries = self.env["one.entrance.inquiry"]
        self.env.flush_all()
        for setting in ("enable_seqscan", "enable_sort"):
            self.env.cr.execute(f"SET LOCAL {setting} = off")  # pylint: disable=sql-injection
        self.env.cr.execute("SET LOCAL enable_indexscan = off")  # by id, for the order, all of them would be read
        query = inquiries._search(self.env["one.entrance.reminder.reason"]._get_inquiry_domain(), limit=1000).select()
        self.env.cr.execute(f"EXPLAIN {query.code}", query.params)  # pylint: disable=sql-injection
        plan = "\n".join(line for (line,) in self.env.cr.fetchall())
        # which holds those that are not answered, and no others
        self.assertIn("one_entrance_inquiry_open_idx", plan)

    def test_where_nothing_is_due_it_takes_five_queries(self):
        actor = self._make_planned(plan_date="2024-05-10", interval=12)
        self._make_seat(actor, "2025-12-31")
        self._log(actor, received_date=self.today, deadline=False)
        reminder = self.env["one.entrance.reminder"]

        def run():
            looking = reminder._begin_night()
            for model in ("res.partner", "one.entrance.meeting", "one.entrance.inquiry"):
                self.assertEqual(list(looking._remind_about(model)), [0])

        run()  # fills the caches that a server in use has filled
        self.env.invalidate_all()
        with self.assertQueryCount(5):
            run()
