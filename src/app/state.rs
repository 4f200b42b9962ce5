//! What the page knows: the engine's last words, what is chosen, what is in view. Components read
//! signals of it and call its methods; nothing else holds state that two of them share.

mod parts;

use std::pin::Pin;
use std::sync::Arc;
use std::task::Poll;

use crate::app::var::Var;
use leptos::prelude::*;
pub use parts::*;
use web_sys::{Blob, HtmlElement};

use crate::engine::protocol::{
    Column, Command, FilterUpdate, Inspection, LabelsInfo, NewsItem, Overview, Pick, Picked,
    RowLabel, Selection, Settings, Summary, Tab, TablePage, TableQuery, Take,
};
use crate::first::Opening;
use crate::store::filter::Completions;
use crate::store::filter::line::{has_term, with_term, without_term};
use crate::timeline::Scale;

use super::base_map::BaseMap;
use super::drawing::Drawing;
use super::link::{Link, OpenAs};
use super::map_shown::MapShown;
use super::palette::Palette;
use super::zone::Zone;

/// Everything that components share. Copies are handles to the same state.
#[derive(Clone, Copy)]
pub struct State {
    link: StoredValue<Link, LocalStorage>,
    /// The element that everything is mounted in.
    pub root: StoredValue<HtmlElement, LocalStorage>,
    /// What the element was given when it started.
    pub host: StoredValue<super::host::Host, LocalStorage>,
    /// Figures over all that is loaded.
    pub summary: Var<Summary>,
    /// The last frame.
    pub shot: Var<Arc<Shot>>,
    /// The picture of the whole fleet; null where lanes are shown.
    pub fleet: Var<Option<Arc<FleetPicture>>>,
    /// Which lanes the picture of the fleet shows, as (first, count); null where lanes are shown.
    pub fleet_lanes: Var<Option<(u32, u32)>>,
    /// The overview.
    pub overview: Var<Overview>,
    /// The part of the table in view.
    pub table: Var<Option<TablePage>>,
    /// The inspector.
    pub inspection: Var<Inspection>,
    /// The map.
    pub map: Var<Option<MapShown>>,
    /// What lies under its places.
    pub base_map: Var<BaseMap>,
    /// What the last round of watching brought, the newest last.
    pub news: Var<Vec<NewsItem>>,
    /// What holds for all views.
    pub settings: Var<Settings>,
    /// What became of the last filter line.
    pub filter: Var<FilterUpdate>,
    /// What could be written at a place of a filter line.
    pub completions: Var<Completions>,
    /// What is chosen.
    pub selection: Var<Selection>,
    /// Sessions that are picked to be summed, in the order of their numbers.
    pub picked: Var<Vec<u32>>,
    /// The window on time, over the width of the timeline in CSS pixels.
    pub scale: Var<Scale>,
    /// The window was set by the visitor or a first load: new data do not move it any more.
    pub scale_is_set: Var<bool>,
    /// What of the lane list lies above the view, CSS pixels.
    pub scroll_y: Var<f32>,
    /// Height of the timeline, CSS pixels.
    pub height: Var<f64>,
    /// Which table is open.
    pub tab: Var<Tab>,
    /// Whether that table is shown, or what else.
    pub sheet: Var<Sheet>,
    /// Which pane a narrow window shows.
    pub pane: Var<Pane>,
    /// The zone that instants are shown in.
    pub zone: Var<Zone>,
    /// `light`, `dark` or `system`.
    pub theme: Var<String>,
    /// Colours as the style sheet says.
    pub palette: Var<Arc<Palette>>,
    /// Messages, the oldest first.
    pub messages: Var<Vec<Message>>,
    /// The files of labels that are in use, in the order in which they were opened.
    pub labels: Var<Vec<LabelsInfo>>,
    /// Files that name no SIM.
    pub questions: Var<Vec<Question>>,
    /// Files that are being read, by number.
    pub progress: Var<Vec<(u32, Progress)>>,
    /// Which choices of the first screen are on their way.
    pub opening: Var<Opening>,
    /// The live sources.
    pub live: Var<Vec<LiveChip>>,
    /// Which dialog is open.
    pub dialog: Var<Option<Dialog>>,
    /// What the hands are at.
    pub aim: super::aim::Aim,
    /// What is on its way to the screen.
    pub drawing: Drawing,
    /// A table that waits while the pointer is over the present one, so that no row moves away under it.
    pub table_held: Var<Option<TablePage>>,
    /// The pointer is over the table.
    pub over_table: Var<bool>,
    table_asked: Var<bool>,
    /// The report, and how it is shown.
    pub reports: super::report_sheet::Reports,
    /// Which columns each table shows.
    pub columns: Var<ColumnChoice>,
    /// What each table is ordered by, and whether from high to low; null for the timeline's order.
    pub orders: Var<[(Option<Column>, bool); 4]>,
    /// Who waits for rows of a table, by number of the request.
    taking: Var<Vec<(u32, Taking)>>,
    next_taking: Var<u32>,
    /// What the host page was told last of what is chosen: rows and span.
    pub told_choice: Var<(crate::engine::Marks, Option<[i64; 2]>)>,
    /// What the host page asked for and waits for.
    pub requests: super::requests::Requests,
    /// What stands out.
    pub findings: super::findings::FindingsState,
    /// What is needed to share the view.
    pub sharing: super::view_state::Sharing,
    /// The views that the visitor saved.
    pub saved: super::saved::SavedViews,
    /// What of simscope is shown.
    pub mode: Var<super::mode::Mode>,
    next_message: Var<u32>,
}

