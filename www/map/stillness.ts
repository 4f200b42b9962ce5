// Keeps the library from painting a map while it is told much: each picture of half of it costs as much as one of all.
import type { Map as LibreMap } from "maplibre-gl";

/** What takes longer is shown as it comes. */
const LONGEST_MS = 2000;
/** How often it is looked whether what was told is there. */
const LOOK_MS = 50;

export class Stillness {
  readonly #map: LibreMap;
  readonly #repaint: () => void;
  #since: number | null = null;
  #isWanted = false;
  #look: ReturnType<typeof setTimeout> | undefined;

  constructor(map: LibreMap) {
    this.#map = map;
    this.#repaint = map.triggerRepaint.bind(map);
    map.triggerRepaint = () => {
      // A map that is moved by hand is painted, whatever else goes on.
      if (this.#since === null || map.isMoving()) this.#repaint();
      else this.#isWanted = true;
    };
    map.once("remove", () => clearTimeout(this.#look));
  }

  /** Much is told from now on; `isTold` says when that is over. */
  begin(isTold: () => boolean): void {
    this.#since = performance.now();
    clearTimeout(this.#look);
    const look = (): void => {
      const waited = performance.now() - (this.#since ?? 0);
      const isThere = isTold() && this.#map.areTilesLoaded();
      if (isThere || waited > LONGEST_MS) this.#end();
      else this.#look = setTimeout(look, LOOK_MS);
    };
    this.#look = setTimeout(look, LOOK_MS);
  }

  #end(): void {
    this.#since = null;
    if (this.#isWanted) this.#repaint();
    this.#isWanted = false;
  }
}
