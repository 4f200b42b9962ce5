// How long a stretch on the ground is in the middle of the view.

/** The longest round length, of 1, 2, 3, 5 times a power of ten, that is not longer than `most` metres. */
export function roundLength(most: number): number {
  const power = 10 ** Math.floor(Math.log10(most));
  const digit = most / power;
  const rounded = [5, 3, 2, 1].find((step) => digit >= step) ?? 1;
  return rounded * power;
}

const MOST_PX = 104;

export class ScaleBar {
  readonly element: HTMLElement;
  readonly #numbers: Intl.NumberFormat;

  constructor(locale: string) {
    this.element = document.createElement("div");
    this.element.className = "simscope-map-scale";
    this.#numbers = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  }

  update(metresPerPixel: number): void {
    const metres = roundLength(metresPerPixel * MOST_PX);
    const text =
      metres >= 1000
        ? `${this.#numbers.format(metres / 1000)} km`
        : `${this.#numbers.format(metres)} m`;
    this.element.textContent = text;
    this.element.style.width = `${Math.round(metres / metresPerPixel)}px`;
  }
}
