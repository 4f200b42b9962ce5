// <sim-scope> in JSX of React, with the types that the package has for it.
import { createRef } from "react";
import type { SimScopeElement } from "simscope";
import type {} from "simscope/react";

const scope = createRef<SimScopeElement>();

export const shown = (
  <sim-scope
    ref={scope}
    className="wide"
    style={{ height: 400 }}
    theme="dark"
    view="timeline"
    sources={[{ provider: "kore" }]}
    onsimscope-select={({ detail }) => console.log(detail.session?.start)}
    onsimscope-range={({ detail: { from, to } }) => console.log(from, to)}
  />
);

export const refused = [
  // @ts-expect-error: no such theme
  <sim-scope theme="blue" key={1} />,
  // @ts-expect-error: the detail has no such field
  <sim-scope onsimscope-select={({ detail }) => detail.sessions} key={2} />,
];
