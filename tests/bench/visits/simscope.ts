// <sim-scope> in a page that hands it the answer.
import type { SimScopeElement } from "../../../www/element.ts";
import { answer, drawn } from "./told.ts";

const element = document.querySelector("sim-scope") as SimScopeElement;
await customElements.whenDefined("sim-scope");
await element.load(await answer());
drawn();
