//! A reactive variable. Leptos's own signals compile to several kilobytes for every type that they
//! hold; here only the few lines that touch the value depend on its type, and all variables share
//! the rest. Lives as long as the component (or the root) that made it.

use std::any::Any;
use std::cell::RefCell;
use std::marker::PhantomData;
use std::rc::Rc;

use leptos::prelude::{ArcTrigger, GetValue, LocalStorage, Notify, StoredValue, Track};

struct Inner<T> {
    value: RefCell<T>,
    trigger: ArcTrigger,
}

/// A value that views and effects follow. Copies are handles to the same value. What is gone (its
/// component was unmounted) reads as the default and cannot be set.
pub struct Var<T> {
    item: StoredValue<Rc<dyn Any>, LocalStorage>,
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
        let inner: Rc<dyn Any> = Rc::new(Inner {
            value: RefCell::new(value),
            trigger: ArcTrigger::new(),
        });
        Self {
            item: StoredValue::new_local(inner),
            of: PhantomData,
        }
    }

    fn inner(&self) -> Option<Rc<Inner<T>>> {
        self.item.try_get_value()?.downcast().ok()
    }

    /// Reads without following; null when the variable is gone.
    pub fn try_with_untracked<R>(&self, read: impl FnOnce(&T) -> R) -> Option<R> {
        let inner = self.inner()?;
        let value = inner.value.try_borrow().ok()?;
        Some(read(&value))
    }

    /// Follows the variable.
    pub fn track(&self) {
        if let Some(inner) = self.inner() {
            inner.trigger.track();
        }
    }

    /// Changes the value and tells who follows. False when the variable is gone.
    pub fn try_update(&self, change: impl FnOnce(&mut T)) -> bool {
        let Some(inner) = self.inner() else {
            return false;
        };
        match inner.value.try_borrow_mut() {
            Ok(mut value) => change(&mut value),
            Err(_) => return false,
        }
        inner.trigger.notify();
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
        match self.inner() {
            Some(inner) => match inner.value.try_borrow() {
                Ok(value) => read(&value),
                Err(_) => read(&T::default()),
            },
            None => read(&T::default()),
        }
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
