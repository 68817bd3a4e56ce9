from ..common import OneEntranceCase


class RegisterCase(OneEntranceCase):
    """A municipality with actors in every state: rollout, dialogue, sheets, commitments."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        reached = {"letter_date": "2023-01-01", "contact_date": "2023-01-15"}
        planned = {**reached, "step": "plan", "interval": 6}
        cls.overdue = cls._make_actor("Overskredet", **planned, plan_date="2023-08-15", kind="company")
        cls.due = cls._make_actor("Snart", **planned, plan_date="2023-12-01", kind="company")
        cls.on_track = cls._make_actor("På vej", cls.head, **planned, plan_date="2024-05-01", kind="association")
        cls.ahead = cls._make_actor("Aftalt", cls.head, **planned, plan_date="2023-02-01", kind="institution")
        cls.contact = cls._make_actor("Kontakt", cls.head, **reached, step="contact")
        cls.letter = cls._make_actor("Brev", step="letter", letter_date="2024-04-01", kind="company")
        cls.appointed = cls._make_actor("Ny", cls.head, kind="association")
        cls.led = cls._make_actor("Letbanen", mayor_led=True, **planned, plan_date="2023-08-15", kind="institution")
        cls.led_new = cls._make_actor("Lufthavnen", mayor_led=True)
        cls.left = cls._make_actor("Gik", **reached, kind="company")
        cls.declined = cls._make_actor("Takkede nej", kind="association")
        (cls.left | cls.declined).with_user(cls.consultant).write(
            {"one_entrance_step": "left", "one_entrance_left_date": cls.today, "one_entrance_left_reason": "Lukket"}
        )
        cls.actors = cls.env["res.partner"].search([("one_entrance_step", "!=", False)])
        cls.held = cls._make_meeting(cls.contact, "2024-04-02 08:00:00", state="held", kind="dialogue")
        cls._make_meeting(cls.ahead, "2024-06-03 08:00:00")
        cls._make_meeting(
            cls.due, "2024-05-02 08:00:00", state="postponed", postpone_reason="actor", replan_date="2024-07-01"
        )
        cls._promise(cls.held, "2024-06-01")
        cls._promise(cls.held, "2024-05-14")
        cls._promise(cls.held, "2024-05-01").done = True
        cls._promise(cls._make_meeting(cls.led, "2023-11-02 08:00:00", state="held"), "2024-01-01")
        cls._promise(cls._make_meeting(cls.overdue, "2023-09-04 08:00:00", state="held"), "2024-05-15")
        cls._make_sheet(cls.overdue, ready=True)
        cls._make_sheet(cls.on_track, ready=True)
        cls._make_sheet(cls.contact, ready=True, prepared_date="2023-06-01")
        cls._make_sheet(cls.due)
        cls._make_sheet(cls.led)
        (cls.letter | cls.appointed).zip = "8500"
        (cls.letter | cls.declined).city = "Grenaa"
        cls.declined.zip = "8500"
        cls.env.flush_all()
        cls.env.invalidate_all()

    @classmethod
    def _make_meeting(cls, actor, start, **values):
        return cls.env["one.entrance.meeting"].create({"partner_id": actor.id, "start": start, **values})

    @classmethod
    def _promise(cls, meeting, deadline):
        return cls.env["one.entrance.meeting.point"].create(
            {
                "meeting_id": meeting.id,
                "summary": "Kajen",
                "commitment": "Svar om kajen",
                "deadline": deadline,
                "responsible_id": cls.consultant.id,
            }
        )
