// What a host page hands in, as a Blob and a name. Blobs are read by the engine in pieces, wherever they lie.
import { SimScopeError, type Input } from "./api/types.ts";

export interface Document {
  blob: Blob;
  name: string;
}

/** Takes it over. Rejects with a message for the developer. `name` is what to call it; a file's own name goes before the usual one. */
export async function documentOf(input: Input, name: string | undefined): Promise<Document> {
  if (input instanceof Response) return ofResponse(input, name);
  if (input instanceof ReadableStream) {
    return { blob: await new Response(input).blob(), name: name ?? "answer" };
  }
  if (input instanceof Blob) {
    const own = input instanceof File ? input.name : "answer";
    return { blob: input, name: name ?? own };
  }
  const isBytes = input instanceof ArrayBuffer || ArrayBuffer.isView(input);
  const part =
    isBytes || typeof input === "string" ? (input as string | ArrayBuffer) : parsedText(input);
  return { blob: new Blob([part]), name: name ?? "answer" };
}

async function ofResponse(response: Response, name: string | undefined): Promise<Document> {
  if (!response.ok) {
    throw new SimScopeError(
      "bad_status",
      `The server answered ${response.status}, so there is nothing to load. Load answers of status 200.`,
    );
  }
  if (response.bodyUsed) {
    throw new SimScopeError("body_used", "The answer's body was read already. Load a clone of it.");
  }
  // Without the query, which may hold an identifier or a token.
  const last = response.url ? new URL(response.url).pathname.split("/").pop() : "";
  return { blob: await response.blob(), name: name ?? (last || "answer") };
}

function parsedText(input: unknown): string {
  let text;
  try {
    text = JSON.stringify(input) as string | undefined;
  } catch (error) {
    throw new SimScopeError("not_json", `The value cannot be written as JSON: ${String(error)}`);
  }
  if (text === undefined) {
    throw new SimScopeError(
      "not_json",
      "load takes a file, bytes, text, a stream, a Response, or JSON that was parsed.",
    );
  }
  return text;
}
