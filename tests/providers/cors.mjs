// CORS as vendors differ in it. `open`: any page may read answers and headers. `hidden`: answers only, no header of the vendor's own.
// `none`: nothing is said, so that a browser keeps everything from the page.

/** The headers that an answer carries. */
export function corsHeaders(mode, { allowOrigin, expose }) {
  if (mode === "none") return {};
  const headers = { "Access-Control-Allow-Origin": allowOrigin };
  if (allowOrigin !== "*") headers.Vary = "Origin";
  if (mode === "open" && expose.length > 0) {
    headers["Access-Control-Expose-Headers"] = expose.join(", ");
  }
  return headers;
}

/** The answer to a preflight. A header outside the vendor's list is not allowed, so that the browser gives up; that is recorded. */
export function preflight(mode, headers, { allowHeaders, methods, violation }) {
  if (mode === "none") return { status: 204 };
  const allowed = new Set(allowHeaders.map((name) => name.toLowerCase()));
  const asked = (headers["access-control-request-headers"] ?? "").split(",");
  for (const name of asked.map((text) => text.trim().toLowerCase())) {
    if (name !== "" && !allowed.has(name)) violation(`preflight asks for the header ${name}`);
  }
  const method = headers["access-control-request-method"];
  if (method && !methods.split(", ").includes(method)) violation(`preflight asks for ${method}`);
  return {
    status: 204,
    headers: {
      "Access-Control-Allow-Methods": methods,
      "Access-Control-Allow-Headers": allowHeaders.join(", "),
    },
  };
}
