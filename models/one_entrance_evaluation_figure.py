from odoo import fields, models


class OneEntranceEvaluationFigure(models.Model):
    """A figure of an evaluation round, and the records it was counted from (S12). The figures of a round that is noted stand
    still.
    """

    _name = "one.entrance.evaluation.figure"
    _description = "Figure of an Evaluation"
    _order = "evaluation_id, sequence, id"

    evaluation_id = fields.Many2one(
        "one.entrance.evaluation", string="Evaluation", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="evaluation_id.company_id", store=True, index=True)
    sequence = fields.Integer()
    code = fields.Char(required=True, help="What is measured.")
    key = fields.Char(help="The part of it, for example a step, a kind of actor or an interval.")
    value = fields.Float(digits=False)
    base = fields.Integer(help="The number of records it is measured against.")
    res_model = fields.Char(required=True)
    res_ids = fields.Json()