type Taking = Box<dyn FnOnce(TablePage)>;

impl State {
    /// The state of a fresh element.
    pub fn new(link: Link, root: HtmlElement, host: super::host::Host) -> Self {
        let theme = host.theme().unwrap_or_else(|| "system".to_owned());
        let mode = host.mode();
        let saved = super::saved::SavedViews::new(&host);
        let zone = host.zone().and_then(|name| Zone::named(&name));
        let palette = Palette::of(&root);
        Self {
            link: StoredValue::new_local(link),
            root: StoredValue::new_local(root),
            host: StoredValue::new_local(host),
            summary: Var::default(),
            shot: Var::default(),
            fleet: Var::default(),
            fleet_lanes: Var::default(),
            overview: Var::default(),
            table: Var::default(),
            inspection: Var::default(),
            map: Var::default(),
            base_map: Var::default(),
            news: Var::default(),
            settings: Var::default(),
            filter: Var::default(),
            completions: Var::default(),
            selection: Var::default(),
            picked: Var::default(),
            scale: Var::new(Scale::new(0.0, 7.0 * 86_400_000.0, 800.0)),
            scale_is_set: Var::new(false),
            scroll_y: Var::new(0.0),
            height: Var::new(400.0),
            tab: Var::default(),
            sheet: Var::default(),
            pane: Var::default(),
            zone: Var::new(zone.unwrap_or_default()),
            theme: Var::new(theme),
            palette: Var::new(Arc::new(palette)),
            messages: Var::default(),
            labels: Var::default(),
            questions: Var::new(Vec::new()),
            progress: Var::default(),
            opening: Var::default(),
            live: Var::default(),
            dialog: Var::default(),
            aim: super::aim::Aim::new(),
            drawing: Drawing::new(),
            table_held: Var::default(),
            over_table: Var::default(),
            table_asked: Var::default(),
            reports: super::report_sheet::Reports::new(),
            columns: Var::new(super::tables::usual_columns()),
            orders: Var::new(super::tables::usual_orders()),
            taking: Var::default(),
            next_taking: Var::default(),
            told_choice: Var::default(),
            requests: super::requests::Requests::new(),
            findings: super::findings::FindingsState::new(),
            sharing: super::view_state::Sharing::new(),
            saved,
            mode: Var::new(mode),
            next_message: Var::default(),
        }
    }

    /// The line to the engine.
    pub fn link(&self) -> Link {
        self.link.get_value()
    }

    /// Sends a command.
    pub fn command(&self, command: &Command) {
        self.link.with_value(|link| link.command(command));
    }

    /// Changes what holds for all views.
    pub fn set(&self, change: impl FnOnce(&mut Settings)) {
        let mut settings = self.settings.get_untracked();
        change(&mut settings);
        if settings != self.settings.get_untracked() {
            self.settings.set(settings.clone());
            self.command(&Command::Settings(settings));
        }
    }

    /// Filters by these terms, beside what the line says of other fields; a second time, not any more.
    pub fn toggle_terms(&self, terms: &[String]) {
        self.set(|settings| {
            let line = std::mem::take(&mut settings.filter);
            let all = terms.iter().all(|term| has_term(&line, term));
            let change = if all { without_term } else { with_term };
            settings.filter = terms.iter().fold(line, |line, term| change(&line, term));
        });
    }

    /// Chooses something, everywhere. What was picked is let go of.
    pub fn select(&self, selection: Selection) {
        let is_new = selection != self.selection.get_untracked();
        if is_new || self.picked.with_untracked(|picked| !picked.is_empty()) {
            self.selection.set(selection);
            self.command(&Command::Select(selection));
        }
    }

    /// Puts a session into those that are summed, or takes it out; the first one brings the chosen
    /// session with it.
    pub fn pick(&self, session: u32) {
        self.command(&Command::Pick(Pick::Toggle(session)));
    }

