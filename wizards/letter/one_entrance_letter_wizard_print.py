from base64 import b64encode
from urllib.parse import quote

from odoo import fields, models
from odoo.exceptions import LockError, UserError

from ...reports.common.ir_actions_report import WrittenPages

REPORT = "one_entrance.report_letter"
# So many letters are written in one go: enough to be quick, few enough to see the figures move.
BATCH = 25


class OneEntranceLetterWizard(models.TransientModel):
    """The letters are written in batches, so that somebody can watch, and printed by one call of the printer.

    Nothing is kept before all of it is done. Whoever does not watch has the same done in one go, by ``action_print``.
    """

    _inherit = "one.entrance.letter.wizard"

    def action_print(self):
        """Print the letters as one PDF, and keep each with its actor.

        :raise UserError: for what keeps the municipality from sending any letter, or where the printer fails
        """
        self._write_all()
        self.finish_letters()
        return self._get_open_action()

    def action_download(self):
        """Fetch the PDF with all letters once more."""
        return {"type": "ir.actions.act_url", "url": self._get_download_url(), "target": "download"}

    def start_letters(self):
        """Look at the actors again, and make ready for writing.

        :return: how many letters there are to be written: none where nobody can get one any more
        :rtype: int
        :raise UserError: for what keeps the municipality from sending any letter
        """
        self.ensure_one()
        lines = self._check_lines()
        self._check_can_send()
        self.state = "draft"
        self.line_ids.sudo().pages = False  # sudo: written by the system only
        return len(lines)

    def write_letters(self, done):
        """Write the next letters of the list.

        :param int done: how many are written already
        :return: how many are written now
        :rtype: int
        """
        self.ensure_one()
        lines = self._get_lines_to_print()[done : done + BATCH]
        if lines:
            # sudo: as above
            lines[0].sudo().pages = self._get_printer()._write_one_entrance_pages(REPORT, lines.partner_id.ids)
        return done + len(lines)

    def finish_letters(self):
        """Print what was written; by mail, send it too.

        :return: for the browser: where to fetch the PDF (``download``), or the action to do next; ``False`` where nobody can
            get a letter any more
        :rtype: dict | bool
        :raise UserError: where the printer fails, or somebody else has just sent one of the letters; then nothing is done
        """
        self.ensure_one()
        self._lock(self)
        self._check_can_send()
        written = self._get_lines_to_print()
        pages = written[::BATCH].sudo().mapped("pages")  # sudo: as above
        lines = self._check_lines()
        if not lines:
            return False
        letters, whole = self._print(lines, pages if lines == written and all(pages) else [])
        self._keep_letters(lines, letters)
        self.line_ids.sudo().pages = False
        if self.method == "mail":
            return self._mail_letters(lines)
        today = fields.Date.context_today(self)
        self.write({"state": "printed", "pdf": b64encode(whole), "sent_date": min(self.date, today)})
        return {"download": self._get_download_url()}

    def _write_all(self):
        total, done = self.start_letters(), 0
        while done < total:
            done = self.write_letters(done)

    def _get_lines_to_print(self):
        """:return: the lines that get a letter as far as is known, in the order of the list
        :rtype: one.entrance.letter.wizard.line
        """
        return self.line_ids.sorted("sequence").filtered(lambda line: not line.problem)

    def _get_printer(self):
        """:return: the printer, with the day that stands on the letters
        :rtype: ir.actions.report
        """
        date = fields.Date.context_today(self) if self.method == "mail" else self.date
        # the PDF is kept and sent: the HTML that Odoo prints inside tests would be no use
        return self.env["ir.actions.report"].with_context(one_entrance_letter_date=date, force_report_rendering=True)

    def _print(self, lines, pages):
        """Print all letters by one call of the printer.

        :param one.entrance.letter.wizard.line lines: in the order of the PDF
        :param list[str] pages: the letters as they were written, batch by batch; they are written anew where there are none
        :return: each letter by the id of its actor, and all of them in one PDF
        :rtype: tuple[dict[int, bytes], bytes]
        :raise UserError: where the printer fails
        """
        ids = lines.partner_id.ids
        printer = self._get_printer()
        if pages:
            printer = printer.with_context(one_entrance_pages=WrittenPages(ids, pages))
        streams, _kind = printer._pre_render_qweb_pdf(REPORT, res_ids=ids)
        letters = {res_id: streams[res_id]["stream"] for res_id in ids if streams.get(res_id, {}).get("stream")}
        if len(letters) != len(ids):
            raise UserError(
                self.env._(
                    "The printed letters could not be told apart, and none was kept. Ask an administrator for help."
                )
            )
        whole = letters[ids[0]].getvalue()
        if len(ids) > 1:
            whole = printer._merge_pdfs([letters[res_id] for res_id in ids]).getvalue()
        return {res_id: stream.getvalue() for res_id, stream in letters.items()}, whole

    def _keep_letters(self, lines, letters):
        """Attach each letter to its actor, in place of what this wizard has printed before.

        A letter is for whoever may read the contact: it is the actor's.
        """
        lines.attachment_id.unlink()
        attachments = self.env["ir.attachment"].create(
            [
                {
                    "name": f"{self._get_letter_name(partner)}.pdf",
                    "raw": letters[partner.id],
                    "mimetype": "application/pdf",
                    "res_model": partner._name,
                    "res_id": partner.id,
                }
                for partner in lines.partner_id
            ]
        )
        for line, attachment in zip(lines, attachments, strict=True):
            line.attachment_id = attachment

    def _get_letter_name(self, partner):
        return partner.with_context(lang=partner._get_one_entrance_letter_lang())._get_one_entrance_letter_name()

    def _get_download_url(self):
        """:return: where the browser fetches the PDF with all letters
        :rtype: str
        """
        return f"/web/content/{self._name}/{self.id}/pdf/{quote(self.pdf_name)}?download=true"

    def _lock(self, records):
        """Keep a second click, and whoever else sends letters to the same actors, from doing the same at this moment. What
        they did before is seen: the transaction begins anew where it is too old for that.

        :param records: this wizard, or actors
        :raise UserError: where they are in use
        """
        try:
            records.lock_for_update(allow_referencing=True)
        except LockError as error:
            raise UserError(
                self.env._(
                    "Somebody is sending these letters, or changing one of these actors, at this moment. Wait a little, then "
                    "try again."
                )
            ) from error
