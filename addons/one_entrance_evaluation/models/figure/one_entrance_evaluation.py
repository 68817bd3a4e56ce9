from datetime import timedelta
from types import SimpleNamespace

from odoo import api, fields, models
from odoo.fields import Domain


class OneEntranceEvaluation(models.Model):
    """The figures of a round, each counted from a domain that also opens its records (S12, S15).

    Each ``_count_<section>`` tells what it measures and what the register does not know, in grouped queries: their
    number does not grow with the register. It counts as superuser within the municipality, as a confidential meeting
    took place like any other and a figure is the same for every reader; the records open for who may read them. A noted
    round is not counted any more.
    """

    _inherit = "one.entrance.evaluation"

    figure_ids = fields.One2many(
        "one.entrance.evaluation.figure",
        "evaluation_id",
        string="Figures",
        readonly=True,
        copy=False,
        groups="one_entrance.group_manager",
    )
    figures_date = fields.Datetime(
        string="Figures Of",
        readonly=True,
        copy=False,
        help="When the figures below were counted. Those of a noted round were counted when it was noted.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        evaluations = super().create(vals_list)
        evaluations._refresh_figures()
        return evaluations

    def _follow_change(self, names):
        result = super()._follow_change(names)
        if not names.isdisjoint(("date_from", "date_to", "company_id")):
            self._refresh_figures()  # no round shows the figures of another period
        return result

    def action_refresh_figures(self):
        """Bring the figures of these rounds up to date. Those of a noted round stand still."""
        self.check_access("write")
        self._refresh_figures()

    def _freeze(self):
        result = super()._freeze()
        for evaluation in self:
            evaluation._keep_figures(with_records=True)
        return result

    def _unfreeze(self):
        result = super()._unfreeze()
        # sudo: nobody writes a figure by hand, the system does
        self.sudo().figure_ids.write({"res_ids": False})
        for evaluation in self:
            evaluation._keep_figures()
        return result

    def _get_figures(self):
        """What the register says about the period, in printing order: counted now, or as kept when the round was noted.

        :return: ``section``; ``code`` (what is measured) and ``key`` (of which part, ``False`` where whole), in words
            ``label`` and ``key_label``; ``value`` (``None`` where there is nothing to measure); ``unit`` (``count``,
            ``days``, ``percent``); ``count`` (records behind it); ``base`` (what it is measured against, or ``None``)
        :rtype: list[SimpleNamespace]
        """
        self.ensure_one()
        self.check_access("read")
        # sudo: the figures are printed by who may read the round
        figures = self.sudo().figure_ids
        counted = [figure._to_namespace() for figure in figures] if self.state == "noted" else self._count_figures()
        labels, kinds = figures._get_labels(), figures._get_kinds()
        return [
            SimpleNamespace(
                section=kinds[each.code].section,
                code=each.code,
                key=each.key,
                label=figures._get_whole_label(labels, each.code, each.key),
                key_label=figures._get_key_label(each.code, each.key),
                value=each.value,
                unit=kinds[each.code].unit,
                count=each.count,
                base=each.base,
            )
            for each in counted
        ]

    def _count_figures(self):
        """:return: as ``_get_figures``, without words, and with the ``domain`` of the records behind each figure"""
        self.ensure_one()
        # sudo: see the class; archived contacts keep their place in the scheme
        counted = self.sudo().with_context(active_test=False)
        return [
            *counted._count_rollout(),
            *counted._count_contact(),
            *counted._count_dialogue(),
            *counted._count_sheets(),
            *counted._count_handovers(),
            *counted._count_inquiries(),
            *counted._count_relation(),
            *counted._count_mayor_led(),
        ]

    def _refresh_figures(self):
        """Count those of these rounds anew that are not noted.

        :return: the figures of the last of them, by code and key
        """
        counted = {}
        for evaluation in self.filtered(lambda evaluation: evaluation.state != "noted"):
            counted = evaluation._keep_figures()
        return counted

    def _keep_figures(self, with_records=False):
        """Count this round, and write its rows.

        :param bool with_records: keep which records each was counted from as well
        :return: the figures as counted, by code and key
        """
        self.ensure_one()
        counted = {(figure.code, figure.key): figure for figure in self._count_figures()}
        # sudo: nobody writes a figure by hand, the system does
        rows = {(row.code, row.key or False): row for row in self.sudo().figure_ids}
        Figure = self.env["one.entrance.evaluation.figure"].sudo()  # as above
        new = []
        for i, (identity, figure) in enumerate(counted.items()):
            values = {
                "sequence": i,
                "value": figure.value or 0,
                "is_measured": figure.value is not None,
                "base": figure.base or 0,
                "has_base": figure.base is not None,
                "count": figure.count,
            }
            row = rows.pop(identity, None)
            if row is None:
                code, key = identity
                about = {
                    "evaluation_id": self.id,
                    "code": code,
                    "key": key,
                    "res_model": self._get_kind(code).res_model,
                }
                ids = self._get_counted_ids(figure) if with_records else False
                new.append({**about, **values, "res_ids": ids})
                continue
            changed = {name: value for name, value in values.items() if row[name] != value}
            if with_records:
                changed["res_ids"] = self._get_counted_ids(figure)
            if changed:
                row.write(changed)
        Figure.concat(*rows.values()).unlink()
        Figure.create(new)
        self.sudo().figures_date = fields.Datetime.now()
        return counted

    def _get_counted_ids(self, figure):
        # sudo: what was counted is kept, see the class
        Model = self.env[self._get_kind(figure.code).res_model].sudo().with_context(active_test=False)
        return list(Model._search(figure.domain, order="id"))

    @api.model
    def _get_kind(self, code):
        """:return: the section, the unit and the model of a figure"""
        return self.env["one.entrance.evaluation.figure"]._get_kinds()[code]

    @api.model
    def _figure(self, code, domain, count, key=False, base=None, **measured):
        """:param int count: the number of records behind the figure
        :param str key: the part of it that is measured, or ``False``
        :param int base: what it is measured against
        :param measured: ``value``, where it is another than the number of records
        """
        value = measured.get("value", count)
        if self._get_kind(code).unit == "percent":
            value = 100 * count / base if base else None
        return SimpleNamespace(code=code, key=key, domain=domain, count=count, value=value, base=base)

    # The period

    def _get_last_day(self):
        """:return: the last day of the period that can be counted: its end, or today where it runs still"""
        return min(self.date_to, self.company_id._get_one_entrance_today())

    def _get_day_before(self):
        """:return: the day at whose end the actors stand as they do when the period begins"""
        return self.date_from - timedelta(days=1)

    def _get_end_of(self, day):
        """:return: the first moment after a day of the municipality, in UTC"""
        return self.company_id._get_one_entrance_moment(day + timedelta(days=1))

    def _get_period_domain(self, name):
        """:return: the records whose date, in this field, lies in the period, both days included"""
        return Domain(name, ">=", self.date_from) & Domain(name, "<=", self._get_last_day())

    def _count_handovers(self):
        """Count the handovers of the period, also from the leader that an actor had before it was mayor-led."""
        domain = (
            Domain("company_id", "=", self.company_id.id)
            & self._get_period_domain("date_from")
            & Domain("is_handover", "=", True)
        )
        return [self._figure("handovers", domain, self.env["one.entrance.appointment"].search_count(domain))]

    def _count_inquiries(self):
        """Count what actors raised: a hook for the addon with inquiries."""
        return []
