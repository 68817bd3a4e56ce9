import json
from io import BytesIO

from openpyxl import load_workbook

from odoo import http
from odoo.tests import HttpCase, tagged

from .test_actor_list_report import ANNEX, ActorListCase


@tagged("post_install", "-at_install")
class TestActorListExport(ActorListCase, HttpCase):
    """The annex as a spreadsheet, through Odoo's own export (S2)."""

    frozen = False

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.consultant.group_ids += cls.env.ref("base.group_allow_export")
        cls.consultant.password = "one_entrance_consultant"
        cls.template = cls.env.ref("one_entrance.ir_exports_actor_list")
        cls._make_seat(cls.works, "Anna Østergaard", role="chair")
        cls._make_seat(cls.works, "Bo Åkjær")
        cls.env["one.entrance.meeting"].create(
            [
                {"partner_id": cls.works.id, "start": "2024-05-02 09:00:00", "state": "held"},
                {"partner_id": cls.works.id, "start": f"{cls.today.year + 1}-06-03 09:00:00"},
            ]
        )
        cls.env.flush_all()

    def _rpc(self, route, **params):
        answer = self.url_open(
            route, data=json.dumps({"params": params}), headers={"Content-Type": "application/json"}
        ).json()
        self.assertNotIn("error", answer)
        return answer["result"]

    def _export(self):
        """Do what the web client does with the template.

        :return: the headings, and the rows
        """
        self.authenticate(self.consultant.login, "one_entrance_consultant")
        fields = self._rpc("/web/export/namelist", model="res.partner", export_id=self.template.id)
        answer = self.url_open(
            "/web/export/xlsx",
            data={
                "csrf_token": http.Request.csrf_token(self),
                "data": json.dumps(
                    {
                        "model": "res.partner",
                        "fields": [{"name": field["id"], "label": field["string"]} for field in fields],
                        "ids": self.actors.ids,
                        "domain": [],
                        "groupby": [],
                        "context": {"lang": "en_US"},
                        "import_compat": False,
                    }
                ),
            },
        )
        answer.raise_for_status()
        rows = list(load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True))
        return rows[0], rows[1:]

    def test_the_template_is_offered_on_contacts(self):
        exports = self.env["ir.exports"].with_user(self.consultant)
        self.assertIn(self.template, exports.search([("resource", "=", "res.partner")]))

    def test_every_column_of_it_is_a_field(self):
        fields = self.env["res.partner"].with_user(self.consultant)
        for line in self.template.export_fields:
            Model = fields
            for name in line.name.split("/"):
                self.assertIn(name, Model._fields)
                Model = self.env.get(Model._fields[name].comodel_name, Model)

    def test_its_rows_are_those_of_the_annex(self):
        headings, exported = self._export()
        self.assertEqual(len(headings), len(self.template.export_fields))
        column = {line.name: n for n, line in enumerate(self.template.export_fields)}

        def get(row, name):
            return row[column[name]] or ""

        exported = {get(row, "complete_name"): row for row in exported}
        self.assertEqual(set(exported), set(self.actors.mapped("name")))
        printed = [row for group in self._read_rows(self.actors, ANNEX).values() for row in group]
        self.assertEqual(len(printed), len(exported))
        for actor, (name, holders, level, step, last, ahead, seats) in zip(
            self.actors.sorted("id"), sorted(printed, key=self._get_id), strict=True
        ):
            row = exported[actor.name]
            with self.subTest(actor=actor.name):
                parts = [actor.name, get(row, "city"), "Mayor-led" if get(row, "one_entrance_mayor_led") else ""]
                self.assertEqual(name, " ".join(filter(None, parts)))
                leader = [get(row, "one_entrance_leader_id/name"), get(row, "one_entrance_leader_id/title")]
                if actor.one_entrance_mayor_led:
                    self.assertEqual(get(row, "one_entrance_holder_text"), "Bodil Borg and Kaj Komm")
                    self.assertEqual(holders, "Bodil Borg Mayor Kaj Komm Municipal Director")
                else:
                    self.assertEqual(holders, " ".join(leader))
                    self.assertEqual(get(row, "one_entrance_holder_text"), leader[0])
                self.assertEqual(level, str(get(row, "one_entrance_level_id/number") or ""))
                self.assertEqual(step, get(row, "one_entrance_step"))
                for shown, field in ((last, "last"), (ahead, "next")):
                    date = get(row, f"one_entrance_{field}_meeting_date")
                    self.assertEqual(shown, f"{date:%m/%d/%Y}" if date else "")
                for politician in ("Anna Østergaard", "Bo Åkjær"):
                    self.assertEqual(politician in seats, politician in get(row, "one_entrance_seat_text"))
        self.assertIn("Anna Østergaard, chair", get(exported["Ålsø Værk"], "one_entrance_seat_text"))

    def _get_id(self, row):
        return next(actor.id for actor in self.actors if row[0].startswith(actor.name))
