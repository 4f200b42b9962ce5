// The engine's message on the map, read a piece in each task: there may be 100,000 places.
import { nextTask } from "./turns.ts";
import type { MapData, MapMessage, Place } from "./types.ts";

/** Rejects with the signal's reason where that ends it before all is read. */
export async function readMessage(message: MapMessage, signal?: AbortSignal): Promise<MapData> {
  const decoder = new TextDecoder();
  const places: Place[] = [];
  for (const piece of message.pieces) {
    for (const place of JSON.parse(decoder.decode(piece)) as Place[]) places.push(place);
    await nextTask();
    signal?.throwIfAborted();
  }
  const rest = JSON.parse(message.rest) as Omit<MapData, "places">;
  return { ...rest, places };
}
