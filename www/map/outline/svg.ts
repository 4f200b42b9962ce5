// SVG elements, made one by one: text goes in as text, looks as attributes, so nothing depends on the page's style policy.
const SVG = "http://www.w3.org/2000/svg";

export type Attributes = Readonly<Record<string, string | number>>;

export function set(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
}

export function make<Name extends keyof SVGElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  children: readonly (Node | string)[] = [],
): SVGElementTagNameMap[Name] {
  const made = document.createElementNS(SVG, name);
  set(made, attributes);
  made.append(...children);
  return made;
}

/** A path, or nothing where there is nothing to draw. */
export function path(d: string, attributes: Attributes): SVGPathElement[] {
  return d === "" ? [] : [make("path", { d, ...attributes })];
}
