"""What an evaluation round may say: a year of a municipality, nothing at all, and more than anybody would ask."""

from types import SimpleNamespace
from unittest.mock import patch

STEPS = ("appointed", "letter", "contact", "plan", "left")
LONG = "Vi oplever, at kommunen lytter, men svaret kommer først, når sagen er afgjort et andet sted i huset. "


class Sample:
    """One round's data, as the models give it to the paper."""

    def __init__(self, figures=(), answers=(), actor=(0, 0), leader=(0, 0)):
        self.figures, self.answers = list(figures), list(answers)
        self.counts = SimpleNamespace(actor=actor, leader=leader)

    def patch(self, test):
        """Let every round say this until the test ends."""
        model = type(test.env["one.entrance.evaluation"])
        for name, value in (
            ("_get_figures", self.figures),
            ("_get_answers", self.answers),
            ("_get_interview_counts", self.counts),
        ):
            patcher = patch.object(model, name, lambda evaluation, value=value: value, create=True)
            patcher.start()
            test.addCleanup(patcher.stop)


def figure(code, value, key=False, key_label=False, unit="count", base=None, count=None):
    section = code.split("_", maxsplit=1)[0]
    count = count if count is not None else int(value or 0)
    return SimpleNamespace(
        section=section,
        code=code,
        key=key,
        label=code,
        key_label=key_label,
        value=value,
        unit=unit,
        count=count,
        base=base,
    )


def side(count, average=None, distribution=()):
    return SimpleNamespace(count=count, average=average, distribution=list(distribution))


def answer(title, kind="scale", actor=None, leader=None, quotes=(), low=1, high=5):
    both = actor and leader and actor.average is not None and leader.average is not None
    return SimpleNamespace(
        title=title,
        kind=kind,
        low=low if kind == "scale" else None,
        high=high if kind == "scale" else None,
        low_label=None,
        high_label=None,
        actor=actor,
        leader=leader,
        gap=actor.average - leader.average if both else None,
        quotes=[SimpleNamespace(text=text, side=name) for text, name in quotes],
    )


def make_rollout(start, end, kinds=()):
    """:param tuple start: the number of actors by step, in the order of ``STEPS``"""
    return [
        *(figure("rollout_start", value, step) for step, value in zip(STEPS, start, strict=True)),
        *(figure("rollout_end", value, step) for step, value in zip(STEPS, end, strict=True)),
        *(figure("rollout_end_kind", value, key) for key, value in kinds),
    ]


def make_year():
    """A year as most municipalities have it: 40 actors, all at step 2 or further."""
    kinds = {
        "company/contact": 9,
        "company/plan": 13,
        "association/contact": 5,
        "association/plan": 7,
        "institution/plan": 6,
    }
    reasons = [("pandemic", "Smitteudbrud & sygdom", 7), ("calendar", "Kalenderen passede ikke", 3)]
    quotes = [
        ("Jeg kan ringe til én, der kender os.", "actor"),
        ("Det er rart at møde dem, før der er et problem.", "leader"),
        (LONG.strip(), "actor"),
    ]
    figures = [
        *make_rollout((22, 10, 6, 2, 0), (0, 0, 14, 26, 2), kinds.items()),
        figure("contact_days", 34.4, unit="days", count=31),
        figure("contact_days_median", 28, unit="days", count=31),
        figure("meetings", 52, base=70),
        figure("meetings_planned", 12, "3", "Hver 3. måned"),
        figure("meetings_planned", 30, "6", "Hver 6. måned"),
        figure("meetings_planned", 5, "12", "Hver 12. måned"),
        figure("meetings_held", 9, "3", "Hver 3. måned"),
        figure("meetings_held", 26, "6", "Hver 6. måned"),
        figure("meetings_held", 5, "12", "Hver 12. måned"),
        *(figure("meetings_postponed", value, key, label) for key, label, value in reasons),
        figure("meetings_cancelled", 2),
        figure("sheets_fresh", 72.5, unit="percent", base=40, count=29),
        figure("sheets_used", 55.0, unit="percent", base=40, count=22),
        figure("handovers", 3),
        figure("inquiries_received", 17),
        figure("inquiries_answered", 14),
        figure("inquiries_referred", 4),
        figure("inquiry_days", 8.25, unit="days", count=14),
        figure("inquiries_late", 2),
        figure("inquiries_open", 3),
        figure("never_met", 2),
        figure("relation_meetings", 6, "new", "Ny"),
        figure("relation_meetings", 13, "known", "Kendt"),
        figure("relation_meetings", 21, "professional", "Faglig"),
        *(figure("relation_actors", 8 + n, key) for n, key in enumerate(("new", "known", "professional"))),
        *(figure("relation_average", 0.75 + n, key) for n, key in enumerate(("new", "known", "professional"))),
        figure("mayor_led_actors", 6),
        figure("mayor_led_meetings", 8),
        figure("mayor_led_full", 5),
    ]
    answers = [
        answer("Hvor stor værdi har dialogen?", actor=side(18, 4.28), leader=side(9, 3.67), quotes=quotes),
        answer(
            "Er kontaktpersonen på et passende niveau til at drøfte det, der er vigtigt, og til at handle på det i kommunen?",
            actor=side(18, 3.94),
            leader=side(9, 4.56),
        ),
        answer("Var der en faglig relation i forvejen?", actor=side(17, 3.1), leader=side(9, 3.1)),
        answer("Hvor godt blev baggrundsarket brugt?", leader=side(9, 2.9)),
        answer("Hvor mange møder om året ønskes?", "number", side(16, 2.4), side(8, 1.9)),
        answer(
            "Passer mødernes hyppighed?",
            "choice",
            side(18, distribution=[("Oftere", 6), ("Som nu", 11), ("Sjældnere", 1)]),
            side(9, distribution=[("Oftere", 1), ("Som nu", 6), ("Sjældnere", 2)]),
        ),
        answer("Hvad bør ændres?", "text", side(12), quotes=[("Sig, hvem der følger op.", "actor")]),
        answer("Hvor let er det at få svar?", low=1, high=5),
    ]
    return Sample(figures, answers, actor=(18, 24), leader=(9, 11))


