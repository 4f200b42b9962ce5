//! The page's components and their state. Talks to the engine by messages only; parses, stores and
//! computes nothing itself, and names no vendor: it asks capabilities.

mod canvas;
mod commands;
mod dialog;
mod filter_bar;
mod filter_list;
mod first_screen;
mod gestures;
mod host;
mod hover_card;
mod import;
mod inspector;
mod json;
mod key_sheet;
mod lanes;
mod legend;
mod link;
mod map_pane;
mod messages;
mod overview;
mod palette;
mod question;
mod range;
mod receive;
mod report;
mod shell;
mod source_dialog;
mod sources;
mod split;
mod state;
mod tables;
mod timeline_pane;
mod topbar;
mod var;
pub mod words;
mod zone;

pub use dialog::Modal;
pub use host::Host;
pub use json::object;
pub use link::Link;
pub use receive::receive;
pub use shell::App;
pub use state::State;
pub use var::Var;
