from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from odoo.addons.one_entrance.tests.actor.test_company import CompanyCase


@tagged("post_install", "-at_install")
class TestInquiryCompany(CompanyCase):
    """Two municipalities in one database: one sees and changes nothing of what the other's actors raise, even by a contact
    that both share.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        Signal = cls.env["one.entrance.signal"]
        cls.our_signal = Signal.create({"theme_id": cls.our_theme.id, "company_id": cls.company.id})
        cls.their_signal = Signal.create({"theme_id": cls.their_theme.id, "company_id": cls.theirs.id})
        cls.our_inquiry = cls.env["one.entrance.inquiry"].create({"name": "Vores", "partner_id": cls.our_actor.id})
        Inquiry = cls.env["one.entrance.inquiry"].with_user(cls.their_consultant)
        cls.their_inquiry = Inquiry.create({"name": "Hemmeligt", "partner_id": cls.shared_actor.id})
        cls.their_unknown = Inquiry.create({"name": "Hemmeligt"})
        cls.env.flush_all()

    def test_what_is_made_for_an_actor_belongs_to_its_municipality(self):
        self.assertEqual((self.their_inquiry | self.their_unknown).company_id, self.theirs)

    def test_neither_municipality_finds_a_record_of_the_other(self):
        for user, company in ((self.manager, self.theirs), (self.their_manager, self.company)):
            for name in ("one.entrance.inquiry", "one.entrance.signal"):
                with self.subTest(user=user.login, model=name):
                    self._assert_finds_nothing(user, name, company)

    def test_neither_municipality_reads_or_writes_a_record_of_the_other(self):
        for user, records in (
            (self.manager, (self.their_signal, self.their_inquiry, self.their_unknown)),
            (self.their_manager, (self.our_signal, self.our_inquiry)),
        ):
            for record in records:
                with self.subTest(user=user.login, record=record):
                    self._assert_closed(user, record)

    def test_no_inquiry_is_put_on_the_other_municipalitys_actor(self):
        actor = self.shared_actor.copy({"name": "Også fælles"})
        actor.with_user(self.their_consultant).one_entrance_leader_id = self.their_director
        self._assert_not_put_on("one.entrance.inquiry", actor, {"name": "Vores"})
        with self.assertRaises(ValidationError), self.cr.savepoint():
            self.our_inquiry.with_user(self.consultant).company_id = self.theirs
        unknown = self.our_inquiry.create({"name": "Hvis?"}).with_user(self.consultant)
        with self.assertRaises(AccessError):
            unknown.company_id = self.theirs
