// Lets TypeScript know <sim-scope> in JSX: `import type {} from "simscope/react"` once, in any file. React sets what the element
// has a property for as a property, and listens to its events by `on` and their names.
import type { DetailedHTMLProps, HTMLAttributes } from "react";
import type { SimScopeElement, SimScopeEventMap, Source, When } from "simscope";

type Listeners = {
  [Type in keyof SimScopeEventMap as `on${Type}`]?: (event: SimScopeEventMap[Type]) => void;
};

interface Properties {
  theme?: "light" | "dark" | "system";
  zone?: string;
  view?: "full" | "timeline" | "map" | "table";
  chrome?: "full" | "none";
  filter?: string;
  sources?: Source[];
  range?: { from: When; to: When } | null;
  link?: ((fragment: string) => string) | null;
}

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "sim-scope": DetailedHTMLProps<HTMLAttributes<SimScopeElement>, SimScopeElement> &
        Properties &
        Listeners;
    }
  }
}
