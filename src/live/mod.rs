//! The page's part that asks providers: the forms to connect one, the sources' own panels, and the browser's half of their
//! drivers (fetch, clock, timers). It is a module of its own, fetched when a provider is to be connected. Credentials live here
//! and nowhere else; answers go to the engine as they came.

mod advice;
mod calls;
mod check;
mod connect;
mod form;
mod given;
mod host;
mod keep;
mod keeping;
mod kept;
mod locate;
mod panel;
mod source;
mod state;
mod watch;
mod words;

pub use host::Host;
pub use state::{Live, LiveViews};
