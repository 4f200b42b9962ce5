// Where the focus is inside one element, to put it on the same control when what is mounted there is replaced by its like.

/** What can have the focus on the first screen beside the whole of it: the views' own first screen has the same, in the same order. */
const controls = "button, input";

const all = (app: Element): Element[] => [app, ...app.querySelectorAll(controls)];

const rootOf = (mount: HTMLElement): ShadowRoot | undefined => {
  const root = mount.getRootNode();
  return root instanceof ShadowRoot ? root : undefined;
};

/** The number of the control that has the focus, 0 for the whole screen; undefined where the focus is not inside. */
export function focusedControl(mount: HTMLElement): number | undefined {
  const focused = rootOf(mount)?.activeElement;
  const app = focused?.closest(".app");
  if (!focused || !app) return undefined;
  return Math.max(0, all(app).indexOf(focused));
}

/** Whether something of the page outside of the element has the focus. */
export function focusIsElsewhere(mount: HTMLElement): boolean {
  const host = rootOf(mount)?.host;
  const around = host?.getRootNode();
  const focused =
    around instanceof Document || around instanceof ShadowRoot ? around.activeElement : null;
  return focused !== null && focused !== host && focused !== document.body;
}

/** Gives the focus to the control of that number. */
export function putFocus(mount: HTMLElement, at: number): void {
  const app = mount.querySelector(".app");
  const control = app ? all(app)[at] : undefined;
  if (control instanceof HTMLElement) control.focus({ preventScroll: true });
}
