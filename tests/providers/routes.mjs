// Finds what answers a method and a path, and checks query parameters by name.

/**
 * Patterns like `GET /Sims/{sid}/DataSessions`: `{name}` is one path segment.
 * @template T
 * @param {Record<string, T>} table
 * @returns {(method: string, path: string) => { route: T, pattern: string, params: string[] } | null}
 */
export function router(table) {
  const routes = Object.entries(table).map(([pattern, route]) => {
    const [method, path] = pattern.split(" ");
    return { method, pattern, route, segments: path.split("/") };
  });
  return (method, path) => {
    let segments;
    try {
      segments = path.split("/").map(decodeURIComponent);
    } catch {
      return null;
    }
    for (const { method: wanted, pattern, route, segments: expected } of routes) {
      if (wanted !== method || expected.length !== segments.length) continue;
      const params = [];
      const fits = expected.every((part, at) => {
        if (!part.startsWith("{")) return part === segments[at];
        params.push(segments[at]);
        return segments[at] !== "";
      });
      if (fits) return { route, pattern, params };
    }
    return null;
  };
}

/** The first parameter that the call does not have, or null. */
export function unknownParameter(query, names) {
  for (const name of query.keys()) if (!names.includes(name)) return name;
  return null;
}

/** A whole number as a query writes it; null where it is not given, NaN where it is something else. */
export function wholeNumber(text) {
  if (text === null) return null;
  return /^\d{1,16}$/.test(text) ? Number(text) : NaN;
}

/** The body as a JSON object or array, or null. */
export function jsonBody({ headers, body }) {
  if (!/^application\/json\b/i.test(headers["content-type"] ?? "")) return null;
  try {
    const value = JSON.parse(body);
    return typeof value === "object" ? value : null;
  } catch {
    return null;
  }
}
