// Documents on their way into the storage and out of it: compressed where the browser can, and known by their content.

type Bytes = Uint8Array<ArrayBuffer>;

const gzip = [0x1f, 0x8b] as const;

async function through(bytes: Bytes, stream: CompressionStream | DecompressionStream) {
  const piped = new Blob([bytes]).stream().pipeThrough(stream);
  return new Uint8Array(await new Response(piped).arrayBuffer());
}

/** The bytes as they are kept. A browser that cannot compress keeps them as they are. */
export async function packed(bytes: Bytes): Promise<Bytes> {
  return typeof CompressionStream === "undefined"
    ? bytes
    : through(bytes, new CompressionStream("gzip"));
}

/** What was kept, as it was. JSON does not begin as gzip does. */
export async function unpacked(kept: Bytes): Promise<Bytes> {
  const isPacked = gzip.every((byte, at) => kept[at] === byte);
  return isPacked ? through(kept, new DecompressionStream("gzip")) : kept;
}

/** SHA-256 of some bytes, in hexadecimal digits. */
export async function sha256(bytes: Bytes): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** By what a document is known: the question that it answers, the SIM that it is about, and all of its text. */
export async function contentHash(
  { question, options }: { question: string; options: { sim?: string } },
  text: Bytes,
): Promise<string> {
  const head = new TextEncoder().encode(`${JSON.stringify([question, options.sim ?? null])}\n`);
  const all = new Uint8Array(head.length + text.length);
  all.set(head);
  all.set(text, head.length);
  return sha256(all);
}

/** What a source is known by: the vendor, the address, and the name of the account, which is no secret. */
export async function sourceId(provider: string, place: string, account: string): Promise<string> {
  const text = JSON.stringify(["simscope", provider, place, account]);
  return (await sha256(new TextEncoder().encode(text))).slice(0, 32);
}
