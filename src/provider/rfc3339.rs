//! The instants of one record that its vendor writes as RFC 3339 text.

use super::json::{Str, text};
use super::{ReadError, Rows};
use crate::model::{Instant, Warning};

/// Reads the instants of one record and remembers whether one of them had no zone.
#[derive(Debug, Default)]
pub(super) struct Instants {
    zoneless: Option<&'static str>,
}

impl Instants {
    /// The instant of a field; null where the field is null, absent or empty. Without a zone it is
    /// taken as UTC.
    ///
    /// # Errors
    ///
    /// [`ReadError::Bad`] for any other text.
    pub fn read(
        &mut self,
        field: &'static str,
        value: Option<Str<'_>>,
    ) -> Result<Option<Instant>, ReadError> {
        let Some(value) = text(value) else {
            return Ok(None);
        };
        let (instant, zoneless) = Instant::from_rfc3339_or_zoneless(&value)
            .ok_or_else(|| ReadError::bad(field, "no date and time in RFC 3339 form"))?;
        if zoneless {
            self.zoneless.get_or_insert(field);
        }
        Ok(Some(instant))
    }

    /// Warns once for the record if a zone was missing.
    pub fn warn(&self, rows: &mut dyn Rows) {
        if let Some(field) = self.zoneless {
            rows.warning(Warning {
                field: Some(field.to_owned()),
                ..Warning::new("zone_missing", "a time without a zone was taken as UTC")
            });
        }
    }
}
