// What the pages of a visit have in common: the same answer, and when each has drawn it.

declare global {
  interface Window {
    /** When the timeline was drawn, milliseconds after the navigation; 0 until then. */
    drawnAt: number;
  }
}

/** A session of the answer, short of what charts have no use for. */
export interface Session {
  sim_sid: string;
  operator_name: string;
  start: string;
  end: string;
}

export const answer = (): Promise<Response> => fetch("answer.json");

/** The sessions of the answer, for charts that know no vendor. */
export async function sessions(): Promise<Session[]> {
  const pages = (await (await answer()).json()) as { data_sessions: Session[] }[];
  return pages.flatMap((page) => page.data_sessions);
}

/** It is drawn: the frame that shows it is on its way. */
export function drawn(): void {
  requestAnimationFrame(() => setTimeout(() => (window.drawnAt = performance.now())));
}

/** An element that fills the page. */
export function box(): HTMLElement {
  const element = document.createElement("div");
  element.style.width = "1400px";
  element.style.height = "700px";
  document.body.append(element);
  return element;
}
