//! What `npm run bench` measures beyond what is published: a module with the feature `bench` has it in
//! addition. The contract with the page is in `tests/bench/README.md`.

#[cfg(feature = "engine")]
mod columns;
#[cfg(feature = "engine")]
mod filter;
#[cfg(feature = "views")]
mod painter;

#[cfg(feature = "engine")]
pub use columns::BenchColumns;
#[cfg(feature = "views")]
pub use painter::BenchPainter;
