//! A reactive variable. Leptos's own signals compile to several kilobytes for every type that they
//! hold; here only the few lines that touch the value depend on its type, and all variables share
//! the rest. Lives as long as the component (or the root) that made it.

use std::any::Any;
use std::cell::RefCell;
use std::marker::PhantomData;
use std::rc::Rc;

use leptos::prelude::{ArcTrigger, Effect, GetValue, LocalStorage, Notify, StoredValue, Track};

struct Slot {
    value: RefCell<Box<dyn Any>>,
    trigger: ArcTrigger,
}

type Item = StoredValue<Rc<Slot>, LocalStorage>;

#[inline(never)]
fn put(value: Box<dyn Any>) -> Item {
    StoredValue::new_local(Rc::new(Slot {
        value: RefCell::new(value),
        trigger: ArcTrigger::new(),
    }))
}

#[inline(never)]
fn slot_of(item: Item) -> Option<Rc<Slot>> {
    item.try_get_value()
}

#[inline(never)]
fn track(item: Item) {
    if let Some(slot) = slot_of(item) {
        slot.trigger.track();
    }
}

/// Runs at once, and again whenever something changes that it followed. One compiled effect serves all of them.
pub fn effect(run: impl FnMut() + 'static) {
    boxed_effect(Box::new(run));
}

#[inline(never)]
fn boxed_effect(mut run: Box<dyn FnMut()>) {
    Effect::new(move |_: Option<()>| run());
}

/// A value that views and effects follow. Copies are handles to the same value. What is gone (its
/// component was unmounted) reads as the default and cannot be set.
pub struct Var<T> {
    item: Item,
    of: PhantomData<fn() -> T>,
}

impl<T> Clone for Var<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Var<T> {}

impl<T: Default + 'static> Default for Var<T> {
    fn default() -> Self {
        Self::new(T::default())
    }
}

impl<T: 'static> Var<T> {
    /// A variable of the component that is being made.
    pub fn new(value: T) -> Self {
        Self {
            item: put(Box::new(value)),
            of: PhantomData,
        }
    }

    /// Reads without following; null when the variable is gone.
    pub fn try_with_untracked<R>(&self, read: impl FnOnce(&T) -> R) -> Option<R> {
        let slot = slot_of(self.item)?;
        let value = slot.value.try_borrow().ok()?;
        value.downcast_ref().map(read)
    }

    /// Follows the variable.
    pub fn track(&self) {
        track(self.item);
    }

    /// Changes the value and tells who follows. False when the variable is gone.
    pub fn try_update(&self, change: impl FnOnce(&mut T)) -> bool {
        let Some(slot) = slot_of(self.item) else {
            return false;
        };
        {
            let Ok(mut value) = slot.value.try_borrow_mut() else {
                return false;
            };
            let Some(value) = value.downcast_mut() else {
                return false;
            };
            change(value);
        }
        slot.trigger.notify();
        true
    }

    /// Changes the value and tells who follows; nothing where the variable is gone.
    pub fn update(&self, change: impl FnOnce(&mut T)) {
        self.try_update(change);
    }

    /// Sets the value and tells who follows; nothing where the variable is gone.
    pub fn set(&self, value: T) {
        self.try_update(|slot| *slot = value);
    }
}

impl<T: Default + 'static> Var<T> {
    /// Reads and follows.
    pub fn with<R>(&self, read: impl FnOnce(&T) -> R) -> R {
        self.track();
        self.with_untracked(read)
    }

    /// Reads without following.
    pub fn with_untracked<R>(&self, read: impl FnOnce(&T) -> R) -> R {
        let slot = slot_of(self.item);
        let value = slot.as_ref().and_then(|slot| slot.value.try_borrow().ok());
        let missing;
        let value = if let Some(value) = value.as_ref().and_then(|value| value.downcast_ref()) {
            value
        } else {
            missing = T::default();
            &missing
        };
        read(value)
    }
}

impl<T: Default + Clone + 'static> Var<T> {
    /// A copy, followed.
    pub fn get(&self) -> T {
        self.with(T::clone)
    }

    /// A copy.
    pub fn get_untracked(&self) -> T {
        self.with_untracked(T::clone)
    }
}
