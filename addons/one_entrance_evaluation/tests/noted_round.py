from .test_evaluation_way import EVIDENCE


class NotedRound:
    """For a case with a round: it is noted before the tests begin."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.evaluation.write(EVIDENCE)
        cls.evaluation.write({"state": "noted"})
        cls.env.flush_all()

    def _get_all(self):
        self.env.invalidate_all()
        return [
            (
                each.section,
                each.code,
                each.key,
                each.label,
                each.key_label,
                each.value,
                each.unit,
                each.count,
                each.base,
            )
            for each in self.evaluation._get_figures()
        ]
