// The control address: programs that cannot call a simulator's methods steer it with `POST /-/control`. It is not logged, needs no
// sign-in and answers no web page.

export const controlPath = "/-/control";

/** Rules arrive as JSON: their patterns as text, their endlessness as null. */
function ruleOf({ do: _, path, query, times, ...rest }) {
  const rule = { ...rest, path: new RegExp(path) };
  if (query !== undefined) rule.query = new RegExp(query);
  if (times !== undefined) rule.times = times === null || times === "Infinity" ? Infinity : times;
  return rule;
}

const actions = {
  fail: (simulator, command) => simulator.fail(ruleOf(command)),
  clear: (simulator) => simulator.clearFailures(),
  clearLog: (simulator) => simulator.clearLog(),
  burst: (simulator, { n = 1, at }) => simulator.burst(n, at),
  advance: (simulator, { ms }) => simulator.advance(ms),
  truth: (simulator, { at }) => simulator.truth(at),
  log: (simulator, { since = 0 }) => simulator.log.slice(since),
  cors: (simulator, { mode }) => (simulator.cors = mode),
  violations: (simulator) => simulator.violations,
  maxInFlight: (simulator) => simulator.maxInFlight,
  secrets: (simulator) => simulator.secrets,
  revoke: (simulator) => simulator.revokeTokens(),
  asked: (simulator) => simulator.asked(),
};

/** The answer to a control request: `{"ok": true, "result": …}`, or 400 with `{"ok": false, "error": …}`. */
export function controlReply(request, body, simulator) {
  // A browser names the page's origin; nothing but a local program may steer.
  if (request.method !== "POST" || request.headers.origin) return { status: 403 };
  try {
    const command = JSON.parse(body);
    const action = Object.hasOwn(actions, command.do) ? actions[command.do] : null;
    if (!action) throw new TypeError(`"do" is one of ${Object.keys(actions).join(", ")}`);
    return { status: 200, body: { ok: true, result: action(simulator, command) ?? null } };
  } catch (error) {
    return { status: 400, body: { ok: false, error: error.message } };
  }
}
