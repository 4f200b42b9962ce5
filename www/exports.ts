// What both entries of the package export beside where their files lie.
export type * from "./api/model.ts";
export { SimScopeError } from "./api/types.ts";
export type * from "./api/types.ts";
export { SimScopeElement } from "./element.ts";
export { normalize, NormalizeError } from "./normalize.ts";
export type { Normalized, NormalizeOptions } from "./normalize.ts";
export { fragmentOf, readFragment, readState } from "./view-state.ts";
export type { ReadState } from "./view-state.ts";
import type { SimScopeElement } from "./element.ts";

declare global {
  interface HTMLElementTagNameMap {
    "sim-scope": SimScopeElement;
  }
}
