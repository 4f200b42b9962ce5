// What index.html alone does, because it owns the page: its title and what it remembers between visits. A page of
// somebody else's that embeds <sim-scope> does not load this file.
//
// It listens to events of <sim-scope>. Both bubble and are composed; one that never comes, or lacks a field, changes
// nothing.
//
// - `simscope-status`, detail `{ title?: string }`: what is shown, in a few words without secrets. It goes before the
//   page's name in the title; an empty one, or that name itself, leaves it alone.
// - `simscope-state`, detail `{ state }`: the view without the data. The address's fragment holds it, so that the address can be
//   shared, and a tab that is loaded anew shows the same view once the same data are there.
// - `simscope-settings`, detail `{ theme?: "light" | "dark" | "system" | null, zone?: string | null }`: what the visitor
//   chose; `zone` is `UTC`, `local` or a name of the IANA database. Each field that is there is remembered; null, and the
//   theme "system", forget it. At the next visit the attributes `theme` and `zone` are set from it.
// - `simscope-views`, detail `{ views, start }`: the visitor changed the saved views, which are kept in this browser. Where that cannot
//   be done, the event's default is prevented, and the element tells it.
import "./simscope.ts";
import { LinkedView } from "./page-link.ts";
import { rememberSettings, restoreSettings } from "./page-settings.ts";
import { KeptViews } from "./page-views.ts";

const pageName = document.title;

function detailOf(event: Event): unknown {
  return event instanceof CustomEvent ? event.detail : undefined;
}

function showTitle(detail: unknown): void {
  if (typeof detail !== "object" || detail === null || !("title" in detail)) return;
  if (typeof detail.title !== "string") return;
  const title = detail.title.trim();
  document.title = title && title !== pageName ? `${title} – ${pageName}` : pageName;
}

for (const element of document.querySelectorAll("sim-scope")) restoreSettings(element);
const shown = document.querySelector("sim-scope");
const linked = shown && new LinkedView(shown);
const kept = shown && new KeptViews(shown);
document.addEventListener("simscope-state", (event) => linked?.changed(detailOf(event)));
document.addEventListener("simscope-status", (event) => {
  showTitle(detailOf(event));
  linked?.counted(detailOf(event));
});
document.addEventListener("simscope-settings", (event) => rememberSettings(detailOf(event)));
document.addEventListener("simscope-views", (event) => kept?.changed(event));
