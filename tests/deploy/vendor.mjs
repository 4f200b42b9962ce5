// A server in a vendor's place that keeps what reaches it, and a way to ask for a path exactly as it is written.
import { createServer, request } from "node:http";
import { createServer as createSecureServer } from "node:https";

/**
 * Starts it on 127.0.0.1. `calls` holds each request: `{ method, url, headers, names, body }` (`names` as they were sent).
 * `answer(request, response)` may be replaced; `tls` is `{ key, cert }`, and then each call has the `servername` it was asked for.
 */
export async function startVendor({ tls } = {}) {
  const vendor = {
    calls: [],
    answer: (_call, response) => {
      response.writeHead(200, { "Content-Type": "application/json" });
      response.end('{"from":"vendor"}');
    },
  };
  const listener = (incoming, response) => {
    let body = "";
    incoming.setEncoding("utf8").on("data", (text) => (body += text));
    incoming.on("end", () => {
      const { method, url, headers, rawHeaders } = incoming;
      const names = rawHeaders
        .filter((_, index) => index % 2 === 0)
        .map((name) => name.toLowerCase());
      const call = { method, url, headers, names, body, servername: incoming.socket.servername };
      vendor.calls.push(call);
      vendor.answer(call, response);
    });
  };
  const server = tls ? createSecureServer(tls, listener) : createServer(listener);
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  vendor.port = server.address().port;
  vendor.url = `http://127.0.0.1:${vendor.port}`;
  vendor.close = () =>
    new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  return vendor;
}

/** Asks `url`'s server for `target`, untouched: `fetch` would tidy the path up first and add headers of its own. */
export function ask(url, target, { method = "GET", headers = {}, body } = {}) {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const outgoing = request({ hostname, port, path: target, method, headers }, (response) => {
      const parts = [];
      response.on("data", (part) => parts.push(part));
      response.on("end", () => {
        const bytes = Buffer.concat(parts);
        resolve({
          status: response.statusCode,
          headers: response.headers,
          bytes,
          text: bytes.toString("utf8"),
        });
      });
    });
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}
