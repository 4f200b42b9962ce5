//! The page's components and their state. Talks to the engine by messages only; parses, stores and
//! computes nothing itself, and names no vendor: it asks capabilities.

mod aim;
mod base_map;
mod canvas;
mod case;
mod command_palette;
mod commands;
mod dialog;
mod drawing;
mod filter_bar;
mod filter_list;
mod findings;
mod first_screen;
mod fleet;
mod gestures;
mod go_to;
mod hands;
mod host;
mod hover_card;
mod import;
mod inspector;
mod json;
mod key_sheet;
mod labels;
mod lanes;
mod legend;
mod lettering;
mod link;
mod loaded;
mod map_files;
mod map_pane;
mod map_shown;
mod messages;
mod mode;
mod overlays;
mod overview;
mod palette;
mod place_list;
mod question;
mod range;
mod receive;
mod report;
mod report_sheet;
mod requests;
mod resize;
mod saved;
mod shell;
mod show_all;
mod source_dialog;
mod sources;
mod split;
mod state;
mod tables;
mod timeline_pane;
mod topbar;
mod turns;
mod var;
mod view_state;
pub mod words;
mod zone;

pub use dialog::Modal;
pub use gestures::on_element;
pub use host::Host;
pub use import::act;
pub use json::{Json, object};
pub use link::Link;
pub use receive::receive;
pub use report::report;
pub use shell::App;
pub use state::{State, Tone};
pub use var::{Var, effect};

/// What the bench paints with: the page's own.
#[cfg(feature = "bench")]
pub(crate) mod bench {
    pub use super::canvas::{Painter, Picture};
    pub use super::fleet::paint as paint_fleet;
    pub use super::palette::Palette;
    pub use super::state::{FleetPicture, Shot};
    pub use super::timeline_pane::timeline_query;
}
