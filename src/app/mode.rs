//! How much of simscope an element shows: all of it, or one view, and with or without what surrounds the views.

/// What an element shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Only {
    /// Timeline, map and tables.
    #[default]
    All,
    /// The timeline.
    Timeline,
    /// The map.
    Map,
    /// The tables.
    Table,
}

/// What an element shows, and whether with bars and panels around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Mode {
    /// Which views.
    pub only: Only,
    /// No bar, no overview, no inspector and no first screen: what is loaded is the host page's affair.
    pub bare: bool,
}

impl Mode {
    /// By the attributes `view` and `chrome`; what they do not know is as if it were missing.
    pub fn named(view: &str, chrome: &str) -> Self {
        let only = match view {
            "timeline" => Only::Timeline,
            "map" => Only::Map,
            "table" => Only::Table,
            _ => Only::All,
        };
        Self {
            only,
            bare: chrome == "none",
        }
    }

    /// The attribute `view` of it, for the style sheet.
    pub fn name(self) -> &'static str {
        match self.only {
            Only::All => "full",
            Only::Timeline => "timeline",
            Only::Map => "map",
            Only::Table => "table",
        }
    }

    /// Whether a view is among those shown.
    pub fn shows(self, view: Only) -> bool {
        self.only == Only::All || self.only == view
    }
}
