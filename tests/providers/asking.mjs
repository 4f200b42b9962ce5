// How the tests of the simulators ask: a request's answer with its status, headers, text and JSON.

/**
 * @param {string} url @param {RequestInit} [init]
 * @returns {Promise<{ status: number, headers: Headers, text: string, json: any }>}
 */
export async function ask(url, init = {}) {
  const response = await fetch(url, init);
  const text = await response.text();
  let json;
  try {
    json = JSON.parse(text);
  } catch {
    json = undefined;
  }
  return { status: response.status, headers: response.headers, text, json };
}

export const basic = (user, password) => ({
  Authorization: `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`,
});

export const bearer = (token) => ({ Authorization: `Bearer ${token}` });

/** A POST of JSON. */
export const posted = (body, headers = {}) => ({
  method: "POST",
  headers: { "Content-Type": "application/json", ...headers },
  body: JSON.stringify(body),
});

/** The instant that the tests take for the present. */
export const now = Date.UTC(2026, 4, 20, 12);