def make_nothing():
    """A round that was made before anything happened."""
    codes = ("contact_days", "sheets_fresh", "sheets_used", "inquiry_days")
    counts = ("handovers", "inquiries_received", "inquiries_answered", "inquiries_referred", "never_met")
    figures = [
        *make_rollout((0,) * 5, (0,) * 5),
        *(figure(code, None) for code in codes),
        *(figure(code, 0) for code in (*counts, "mayor_led_actors", "mayor_led_meetings")),
        *(figure("relation_meetings", 0, key, key) for key in ("new", "known", "professional")),
        figure("meetings_planned", 0, "6", "6"),
        figure("meetings_held", 0, "6", "6"),
        figure("meetings_postponed", 0),
    ]
    return Sample(figures)


def make_extreme():
    """Twelve intervals, forty questions, thirty long quotes, and names that are no good HTML."""
    name = "<b>Fusion</b> & ”Søn” af Det Nordiske Erhvervs- og Foreningsfællesskab i Østjylland"
    kinds = [
        (f"{kind}/{step}", 1234)
        for kind in ("company", "association", "institution", "other", "", "unknown")
        for step in STEPS
    ]
    reasons = [(f"reason{n}", f"{name} {n}", 0.5 + n) for n in range(8)]
    quotes = [(f"Citat{n:02} <i>{LONG * 12}</i>", "actor" if n % 2 else "leader") for n in range(30)]
    figures = [
        *make_rollout((0, 9999, 9999, 9999, 9999), (1, 99999, 9999, 99999, 9999), kinds),
        figure("contact_days", 1234.5, unit="days", count=1),
        *(figure("meetings_planned", 100 * n, str(n), f"Hver {n}. måned") for n in range(1, 13)),
        *(figure("meetings_held", 140 * n if n % 2 else None, str(n), f"Hver {n}. måned") for n in range(1, 13)),
        *(figure("meetings_postponed", value, key, label) for key, label, value in reasons),
        figure("sheets_fresh", 100.0, unit="percent", base=1),
        figure("sheets_used", 0.0, unit="percent", base=1),
        figure("inquiries_received", 1),
        figure("inquiry_days", 1, unit="days"),
        figure("never_met", 1),
        figure("handovers", 1),
        figure("relation_meetings", None, "new", "Ny"),
        figure("relation_meetings", 123456, "professional", name),
        figure("mayor_led_actors", 1),
        figure("mayor_led_meetings", 1),
    ]
    answers = [
        answer(f"Spørgsmål{n:02} {name * (n % 3 + 1)}", actor=side(30, 1 + n % 5), leader=side(30, 5 - n % 4))
        for n in range(38)
    ]
    labels = [(f"Svar{n:02} {name}", 5) for n in range(20)]
    answers += [
        answer(f"Valg {name}", "choice", side(100, distribution=labels), None),
        answer(f"Ord {name}", "text", side(30), side(30), quotes=quotes),
    ]
    return Sample(figures, answers, actor=(1, 1), leader=(1000, 1000))
