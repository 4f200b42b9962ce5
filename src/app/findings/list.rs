//! The list of findings: a list box with one stop for Tab, of which only the rows in view are drawn.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::marks::severity_class;
use crate::app::resize::on_resize;
use crate::app::state::{State, use_state};
use crate::app::var::{Var, effect};
use crate::app::words;
use crate::app::zone::Zone;
use crate::engine::protocol::{Command, FindingRow, FindingsItem};
use crate::timeline::duration;

/// Height of a row in CSS pixels.
const ROW_PX: f64 = 24.0;
/// Rows are asked for in steps of so many, and as many above and below what is in view.
const STEP: u32 = 20;

/// What the list's parts share.
#[derive(Clone, Copy)]
struct Listed {
    state: State,
    element: NodeRef<leptos::html::Div>,
    height: Var<f64>,
}

impl Listed {
    fn element(self) -> Option<HtmlElement> {
        let list = self.element.try_get_untracked().flatten()?;
        list.dyn_into::<HtmlElement>().ok()
    }

    /// Asks for the rows in view.
    fn ask(self) {
        let Some(list) = self.element() else { return };
        let top = f64::from(list.scroll_top()) / ROW_PX;
        let first = (top as u32 / STEP * STEP).saturating_sub(STEP);
        let rows = (self.height.get_untracked() / ROW_PX) as u32;
        let count = (rows / STEP + 4) * STEP;
        self.state
            .ask_findings(|query| (query.first, query.count) = (first, count));
    }

    /// Brings a row into view.
    fn reveal(self, at: u32) {
        let Some(list) = self.element() else { return };
        let (top, height) = (f64::from(list.scroll_top()), self.height.get_untracked());
        let row = f64::from(at) * ROW_PX;
        if row < top {
            list.set_scroll_top(row as i32);
        } else if row + ROW_PX > top + height {
            list.set_scroll_top((row + ROW_PX - height) as i32);
        }
    }

    fn pressed(self, event: &ev::KeyboardEvent) {
        if event.alt_key() || event.ctrl_key() || event.meta_key() || event.shift_key() {
            return;
        }
        let page = (self.height.get_untracked() / ROW_PX) as i32 - 1;
        let by = match event.key().as_str() {
            "ArrowDown" => 1,
            "ArrowUp" => -1,
            "PageDown" => page.max(1),
            "PageUp" => -page.max(1),
            "Home" => i32::MIN,
            "End" => i32::MAX,
            "Enter" | " " => return self.open(event),
            _ => return,
        };
        event.prevent_default();
        self.state.command(&Command::StepFinding { by });
    }

    /// Brings the chosen one's SIM and time back into view.
    fn open(self, event: &ev::KeyboardEvent) {
        event.prevent_default();
        let chosen = self
            .state
            .findings
            .page
            .with_untracked(|page| page.detail.as_ref().map(|detail| detail.row.clone()));
        match chosen {
            Some(row) => self.state.choose_finding(&row),
            None => self.state.command(&Command::StepFinding { by: 1 }),
        }
    }
}

/// The list.
#[component]
pub fn List() -> impl IntoView {
    let state = use_state();
    let listed = Listed {
        state,
        element: NodeRef::new(),
        height: Var::default(),
    };
    effect(move || {
        let Some(list) = listed.element.get() else {
            return;
        };
        on_resize(&list, move |_, height| {
            listed.height.set(height);
            listed.ask();
        });
    });
    // What is not on screen any more need not be told.
    on_cleanup(move || state.ask_findings(|query| query.count = 0));
    let page = state.findings.page;
    let shown = Var::new(None);
    effect(move || {
        let at = page.with(|page| {
            page.detail
                .as_ref()
                .map(|detail| detail.row.key)
                .zip(page.chosen_at)
        });
        if at != shown.get_untracked() {
            shown.set(at);
            if let Some((_, at)) = at {
                listed.reveal(at);
            }
        }
    });
    let height = move || words::px(page.with(|page| f64::from(page.total)) * ROW_PX);
    let chosen = move || {
        let chosen = state.findings.query.with(|query| query.chosen);
        let is_drawn = page.with(|page| {
            let mut rows = page.rows.iter();
            rows.any(|item| matches!(item, FindingsItem::Finding(row) if Some(row.key) == chosen))
        });
        chosen.filter(|_| is_drawn).map(id_of)
    };
    view! {
        <div
            class="findings-list keeps-arrows"
            role="listbox"
            aria-label="Findings"
            tabindex="0"
            aria-activedescendant=chosen
            node_ref=listed.element
            on:scroll=move |_| listed.ask()
            on:keydown=move |event| listed.pressed(&event)
        >
            <div class="findings-rows" role="presentation" style:height=height>
                {move || {
                    let zone = state.zone.get();
                    page.with(|page| {
                        let total = page.total;
                        let rows = (page.first..).zip(&page.rows);
                        rows.map(|(at, item)| draw(state, (at, total), item, &zone)).collect_view()
                    })
                }}
            </div>
        </div>
    }
}

fn id_of(key: u64) -> String {
    format!("finding-{key:016x}")
}

fn draw(state: State, (at, total): (u32, u32), item: &FindingsItem, zone: &Zone) -> AnyView {
    let top = words::px(f64::from(at) * ROW_PX);
    match item {
        FindingsItem::Head { label, count } => view! {
            <div class="findings-head" role="presentation" style:top=top>
                {label.clone()}
                " "
                <span class="dim">{words::count(u64::from(*count))}</span>
            </div>
        }
        .into_any(),
        FindingsItem::Finding(row) => finding(state, top, (at, total), row.clone(), zone),
    }
}

fn finding(
    state: State,
    top: String,
    (at, total): (u32, u32),
    row: FindingRow,
    zone: &Zone,
) -> AnyView {
    let key = row.key;
    let is_chosen = move || state.findings.query.with(|query| query.chosen == Some(key));
    let (kind, severity) = (row.rule.label(), row.severity);
    let name = sims_of(&row);
    let when = words::short_instant(row.from, zone);
    let whole = format!(
        "{} to {}",
        words::instant(row.from, zone),
        words::instant(row.to, zone)
    );
    let length = duration(row.to - row.from);
    let what = row.what.clone();
    view! {
        <div
            class="finding"
            class:chosen=is_chosen
            class:muted=row.muted
            id=id_of(key)
            role="option"
            aria-selected=move || is_chosen().to_string()
            aria-posinset=(at + 1).to_string()
            aria-setsize=total.to_string()
            style:top=top
            on:click=move |_| state.choose_finding(&row)
        >
            <i class=severity_class(severity) title=severity.label() aria-hidden="true"></i>
            <span class="sr">{severity.label()}</span>
            <span class="finding-kind">{kind}</span>
            <span class="finding-sim" title=name.clone()>{name.clone()}</span>
            <span class="mono finding-when" title=whole>{when}</span>
            <span class="finding-length">{length}</span>
            <span class="dim finding-what" title=what.clone()>{what.clone()}</span>
        </div>
    }
    .into_any()
}

/// The SIM of a finding, or how many they are.
pub fn sims_of(row: &FindingRow) -> String {
    if row.lane.is_some() {
        row.name.clone()
    } else {
        words::counted(u64::from(row.sims), "SIM", "SIMs")
    }
}