    /// Puts in all sessions of the table from the one picked or chosen last to this one.
    pub fn pick_through(&self, session: u32) {
        self.command(&Command::Pick(Pick::Through(session)));
    }

    /// Takes what the engine says is picked.
    pub fn take_picked(&self, picked: Picked) {
        if picked.left_out > 0 {
            self.tell(
                Tone::Warning,
                "Not all were picked",
                format!(
                    "{} found no room: {} are picked at once at most.",
                    super::words::counted(picked.left_out.into(), "session", "sessions"),
                    super::words::count(picked.sessions.len() as u64),
                ),
            );
        }
        self.picked.set(picked.sessions);
    }

    /// Narrows the filter to a value of a field; a null value is what nobody reported.
    pub fn filter_by(&self, field: &str, value: Option<&str>) {
        let term = crate::store::filter::line::term(field, value);
        self.set(|settings| settings.filter = with_term(&settings.filter, &term));
    }

    /// Chooses a session with its SIM; the span stays.
    pub fn select_session(&self, session: u32, lane: u32) {
        let span = self.selection.get_untracked().span;
        self.select(Selection {
            lane: Some(lane),
            session: Some(session),
            event: None,
            span,
        });
    }

    /// Chooses a SIM; the span stays.
    pub fn select_lane(&self, lane: u32) {
        let span = self.selection.get_untracked().span;
        self.select(Selection {
            lane: Some(lane),
            session: None,
            event: None,
            span,
        });
    }

    /// Chooses a span of time, or none.
    pub fn select_span(&self, span: Option<[i64; 2]>) {
        let selection = self.selection.get_untracked();
        self.select(Selection { span, ..selection });
    }

    /// Shows a window on time.
    pub fn show(&self, scale: Scale) {
        self.scale_is_set.set(true);
        if scale != self.scale.get_untracked() {
            self.scale.set(scale);
        }
    }

    /// Shows a table in the pane of the tables.
    pub fn show_tab(&self, tab: Tab) {
        self.tab.set(tab);
        self.sheet.set(Sheet::Table);
    }

    /// Shows a table from its top.
    pub fn ask_table(&self, query: TableQuery) {
        self.table_asked.set(true);
        self.command(&Command::Table(query));
    }

    /// Asks for rows of a table once, only for the picked ones of them if so wished; `then` gets them.
    pub fn take_rows(
        &self,
        query: TableQuery,
        picked: bool,
        then: impl FnOnce(TablePage) + 'static,
    ) {
        let request = self.next_taking.get_untracked();
        self.next_taking.set(request.wrapping_add(1));
        self.taking
            .update(|taking| taking.push((request, Box::new(then))));
        self.command(&Command::Take(Take {
            request,
            query,
            picked,
        }));
    }

    /// The rows that were asked for came.
    pub fn taken(&self, request: u32, page: TablePage) {
        let mut waits = None;
        self.taking.update(|taking| {
            let at = taking.iter().position(|(known, _)| *known == request);
            waits = at.map(|at| taking.remove(at));
        });
        if let Some((_, then)) = waits {
            then(page);
        }
    }

    /// Takes a table; one that nobody asked for waits while news would move rows under the pointer.
    pub fn take_table(&self, page: TablePage) {
        let asked = self.table_asked.get_untracked();
        self.table_asked.set(false);
        let moves =
            self.over_table.get_untracked() && self.news.with_untracked(|news| !news.is_empty());
        let held = moves && !asked;
        self.table_held.set(None);
        if held {
            // What the tabs count moves no row.
            self.table.update(|shown| {
                if let Some(shown) = shown {
                    shown.totals = page.totals;
                }
            });
        }
        let place = if held { self.table_held } else { self.table };
        place.set(Some(page));
    }

    /// The pointer came over the table, or left it.
    pub fn point_at_table(&self, over: bool) {
        self.over_table.set(over);
        if over {
            return;
        }
        let held = self.table_held.get_untracked();
        if held.is_some() {
            self.table_held.set(None);
            self.table.set(held);
        }
    }

    /// What was new was seen.
    pub fn seen(&self) {
        self.news.update(Vec::clear);
        self.command(&Command::Seen);
    }

    /// Opens a file; its number.
    pub fn open(&self, blob: Blob, options: OpenAs) -> u32 {
        let name = options.name.clone();
        let options = OpenAs {
            beside_demo: self.sharing.demo.get_untracked(),
            ..options
        };
        if options.source.is_none() {
            // Beside the demo fleet there is something else now.
            self.sharing.demo.set(false);
        }
        let document = self.link.with_value(|link| link.open(blob, options));
        self.progress.update(|progress| {
            progress.push((document, Progress { name, share: None }));
        });
        document
    }

