//! A line chart as SVG: one colour a line, a scale from nothing to the most.

use std::fmt::Write as _;

use crate::figures::in_digits;

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 320.0;
/// Around the lines: for the numbers at the left and below, and for the names above.
const LEFT: f64 = 64.0;
const RIGHT: f64 = 16.0;
const TOP: f64 = 56.0;
const BELOW: f64 = 40.0;
const STEPS: u32 = 4;
/// Told apart also by those who do not see all colours (Okabe and Ito).
const COLOURS: [&str; 7] = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000"];

/// What is drawn: the names of the places along the axis below, and for each line a value at each place that has one.
pub(crate) struct Plot<'a> {
    pub(crate) title: &'a str,
    pub(crate) over: &'a str,
    pub(crate) places: Vec<String>,
    pub(crate) lines: Vec<(&'a str, Vec<Option<f64>>)>,
}

impl Plot<'_> {
    pub(crate) fn to_svg(&self) -> String {
        let values = self.lines.iter().flat_map(|(_, values)| values.iter().flatten());
        let most = values.fold(0.0, |most: f64, value| most.max(*value)).max(f64::MIN_POSITIVE);
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" \
             font-family=\"sans-serif\" font-size=\"12\">\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n"
        );
        text(&mut svg, (LEFT, 18.0), "start", self.title);
        for step in 0..=STEPS {
            let value = most * f64::from(step) / f64::from(STEPS);
            let y = y_of(value, most);
            let _ = writeln!(svg, "<path d=\"M{LEFT} {y:.1}H{}\" stroke=\"#ddd\"/>", WIDTH - RIGHT);
            text(&mut svg, (LEFT - 6.0, y + 4.0), "end", &in_digits(value));
        }
        for (place, name) in self.places.iter().enumerate() {
            text(&mut svg, (self.x_of(place), HEIGHT - BELOW + 16.0), "middle", name);
        }
        text(&mut svg, (f64::midpoint(LEFT, WIDTH - RIGHT), HEIGHT - 8.0), "middle", self.over);
        for (number, (name, values)) in self.lines.iter().enumerate() {
            self.draw(&mut svg, number, name, values, most);
        }
        svg + "</svg>\n"
    }

    fn draw(&self, svg: &mut String, number: usize, name: &str, values: &[Option<f64>], most: f64) {
        let colour = COLOURS[number % COLOURS.len()];
        let points = values
            .iter()
            .enumerate()
            .filter_map(|(place, value)| Some((self.x_of(place), y_of((*value)?, most))));
        let points: Vec<_> = points.collect();
        let path = points.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect::<Vec<_>>().join(" ");
        let _ = writeln!(
            svg,
            "<polyline points=\"{path}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/>"
        );
        for (x, y) in points {
            let _ = writeln!(svg, "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3\" fill=\"{colour}\"/>");
        }
        let x = LEFT + number as f64 * (WIDTH - LEFT - RIGHT) / self.lines.len() as f64;
        let _ = writeln!(svg, "<rect x=\"{x:.1}\" y=\"30\" width=\"10\" height=\"10\" fill=\"{colour}\"/>");
        text(svg, (x + 14.0, 40.0), "start", name);
    }

    fn x_of(&self, place: usize) -> f64 {
        LEFT + (place as f64 + 0.5) * (WIDTH - LEFT - RIGHT) / self.places.len() as f64
    }
}

fn y_of(value: f64, most: f64) -> f64 {
    TOP + (1.0 - value / most) * (HEIGHT - TOP - BELOW)
}

fn text(svg: &mut String, (x, y): (f64, f64), anchor: &str, words: &str) {
    let words = words.replace('&', "&amp;").replace('<', "&lt;");
    let _ = writeln!(svg, "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\">{words}</text>");
}
