// The worker of one element: says that it runs, waits for the compiled module, then drives its engine.
import { workerPace } from "./engine-host.ts";
import { startEngine, type Port } from "./engine-start.ts";
import type { FromWorker, StartEngine } from "./messages.ts";

type WorkerScope = Omit<Port, "postMessage"> & {
  postMessage(message: FromWorker, transfer: Transferable[]): void;
};
/** Files of simscope lie beside this script. */
const readBeside = (name: string) => fetch(new URL(name, import.meta.url));

const scope = globalThis as unknown as WorkerScope;

// What comes while the instance is being made is kept in order until the host takes over.
const early: MessageEvent[] = [];

scope.onmessage = ({ data }: MessageEvent<StartEngine>) => {
  scope.onmessage = (event) => early.push(event);
  startEngine(data.module, scope, workerPace, readBeside).then(
    () => {
      for (const event of early.splice(0)) scope.onmessage?.(event);
    },
    (error: unknown) => scope.postMessage({ type: "failed", message: String(error) }, []),
  );
};

scope.postMessage({ type: "ready" }, []);
