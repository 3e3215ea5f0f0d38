//! Pictures for the pages: SVG that stands inside the HTML and takes the colors of its theme.

use std::error::Error;
use std::ops::Range;

use plotters::chart::{ChartBuilder, ChartContext};
use plotters::coord::Shift;
use plotters::coord::ranged1d::{Ranged, ValueFormatter};
use plotters::drawing::{DrawingArea, IntoDrawingArea};
use plotters::element::{Circle, PathElement, Polygon, Text};
use plotters::prelude::{Cartesian2d, IntoLogRange, SVGBackend};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{BLACK, Color, IntoFont, RGBColor, ShapeStyle};

use crate::case::number;
use crate::statistics::Summary;

/// In units of the picture. On a phone of 360 pixels a unit is about 0.8 pixels.
const WIDTH: u32 = 400;
const PLOT_HEIGHT: u32 = 260;
const LINE_HEIGHT: u32 = 22;
/// What plotters writes as a size of 14 units into the SVG: it divides by 1.24.
const TEXT: i32 = 17;

/// How the points of a series look. Each has a color and a marker of its own, so that the color is
/// not needed to tell them apart. What is compared in several pictures looks the same in all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// A thread each: a circle.
    Threads,
    /// A pool of threads: a square.
    Pool,
    /// Tasks on one thread: a triangle.
    Tasks,
    /// What else there is of tasks: a diamond.
    OtherTasks,
}

impl Look {
    /// All of them.
    pub const ALL: [Look; 4] = [Look::Threads, Look::Pool, Look::Tasks, Look::OtherTasks];

    /// Red, green and blue. It has a contrast of at least three to one with the background of each
    /// of mdBook's themes.
    pub fn color(self) -> (u8, u8, u8) {
        match self {
            Look::Threads => (0xc2, 0x57, 0x0c),
            Look::Pool => (0x9b, 0x59, 0xd0),
            Look::Tasks => (0x2b, 0x78, 0xd4),
            Look::OtherTasks => (0x14, 0x8a, 0x4a),
        }
    }

    fn style(self) -> RGBColor {
        let (red, green, blue) = self.color();
        RGBColor(red, green, blue)
    }

    /// The corners of the marker around a point, in units of the picture. A circle has none.
    fn corners(self) -> &'static [(i32, i32)] {
        match self {
            Look::Threads => &[],
            Look::Pool => &[(-5, -5), (5, -5), (5, 5), (-5, 5)],
            Look::Tasks => &[(0, -6), (6, 5), (-6, 5)],
            Look::OtherTasks => &[(0, -7), (7, 0), (0, 7), (-7, 0)],
        }
    }
}

/// What every picture says of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words<'a> {
    /// The name of its file, and what the ids in it begin with.
    pub id: &'a str,
    /// What it is called, for readers who do not see it.
    pub title: &'a str,
    /// What it shows, for readers who do not see it.
    pub description: &'a str,
}

/// An axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Axis<'a> {
    /// What stands at it.
    pub name: &'a str,
    /// Whether equal distances are equal factors. Otherwise it begins at zero.
    pub is_logarithmic: bool,
}

/// Some values over their sizes.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// What the legend calls it.
    pub name: String,
    /// How it looks.
    pub look: Look,
    /// The sizes, and what was measured there.
    pub points: Vec<(f64, Summary)>,
}

/// A row of [`dots`].
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// What stands above it.
    pub name: String,
    /// How its point looks.
    pub look: Look,
    /// What was measured.
    pub summary: Summary,
}

type Drawn = Result<(), Box<dyn Error>>;
type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;

