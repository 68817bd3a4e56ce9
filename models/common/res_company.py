from collections import defaultdict
from datetime import datetime, time

import pytz

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import ormcache

# Where no time zone stands on the municipality's own contact.
TIME_ZONE = "Europe/Copenhagen"


class ResCompany(models.Model):
    """The day in a municipality, by the time zone of its own contact, whoever asks (house rule 9). An empty company
    means the current one. Every list asks for the day, so the zones are cached.
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
        return pytz.timezone(self._get_one_entrance_zones().get((self or self.env.company).id, TIME_ZONE))

    def _get_one_entrance_day(self, moment):
        """The day in the municipality at a moment in UTC."""
        return pytz.utc.localize(moment).astimezone(self._get_one_entrance_timezone()).date()

    def _get_one_entrance_today(self):
        return self._get_one_entrance_day(fields.Datetime.now())

    def _get_one_entrance_moment(self, day, clock=time()):
        """The moment in UTC of a day and a clock time in the municipality."""
        moment = self._get_one_entrance_timezone().localize(datetime.combine(day, clock))
        return moment.astimezone(pytz.utc).replace(tzinfo=None)

    @api.model
    def _get_one_entrance_todays(self):
        """The ids of municipalities by the day there; where days differ, ``False`` stands for no municipality."""
        companies = defaultdict(list)
        for company in self.browse(self._get_one_entrance_zones()):
            companies[company._get_one_entrance_today()].append(company.id)
        if len(companies) > 1:
            companies[self.browse()._get_one_entrance_today()].append(False)
        return companies

    @api.model
    def _get_one_entrance_today_domain(self, get_domain, company="company_id"):
        """Find records of several municipalities by the day that it is in their own.

        :param get_domain: takes a day and returns a Domain
        :param str company: the field with a record's municipality
        """
        todays = self._get_one_entrance_todays()
        if len(todays) == 1:
            return get_domain(*todays)
        return Domain.OR(Domain(company, "in", ids) & get_domain(today) for today, ids in todays.items())
