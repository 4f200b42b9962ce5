//! The table itself: a line for each command, in the order of the lists. A new command is one line
//! here and one in `app::commands`, where the compiler asks for it.

use super::{Entry, Group, Need};

macro_rules! table {
    ($($group:ident { $($id:ident $name:literal $label:literal [$($key:literal),*] $need:ident;)* })*) => {
        /// Every command.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Id {
            $($(#[doc = $label] $id,)*)*
        }

        /// All commands, in the order of the lists.
        pub const COMMANDS: &[Entry] = &[
            $($(Entry {
                id: Id::$id,
                name: $name,
                label: $label,
                group: Group::$group,
                keys: &[$($key),*],
                need: Need::$need,
            },)*)*
        ];
    };
}

table! {
    Time {
        ZoomIn "zoom-in" "Zoom in" ["w", "+", "="] Data;
        ZoomOut "zoom-out" "Zoom out" ["s", "-"] Data;
        MoveBack "move-back" "Move back in time" ["a", "arrowleft"] Data;
        MoveForward "move-forward" "Move forward in time" ["d", "arrowright"] Data;
        Focus "focus" "Show the chosen session or span" ["f"] Data;
        Fit "fit" "Show all that is loaded" ["0"] Data;
        GoTo "go-to" "Go to a time…" ["g"] Data;
        RangeBack "range-back" "Back to the range before" ["alt+arrowleft", "["] Before;
        RangeForward "range-forward" "Forward to the range after" ["alt+arrowright", "]"] After;
        Measure "measure" "Measure between two points" ["m"] Data;
        LastDay "last-day" "Show the last 24 hours" [] Data;
        LastWeek "last-week" "Show the last 7 days" [] Data;
        LastMonth "last-month" "Show the last 30 days" [] Data;
    }
    Lanes {
        NextSim "next-sim" "Next SIM" ["arrowdown"] Data;
        PreviousSim "previous-sim" "Previous SIM" ["arrowup"] Data;
        PageDown "page-down" "A screenful of SIMs down" ["pagedown"] Data;
        PageUp "page-up" "A screenful of SIMs up" ["pageup"] Data;
        FirstSim "first-sim" "First SIM" ["home"] Data;
        LastSim "last-sim" "Last SIM" ["end"] Data;
        FoldGroup "fold-group" "Fold or unfold the group of the chosen SIM" ["x"] Sim;
        FoldAll "fold-all" "Fold all groups" [] Groups;
        UnfoldAll "unfold-all" "Unfold all groups" [] Groups;
        OpenLane "open-lane" "Open the chosen SIM into rows, or close it" ["e"] Sim;
        PinLane "pin-lane" "Keep the chosen SIM at the top, or let it go" ["p"] Sim;
        LeaveOut "leave-out" "Leave the chosen SIM out of the list" ["h"] Sim;
        BringBack "bring-back" "Bring back the SIMs that were left out" [] LeftOut;
        AllAtOnce "all-at-once" "All SIMs at once, or one by one" ["l"] Data;
        TallerLanes "taller-lanes" "Taller lanes" ["alt+arrowdown"] Data;
        LowerLanes "lower-lanes" "Lower lanes" ["alt+arrowup"] Data;
        GroupByCountry "group-by-country" "Group by country" [] Data;
        GroupByVendor "group-by-vendor" "Group by vendor" [] Data;
        GroupByOperator "group-by-operator" "Group by operator" [] Data;
        GroupByTag "group-by-tag" "Group by tag" [] Data;
        GroupByDevice "group-by-device" "Group by device" [] Data;
        GroupByGroup "group-by-group" "Group by group of your labels" [] Data;
        GroupByNone "group-by-none" "Do not group" [] Data;
        SortByName "sort-by-name" "Sort by name" [] Data;
        SortByOffline "sort-by-offline" "Sort by offline longest" [] Data;
        SortBySeen "sort-by-seen" "Sort by last seen" [] Data;
        SortBySessions "sort-by-sessions" "Sort by sessions" [] Data;
        SortByTraffic "sort-by-traffic" "Sort by traffic" [] Data;
    }
    Selection {
        NextSession "next-session" "Next session of the chosen SIM" ["."] Sim;
        PreviousSession "previous-session" "Previous session of the chosen SIM" [","] Sim;
        ChooseRange "choose-range" "Choose the range in view as a span" ["v"] Data;
        ChooseSession "choose-session" "Choose the time of the session as a span" ["b"] Session;
        CopyIccid "copy-iccid" "Copy the ICCID" ["c"] Iccid;
        CopyImei "copy-imei" "Copy the IMEI" [] Imei;
        CopySessionId "copy-session-id" "Copy the session id" [] SessionId;
        Clear "clear-selection" "Clear the selection, the marks and the measuring" ["escape"] Data;
    }
    View {
        Palette "palette" "Find a command…" ["ctrl+k"] Nothing;
        Keys "keys" "Show keys and gestures" ["?"] Nothing;
        Find "find" "Filter" ["/"] Data;
        GoToTimeline "go-to-timeline" "Go to the timeline" [] Data;
        GoToInspector "go-to-inspector" "Go to the inspector" [] Data;
        GoToTables "go-to-tables" "Go to the tables" [] Data;
        TableSims "table-sims" "Table of SIMs" [] Data;
        TableSessions "table-sessions" "Table of sessions" [] Data;
        TableEvents "table-events" "Table of events" [] Data;
        TableUsage "table-usage" "Table of usage" [] Data;
        Report "report" "Report" [] Data;
        Findings "findings" "Findings" [] Data;
        ColourByRadio "colour-by-radio" "Colour by radio" [] Data;
        ColourByOperator "colour-by-operator" "Colour by operator" [] Data;
        ColourByCountry "colour-by-country" "Colour by country" [] Data;
        ColourByVendor "colour-by-vendor" "Colour by vendor" [] Data;
        BaseMap "base-map" "Base map…" [] Data;
        CopyLink "copy-link" "Copy a link to this view" ["y"] Link;
        Views "views" "Views…" ["q"] Data;
        ZoneUtc "zone-utc" "Show times in UTC" [] Nothing;
        ZoneLocal "zone-local" "Show times in the local time zone" [] Nothing;
        ThemeLight "theme-light" "Light theme" [] Nothing;
        ThemeDark "theme-dark" "Dark theme" [] Nothing;
        ThemeSystem "theme-system" "Theme of the system" [] Nothing;
    }
    Data {
        OpenFiles "open-files" "Open files…" ["o"] Nothing;
        OpenDemo "open-demo" "Open the demo fleet" [] Nothing;
        SaveCase "save-case" "Save a case…" ["ctrl+s"] Data;
        Labels "labels" "Labels…" [] Data;
        Connect "connect" "Connect a provider…" [] Nothing;
        Watch "watch" "Watch live sources for what is new, or no longer" [] Live;
        KeptHistory "history" "Kept history…" [] Nothing;
        Locate "locate" "Ask a service where cells stand…" [] Data;
        ClearData "clear-data" "Forget everything that is loaded" [] Data;
    }
}

/// What hands do on the timeline: (how, what).
pub const GESTURES: [(&str, &str); 16] = [
    ("Wheel", "scroll the lanes"),
    ("Ctrl + wheel", "zoom at the pointer"),
    ("Shift + wheel, sideways wheel", "move in time"),
    ("Drag", "choose a span; its edges snap to sessions"),
    ("Alt + drag", "choose a span without snapping"),
    ("Drag an edge of the span", "move that edge"),
    ("Shift + drag, middle button", "move in time"),
    ("Click", "choose a session, an event or a SIM"),
    ("Ctrl + click a session", "sum it with others, or no longer"),
    ("Double click", "zoom in"),
    ("Tap", "choose, on a touch screen"),
    ("One finger", "scroll the lanes, or sideways: move in time"),
    ("Two fingers", "zoom and move in time, as under the fingers"),
    ("Long press, then drag", "choose a span with one finger"),
    ("Click on the range", "go to a time"),
    ("Shift + drag on the map", "filter to what was in an area"),
];
