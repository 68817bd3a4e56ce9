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
    those there are, and creates, changes and deletes the difference. So a run that was killed is simply begun again,
    and a second run adds nothing.
    """

    _name = "one.entrance.reminder"
    _description = "Reminders"

    @api.model
    def _cron_remind(self):
        """Do the night's work, and commit after each batch; no other method here does. A part that fails does not hold
        up the others.

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
        """:return: whether the part came to its end; if not, the scheduler soon starts again"""
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
        """:return: the parts of the night's work in order, as methods that yield how much each batch has changed and do
        not commit; later rooms add theirs
        """
        return [
            *(partial(self._remind_about, model) for model in self.env["one.entrance.reminder.reason"]._get_kinds()),
            self.env["res.users"]._send_one_entrance_digests,
        ]

    @api.model
    def _remind_about(self, model):
        """Reconcile the reminders about a model, in batches by id. Each batch covers all open reminders up to its last
        record, so that those on records that are no candidates any more are withdrawn.
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
        """Withdraw or move the open reminders on these records that are pointless now; new ones wait for the night."""
        # sudo: who answers is seldom the only one who was asked
        reminder = self.sudo()
        scope = Domain("res_id", "in", records.ids)
        if records and reminder._find_open(records._name, scope):
            found = reminder._find_candidates(records._name, among=records)
            reminder._reconcile(records._name, found, scope, give=False)

    @api.model
    def _find_candidates(self, model, after=0, among=None):
        """The records there may be a reason to remind of: the next batch by id, or, among given records, all."""
        Reason = self.env["one.entrance.reminder.reason"]
        domain = Reason._get_candidates_domain(model)
        domain &= Domain("id", ">", after) if among is None else Domain("id", "in", among.ids)
        limit = BATCH if among is None else None
        return self.env[model].search_fetch(domain, Reason._get_fields_to_read(model), order="id", limit=limit)

    @api.model
    def _reconcile(self, model, records, scope, give=True):
        """Compare the reminders there ought to be with those there are.

        :param records: the records of the model there may be a reason to remind of
        :param Domain scope: which of the model's reminders may be withdrawn, by ``res_id``
        :param bool give: whether to create what is missing
        :return: how many reminders were created, moved or withdrawn
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
        """Remove from ``missing`` what the user has marked as done for the same day, or lately for a weekly kind."""
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
        """What a reminder says, in the language of who gets it."""
        Reason = self.env["one.entrance.reminder.reason"].with_context(lang=user.lang)
        return {
            "one_entrance_reason_date": reason_date or deadline,
            "date_deadline": deadline,
            "summary": Reason._get_summary(kind, reason_date),
        }

    @api.model
    def _find_open(self, model, scope):
        """The open reminders, without the users' own activities of the same types."""
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
        """:return: this model, knowing from one query about which models there are open reminders"""
        groups = self.env["mail.activity"]._read_group(
            Domain("activity_type_id", "in", list(self.env["one.entrance.reminder.reason"]._get_types()))
            & Domain("one_entrance_reason_date", "!=", False)
            & Domain("active", "=", True),
            ["res_model"],
        )
        return self.with_context(one_entrance_reminded=[model for (model,) in groups])

    @api.model
    def _may_be_reminded(self, model):
        return model in self.env.context.get("one_entrance_reminded", (model,))
