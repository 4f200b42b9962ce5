// The outline as an image: the SVG as a file of its own, by a data: address, which the shipped policy allows for images.

/** Resolves when it can be drawn; rejects, with a message for the visitor, where the page's policy forbids such images. */
export async function imageOf(
  svg: SVGSVGElement,
  width: number,
  height: number,
): Promise<HTMLImageElement> {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  copy.setAttribute("width", String(width));
  copy.setAttribute("height", String(height));
  const text = new XMLSerializer().serializeToString(copy);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  try {
    await image.decode();
  } catch {
    throw new Error(
      "The outline could not be made an image of. The page's policy must allow data: in img-src.",
    );
  }
  return image;
}
