// What index.html alone does, because it owns the page: its title and what it remembers between visits. A page of
// somebody else's that embeds <sim-scope> does not load this file.
//
// It listens to two events of <sim-scope>. Both bubble and are composed; one that never comes, or lacks a field, changes
// nothing.
//
// - `simscope-status`, detail `{ title?: string }`: what is shown, in a few words without secrets. It goes before the
//   page's name in the title; an empty one, or that name itself, leaves it alone.
// - `simscope-settings`, detail `{ theme?: "light" | "dark" | "system" | null, zone?: string | null }`: what the visitor
//   chose; `zone` is `UTC`, `local` or a name of the IANA database. Each field that is there is remembered; null, and the
//   theme "system", forget it. At the next visit the attributes `theme` and `zone` are set from it.
import "./simscope.ts";
import { rememberSettings, restoreSettings } from "./page-settings.ts";

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
document.addEventListener("simscope-status", (event) => showTitle(detailOf(event)));
document.addEventListener("simscope-settings", (event) => rememberSettings(detailOf(event)));
