// Signing in at the simulated Soracom: three kinds of credentials, a one-time code where the account demands it, tokens with an end.
import { jsonBody } from "./routes.mjs";
import { hex } from "./random.mjs";
import { operatorId } from "./soracom-rows.mjs";

const shapes = [
  ["authKeyId", "authKey"],
  ["email", "password"],
  ["operatorId", "userName", "password"],
];
const optional = ["mfaOTPCode", "tokenTimeoutSeconds"];

export const error = (status, code, message) => ({ status, body: { code, message } });

/** @param {{ seed: number, tokenSeconds?: number, mfa?: string }} settings `mfa`: the one-time code that passwords need */
export function signIns({ seed, tokenSeconds = 86_400, mfa }) {
  const credentials = {
    authKeyId: `keyId-${hex(32, seed, "soracom key id")}`,
    authKey: `secret-${hex(48, seed, "soracom key")}`,
    email: "fleet@example.com",
    password: `Pw-${hex(16, seed, "soracom password")}`,
    operatorId,
    userName: "viewer",
    ...(mfa ? { mfaOTPCode: mfa } : {}),
  };
  /** Token to its API key and end. @type {Map<string, { apiKey: string, until: number }>} */
  const tokens = new Map();

  function seconds(body, violation) {
    const wanted = body.tokenTimeoutSeconds ?? tokenSeconds;
    const fine = Number.isInteger(wanted) && wanted >= 180 && wanted <= 172_800;
    // The simulator's own default may be shorter than what may be asked for: tests want tokens that end soon.
    if (fine || body.tokenTimeoutSeconds === undefined) return wanted;
    violation(`tokenTimeoutSeconds ${wanted}`);
    return null;
  }

  function issue(present, lasting) {
    const number = tokens.size;
    const apiKey = `api-${hex(32, seed, "soracom api key", number)}`;
    const token = `${hex(64, seed, "soracom token", number)}`;
    tokens.set(token, { apiKey, until: present + lasting * 1000 });
    return { apiKey, token };
  }

  const live = ({ headers, present }) => {
    const known = tokens.get(headers["x-soracom-token"]);
    const fits = known && known.apiKey === headers["x-soracom-api-key"] && known.until > present;
    return fits ? headers["x-soracom-token"] : null;
  };

  return {
    credentials,
    secrets: () => [
      credentials.authKey,
      credentials.password,
      ...(mfa ? [mfa] : []),
      ...[...tokens].flatMap(([token, { apiKey }]) => [token, apiKey]),
    ],
    live,

    signIn(asked) {
      const body = jsonBody(asked);
      const names = Object.keys(body ?? {}).filter((name) => !optional.includes(name));
      const shape = shapes.find(
        (fields) => fields.length === names.length && fields.every((name) => names.includes(name)),
      );
      if (!shape) {
        asked.violation(`no kind of sign-in has the fields ${names}`);
        return error(400, "AUM0002", "Invalid authentication parameters");
      }
      const lasting = seconds(body, asked.violation);
      if (lasting === null) return error(400, "AUM0003", "tokenTimeoutSeconds is 180 to 172800");
      const right = shape.every((name) => body[name] === credentials[name]);
      const coded = shape.includes("authKey") || !mfa || body.mfaOTPCode === mfa;
      if (!right || !coded) return error(401, "AUM0001", "Invalid username or password.");
      const userName = shape.includes("userName") ? { userName: credentials.userName } : {};
      const body200 = { ...issue(asked.present, lasting), operatorId, ...userName };
      return { status: 200, body: body200 };
    },

    renew(asked, [operator]) {
      if (!live(asked)) return error(400, "AUM0005", "The token has expired. Sign in again.");
      if (operator !== operatorId) return error(403, "AUM0006", "Another operator's token");
      const body = jsonBody(asked);
      const lasting = body && seconds(body, asked.violation);
      if (!lasting) return error(400, "AUM0003", "tokenTimeoutSeconds is 180 to 172800");
      const { apiKey } = tokens.get(live(asked));
      const { token } = issue(asked.present, lasting);
      tokens.get(token).apiKey = apiKey;
      return { status: 200, body: { token } };
    },

    signOut(asked) {
      const token = live(asked);
      if (!token) return error(401, "AUM0004", "Invalid token.");
      tokens.get(token).until = -Infinity;
      return { status: 204 };
    },

    revokeTokens() {
      for (const known of tokens.values()) known.until = -Infinity;
    },
  };
}
