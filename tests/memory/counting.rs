//! An allocator that counts: bytes asked for and not given back, and the most there ever were.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

struct Counting;

static NOW: AtomicUsize = AtomicUsize::new(0);
static MOST: AtomicUsize = AtomicUsize::new(0);

// `realloc` is left to the trait: it asks for the new block before it gives the old one back, which
// is the worst that growing can cost.
//
// SAFETY: every call is handed on unchanged to the system's allocator.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let now = NOW.fetch_add(layout.size(), Relaxed) + layout.size();
        MOST.fetch_max(now, Relaxed);
        // SAFETY: as above.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        NOW.fetch_sub(layout.size(), Relaxed);
        // SAFETY: as above.
        unsafe { System.dealloc(block, layout) }
    }
}

#[global_allocator]
static COUNTING: Counting = Counting;

/// What was allocated since it was made.
pub struct Since(usize);

impl Since {
    /// From now on.
    pub fn now() -> Self {
        let now = NOW.load(Relaxed);
        MOST.store(now, Relaxed);
        Self(now)
    }

    /// Bytes held now beyond those of then.
    pub fn held(&self) -> usize {
        NOW.load(Relaxed).saturating_sub(self.0)
    }

    /// The most bytes that were held at once beyond those of then.
    pub fn most(&self) -> usize {
        MOST.load(Relaxed).saturating_sub(self.0)
    }
}