/// A picture of series as lines, whose x axis is logarithmic. Points of the same size stand a little
/// aside of each other, so that none hides another. A vertical line through a point runs
/// from the smallest to the largest value.
///
/// # Errors
/// If there is nothing to draw, or what is logarithmic is not positive.
pub fn lines(
    words: Words<'_>,
    x: &str,
    y: Axis<'_>,
    series: &[Series],
) -> Result<String, Box<dyn Error>> {
    let points = || series.iter().flat_map(|series| &series.points);
    let (left, right) = extent(points().map(|(x, _)| (*x, *x)))?;
    let (low, high) = extent(points().map(|(_, summary)| (summary.min, summary.max)))?;
    let legend = LINE_HEIGHT * series.len() as u32;
    draw(words, PLOT_HEIGHT + legend, |area| {
        let (upper, lower) = area.split_vertically(PLOT_HEIGHT);
        let xs = (left / 1.5..right * 1.5).log_scale();
        let mut chart = ChartBuilder::on(&upper);
        chart
            .margin(6)
            .margin_right(26)
            .x_label_area_size(50)
            .y_label_area_size(76);
        if y.is_logarithmic {
            let ys = decades(low, high).log_scale();
            draw_lines(chart.build_cartesian_2d(xs, ys)?, x, y.name, series)?;
        } else {
            draw_lines(
                chart.build_cartesian_2d(xs, 0.0..high * 1.1)?,
                x,
                y.name,
                series,
            )?;
        }
        for (place, series) in series.iter().enumerate() {
            let middle = LINE_HEIGHT as i32 * place as i32 + LINE_HEIGHT as i32 / 2;
            lower.draw(&PathElement::new(
                [(76, middle), (104, middle)],
                series.look.style().stroke_width(2),
            ))?;
            draw_marker(&lower, series.look, (90, middle))?;
            draw_text(&lower, &series.name, (112, middle), HPos::Left)?;
        }
        Ok(())
    })
}

fn draw_lines<X, Y>(
    mut chart: ChartContext<'_, SVGBackend<'_>, Cartesian2d<X, Y>>,
    x: &str,
    y: &str,
    series: &[Series],
) -> Drawn
where
    X: Ranged<ValueType = f64> + ValueFormatter<f64>,
    Y: Ranged<ValueType = f64> + ValueFormatter<f64>,
{
    chart
        .configure_mesh()
        .axis_style(BLACK)
        .bold_line_style(BLACK.mix(0.2))
        .light_line_style(BLACK.mix(0.0))
        .label_style(("sans-serif", TEXT).into_font())
        .axis_desc_style(("sans-serif", TEXT).into_font())
        .x_labels(6)
        .y_labels(6)
        .x_label_formatter(&|value| number(*value))
        .y_label_formatter(&|value| number(*value))
        .x_desc(x)
        .y_desc(y)
        .draw()?;
    let count = series.len() as f64;
    for (place, series) in series.iter().enumerate() {
        let style = series.look.style();
        let aside = 1.1_f64.powf(place as f64 - (count - 1.0) / 2.0);
        let medians = series
            .points
            .iter()
            .map(|(x, summary)| (x * aside, summary.median));
        let line = PathElement::new(medians.clone().collect::<Vec<_>>(), style.stroke_width(2));
        chart.draw_series([line])?;
        chart.draw_series(series.points.iter().map(|(x, summary)| {
            PathElement::new(
                [(x * aside, summary.min), (x * aside, summary.max)],
                style.stroke_width(2),
            )
        }))?;
        for point in medians {
            let place = chart.backend_coord(&point);
            draw_marker(
                &chart.plotting_area().strip_coord_spec(),
                series.look,
                relative(&chart, place),
            )?;
        }
    }
    Ok(())
}

