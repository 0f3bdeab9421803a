//! QR codes: as a path in a page, as a drawing and as a picture.

use std::fmt::Write as _;

use qrcode::{Color, EcLevel, QrCode};

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
    pub fn size(&self) -> usize {
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

    /// A drawing that stands for itself, black on white.
    pub fn svg(&self) -> String {
        let size = self.size();
        format!(
            r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" width="512" height="512" shape-rendering="crispEdges"><rect width="{size}" height="{size}" fill="#fff"/><path d="{}" fill="#000"/></svg>"##,
            self.path()
        )
    }

    /// A picture as PNG; `None` when it can't be made.
    pub fn png(&self) -> Option<Vec<u8>> {
        let picture = self.0.render::<image::Luma<u8>>().module_dimensions(PIXELS, PIXELS).build();
        let mut bytes = std::io::Cursor::new(Vec::new());
        picture.write_to(&mut bytes, image::ImageFormat::Png).ok()?;
        Some(bytes.into_inner())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_drawing_and_the_picture_show_the_same_modules() {
        let qr = Qr::new("https://halvern.example/r/anna-berger?ch=qr").unwrap();
        assert!(qr.svg().starts_with("<svg") && qr.path().starts_with("M4 4h7v1h-7z"));
        let picture = image::load_from_memory(&qr.png().unwrap()).unwrap().to_luma8();
        assert_eq!(picture.width() as usize, qr.size() * PIXELS as usize);
        assert_eq!(picture.get_pixel(0, 0).0, [255], "the quiet zone is white");
        assert_eq!(picture.get_pixel(4 * PIXELS, 4 * PIXELS).0, [0], "the finder begins after it");
        assert!(Qr::new(&"x".repeat(4000)).is_none());
    }
}
