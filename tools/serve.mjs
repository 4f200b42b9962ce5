// Serves dist/ on this machine alone, with the headers that a host should send: the rules of dist/_headers, as hosts that read
// that file apply them.
import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import path from "node:path";
import { headersOf, readRules } from "./headers.mjs";
import { dist as defaultDist } from "./paths.mjs";
import { ToolError } from "./run.mjs";

const host = "127.0.0.1";
const types = {
  ".css": "text/css; charset=utf-8",
  ".geojson": "application/geo+json",
  ".gz": "application/gzip",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".mjs": "text/javascript; charset=utf-8",
  ".ndjson": "application/x-ndjson",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
};

/** The policy with the origins among what the page may connect to; without a rule of its own, connecting follows `default-src`. */
function allowConnecting(policy, origins) {
  const rules = policy.split(";").map((rule) => rule.trim().split(/\s+/));
  const named = (name) => rules.find(([first]) => first.toLowerCase() === name);
  let rule = named("connect-src");
  if (!rule) {
    const fallback = named("default-src");
    if (!fallback) return policy;
    rules.push((rule = ["connect-src", ...fallback.slice(1)]));
  }
  rule.splice(1, rule.length, ...rule.slice(1).filter((source) => source !== "'none'"), ...origins);
  return rules.map((words) => words.join(" ")).join("; ");
}

/** The path of a request below `base`, with a slash before it, or null when it is none or is not below. */
function pathBelow(base, url) {
  try {
    const name = decodeURIComponent(new URL(url, "http://host").pathname);
    return name.startsWith(base) ? name.slice(base.length - 1) : null;
  } catch {
    return null;
  }
}

/** The file that such a path means, or null when there is none or it would leave `dist`. */
function fileFor(dist, name) {
  if (name === null || name.includes("\0") || name.includes("\\")) return null;
  let file = path.resolve(dist, `.${name}`);
  if (file !== dist && !file.startsWith(dist + path.sep)) return null;
  if (existsSync(file) && statSync(file).isDirectory()) {
    if (!name.endsWith("/")) return null;
    file = path.join(file, "index.html");
  }
  return existsSync(file) && statSync(file).isFile() ? file : null;
}

/** The file compressed beforehand, where it is there and the browser takes it. */
function compressedOf(file, accepted) {
  for (const [encoding, ending] of [
    ["br", ".br"],
    ["gzip", ".gz"],
  ]) {
    if (accepted.includes(encoding) && existsSync(file + ending)) {
      return { sent: file + ending, encoding };
    }
  }
  return { sent: file };
}

function answer(request, response, { dist, base, headersFor, compressed }) {
  const name = pathBelow(base, request.url ?? "/");
  response.setHeader("Cache-Control", "no-cache");
  for (const [header, value] of Object.entries(headersFor(name ?? "/"))) {
    response.setHeader(header, value);
  }
  const refuse = (status, text) => {
    // Never kept: it may be there a moment later.
    response.setHeader("Cache-Control", "no-cache");
    response.writeHead(status, { "Content-Type": "text/plain; charset=utf-8" });
    response.end(`${text}\n`);
  };
  if (request.method !== "GET" && request.method !== "HEAD") {
    response.setHeader("Allow", "GET, HEAD");
    return refuse(405, "Only GET and HEAD are answered here.");
  }
  const file = fileFor(dist, name);
  if (!file) return refuse(404, "There is no such file.");
  if (!response.hasHeader("Content-Type")) {
    response.setHeader("Content-Type", types[path.extname(file)] ?? "application/octet-stream");
  }
  const accepted = compressed ? (request.headers["accept-encoding"] ?? "") : "";
  const { sent, encoding } = compressedOf(file, accepted);
  if (compressed) response.setHeader("Vary", "Accept-Encoding");
  if (encoding) response.setHeader("Content-Encoding", encoding);
  response.writeHead(200, { "Content-Length": statSync(sent).size });
  if (request.method === "HEAD") return response.end();
  createReadStream(sent)
    .on("error", () => response.destroy())
    .pipe(response);
}

/**
 * Starts serving `dist` under the path `base`; port 0 takes any free one; `more` are headers beside those of the site; the origins in
 * `connect` are added to what the site's policy lets the page connect to; `compressed` sends what was compressed beforehand.
 * Resolves to `{ url, close }`; a taken port is a ToolError.
 * @param {{ port: number, base?: string, dist?: string, more?: Record<string, string>, connect?: string[], compressed?: boolean }} options
 */
export function serve({
  port,
  base = "/",
  dist = defaultDist,
  more = {},
  connect = [],
  compressed = false,
}) {
  const policyName = "Content-Security-Policy";
  const headersFor = (name) => {
    // Read anew: a build may have put another site in the place of this one.
    const headers = { ...headersOf(readRules(path.join(dist, "_headers")), name), ...more };
    if (headers[policyName] && connect.length > 0) {
      headers[policyName] = allowConnecting(headers[policyName], connect);
    }
    return headers;
  };
  const server = createServer((request, response) =>
    answer(request, response, { dist, base, headersFor, compressed }),
  );
  return new Promise((resolve, reject) => {
    server.on("error", (error) => {
      const why = {
        EADDRINUSE: `port ${port} is taken. Stop what uses it, or choose another: PORT=${Number(port) + 1} npm start`,
        EACCES: `port ${port} may not be used by this account. Choose one above 1023: PORT=8080 npm start`,
      }[error.code];
      reject(why ? new ToolError(why) : error);
    });
    server.listen(port, host, () => {
      const close = () =>
        new Promise((closed) => {
          server.close(closed);
          server.closeAllConnections();
        });
      resolve({ url: `http://${host}:${server.address().port}${base}`, close });
    });
  });
}

/** Serves until Ctrl+C or a SIGTERM, and ends this program with 0 then. Resolves to the address once it is served. */
export async function serveUntilStopped(options) {
  const { url, close } = await serve(options);
  const stop = async () => {
    await close();
    process.exit(0);
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  return url;
}