/// A picture of values in rows, over a logarithmic axis. A horizontal line through a point runs from
/// the smallest to the largest value.
///
/// # Errors
/// If there is nothing to draw, or a value is not positive.
pub fn dots(words: Words<'_>, x: &str, rows: &[Row]) -> Result<String, Box<dyn Error>> {
    const ROW: u32 = 40;
    let (left, right) = extent(rows.iter().map(|row| (row.summary.min, row.summary.max)))?;
    let count = rows.len() as f64;
    draw(words, ROW * rows.len() as u32 + 68, |area| {
        let mut chart = ChartBuilder::on(area)
            .margin(6)
            .margin_right(20)
            .x_label_area_size(50)
            .build_cartesian_2d(decades(left, right).log_scale(), 0.0..count)?;
        chart
            .configure_mesh()
            .disable_y_mesh()
            .disable_y_axis()
            .axis_style(BLACK)
            .bold_line_style(BLACK.mix(0.2))
            .light_line_style(BLACK.mix(0.0))
            .label_style(("sans-serif", TEXT).into_font())
            .axis_desc_style(("sans-serif", TEXT).into_font())
            .x_labels(6)
            .x_label_formatter(&|value| number(*value))
            .x_desc(x)
            .draw()?;
        for (place, row) in rows.iter().enumerate() {
            let y = count - place as f64 - 0.72;
            let ends = [(row.summary.min, y), (row.summary.max, y)];
            let line = PathElement::new(ends, row.look.style().stroke_width(2));
            chart.draw_series([line])?;
            let point = chart.backend_coord(&(row.summary.median, y));
            let point = relative(&chart, point);
            let inside = chart.plotting_area().strip_coord_spec();
            draw_marker(&inside, row.look, point)?;
            let (_, top) = relative(&chart, chart.backend_coord(&(left, y + 0.48)));
            draw_text(&inside, &row.name, (4, top), HPos::Left)?;
        }
        Ok(())
    })
}

/// Where a point of the picture is, seen from the corner of the chart's inside.
fn relative<X: Ranged, Y: Ranged>(
    chart: &ChartContext<'_, SVGBackend<'_>, Cartesian2d<X, Y>>,
    (x, y): (i32, i32),
) -> (i32, i32) {
    let (left, top) = chart.plotting_area().get_base_pixel();
    (x - left, y - top)
}

fn draw_marker(area: &Area<'_>, look: Look, (x, y): (i32, i32)) -> Drawn {
    let style: ShapeStyle = look.style().filled();
    if look.corners().is_empty() {
        area.draw(&Circle::new((x, y), 5, style))?;
    } else {
        let corners: Vec<_> = look
            .corners()
            .iter()
            .map(|(dx, dy)| (x + dx, y + dy))
            .collect();
        area.draw(&Polygon::new(corners, style))?;
    }
    Ok(())
}

fn draw_text(area: &Area<'_>, text: &str, place: (i32, i32), side: HPos) -> Drawn {
    let style = ("sans-serif", TEXT)
        .into_font()
        .color(&BLACK)
        .pos(Pos::new(side, VPos::Center));
    area.draw(&Text::new(text.to_owned(), place, style))?;
    Ok(())
}

/// The smallest and the largest of these ranges.
fn extent(ranges: impl Iterator<Item = (f64, f64)>) -> Result<(f64, f64), Box<dyn Error>> {
    let (low, high) = ranges.fold((f64::INFINITY, 0.0_f64), |(low, high), (min, max)| {
        (low.min(min), high.max(max))
    });
    if low > 0.0 && low <= high {
        Ok((low, high))
    } else {
        Err("there is nothing to draw, or a value that is not positive".into())
    }
}

/// Whole powers of ten around a range, so that a logarithmic axis has at least two marks, and a little
/// more for what stands at its ends.
fn decades(low: f64, high: f64) -> Range<f64> {
    let (below, above) = (low.log10().floor(), high.log10().ceil());
    10_f64.powf(below) / 1.2..10_f64.powf(above.max(below + 1.0)) * 1.2
}

