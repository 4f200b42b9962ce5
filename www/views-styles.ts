// What the views alone need of styles: the first screen does without, so they come with the views.
import findingsCss from "./findings.css";
import fleetCss from "./fleet.css";
import labelsCss from "./labels.css";
import reportCss from "./report.css";
import savedCss from "./saved.css";

let sheets: CSSStyleSheet[] | undefined;

/** One set of sheets for all elements of the page. */
function styleSheets(): CSSStyleSheet[] {
  sheets ??= [fleetCss, findingsCss, labelsCss, reportCss, savedCss].map((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    return sheet;
  });
  return sheets;
}

/** Puts them into the shadow root that `mount` lies in, where they are not. */
export function adoptViewsStyles(mount: HTMLElement): void {
  const root = mount.getRootNode();
  if (!(root instanceof ShadowRoot)) return;
  const adopted = root.adoptedStyleSheets;
  root.adoptedStyleSheets = [
    ...adopted,
    ...styleSheets().filter((sheet) => !adopted.includes(sheet)),
  ];
}
