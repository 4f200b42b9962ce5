//! The picture of a whole fleet: cells of colour and strength as pixels.

use super::canvas::mixed;
use super::theme::Theme;

/// Writes a row of RGBA pixels: for each the cell of `columns`, from a row of colours and how much of 255 of each cell's lanes
/// was up. A column of no cell is background.
pub fn mix_row(out: &mut [u8], (colours, up): (&[u8], &[u8]), columns: &[u32], theme: &Theme) {
    let background = theme.background.pixel();
    let (pixels, _) = out.as_chunks_mut::<4>();
    for (pixel, column) in pixels.iter_mut().zip(columns) {
        let at = *column as usize;
        *pixel = match (colours.get(at), up.get(at)) {
            (Some(colour), Some(up)) if *up > 0 => {
                mixed(background, theme.bar(*colour).pixel(), visible(*up))
            }
            _ => background,
        };
    }
}

/// One lane of many that is up must still be seen.
fn visible(up: u8) -> u8 {
    const LEAST: u16 = 40;
    (LEAST + u16::from(up) * (255 - LEAST) / 255) as u8
}
