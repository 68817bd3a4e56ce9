from collections import defaultdict
from datetime import datetime, time

import pytz

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, ormcache

# Where no time zone stands on the municipality's own contact.
TIME_ZONE = "Europe/Copenhagen"


class ResCompany(models.Model):
    """What day it is in a municipality (house rule 9): by the time zone on its own contact, whoever asks and from wherever.
    No municipality at all means the one that is worked in. A day is asked for with every list, so the zones are kept in a
    cache.
    """

    _inherit = "res.company"

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        self.env.registry.clear_cache()
        return companies

    def write(self, vals):
        result = super().write(vals)
        if "partner_id" in vals:
            self.env.registry.clear_cache()
        return result

    @api.model
    @ormcache()
    def _get_one_entrance_zones(self):
        # sudo: what day it is in a municipality is no secret
        companies = self.sudo().with_context(active_test=False).search_fetch([], ["partner_id"])
        return {company.id: company.partner_id.tz or TIME_ZONE for company in companies}

    def _get_one_entrance_timezone(self):
        """:return: the municipality's time zone
        :rtype: pytz.tzinfo
        """
        return pytz.timezone(self._get_one_entrance_zones().get((self or self.env.company).id, TIME_ZONE))

    def _get_one_entrance_day(self, moment):
        """:param datetime moment: in UTC
        :return: the day on which it is in the municipality
        :rtype: date
        """
        return pytz.utc.localize(moment).astimezone(self._get_one_entrance_timezone()).date()

    def _get_one_entrance_today(self):
        """:return: the day that it is in the municipality
        :rtype: date
        """
        return self._get_one_entrance_day(fields.Datetime.now())

    def _get_one_entrance_moment(self, day, clock=time()):
        """:param date day: of the municipality
        :param time clock: in the municipality, midnight where none is given
        :return: when that is, in UTC
        :rtype: datetime
        """
        moment = self._get_one_entrance_timezone().localize(datetime.combine(day, clock))
        return moment.astimezone(pytz.utc).replace(tzinfo=None)

    @api.model
    def _get_one_entrance_todays(self):
        """:return: the ids of the municipalities by the day that it is there: most often one day for all; where there are more,
            ``False`` stands for no municipality
        :rtype: dict[date, list]
        """
        companies = defaultdict(list)
        for company in self.browse(self._get_one_entrance_zones()):
            companies[company._get_one_entrance_today()].append(company.id)
        if len(companies) > 1:
            companies[self.browse()._get_one_entrance_today()].append(False)
        return companies

    @api.model
    def _get_one_entrance_today_domain(self, get_domain, company="company_id"):
        """Let records of several municipalities be found by the day that it is in their own.

        :param get_domain: takes a day and returns a Domain
        :param str company: the field with a record's municipality
        :rtype: Domain
        """
        todays = self._get_one_entrance_todays()
        if len(todays) == 1:
            return get_domain(*todays)
        return Domain.OR(Domain(company, "in", ids) & get_domain(today) for today, ids in todays.items())

    @api.model
    def _get_one_entrance_today_sql(self, company):
        """:param SQL company: the column with a record's municipality
        :return: the day that it is there
        :rtype: SQL
        """
        todays = self._get_one_entrance_todays()
        if len(todays) == 1:
            return SQL("%s", *todays)
        cases = (
            SQL(" WHEN COALESCE(%s, 0) IN %s THEN %s", company, tuple(map(int, ids)), today)
            for today, ids in todays.items()
        )
        return SQL("(CASE%s END)", SQL().join(cases))
