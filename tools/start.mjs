// `npm start`: builds what is out of date and serves it until Ctrl+C.
import { build } from "./build.mjs";
import { main, ToolError } from "./run.mjs";
import { serve, serveUntilStopped } from "./serve.mjs";

/** The port from the environment variable PORT, else 8080. */
function chosenPort() {
  const text = process.env.PORT || "8080";
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new ToolError(`PORT is "${text}", which is not a port number (0 to 65535).`);
  }
  return port;
}

await main(async () => {
  const port = chosenPort();
  // A taken port is told at once, not after minutes of building.
  await (await serve({ port })).close();
  await build();
  const url = await serveUntilStopped({ port });
  console.log(`\nsimscope is at ${url} (Ctrl+C stops it)`);
});
