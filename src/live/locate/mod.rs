//! A geolocate service that the visitor names is asked where cells stand: the form, how it goes, and the browser's half of the
//! locator. Nothing is asked before the visitor says so.

mod asking;
mod dialog;
mod words;

pub use asking::Asking;
pub use dialog::LocateDialog;
pub use words::chip;
