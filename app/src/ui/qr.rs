//! QR codes: as a path in a page, as a drawing and as a picture.

use std::fmt::Write as _;

use leptos::prelude::*;
use qrcode::{Color, EcLevel, QrCode};

use crate::markup::{IntoMarkup, Markup};

/// Blank modules around a code: without them cameras do not find it (ISO/IEC 18004).
const QUIET: usize = 4;
/// Pixels of one module in the picture: sharp on a poster's draft and in a slide.
const PIXELS: u32 = 16;

/// A QR code, as large as its text needs.
pub struct Qr(QrCode);

impl Qr {
    /// The code of a text; `None` when the text is too long for one.
    pub fn new(text: &str) -> Option<Self> {
        QrCode::with_error_correction_level(text, EcLevel::M).ok().map(Self)
    }

    /// Modules on one side, the blank ones around it included.
    pub(crate) fn size(&self) -> usize {
        self.0.width() + 2 * QUIET
    }

    /// The dark modules as the data of an SVG path: a run of neighbours is one rectangle.
    pub fn path(&self) -> String {
        let width = self.0.width();
        let mut path = String::new();
        for (y, row) in self.0.to_colors().chunks(width).enumerate() {
            let mut x = 0;
            while x < width {
                let run = row.iter().skip(x).take_while(|color| **color == Color::Dark).count();
                if run > 0 {
                    let _ = write!(path, "M{} {}h{run}v1h-{run}z", x + QUIET, y + QUIET);
                }
                x += run.max(1);
            }
        }
        path
    }

    /// A drawing inside a page, with what it says for those who do not see it.
    pub(crate) fn in_page(&self, label: String) -> Markup {
        let size = self.size();
        view! {
            <svg viewBox=format!("0 0 {size} {size}") role="img" shape-rendering="crispEdges" aria-label=label>
                <path d=self.path()></path>
            </svg>
        }
        .into_markup()
    }

    /// A drawing that stands for itself, black on white.
    pub(crate) fn svg(&self) -> String {
        let size = self.size();
        format!(
            r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" width="512" height="512" shape-rendering="crispEdges"><rect width="{size}" height="{size}" fill="#fff"/><path d="{}" fill="#000"/></svg>"##,
            self.path()
        )
    }

    /// A picture as PNG, one bit per pixel; `None` when it can't be made.
    pub(crate) fn png(&self) -> Option<Vec<u8>> {
        let side = u32::try_from(self.size()).ok()? * PIXELS;
        let colors = self.0.to_colors();
        let width = self.0.width();
        let is_dark = |x: usize, y: usize| {
            let inside = |at: usize| at.checked_sub(QUIET).filter(|at| *at < width);
            inside(x).zip(inside(y)).is_some_and(|(x, y)| colors.get(y * width + x) == Some(&Color::Dark))
        };
        let mut pixels = Vec::new();
        for y in 0..self.size() {
            // A module is two bytes wide, because it has sixteen pixels.
            let row = (0..self.size()).flat_map(|x| if is_dark(x, y) { [0x00; 2] } else { [0xff; 2] });
            let row: Vec<u8> = row.collect();
            (0..PIXELS).for_each(|_| pixels.extend_from_slice(&row));
        }
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, side, side);
        encoder.set_color(png::ColorType::Grayscale);
        encoder.set_depth(png::BitDepth::One);
        encoder.write_header().ok()?.write_image_data(&pixels).ok()?;
        Some(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_drawing_and_the_picture_show_the_same_modules() {
        let qr = Qr::new("https://halvern.example/r/anna-berger?ch=qr").unwrap();
        assert!(qr.svg().starts_with("<svg") && qr.path().starts_with("M4 4h7v1h-7z"));
        let file = qr.png().unwrap();
        let mut reader = png::Decoder::new(std::io::Cursor::new(file)).read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let frame = reader.next_frame(&mut pixels).unwrap();
        let is_white = |x: usize, y: usize| pixels[y * frame.line_size + x / 8] >> (7 - x % 8) & 1 == 1;
        let module = PIXELS as usize;
        assert_eq!(frame.width as usize, qr.size() * module);
        assert!(is_white(0, 0), "the quiet zone is white");
        assert!(!is_white(4 * module, 4 * module), "the finder begins after it");
        assert!(is_white(5 * module, 5 * module), "and has a white ring");
        assert!(Qr::new(&"x".repeat(4000)).is_none());
    }
}
