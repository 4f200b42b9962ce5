// What an element shows when it can go no further: what happened, what to do, and the details to pass on.

function part<K extends keyof HTMLElementTagNameMap>(
  name: K,
  className: string,
  text: string,
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

/** The panel. `restart` is called when the visitor asks for a new start. */
export function stoppedPanel(details: string, restart: () => void): HTMLElement {
  const panel = part("section", "stopped", "");
  panel.setAttribute("role", "alert");
  const again = part("button", "button primary", "Reload this view");
  again.type = "button";
  again.addEventListener("click", restart);
  const copy = part("button", "button", "Copy details");
  copy.type = "button";
  const shown = part("pre", "stopped-details", details);
  shown.tabIndex = 0;
  copy.addEventListener("click", () => {
    navigator.clipboard?.writeText(details).then(
      () => (copy.textContent = "Copied"),
      () => select(shown),
    ) ?? select(shown);
  });
  const buttons = part("div", "stopped-buttons", "");
  buttons.append(again, copy);
  panel.append(
    part("h1", "stopped-title", "simscope stopped"),
    part(
      "p",
      "stopped-text",
      "Something in it went wrong and this view cannot go on. Reload this view; what was loaded has to be opened again.",
    ),
    buttons,
    shown,
  );
  return panel;
}

/** Where the clipboard is out of reach: mark the text, so that a key copies it. */
function select(shown: HTMLElement): void {
  shown.focus();
  getSelection()?.selectAllChildren(shown);
}
