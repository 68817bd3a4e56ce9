import re
from collections import Counter

from lxml import html

from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from ..common import OneEntranceCase

ANNEX = "one_entrance.report_actor_list"
PUBLIC = "one_entrance.report_actor_list_public"
HANDBOOK = "one_entrance.report_actor_list_handbook"
LEFT = {"one_entrance_step": "left", "one_entrance_left_date": "2024-05-10", "one_entrance_left_reason": "Lukket"}
LETTER = {"step": "letter", "letter_date": "2024-01-10"}
CONTACT = {**LETTER, "step": "contact", "contact_date": "2024-02-11"}
PLAN = {**CONTACT, "step": "plan", "plan_date": "2024-03-12", "interval": 4}


class ActorListCase(OneEntranceCase):
    """A register with actors of several kinds, on several steps, two of them mayor-led."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # the demo's actors, where it is installed, are not counted here
        cls.env["res.partner"].search([("one_entrance_step", "!=", False)]).write({"active": False})
        cls.company.name = "Nordby Kommune"
        cls.director.partner_id.function = "Director of Technology"
        cls.head.partner_id.write({"name": "Lis Aaen", "function": "Head of Culture"})
        cls.mayor.partner_id.write({"name": "Bodil Borg", "function": "Mayor"})
        cls.municipal_director.partner_id.write({"name": "Kaj Komm", "function": "Municipal Director"})
        cls.works = cls._make_actor("Ålsø Værk", kind="company", **PLAN)
        cls.mill = cls._make_actor("Øster Mølle", kind="company", **CONTACT)
        cls.ferry = cls._make_actor("Ærø Færger", kind="company", **LETTER)
        cls.zinc = cls._make_actor("Zinkværket", kind="company")
        cls.harbour = cls._make_actor("Aarhus Havn", kind="company", mayor_led=True, **CONTACT)
        cls.club = cls._make_actor("Idrætsklubben", leader=cls.head, kind="association", **PLAN)
        cls.museum = cls._make_actor("Museet", leader=cls.head, kind="institution", **LETTER)
        cls.rail = cls._make_actor("Letbanen", kind="institution", mayor_led=True)
        cls.unknown = cls._make_actor("Ukendt", leader=cls.head)
        cls.actors = (
            cls.works | cls.mill | cls.ferry | cls.zinc | cls.harbour | cls.club | cls.museum | cls.rail | cls.unknown
        )
        cls.works.city = "Grenaa"
        cls.env.flush_all()

    @classmethod
    def _make_seat(cls, actor, politician, **values):
        person = cls.env["res.partner"].search([("name", "=", politician), ("is_company", "=", False)], limit=1)
        person = person or cls.env["res.partner"].create({"name": politician})
        values = {"body": "Bestyrelsen", "role": "member", "date_from": "2022-01-01", **values}
        return cls.env["one.entrance.seat"].create({"partner_id": actor.id, "politician_id": person.id, **values})

    def _leave(self, actor):
        actor.with_user(self.consultant).write(LEFT)

    def _render(self, actors, report=ANNEX, user=None, lang="en_US", **context):
        Report = self.env["ir.actions.report"].with_user(user or self.consultant).with_context(lang=lang, **context)
        return Report._render_qweb_html(report, actors.ids)[0].decode()

    def _parse(self, *args, **kwargs):
        document = html.fromstring(self._render(*args, **kwargs))
        for style in document.xpath("//style | //script | //title"):
            style.drop_tree()
        return document

    def _read(self, *args, **kwargs):
        return " ".join(self._parse(*args, **kwargs).text_content().split())

    def _read_rows(self, *args, **kwargs):
        """:return: the heading of each group with its rows on all pages, a list of texts each"""
        groups = {}
        for table in self._parse(*args, **kwargs).xpath("//table[contains(@class, 'oe_actors')]"):
            groups.setdefault(self._clean(table.xpath("./thead/tr[1]")[0]), []).extend(
                [self._clean(cell) for cell in row.xpath("./td")] for row in table.xpath("./tbody/tr")
            )
        return groups

    def _clean(self, node):
        return " ".join(" ".join(node.itertext()).split())

    def _fill_everything_internal(self):
        """Give the actors marked values in all that is internal of them.

        :return: the marks, by what they mark
        """
        self.level_director.number = 8642
        step = self.env["ir.model.fields.selection"].search(
            [
                ("field_id.model", "=", "res.partner"),
                ("field_id.name", "=", "one_entrance_step"),
                ("value", "=", "plan"),
            ]
        )
        self.assertEqual(step.name, "3. Dialogue Plan Agreed")
        consultant = self._make_user("marked", "one_entrance.group_consultant")
        consultant.name = "MARKconsultant"
        people = {
            "the leader's": self.director.partner_id,
            "the mayor's": self.mayor.partner_id,
            "the politician's": self.env["one.entrance.seat"]
            .search([("partner_id", "=", self.works.id)])
            .politician_id,
            "the actor's": self.works,
        }
        marks = {"level": "8642", "step": "3. Dialogue Plan Agreed", "consultant": "MARKconsultant"}
        for whose, person in people.items():
            phone = f"+45 99 88 77 {len(marks)}0"
            marks[f"{whose} phone"], marks[f"{whose} mail"] = phone, f"mark{person.id}@example.com"
            marks[f"{whose} note"] = f"MARKnote{person.id}"
            person.write(
                {"phone": phone, "email": f"mark{person.id}@example.com", "comment": f"<p>MARKnote{person.id}</p>"}
            )
        for actor in (self.works, self.rail):
            actor.with_user(self.consultant).write(
                {
                    "one_entrance_consultant_id": consultant.id,
                    "one_entrance_relation": "professional",
                    "one_entrance_plan_note": "MARKagreed",
                    "one_entrance_letter_date": "2024-01-11",
                    "one_entrance_contact_date": "2024-02-12",
                    "one_entrance_plan_date": "2024-03-13",
                    "one_entrance_interval": 7,
                    "one_entrance_step": "plan",
                    "one_entrance_not_before": "2031-07-08",
                }
            )
            self._make_sheet(actor).section_ids[0].body = "<p>MARKsheet</p>"
            Meeting = self.env["one.entrance.meeting"]
            held = Meeting.create(
                {
                    "partner_id": actor.id,
                    "start": "2024-04-14 09:00:00",
                    "state": "held",
                    "summary": "MARKsummary",
                    "minutes": "<p>MARKminutes</p>",
                }
            )
            self.env["one.entrance.meeting.point"].create(
                {
                    "meeting_id": held.id,
                    "summary": "MARKpoint",
                    "commitment": "MARKcommitment",
                    "responsible_id": consultant.id,
                    "deadline": "2024-08-09",
                }
            )
            Meeting.create({"partner_id": actor.id, "start": "2024-09-16 09:00:00"})
        self.director.capacity = 1
        self.env.flush_all()
        works = self.works.with_user(self.consultant).with_context(lang="en_US")
        labels = {
            name: dict(works._fields[name]._description_selection(works.env))[works[name]]
            for name in ("one_entrance_relation", "one_entrance_dialogue_state", "one_entrance_sheet_state")
        }
        self.assertTrue(works.one_entrance_warning, "the test needs a warning to look for")
        return {
            **marks,
            "last meeting": "04/14/2024",
            "next meeting": "09/16/2024",
            "letter": "01/11/2024",
            "first contact": "02/12/2024",
            "plan": "03/13/2024",
            "due": f"{works.one_entrance_due_date:%m/%d/%Y}",
            "not before": "07/08/2031",
            "deadline": "08/09/2024",
            "warning": works.one_entrance_warning,
            "relation": labels["one_entrance_relation"],
            "dialogue status": labels["one_entrance_dialogue_state"],
            "state of the sheet": f">{labels['one_entrance_sheet_state']}<",
            **{name: f"MARK{name}" for name in ("agreed", "sheet", "summary", "minutes", "point", "commitment")},
        }


@tagged("post_install", "-at_install")
class TestActorListReport(ActorListCase):
    """What the annex says (S2): its order, its sums, and which actors it is about."""

    def test_actors_stand_by_kind_then_the_mayor_led_ones_then_by_name_as_danes_sort(self):
        rows = self._read_rows(self.actors[::-1])
        self.assertEqual(list(rows), ["Companies (5)", "Associations (1)", "Institutions (2)", "Kind not recorded (1)"])
        names = [row[0] for row in rows["Companies (5)"]]
        self.assertEqual(
            names, ["Aarhus Havn Mayor-led", "Zinkværket", "Ærø Færger", "Øster Mølle", "Ålsø Værk Grenaa"]
        )
        self.assertEqual([row[0] for row in rows["Institutions (2)"]], ["Letbanen Mayor-led", "Museet"])

    def test_aa_is_sorted_as_the_last_letter(self):
        for name in ("Aalborg Værft", "Abildgaard", "Zonen"):
            self.actors |= self._make_actor(name, kind="association")
        names = [row[0] for row in self._read_rows(self.actors)["Associations (4)"]]
        self.assertEqual(names, ["Abildgaard", "Idrætsklubben", "Zonen", "Aalborg Værft"])

    def test_a_row_says_who_holds_the_entrance_and_how_far_the_dialogue_has_come(self):
        Meeting = self.env["one.entrance.meeting"]
        Meeting.create({"partner_id": self.works.id, "start": "2024-05-02 09:00:00", "state": "held"})
        Meeting.create({"partner_id": self.works.id, "start": "2024-06-03 09:00:00"})
        self._make_seat(self.works, "Anna Østergaard", role="chair")
        self._make_seat(self.works, "Bo Åkjær")
        self._make_seat(self.works, "Carl Bo", body="Repræsentantskabet", role="observer")
        self._make_seat(self.works, "Dorte Dahl", date_to="2024-05-14")
        rows = self._read_rows(self.actors)
        self.assertEqual(
            rows["Companies (5)"][-1],
            [
                "Ålsø Værk Grenaa",
                "Director, Technology Director of Technology",
                "2",
                "3. Dialogue Plan Agreed",
                "05/02/2024",
                "06/03/2024",
                "Bestyrelsen: Anna Østergaard (chair); Bo Åkjær (member) Repræsentantskabet: Carl Bo (observer)",
            ],
        )
        self.assertEqual(
            rows["Institutions (2)"][1], ["Museet", "Lis Aaen Head of Culture", "3", "1. Letter Sent", "", "", ""]
        )

    def test_a_mayor_led_actor_has_both_principals_and_no_level(self):
        row = self._read_rows(self.actors)["Institutions (2)"][0]
        self.assertEqual(row[1:4], ["Bodil Borg Mayor Kaj Komm Municipal Director", "", "Contact Leader Appointed"])
        self.company.one_entrance_municipal_director_id = False
        row = self._read_rows(self.actors)["Institutions (2)"][0]
        self.assertEqual(row[1], "Bodil Borg Mayor municipal director not set")

    def test_a_planned_meeting_whose_day_has_passed_is_no_next_one(self):
        self.env.cr.execute(
            "UPDATE res_partner SET one_entrance_next_meeting_date = '2024-05-14' WHERE id = %s", [self.works.id]
        )
        self.env.invalidate_all()
        self.assertEqual(self._read_rows(self.works)["Companies (1)"][0][5], "")

    def test_an_actor_with_many_seats_goes_on_in_another_row(self):
        for n in range(50):
            self._make_seat(self.club, f"Politiker {n:02}", body="Bestyrelsen" if n < 40 else "Rådet")
        rows = self._read_rows(self.actors)["Associations (1)"]
        self.assertEqual([row[0] for row in rows], ["Idrætsklubben", *["Idrætsklubben (continued)"] * 2])
        self.assertEqual({len(row) for row in rows}, {7})
        told = re.findall(r"Politiker \d\d", " ".join(row[-1] for row in rows))
        self.assertEqual(told, [f"Politiker {n:02}" for n in range(50)])

    # Sums

    def _count(self):
        """Count the actors by kind and step, without the report."""
        kinds = {"company": "Companies", "association": "Associations", "institution": "Institutions"}
        labels = dict(self.env["res.partner"]._fields["one_entrance_step"]._description_selection(self.env))
        return Counter(
            (kinds.get(actor.one_entrance_kind, "Kind not recorded"), labels[actor.one_entrance_step])
            for actor in self.actors
        )

    def _read_sums(self, actors):
        """:return: the numbers of the table of sums, by its row and column"""
        table = self._parse(actors).xpath("//table[contains(@class, 'oe_sums')]")[0]
        heads = [self._clean(cell) for cell in table.xpath("./thead/tr/th")][1:]
        return {
            self._clean(row.xpath("./th")[0]): dict(
                zip(heads, [self._clean(cell) for cell in row.xpath("./td")], strict=True)
            )
            for row in table.xpath("./tbody/tr")
        }

    def _assert_sums(self):
        sums, counted = self._read_sums(self.actors), self._count()
        steps = [head for head in sums["Total"] if head != "Total"]
        for kind in set(sums) - {"Total", "Share"}:
            for step in steps:
                self.assertEqual(sums[kind][step], str(counted[kind, step] or "–"), f"{kind}, {step}")
            self.assertEqual(sums[kind]["Total"], str(sum(n for (k, _s), n in counted.items() if k == kind)))
        for step in steps:
            self.assertEqual(sums["Total"][step], str(sum(n for (_k, s), n in counted.items() if s == step)))
        self.assertEqual(sums["Total"]["Total"], str(len(self.actors)))
        self.assertEqual({kind for kind, _step in counted}, set(sums) - {"Total", "Share"})
        return sums

    def test_sums_by_kind_and_step_are_those_of_the_rows(self):
        sums = self._assert_sums()
        self.assertNotIn("Left the Scheme", sums["Total"])
        self.assertEqual(sums["Companies"]["2. Contact Made"], "2")
        rows = self._read_rows(self.actors)
        self.assertEqual(sum(len(group) for group in rows.values()), len(self.actors))
        in_rows = Counter(row[3] for group in rows.values() for row in group)
        self.assertEqual({step: str(count) for step, count in in_rows.items()}, {
            step: count for step, count in sums["Total"].items() if step != "Total"
        })  # fmt: skip

    def test_the_bar_has_a_piece_for_each_step_as_wide_as_its_share(self):
        cells = self._parse(self.actors).xpath("//table[contains(@class, 'oe_bar')]//td")
        self.assertEqual([self._clean(cell) for cell in cells], ["3", "2", "2", "2"])
        widths = [float(re.search(r"[\d.]+", cell.get("style"))[0]) for cell in cells]
        self.assertEqual(widths, [33.33, 22.22, 22.22, 22.22])
        shares = self._read_sums(self.actors)["Share"]
        self.assertEqual(list(shares.values()), ["33 %", "22 %", "22 %", "22 %", ""])
        # on one step all of them
        cells = self._parse(self.club).xpath("//table[contains(@class, 'oe_bar')]//td")
        self.assertEqual([cell.get("style") for cell in cells], ["width: 100.00%"])

    # Which actors

    def test_it_says_in_words_which_actors_it_is_about(self):
        self.assertIn("Nordby Kommune · 05/15/2024 · all 9 actors in the scheme", self._read(self.actors))
        self.assertIn("· 2 chosen of the 9 actors in the scheme", self._read(self.works | self.rail))
        self.actors[:-1].write({"active": False})
        self.assertIn("· the one actor in the scheme", self._read(self.actors[-1]))
        self.assertIn("· 9 chosen actors", self._read(self.actors))

    def test_an_actor_that_has_left_is_marked_with_the_day_and_summed_apart(self):
        self._leave(self.mill)
        self._leave(self.harbour)
        rows = self._read_rows(self.actors)["Companies (5)"]
        self.assertEqual(rows[0][:4], ["Aarhus Havn", "", "", "Left the Scheme 05/10/2024"])
        self.assertEqual(self._read_rows(self.mill)["Companies (1)"][0][3], "Left the Scheme 05/10/2024")
        sums = self._assert_sums()
        self.assertEqual(sums["Total"]["Left the Scheme"], "2")
        self.assertEqual(sums["Share"]["Contact Leader Appointed"], "43 %", "of the seven in the scheme")
        self.assertIn("7 chosen of the 7 actors in the scheme, and 2 that left it", self._read(self.actors))
        self.assertFalse(self._parse(self.mill).xpath("//table[contains(@class, 'oe_bar')]"))

    def test_without_actors_the_page_says_so(self):
        for report in (ANNEX, PUBLIC):
            text = self._read(self.env["res.partner"], report)
            self.assertIn("0 chosen of the 9 actors in the scheme There are no actors in this list.", text)
            self.assertNotIn("Total", text)
        self.actors.write({"active": False})
        self.assertIn("· no actors There are no actors", self._read(self.env["res.partner"]))

    def test_an_actor_named_twice_stands_there_once(self):
        Report = self.env["ir.actions.report"].with_user(self.consultant).with_context(lang="en_US")
        text = Report._render_qweb_html(ANNEX, [self.club.id, self.rail.id, self.club.id])[0].decode()
        self.assertEqual(text.count("Idrætsklubben"), 1)

    def test_a_contact_who_is_no_actor_is_refused_by_name(self):
        partner = self.env["res.partner"].create({"name": "Ingen aktør"})
        for report in (ANNEX, PUBLIC, HANDBOOK):
            with self.subTest(report=report), self.assertRaisesRegex(ValidationError, "Ingen aktør"):
                self._render(self.actors | partner, report)

    def test_actors_of_two_municipalities_get_a_document_each(self):
        theirs = self.env["res.company"].create({"name": "Nabokommunen"})
        leader = self._make_leader("Deres chef", self.level_head, company_id=theirs.id)
        both = self._make_user(
            "both", "one_entrance.group_consultant", company_ids=[Command.set((self.company | theirs).ids)]
        )
        switched_on = (self.company | theirs).ids
        Partner = self.env["res.partner"].with_user(both).with_context(allowed_company_ids=switched_on)
        values = {"name": "Deres havn", "is_company": True, "one_entrance_leader_id": leader.id}
        their_actor = Partner.create(values).with_user(self.env.user)
        document = self._parse(self.actors | their_actor, user=both, allowed_company_ids=switched_on)
        pages = document.xpath("//div[contains(@class, 'article')]")
        self.assertEqual(len(pages), 2)
        self.assertEqual(len(document.xpath("//div[@class='header']")), 2)
        self.assertIn("Nabokommunen · 05/15/2024 · the one actor in the scheme", self._clean(pages[0]))
        self.assertIn("Nordby Kommune · 05/15/2024 · all 9 actors in the scheme", self._clean(pages[1]))
        self.assertIn("Deres havn", self._clean(pages[0]))
        self.assertNotIn("Deres havn", self._clean(pages[1]))
        for user in (self.consultant, both):
            with self.subTest(user=user.login), self.assertRaisesRegex(AccessError, "Deres havn: in the scheme of"):
                self._render(self.actors | their_actor, user=user, allowed_company_ids=self.company.ids)

    # Who reads it

    def test_it_is_in_the_readers_language(self):
        danish = self.env["res.lang"]._activate_lang("da_DK")
        danish.date_format = "%d-%m-%Y"
        source = self._render(self.actors, lang="da_DK")
        self.assertIn('<html lang="da-DK">', source)
        text = self._read(self.actors, lang="da_DK")
        self.assertIn("Nordby Kommune · 15-05-2024", text)
        self.director_user.lang = "da_DK"
        Report = self.env["ir.actions.report"].with_user(self.director_user).with_context(lang=False)
        self.assertIn("15-05-2024", Report._render_qweb_html(ANNEX, self.actors.ids)[0].decode())

    def test_who_sits_where_is_said_also_where_the_politicians_contact_is_not_the_readers(self):
        theirs = self.env["res.company"].create({"name": "Nabokommunen"})
        seat = self._make_seat(self.club, "Anna Østergaard")
        seat.politician_id.company_id = theirs
        self.env.invalidate_all()
        for report in (ANNEX, PUBLIC):
            self.assertIn("Anna Østergaard (member)", self._read(self.actors, report, self.director_user))

    def test_a_colleague_reads_there_what_every_employee_may_and_is_not_offered_it(self):
        """Nothing in the annex is hidden from an employee, so the report itself refuses nobody of them."""
        printed = self._read(self.actors, user=self.colleague)
        self.assertEqual(printed, self._read(self.actors, user=self.consultant))
        bindings = self.env["ir.actions.actions"]
        report = self.env.ref(ANNEX)
        for user, offered in ((self.colleague, False), (self.director_user, True)):
            seen = bindings.with_user(user).get_bindings("res.partner").get("report", ())
            self.assertIs(report.id in [action["id"] for action in seen], offered)
        for other in (PUBLIC, HANDBOOK):
            self.assertFalse(self.env.ref(other).binding_model_id, "three lists would crowd the print menu")

    def test_who_is_no_employee_reads_none_of_it(self):
        portal = self._make_user("portal", "base.group_portal")
        portal.partner_id.with_user(self.consultant).one_entrance_leader_id = self.director
        for user in (portal, self.env.ref("base.public_user")):
            for report in (ANNEX, PUBLIC, HANDBOOK):
                for actors in (portal.partner_id, self.env["res.partner"]):
                    with self.subTest(user=user.login, report=report), self.assertRaises(AccessError):
                        self.env.invalidate_all()
                        self._render(actors, report, user)

    def test_eighty_actors_take_the_same_queries_as_five(self):
        actors = self.env["res.partner"]
        for n in range(80):
            leader = self._make_leader(f"Leader {n}", self.level_director)
            actor = self._make_actor(f"Actor {n}", leader=leader, mayor_led=n % 7 == 0, kind="company")
            self._make_seat(actor, f"Politician {n}")
            actors |= actor
        for report in (ANNEX, PUBLIC, HANDBOOK):
            self._render(
                actors, report
            )  # compiles the templates, and fills what Odoo keeps from one request to the next
            counts = []
            for printed in (actors[:5], actors):
                self.env.flush_all()
                self.env.invalidate_all()
                before = self.env.cr.sql_log_count
                self._render(printed, report)
                counts.append(self.env.cr.sql_log_count - before)
            with self.subTest(report=report):
                self.assertLessEqual(counts[1], counts[0] + 1, counts)
                self.assertLessEqual(counts[1], 30)


@tagged("post_install", "-at_install")
class TestActorListPublic(ActorListCase):
    """What may be published is in the list for publication, and nothing else of what the scheme knows (S2)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_seat(cls.works, "Anna Østergaard", role="chair")

    def test_it_says_who_is_in_the_scheme_and_who_holds_the_entrance(self):
        rows = self._read_rows(self.actors, PUBLIC)
        self.assertEqual(list(rows), ["Companies (5)", "Associations (1)", "Institutions (2)", "Kind not recorded (1)"])
        self.assertEqual(
            rows["Companies (5)"][-1],
            [
                "Ålsø Værk Grenaa",
                "Director, Technology Director of Technology",
                "Bestyrelsen: Anna Østergaard (chair)",
            ],
        )
        self.assertEqual(rows["Companies (5)"][0], ["Aarhus Havn", "Led by the mayor and the municipal director", ""])
        text = self._read(self.actors, PUBLIC)
        self.assertIn("Companies: 5 · Associations: 1 · Institutions: 2 · Kind not recorded: 1 · Total: 9", text)
        self.assertIn("Actor List Actors in One Entrance", text)
        self.assertIn("Public Printed 05/15/2024", text)
        self.assertNotIn("Internal", text)

    def test_an_actor_that_has_left_is_not_in_it_even_where_it_was_chosen(self):
        self._leave(self.mill)
        self.assertNotIn("Øster Mølle", self._render(self.actors, PUBLIC))
        self.assertIn("There are no actors in this list.", self._read(self.mill, PUBLIC))

    def test_nothing_internal_is_in_it(self):
        """Every field that is internal holds a value that is found in the annex or nowhere."""
        marks = self._fill_everything_internal()
        shown = [name for name, mark in marks.items() if mark in self._render(self.actors)]
        self.assertEqual(sorted(shown), ["last meeting", "level", "next meeting", "step"], "the annex has these")
        for report in (PUBLIC, HANDBOOK):
            source = self._render(self.actors, report)
            self.assertIn("Ålsø Værk" if report == PUBLIC else "Letbanen", source)
            for name, mark in marks.items():
                with self.subTest(report=report, field=name):
                    self.assertNotIn(mark, source)

    def test_its_source_names_no_record_and_no_step(self):
        """Also not where only a program looks: attributes, styles, and the words for what is internal."""
        source = self._render(self.actors, PUBLIC)
        document = html.fromstring(source)
        self.assertFalse(document.xpath("//@data-oe-id | //@data-oe-model | //@id | //@href"))
        for words in ("oe_step", "oe_bar", "Step", "Level", "Last meeting", "Next meeting", "Letter Sent", "Share"):
            self.assertNotIn(words, source)
            self.assertIn(words, self._render(self.actors))


