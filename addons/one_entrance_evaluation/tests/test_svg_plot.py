from lxml import etree

from odoo.tests import BaseCase, tagged

from ..reports import svg_charts, svg_plot

NAMES = ("Aktører", "Kontaktpersoner")
NASTY = '<b>Fusion</b> & ”Søn” "A/S"'


@tagged("post_install", "-at_install")
class TestSvgPlot(BaseCase):
    """The plots of the documents: numbers as text, texts escaped, and nothing outside the picture (S12)."""

    def _read(self, image):
        """:return: the picture, parsed as strictly as XML is"""
        return etree.fromstring(str(image))

    def _texts(self, image):
        return [element.text for element in self._read(image).iter("{*}text")]

    def _bars(self, image):
        """:return: the widths of the bars, in the order they are drawn"""
        return [float(element.get("width")) for element in self._read(image).iter("{*}rect")]

    def _plots(self, label="Møder", many=3):
        rows = [(f"{label} {n}", [(n, str(n)), (None, "–")]) for n in range(many)]
        shares = [(f"{label} {n}", [(n / many, f"{n} %"), None]) for n in range(many)]
        gaps = [(f"{label} {n}", [(1 + n % 5, "1,0"), (5, "5,0")], "−4,0") for n in range(many)]
        return {
            "bars": svg_charts.plot_bars(label, rows, NAMES),
            "mirrored": svg_charts.plot_mirrored(label, shares, NAMES),
            "gaps": svg_charts.plot_gaps(label, gaps, NAMES, 1, 5, "Forskel"),
            "line": svg_charts.plot_line(label, [(str(2000 + n), n, str(n)) for n in range(many)]),
        }

    def test_every_plot_says_what_it_shows_to_those_who_hear_it(self):
        for name, image in self._plots().items():
            with self.subTest(plot=name):
                root = self._read(image)
                self.assertEqual(root.get("role"), "img")
                self.assertEqual(root.find("{*}title").text, "Møder")
                self.assertTrue(root.find("{*}desc").text)
        self.assertEqual(
            self._read(svg_charts.plot_bars("T", [("Trin", [(3, "3"), (4, "4")])], NAMES)).find("{*}desc").text,
            "Trin: Aktører 3, Kontaktpersoner 4",
        )

    def test_texts_are_escaped_wherever_they_stand(self):
        for name, image in self._plots(label=NASTY).items():
            with self.subTest(plot=name):
                root = self._read(image)
                self.assertEqual(root.find("{*}title").text, NASTY)
                self.assertFalse([element for element in root.iter() if etree.QName(element).localname == "b"])

    def test_a_plot_fetches_nothing_and_names_no_font_to_load(self):
        for name, image in self._plots().items():
            with self.subTest(plot=name):
                for words in ("url(", "href", "<style", "@font-face", "<image", "<script"):
                    self.assertNotIn(words, image)
                self.assertEqual(str(image).count("http"), 1, "the namespace alone")

    def test_nothing_stands_outside_the_picture(self):
        long = "Det Nordiske Erhvervs- og Foreningsfællesskab i Østjylland og på Djursland"
        for name, image in {**self._plots(long, many=12), **self._plots(many=1)}.items():
            with self.subTest(plot=name):
                root = self._read(image)
                _x, _y, width, height = map(float, root.get("viewBox").split())
                for element in root.iter("{*}text"):
                    size = float(element.get("font-size"))
                    taken = svg_plot.measure(element.text or "", size)
                    x, y = float(element.get("x")), float(element.get("y"))
                    start = {"start": x, "middle": x - taken / 2, "end": x - taken}[element.get("text-anchor")]
                    self.assertGreaterEqual(round(start, 1), -0.5, element.text)
                    self.assertLessEqual(round(start + taken, 1), width + 0.5, element.text)
                    self.assertLessEqual(y, height)

    def test_bars_are_as_long_as_their_values(self):
        image = svg_charts.plot_bars(
            "T", [("A", [(10, "10")]), ("B", [(5, "5")]), ("C", [(0, "0")]), ("D", [(None, "–")])]
        )
        whole, half = self._bars(image)
        self.assertAlmostEqual(half, whole / 2, places=1)
        self.assertEqual(self._texts(image), ["A", "10", "B", "5", "C", "0", "D", "–"])

    def test_a_share_of_a_hundred_fills_no_more_than_its_share(self):
        full, half = (
            self._bars(svg_charts.plot_bars("T", [("A", [(value, "x")])], most=100))[0] for value in (100, 50)
        )
        self.assertAlmostEqual(half, full / 2, places=1)

    def test_two_series_are_told_apart_without_colour(self):
        first, second = (
            self._read(svg_plot.draw(9, 9, [svg_plot.bar(1, 1, 5, 3, series)], "", "")).find("{*}rect")
            for series in (0, 1)
        )
        self.assertNotEqual(first.get("fill"), second.get("fill"))
        self.assertEqual(second.get("fill"), "#ffffff")
        self.assertNotEqual(first.get("fill"), "#ffffff")
        marks = [svg_plot.dot(1, 1, series) for series in (0, 1)]
        self.assertIn("<circle", marks[0])
        self.assertIn("<polygon", marks[1])

    def test_a_side_that_is_not_shown_has_neither_mark_nor_number(self):
        image = svg_charts.plot_gaps("T", [("A", [(2, "2,0"), None], "")], NAMES, 1, 5, "Forskel")
        self.assertEqual([text for text in self._texts(image) if text and text.endswith(",0")], ["2,0"])
        root = self._read(image)
        self.assertEqual(len(list(root.iter("{*}circle"))), 2)  # in the legend and in the row
        self.assertEqual(len(list(root.iter("{*}polygon"))), 1)
        image = svg_charts.plot_mirrored("T", [("A", [None, (0.5, "50 %")])], NAMES)
        self.assertEqual(len(self._bars(image)), 3)  # two in the legend

    def test_a_line_puts_the_first_place_at_the_top(self):
        points = [("2022", 65, "65"), ("2023", 33, "33")]
        for inverted in (True, False):
            first, second = (
                float(element.get("cy"))
                for element in self._read(svg_charts.plot_line("T", points, inverted=inverted)).iter("{*}circle")
            )
            self.assertIs(second < first, inverted)
        self._read(svg_charts.plot_line("T", [("2023", 33, "33")]))  # one year is a point

    def test_a_long_label_is_wrapped_and_then_cut(self):
        text = "Den ansvarlige direktør kontakter virksomheden med henblik på et indledende møde om rammevilkår"
        lines = svg_plot.wrap(text, 40)
        self.assertEqual(len(lines), 2)
        self.assertTrue(lines[1].endswith("…"))
        for line in lines:
            self.assertLessEqual(svg_plot.measure(line), 40)
        self.assertEqual(svg_plot.wrap("Kort", 40), ["Kort"])
        self.assertEqual(svg_plot.wrap("", 40), [""])
        (line,) = svg_plot.wrap("Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft", 40)
        self.assertLessEqual(svg_plot.measure(line), 40)

    def test_more_rows_than_a_plot_has_room_for_make_several_of_about_the_same_length(self):
        self.assertEqual([len(piece) for piece in svg_charts.cut_in_plots(range(12))], [12])
        self.assertEqual([len(piece) for piece in svg_charts.cut_in_plots(range(13))], [7, 6])
        self.assertEqual([len(piece) for piece in svg_charts.cut_in_plots(range(40))], [10, 10, 10, 10])
        self.assertEqual(svg_charts.cut_in_plots([]), [])
