//! The first screen, while nothing is loaded, and the ways in which something comes: files that are dropped, chosen or pasted, the
//! demo, a provider. It is built twice: as a small module of its own, which is all that a page fetches before its visitor has chosen
//! anything, and into the views, which show it again when everything was forgotten. So nothing here may know the views' state, the
//! engine or its protocol: what is wished is handed on.

mod alone;
mod choices;
mod intake;
mod kept;
mod screen;
mod wish;

pub use alone::{Alone, Waiting};
pub use choices::{Choices, Opening, use_choices};
pub use intake::{ChooseFiles, DropZone, paste};
pub use kept::KeptSource;
pub use screen::FirstScreen;
pub use wish::Wish;
