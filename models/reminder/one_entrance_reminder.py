import logging
from functools import partial

from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.fields import Domain

from ..common.activity import prepare_activity
from ..common.write_changed import write_changed

_logger = logging.getLogger(__name__)

# Records that are looked at in one transaction: a killed run loses no more than that.
BATCH = 1000
# A question without an answer, and an actor for whom nobody acts, are brought up again this long after being put aside.
ASK_AGAIN_DAYS = 7


class OneEntranceReminder(models.AbstractModel):
    """The nightly job: nobody forgets an actor (S5, S7, S8).

    A reminder is an activity of one of the scheme's own types. The job compares the reminders there ought to be with
    those there are: what is missing is given, what has lost its reason is withdrawn, what is about another day now moves
    on. It keeps no book of its own, so a run that was killed is simply begun again, and a second run adds nothing.
    """

    _name = "one.entrance.reminder"
    _description = "Reminders"

    @api.model
    def _cron_remind(self):
        """Do the night's work, and keep what is done after each batch. The only method here that commits.

        Odoo runs a scheduled action once at a time, also by hand. A part of the work that fails does not hold up the others.

        :raise Exception: the first failure, once all parts have been tried
        """
        failures = []
        for part in self._begin_night()._get_parts():
            try:
                if not self._commit_batches(part):
                    return
            except Exception as failure:
                self.env.cr.rollback()
                _logger.exception("A part of the reminders failed.")
                failures.append(failure)
        if failures:
            raise failures[0]

    @api.model
    def _commit_batches(self, part):
        """Run a part of the work and commit after each batch.

        :param part: a method that yields how much each batch has changed
        :return: whether it came to its end; if not, the scheduler soon starts again
        :rtype: bool
        """
        changed = 0
        for processed in part():
            changed += processed
            seconds_left = self.env["ir.cron"]._commit_progress(processed)
            if (
                changed and not seconds_left
            ):  # a run that has changed nothing yet goes on: the next would get no further
                self.env["ir.cron"]._commit_progress(remaining=1)
                return False
        self.env["ir.cron"]._commit_progress()
        return True

    @api.model
    def _remind(self):
        """Do the night's work in the present transaction."""
        for part in self._begin_night()._get_parts():
            for _processed in part():
                pass

    @api.model
    def _get_parts(self):
        """:return: the parts of the night's work in their order, as methods that yield after each batch how much of it
            was changed, and do not commit; a later room adds its own
        :rtype: list
        """
        return [
            *(partial(self._remind_about, model) for model in self.env["one.entrance.reminder.reason"]._get_kinds()),
            self.env["res.users"]._send_one_entrance_digests,
        ]

    @api.model
    def _remind_about(self, model):
        """Give, move and withdraw the reminders about the records of a model; the dates of actors follow the meetings whose
        day has passed.

        It walks through the records there may be a reason to remind of, in the order of their ids. Each batch covers the
        open reminders on all records up to its last one, so that those on other records are withdrawn.
        """
        after = 0
        while True:
            self.env.invalidate_all()
            records = self._find_candidates(model, after)
            scope = Domain("res_id", ">", after)
            if len(records) == BATCH:
                after = records[-1].id
                scope &= Domain("res_id", "<=", after)
            yield self._reconcile(model, records, scope) if records or self._may_be_reminded(model) else 0
            if len(records) < BATCH:
                return

    @api.model
    def _refresh(self, records):
        """Withdraw or move at once the open reminders on these records that somebody's answer has made pointless; what is
        to be given waits for the night.

        :param records: of a model that somebody is reminded about
        """
        # sudo: who answers is seldom the only one who was asked
        reminder = self.sudo()
        scope = Domain("res_id", "in", records.ids)
        if records and reminder._find_open(records._name, scope):
            found = reminder._find_candidates(records._name, among=records)
            reminder._reconcile(records._name, found, scope, give=False)

    @api.model
    def _find_candidates(self, model, after=0, among=None):
        """Find the records there may be a reason to remind of, by the same days and persons as the reasons themselves.

        :param str model: one that somebody is reminded about
        :param int after: only records of a larger id, a batch of them
        :param among: instead, these records, whatever their number
        """
        Reason = self.env["one.entrance.reminder.reason"]
        domain = Reason._get_candidates_domain(model)
        domain &= Domain("id", ">", after) if among is None else Domain("id", "in", among.ids)
        limit = BATCH if among is None else None
        return self.env[model].search_fetch(domain, Reason._get_fields_to_read(model), order="id", limit=limit)

    @api.model
    def _reconcile(self, model, records, scope, give=True):
        """Compare the reminders there ought to be with those there are.

        :param str model: what the reminders are about
        :param records: the records there may be a reason to remind of
        :param Domain scope: which of the model's reminders may be withdrawn, by ``res_id``
        :param bool give: whether to give what is missing
        :return: how many reminders were given, moved or withdrawn
        :rtype: int
        """
        kinds = self.env["one.entrance.reminder.reason"]._get_types(model)
        wanted = self.env["one.entrance.reminder.reason"]._get_wanted(records)
        kept, withdrawn, moved = set(), [], {}
        for activity in self._find_open(model, scope):
            kind, res_id = kinds[activity.activity_type_id.id], activity.res_id
            # who got the reminder may have handed it to a colleague; a handover may have given it to the next leader
            for user in (activity.one_entrance_reason_user_id, activity.user_id):
                key = (kind, res_id, user.id)
                if key in wanted and key not in kept:
                    break
            else:
                withdrawn.append(activity.id)
                continue
            kept.add(key)
            reason_date, _deadline = wanted[key]
            if reason_date and reason_date != activity.one_entrance_reason_date:
                moved[activity] = self._prepare_values(kind, user, *wanted[key])
        activities = self.env["mail.activity"].with_context(mail_activity_quick_update=True)
        activities.browse(withdrawn).unlink()
        write_changed({activity.with_env(activities.env): values for activity, values in moved.items()})
        missing = {key: reason for key, reason in wanted.items() if key not in kept} if give else {}
        if missing:
            self._leave_out_done(model, missing)
            activities.create(self._prepare_missing(model, missing))
        return len(withdrawn) + len(moved) + len(missing)

    @api.model
    def _leave_out_done(self, model, missing):
        """Take out what the user has marked as done already: for the same day, or in the last days where the question is
        one that comes again.

        :param dict missing: the reminders to give; done ones are removed from it
        """
        kinds = self.env["one.entrance.reminder.reason"]._get_types(model)
        weekly = self.env["one.entrance.reminder.reason"]._get_weekly_kinds()
        done = self.env["mail.activity"].search_fetch(
            Domain("active", "=", False)
            & Domain("res_model", "=", model)
            & Domain("res_id", "in", list({res_id for _kind, res_id, _user_id in missing}))
            & Domain("activity_type_id", "in", list(kinds))
            & Domain("one_entrance_reason_date", "!=", False),
            [
                "res_id",
                "activity_type_id",
                "user_id",
                "one_entrance_reason_user_id",
                "one_entrance_reason_date",
                "date_done",
            ],
        )
        for activity in done:
            kind = kinds[activity.activity_type_id.id]
            for user in activity.one_entrance_reason_user_id | activity.user_id:
                key = (kind, activity.res_id, user.id)
                if key not in missing:
                    continue
                reason_date, deadline = missing[key]
                if kind in weekly:  # a question of today
                    answered = activity.date_done > deadline - relativedelta(days=ASK_AGAIN_DAYS)
                else:
                    answered = activity.one_entrance_reason_date == reason_date
                if answered:
                    del missing[key]

    @api.model
    def _prepare_missing(self, model, missing):
        """:return: the values of the activities to create
        :rtype: list[dict]
        """
        Reason = self.env["one.entrance.reminder.reason"]
        records = self.env[model].browse(dict.fromkeys(key[1] for key in missing)).grouped("id")
        users = self.env["res.users"].browse(dict.fromkeys(key[2] for key in missing)).grouped("id")
        return [
            prepare_activity(
                records[res_id],
                Reason._get_type_xmlid(kind),
                users[user_id],
                one_entrance_reason_user_id=user_id,
                **self._prepare_values(kind, users[user_id], reason_date, deadline),
            )
            for (kind, res_id, user_id), (reason_date, deadline) in missing.items()
        ]

    @api.model
    def _prepare_values(self, kind, user, reason_date, deadline):
        """:return: what a reminder says, in the language of who gets it
        :rtype: dict
        """
        Reason = self.env["one.entrance.reminder.reason"].with_context(lang=user.lang)
        return {
            "one_entrance_reason_date": reason_date or deadline,
            "date_deadline": deadline,
            "summary": Reason._get_summary(kind, reason_date),
        }

    @api.model
    def _find_open(self, model, scope):
        """:return: the open reminders, the users' own activities of the same types apart
        :rtype: mail.activity
        """
        return self.env["mail.activity"].search_fetch(
            scope
            & Domain("res_model", "=", model)
            & Domain("activity_type_id", "in", list(self.env["one.entrance.reminder.reason"]._get_types(model)))
            & Domain("one_entrance_reason_date", "!=", False)
            & Domain("active", "=", True),
            ["res_id", "activity_type_id", "user_id", "one_entrance_reason_user_id", "one_entrance_reason_date"],
            order="id",
        )

    @api.model
    def _begin_night(self):
        """:return: this model, knowing what there are open reminders about: one look for all parts of the night, in which
        nobody else gives any
        """
        groups = self.env["mail.activity"]._read_group(
            Domain("activity_type_id", "in", list(self.env["one.entrance.reminder.reason"]._get_types()))
            & Domain("one_entrance_reason_date", "!=", False)
            & Domain("active", "=", True),
            ["res_model"],
        )
        return self.with_context(one_entrance_reminded=[model for (model,) in groups])

    @api.model
    def _may_be_reminded(self, model):
        """:return: whether there may be open reminders about a model
        :rtype: bool
        """
        return model in self.env.context.get("one_entrance_reminded", (model,))