    /// Closes a dialog, unless another one was opened since.
    pub fn close(&self, dialog: Dialog) {
        if self.dialog.get_untracked() == Some(dialog) {
            self.dialog.set(None);
        }
    }

    /// Does what has to wait. Once the views are gone it does not go on.
    pub fn spawn(self, work: impl Future<Output = ()> + 'static) {
        self.spawn_boxed(Box::pin(work));
    }

    #[inline(never)]
    fn spawn_boxed(self, mut work: Pin<Box<dyn Future<Output = ()>>>) {
        leptos::task::spawn_local(std::future::poll_fn(move |context| {
            match self.host.try_with_value(|_| ()) {
                Some(()) => work.as_mut().poll(context),
                None => Poll::Ready(()),
            }
        }));
    }

    /// Tells the visitor something.
    pub fn tell(&self, tone: Tone, title: impl Into<String>, text: impl Into<String>) {
        self.show_message(tone, title.into(), text.into(), false);
    }

    /// Tells the visitor something that holds until something is loaded.
    pub fn tell_until_loaded(&self, title: String, text: String) {
        self.show_message(Tone::Warning, title, text, true);
    }

    fn show_message(&self, tone: Tone, title: String, text: String, until_loaded: bool) {
        let id = self.next_message.get_untracked();
        self.next_message.set(id + 1);
        let message = Message {
            id,
            tone,
            title,
            text,
            until_loaded,
        };
        if tone == Tone::Bad {
            self.host
                .with_value(|host| host.failed(&message.title, &message.text));
        }
        self.messages.update(|messages| {
            // What is told again is told once.
            messages.retain(|known| (&known.title, &known.text) != (&message.title, &message.text));
            messages.push(message);
            // More than a screenful helps nobody.
            let surplus = messages.len().saturating_sub(6);
            messages.drain(..surplus);
        });
    }

    /// Forgets everything that is loaded, and every choice that was made about it.
    pub fn clear(&self) {
        self.host.with_value(super::host::Host::clear_live);
        self.link.with_value(Link::clear);
        self.set(|settings| *settings = Settings::default());
        self.selection.set(Selection::default());
        self.aim.clear();
        self.labels.update(Vec::clear);
        // Its address may hold a key.
        self.base_map.set(BaseMap::default());
        self.picked.set(Vec::new());
        self.scale_is_set.set(false);
        self.scroll_y.set(0.0);
        self.fleet_lanes.set(None);
        self.fleet.set(None);
        self.show_tab(Tab::default());
        self.pane.set(Pane::default());
        self.messages.update(Vec::clear);
        self.news.update(Vec::clear);
        self.taking.update(Vec::clear);
        // What was being read is not read to its end.
        self.progress.update(Vec::clear);
        self.opening.set(Opening::default());
        self.clear_findings();
        self.sharing.clear();
    }

    /// Identifiers of the SIMs on screen.
    pub fn on_screen(&self) -> Vec<String> {
        self.shot.with_untracked(|shot| {
            let labels = shot.labels.iter();
            let identifiers = labels.filter_map(|label| match label {
                RowLabel::Lane { identifier, .. } => Some(identifier.clone()),
                RowLabel::Group { .. } | RowLabel::Track { .. } => None,
            });
            identifiers.collect()
        })
    }

    /// Whether live sources are watched for what is new; null where there is nothing to watch.
    pub fn watching(&self) -> Option<bool> {
        self.live.with(|chips| {
            let watching = chips.iter().filter_map(|chip| chip.watching);
            watching.reduce(|one, other| one || other)
        })
    }

    /// Watches all live sources for what is new, or, where any is watched, none of them any more.
    pub fn switch_watch(&self) {
        let on = !leptos::prelude::untrack(|| self.watching()).unwrap_or(false);
        self.host.with_value(|host| host.watch_live(on));
    }

    /// Whether a file is being read.
    pub fn is_reading(&self) -> bool {
        !self.progress.with_untracked(Vec::is_empty)
    }

    /// Whether anything was read.
    pub fn is_loaded(&self) -> bool {
        self.summary.track();
        self.is_loaded_untracked()
    }

    /// The same, without following it.
    pub fn is_loaded_untracked(&self) -> bool {
        // A file of which nothing could be read leads nowhere: its message is shown where the visitor is.
        let has_read = |summary: &Summary| summary.sources.iter().any(|source| source.records > 0);
        self.summary.with_untracked(has_read)
    }
}

/// The state, anywhere below the root component.
pub fn use_state() -> State {
    expect_context::<State>()
}
