// The names of networks by MCC and MNC: a file of simscope, fetched when an engine asks for it.

/** Fetches a file of simscope by its name. */
export type Read = (name: string) => Promise<Response>;

let told = false;

/** Says once why networks go by their codes: nothing else is missing. */
export function tellNoNames(why: string): void {
  if (told) return;
  told = true;
  console.warn(
    `simscope: networks that a vendor does not name are shown as MCC and MNC, because networks.txt could not be had: ${why}.`,
  );
}

/** The file's bytes; undefined where it cannot be had. Of several elements on a page the browser's cache serves the later ones. */
export async function fetchNetworkNames(read: Read): Promise<Uint8Array | undefined> {
  try {
    const response = await read("networks.txt");
    if (!response.ok) throw new Error(`the server answered ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
  } catch (error) {
    tellNoNames(error instanceof Error ? error.message : String(error));
    return undefined;
  }
}
