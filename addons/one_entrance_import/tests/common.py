import csv
import io

from openpyxl import Workbook

from odoo.tools import mute_logger

from odoo.addons.one_entrance.tests.common import OneEntranceCase

# The register's columns, in the order of the templates.
COLUMNS = (
    "name",
    "one_entrance_kind",
    "street",
    "zip",
    "city",
    "phone",
    "email",
    "one_entrance_leader_id",
    "one_entrance_mayor_led",
    "one_entrance_relation",
    "one_entrance_step",
    "one_entrance_letter_date",
    "one_entrance_contact_date",
    "one_entrance_plan_date",
    "one_entrance_interval",
    "one_entrance_consultant_id",
)
SHORT = {name.removeprefix("one_entrance_"): name for name in COLUMNS}


class ImportCase(OneEntranceCase):
    """Imports as the web client does it: preview, proposed columns, test or import."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("da_DK")
        cls._make_leader("Twin", cls.level_head)
        cls._make_leader("Twin", cls.level_director)
        cls._make_leader("Clerk", cls.env.ref("one_entrance.one_entrance_level_5"), role="other")

    def _headings(self, lang, names, model="res.partner"):
        labels = self.env[model].with_context(lang=lang).fields_get(names, ["string"])
        return [labels[name]["string"] for name in names]

    def _write_file(self, rows, file):
        stream = io.BytesIO()
        if file == "csv":
            text = io.StringIO()
            csv.writer(text).writerows(rows)
            stream.write(text.getvalue().encode())
        else:
            book = Workbook()
            for row in rows:
                book.active.append(["" if cell is None else cell for cell in row])
            book.save(stream)
        return stream.getvalue()

    def _open(self, content, lang, file="csv", model="res.partner", user=None, **options):
        """:return: the importer and what it proposes, as the web client gets it"""
        importer = (
            self.env["base_import.import"]
            .with_user(user or self.consultant)
            .with_context(lang=lang)
            .create({"res_model": model, "file": content, "file_name": f"actors.{file}"})
        )
        preview = importer.parse_preview(
            {
                "has_headers": True,
                "quoting": '"',
                "separator": "",
                "encoding": "",
                "date_format": "",
                "datetime_format": "",
                "float_thousand_separator": ",",
                "float_decimal_separator": ".",
                "limit": 2000,
                "skip": 0,
                "tracking_disable": True,
                "import_skip_records": [],
                "import_set_empty_fields": [],
                "fallback_values": {},
                "name_create_enabled_fields": {},
                **options,
            }
        )
        self.assertNotIn("error", preview)
        return importer, preview

    def _import(self, content, lang="en_US", file="csv", dryrun=False, **options):
        importer, preview = self._open(content, lang, file, **options)
        paths = ["/".join(preview["matches"].get(i, [])) or False for i in range(len(preview["headers"]))]
        columns = [heading.strip().lower() for heading in preview["headers"]]
        return importer.execute_import(paths, columns, preview["options"], dryrun=dryrun)

    def _import_table(self, names, rows, lang="da_DK", file="csv", model="res.partner", **options):
        """Import rows of cells under the headings that these fields have for the user."""
        content = self._write_file([self._headings(lang, names, model), *rows], file)
        return self._import(content, lang, file, model=model, **options)

    @mute_logger("odoo.sql_db")  # the database refuses a contact without name
    def _import_actors(self, rows, lang="en_US", file="csv", dryrun=False, **options):
        """Import actors given as dictionaries, by the fields' short names."""
        cells = [[row.get(short, "") for short in SHORT] for row in rows]
        content = self._write_file([self._headings(lang, list(COLUMNS)), *cells], file)
        return self._import(content, lang, file, dryrun, **options)

    def _import_one(self, lang="en_US", file="csv", **values):
        """:return: the actor of a file with one row, or the reasons why there is none"""
        self.imported = getattr(self, "imported", 0) + 1
        actor = {"name": f"Havnen {self.imported}", "leader_id": "Director, Technology", **values}
        result = self._import_actors([actor], lang, file)
        if result["ids"]:
            self.assertFalse(result["messages"])
            return self.env["res.partner"].browse(result["ids"])
        return [message["message"] for message in result["messages"]]
