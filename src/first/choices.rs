//! What the first screen's choices do, and which of them is on its way: the one thing that its components share with whatever
//! they are built into.

use std::rc::Rc;

use leptos::prelude::*;

use super::kept::KeptSource;
use super::wish::Wish;
use crate::app::Var;

/// Which choices are on their way: their buttons say so and can not be pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Opening {
    /// The demo fleet.
    pub demo: bool,
    /// Files or a text.
    pub files: bool,
    /// The dialog that connects a provider.
    pub connect: bool,
    /// What is kept in this browser.
    pub kept: bool,
}

impl Opening {
    /// Notes that this is on its way.
    pub fn begin(&mut self, wish: &Wish) {
        match wish {
            Wish::Demo => self.demo = true,
            Wish::Files(_) | Wish::Text { .. } => self.files = true,
            Wish::Connect => self.connect = true,
            Wish::Kept(_) => self.kept = true,
        }
    }
}

/// What the choices do. Copies are handles to the same.
#[derive(Clone, Copy)]
pub struct Choices {
    act: StoredValue<Rc<dyn Fn(Wish)>, LocalStorage>,
    kept: StoredValue<Rc<dyn Fn() -> Vec<KeptSource>>, LocalStorage>,
    /// Which are on their way.
    pub opening: Var<Opening>,
}

impl Choices {
    /// `act` is called with every wish; `kept` tells of which sources something is kept.
    pub fn new(
        opening: Var<Opening>,
        act: impl Fn(Wish) + 'static,
        kept: impl Fn() -> Vec<KeptSource> + 'static,
    ) -> Self {
        Self {
            act: StoredValue::new_local(Rc::new(act)),
            kept: StoredValue::new_local(Rc::new(kept)),
            opening,
        }
    }

    /// The sources of which something is kept in this browser.
    pub fn kept(&self) -> Vec<KeptSource> {
        let kept = self.kept.try_get_value();
        kept.map(|kept| kept()).unwrap_or_default()
    }

    /// The visitor wishes this.
    pub fn act(&self, wish: Wish) {
        // Called outside of the store: what it does may unmount the component that it lives with.
        if let Some(act) = self.act.try_get_value() {
            act(wish);
        }
    }
}

/// The choices, anywhere below the component that provides them.
pub fn use_choices() -> Choices {
    expect_context::<Choices>()
}
