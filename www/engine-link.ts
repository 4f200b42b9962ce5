// The page's end of the line to an engine, wherever it runs.
import type { Assets } from "./assets.ts";
import { pagePace } from "./engine-host.ts";
import { engine } from "./engine-part.ts";
import { startEngine } from "./engine-start.ts";
import type { FromEngine, FromWorker, StartEngine, ToEngine } from "./messages.ts";

export interface EngineLink {
  send(message: ToEngine, transfer: Transferable[]): void;
  /** Ends the engine and frees its memory. */
  close(): void;
}

type Receive = (message: FromEngine) => void;

/** A link through a worker. Rejects when the worker may not start or its script cannot be loaded. */
function throughWorker(
  worker: Worker,
  module: WebAssembly.Module,
  receive: Receive,
): Promise<EngineLink> {
  return new Promise((resolve, reject) => {
    // Before the script runs, an error event is all a browser says of a refused or missing worker.
    worker.onerror = (event) => {
      event.preventDefault();
      worker.terminate();
      reject(new Error(event.message || "its script could not be loaded"));
    };
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      if (data.type !== "ready") return receive(data);
      worker.onerror = (event) => {
        event.preventDefault();
        receive({ type: "failed", message: event.message });
      };
      const start: StartEngine = { type: "start", module };
      worker.postMessage(start);
      resolve({
        send: (message, transfer) => worker.postMessage(message, transfer),
        close: () => worker.terminate(),
      });
    };
  });
}

/** An engine on this page, in short slices, behind a channel that behaves as a worker does. */
function onThisPage(assets: Assets, module: WebAssembly.Module, receive: Receive): EngineLink {
  const { port1, port2 } = new MessageChannel();
  let stop: (() => void) | undefined;
  let closed = false;
  port1.onmessage = ({ data }: MessageEvent<FromEngine>) => receive(data);
  // A port holds its messages until `onmessage` is set, so nothing is lost before the engine stands.
  startEngine(module, port2, pagePace, (name) => assets.read(name)).then(
    (end) => {
      stop = end;
      if (closed) end();
    },
    (error: unknown) => receive({ type: "failed", message: String(error) }),
  );
  return {
    send: (message, transfer) => port1.postMessage(message, transfer),
    close: () => {
      closed = true;
      stop?.();
      port1.close();
      port2.close();
    },
  };
}

async function startLink(
  assets: Assets,
  receive: Receive,
  isClosed: () => boolean,
): Promise<EngineLink> {
  const module = await assets.module(engine.file);
  try {
    const worker = assets.worker();
    if (worker) return await throughWorker(worker, module, receive);
  } catch (error) {
    if (!isClosed()) {
      console.warn(
        `simscope: no worker could be started, so the page does its work: ${String(error)}`,
      );
    }
  }
  return onThisPage(assets, module, receive);
}

/**
 * An engine in a worker of its own, or on this page where no worker can start. It is fetched and started with the first
 * message; messages sent before it stands wait.
 */
export function linkEngine(assets: Assets, receive: Receive): EngineLink {
  const waiting: [ToEngine, Transferable[]][] = [];
  let link: EngineLink | undefined;
  let starting = false;
  let closed = false;
  const start = () => {
    starting = true;
    startLink(assets, receive, () => closed).then(
      (started) => {
        if (closed) return started.close();
        link = started;
        for (const [message, transfer] of waiting.splice(0)) link.send(message, transfer);
      },
      (error: unknown) => receive({ type: "failed", message: String(error) }),
    );
  };
  return {
    send: (message, transfer) => {
      if (link) return link.send(message, transfer);
      waiting.push([message, transfer]);
      if (!starting && !closed) start();
    },
    close: () => {
      closed = true;
      waiting.length = 0;
      link?.close();
    },
  };
}