/// Draws, and makes of it what can stand in Markdown: no empty line, which would end the HTML there,
/// and black as the color of the text around.
fn draw(
    words: Words<'_>,
    height: u32,
    draw: impl FnOnce(&Area<'_>) -> Drawn,
) -> Result<String, Box<dyn Error>> {
    let mut svg = String::new();
    {
        let area = SVGBackend::with_string(&mut svg, (WIDTH, height)).into_drawing_area();
        draw(&area)?;
        area.present()?;
    }
    let Words {
        id,
        title,
        description,
    } = words;
    let [title, description] = [title, description].map(escape);
    let mut page = format!(
        "<svg class=\"plot\" role=\"img\" aria-labelledby=\"{id}-title {id}-desc\" \
         viewBox=\"0 0 {WIDTH} {height}\" style=\"display:block;width:100%;max-width:520px;height:auto;\
         margin:1em auto\" xmlns=\"http://www.w3.org/2000/svg\">\n\
         <title id=\"{id}-title\">{title}</title>\n\
         <desc id=\"{id}-desc\">{description}</desc>\n"
    );
    let inside = svg
        .split_once('>')
        .map(|(_, inside)| inside)
        .ok_or("plotters has drawn no picture")?;
    for line in inside.lines().filter(|line| !line.trim().is_empty()) {
        page.push_str(&line.replace("#000000", "currentColor"));
        page.push('\n');
    }
    Ok(page)
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    use super::{Axis, Look, Row, Series, Words, dots, lines};
    use crate::statistics::Summary;

    const WORDS: Words<'_> = Words {
        id: "memory",
        title: "Threads & tasks",
        description: "a < b",
    };

    fn summary(values: &[f64]) -> Summary {
        Summary::of(values).expect("there are values")
    }

    fn pictures() -> [String; 2] {
        let series: Vec<_> = Look::ALL
            .map(|look| Series {
                name: format!("{look:?}"),
                look,
                points: vec![
                    (10.0, summary(&[1.0, 2.0, 4.0])),
                    (100.0, summary(&[10.0, 20.0])),
                ],
            })
            .into();
        let y = Axis {
            name: "KiB",
            is_logarithmic: true,
        };
        let rows = [Row {
            name: "a row".to_owned(),
            look: Look::Pool,
            summary: summary(&[100.0, 1000.0]),
        }];
        [
            lines(WORDS, "how many", y, &series).expect("there are points"),
            dots(WORDS, "ns", &rows).expect("there is a row"),
        ]
    }

    #[test]
    fn a_picture_can_stand_in_markdown_and_has_its_words() {
        for picture in pictures() {
            assert!(picture.starts_with("<svg "), "{picture}");
            assert!(picture.ends_with("</svg>\n"), "{picture}");
            assert!(picture.lines().all(|line| !line.trim().is_empty()));
            assert!(!picture.contains("#000000"), "{picture}");
            assert!(picture.contains(r#"role="img""#));
            assert!(picture.contains(r#"<title id="memory-title">Threads &amp; tasks</title>"#));
            assert!(picture.contains(r#"<desc id="memory-desc">a &lt; b</desc>"#));
            assert_eq!(picture.matches("<svg").count(), 1);
        }
    }

    #[test]
    fn nothing_to_draw_is_an_error() {
        assert!(dots(WORDS, "ns", &[]).is_err());
    }

    /// The contrast of two colors, by WCAG 2.2: <https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio>.
    fn contrast(one: (u8, u8, u8), other: (u8, u8, u8)) -> f64 {
        let luminance = |(red, green, blue)| {
            let linear = |part: u8| {
                let part = f64::from(part) / 255.0;
                if part <= 0.04045 {
                    part / 12.92
                } else {
                    ((part + 0.055) / 1.055).powf(2.4)
                }
            };
            0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
        };
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    #[test]
    fn every_color_stands_out_in_every_theme() {
        let themes = [
            (0xff, 0xff, 0xff), // light
            (0xe1, 0xe1, 0xdb), // rust
            (0x14, 0x16, 0x17), // coal
            (0x16, 0x19, 0x23), // navy
            (0x0f, 0x14, 0x19), // ayu
        ];
        assert!((contrast(themes[0], (0, 0, 0)) - 21.0).abs() < 1e-9);
        for look in Look::ALL {
            for theme in themes {
                let contrast = contrast(look.color(), theme);
                assert!(contrast >= 3.0, "{look:?} on {theme:?}: {contrast}");
            }
        }
    }
}
