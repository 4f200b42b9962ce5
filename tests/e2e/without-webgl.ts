/** As in a browser without WebGL: the map is then drawn as an outline, which costs little. Runs inside the page, before it. */
export function withoutWebGl(): void {
  const getContext = HTMLCanvasElement.prototype.getContext;
  HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, kind: string) {
    return kind.startsWith("webgl") ? null : getContext.call(this, kind);
  } as typeof getContext;
  Reflect.deleteProperty(OffscreenCanvas.prototype, "getContext");
}