@tagged("post_install", "-at_install")
class TestActorListHandbook(ActorListCase):
    """The council's handbook has the mayor-led actors, and who leads the dialogue with them (S10)."""

    def test_it_has_the_mayor_led_actors_and_their_two_principals(self):
        self._make_seat(self.rail, "Anna Østergaard")
        text = self._read(self.actors, HANDBOOK)
        self.assertIn(
            "Dialogue led by the mayor and the municipal director Nordby Kommune · 05/15/2024 · all 2 mayor-led actors in "
            "the scheme Bodil Borg Mayor Kaj Komm Municipal Director Actors (2)",
            text,
        )
        self.assertEqual(
            self._read_rows(self.actors, HANDBOOK),
            {
                "Actors (2)": [
                    ["Letbanen", "Institution", "Bestyrelsen: Anna Østergaard (member)"],
                    ["Aarhus Havn", "Company", ""],
                ]
            },
        )
        self.assertIn("Public Printed", text)
        for words in ("Zinkværket", "Internal", "Contact Made"):
            self.assertNotIn(words, text)

    def test_it_says_which_of_them_were_chosen(self):
        self.assertIn("· 1 chosen of the 2 mayor-led actors", self._read(self.rail | self.zinc, HANDBOOK))
        self._leave(self.harbour)
        self.assertIn("· the one mayor-led actor in the scheme", self._read(self.actors, HANDBOOK))

    def test_where_none_is_mayor_led_it_says_so(self):
        text = self._read(self.zinc | self.club, HANDBOOK)
        self.assertIn("lead the dialogue with no actor in this list.", text)
        self.assertIn("0 chosen of the 2 mayor-led actors", text)
        (self.harbour | self.rail).write({"active": False})
        self.assertIn("· no mayor-led actors", self._read(self.zinc, HANDBOOK))

    def test_a_principal_who_is_not_named_yet_is_said_to_be_missing(self):
        self.company.write({"one_entrance_mayor_id": False, "one_entrance_municipal_director_id": False})
        text = self._read(self.actors, HANDBOOK, self.director_user)
        self.assertIn("mayor not set municipal director not set Actors (2)", text)


@tagged("post_install", "-at_install")
class TestActorListWizard(ActorListCase):
    """From the list of actors or the menu: which list is printed, and of which actors (S2)."""

    def _open(self, actors=None, user=None, **context):
        """Click the button of the list, as the web client does it."""
        user = user or self.director_user
        actors = (actors if actors is not None else self.env["res.partner"]).with_user(user)
        action = actors.with_context(**context).action_one_entrance_print_list()
        return Form(self.env[action["res_model"]].with_user(user).with_context(lang="en_US", **action["context"]))

    def _get_printed(self, form):
        action = form.save().action_print()
        self.assertEqual(action["type"], "ir.actions.report")
        self.assertTrue(action["close_on_report_download"])
        return action["report_name"], self.env["res.partner"].browse(action["context"]["active_ids"])

    def test_a_leader_prints_the_chosen_actors(self):
        self._leave(self.mill)
        form = self._open(self.mill | self.rail, active_domain=[("one_entrance_step", "!=", False)])
        self.assertEqual((form.actors_text, form.note), ("The 2 actors chosen", ""))
        report, actors = self._get_printed(form)
        self.assertEqual((report, actors), (self.env.ref(ANNEX).report_name, self.mill | self.rail))
        text = self._read(actors, user=self.director_user)
        self.assertIn("Left the Scheme 05/10/2024", text)
        self.assertEqual(self._open(self.rail).actors_text, "Letbanen")

    def test_without_a_choice_all_that_the_filter_shows(self):
        self._leave(self.mill)
        domain = [["one_entrance_kind", "=", "company"], ["one_entrance_step", "!=", False]]
        form = self._open(active_domain=domain)
        self.assertEqual(form.actors_text, "All 5 actors that the filter shows")
        self.assertEqual(
            form.note, "Left the scheme and not printed: 1. Choose them in the list to have them in the annex."
        )
        _report, actors = self._get_printed(form)
        self.assertEqual(set(actors), set(self.works | self.ferry | self.zinc | self.harbour))

    def test_from_the_menu_all_in_the_scheme(self):
        self._leave(self.mill)
        self.museum.active = False
        action = self.env.ref("one_entrance.one_entrance_actor_list_wizard_action")
        self.assertEqual(self.env.ref("one_entrance.one_entrance_actor_list_wizard_menu").action, action)
        form = Form(self.env[action.res_model].with_user(self.director_user).with_context(lang="en_US"))
        self.assertEqual((form.actors_text, form.note), ("All 7 actors in the scheme", ""))
        _report, actors = self._get_printed(form)
        self.assertEqual(set(actors), set(self.actors - self.mill - self.museum))
        self.assertEqual(self._open().actors_text, "All 7 actors in the scheme")

    def test_the_list_that_is_chosen_is_printed_and_says_whom_it_will_be_without(self):
        self._leave(self.mill)
        form = self._open(self.mill | self.rail | self.zinc)
        form.document = "public"
        self.assertEqual(form.note, "Left the scheme and not printed: 1.")
        self.assertEqual(self._get_printed(form)[0], self.env.ref(PUBLIC).report_name)
        form.document = "handbook"
        self.assertEqual(form.note, "Left the scheme and not printed: 1. Mayor-led and printed: 1.")
        report, actors = self._get_printed(form)
        self.assertEqual(report, self.env.ref(HANDBOOK).report_name)
        self.assertEqual(list(self._read_rows(actors, HANDBOOK)), ["Actors (1)"])

    def test_a_filter_that_shows_nobody_prints_an_empty_list(self):
        form = self._open(active_domain=[["name", "=", "Findes ikke"]], active_ids=self.club.ids)
        self.assertEqual(form.actors_text, "No actors")
        self.assertFalse(self._get_printed(form)[1])

    def test_a_filter_on_what_is_computed_today_is_a_filter_too(self):
        form = self._open(active_domain=[["one_entrance_dialogue_state", "=", "on_track"]])
        self.assertEqual(form.actors_text, "All 2 actors that the filter shows")
        self.assertEqual(self._get_printed(form)[1], (self.works | self.club).sorted("complete_name"))

    def test_two_thousand_actors_of_a_filter_are_not_cut(self):
        self.env["res.partner"].with_user(self.consultant).create(
            [
                {"name": f"Actor {n}", "is_company": True, "one_entrance_leader_id": self.director.id}
                for n in range(2000 - len(self.actors))
            ]
        )
        form = self._open(active_domain=[["one_entrance_step", "!=", False]])
        self.assertEqual(form.actors_text, "All 2000 actors that the filter shows")
        self.assertEqual(len(self._get_printed(form)[1]), 2000)

    def test_only_actors_of_the_municipality_one_works_in(self):
        theirs = self.env["res.company"].create({"name": "Nabokommunen"})
        leader = self._make_leader("Deres chef", self.level_head, company_id=theirs.id)
        shared = self.env["res.partner"].create({"name": "Fælles", "one_entrance_leader_id": leader.id})
        self.assertEqual(shared.one_entrance_company_id, theirs)
        self.assertEqual(self._open().actors_text, "All 9 actors in the scheme")
        self.assertEqual(
            self._open(active_domain=[["one_entrance_step", "!=", False]]).actors_text,
            "All 9 actors that the filter shows",
        )

    def test_a_contact_who_is_no_actor_is_refused_by_name(self):
        partner = self.env["res.partner"].create({"name": "Ingen aktør"})
        with self.assertRaisesRegex(ValidationError, "Ingen aktør"):
            self._open(self.club | partner)

    def test_a_colleague_is_not_offered_it(self):
        arch = (
            self.env["res.partner"]
            .with_user(self.colleague)
            .get_view(self.env.ref("one_entrance.res_partner_actor_view_list").id, "list")["arch"]
        )
        self.assertNotIn("action_one_entrance_print_list", arch)
        with self.assertRaises(AccessError):
            self._open(user=self.colleague)
        arch = (
            self.env["res.partner"]
            .with_user(self.director_user)
            .get_view(self.env.ref("one_entrance.res_partner_actor_view_list").id, "list")["arch"]
        )
        button = html.fromstring(arch).xpath("//header/button[@name='action_one_entrance_print_list']")[0]
        self.assertEqual(button.get("display"), "always")
