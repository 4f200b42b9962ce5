// Starts the real nginx and the real Caddy with the configurations of deploy/, on this machine alone and without a
// privilege: a folder of their own holds configuration, logs and a copy of the site. Nothing they do outlives close().
import { spawn } from "node:child_process";
import {
  chownSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { inProject } from "../../tools/paths.mjs";
import { execute, ToolError } from "../../tools/run.mjs";
import { findServers } from "../../tools/servers.mjs";

const host = "127.0.0.1";
/** The port "discard": nothing answers there. A vendor that a test does not name must never be the real one. */
const nowhere = `http://${host}:9`;
/** The names under /vendors/, which are also the keys of `upstreams`. */
export const vendorNames = [
  "twilio",
  "kore",
  "kore-auth",
  "soracom",
  "soracom-global",
  "monogoto",
  "wayscloud",
];

/** The `upstreams` for what `startAll` of tests/providers/all.mjs started: each vendor has `baseUrls`. */
export const upstreamsOf = ({ twilio, kore, soracom, monogoto, wayscloud }) => ({
  twilio: twilio.baseUrls.api,
  kore: kore.baseUrls.api,
  "kore-auth": kore.baseUrls.auth,
  soracom: soracom.baseUrls.api,
  "soracom-global": soracom.baseUrls.api,
  monogoto: monogoto.baseUrls.api,
  wayscloud: wayscloud.baseUrls.api,
});
/** Root starts the servers as "nobody", so that they can do no more than with an ordinary account. */
const nobody = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};

/**
 * @typedef {object} ServerOptions
 * @property {string} dist the folder to serve
 * @property {"proxy" | "direct"} [variant] which configuration; "proxy" unless told
 * @property {Record<string, string>} [upstreams] by name (see `vendorNames`) the base URL that stands for a vendor's, with
 *   its path, as http://127.0.0.1:1234/v1; a vendor not named is not reachable
 * @property {number} [port] any free one unless told
 * @property {string} [base] the path of the site, with a slash at both ends; "/" unless told
 * @property {string} [authority] a file with the certificate that upstreams over TLS are verified with
 * @property {string} [resolver] nginx only: the name server for upstreams that are named, as 127.0.0.1:5353
 *
 * @typedef {object} RunningServer
 * @property {string} url the address of the site, ending with `base`
 * @property {() => string} logs everything that the server wrote up to now, to files and to its output
 * @property {string} folder what it runs in, gone after close()
 * @property {() => Promise<void>} close
 */

export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().on("error", reject);
    server.listen(0, host, () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

const answers = (port) =>
  new Promise((resolve) => {
    const socket = connect(port, host, () => resolve(true)).on("error", () => resolve(false));
    socket.on("connect", () => socket.destroy());
  });

/** Replaces a line of a shipped file; it must be there exactly once, else the test would not test what is shipped. */
function replaceOnce(text, line, replacement) {
  if (text.split(line).length !== 2) throw new Error(`"${line}" is not there exactly once.`);
  return text.replace(line, () => replacement);
}

/** A new folder with `logs/`, and `dist/` where a site is given, that the server's account owns. */
function prepare(dist) {
  const folder = mkdtempSync(path.join(tmpdir(), "simscope-server-"));
  mkdirSync(path.join(folder, "logs"));
  mkdirSync(path.join(folder, "temp"));
  if (dist) cpSync(dist, path.join(folder, "dist"), { recursive: true, dereference: true });
  return folder;
}

function own(folder) {
  if (nobody.uid === undefined) return;
  chownSync(folder, nobody.uid, nobody.gid);
  for (const name of readdirSync(folder, { recursive: true })) {
    chownSync(path.join(folder, name), nobody.uid, nobody.gid);
  }
}

function readLogs(folder) {
  const logs = path.join(folder, "logs");
  return readdirSync(logs)
    .map((name) => readFileSync(path.join(logs, name), "utf8"))
    .join("");
}

/** Starts the program and waits until it answers on `port`. */
async function run(program, args, { folder, env, port, base }) {
  const child = spawn(program, args, {
    cwd: folder,
    // Nothing of the tests' own environment: a server gets what it needs.
    env: { PATH: process.env.PATH, HOME: folder, TMPDIR: path.join(folder, "temp"), ...env },
    stdio: ["ignore", "pipe", "pipe"],
    ...nobody,
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => (output += text));
  }
  let ended = false;
  const end = new Promise((resolve) => {
    child.on("close", () => resolve((ended = true)));
    child.on("error", (error) => resolve((ended = output += error.message)));
  });
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  const close = async () => {
    if (!ended) child.kill("SIGTERM");
    const timer = setTimeout(kill, 5_000);
    await end;
    clearTimeout(timer);
    process.off("exit", kill);
    rmSync(folder, { recursive: true, force: true });
  };
  const deadline = Date.now() + 20_000;
  while (!(await answers(port))) {
    if (ended || Date.now() > deadline) {
      const told = output + readLogs(folder);
      await close();
      throw new Error(`${path.basename(program)} does not answer on port ${port}:\n${told}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  return {
    url: `http://${host}:${port}${base}`,
    logs: () => output + readLogs(folder),
    folder,
    close,
  };
}

function program(name) {
  const found = findServers()[name];
  if (!found) throw new ToolError(`no ${name} was found. npm test installs it, or says how to.`);
  return found;
}

const checkNames = (upstreams) => {
  for (const name of Object.keys(upstreams)) {
    if (!vendorNames.includes(name)) throw new Error(`There is no vendor "${name}".`);
  }
};

/** vendors.conf with the addresses of `upstreams`; every line that is set there must be one that is shipped. */
function nginxVendors(shipped, { upstreams, authority, resolver }) {
  let text = shipped;
  for (const name of vendorNames) {
    const variable = `$simscope_${name.replaceAll("-", "_")}`;
    const [line] = text.split("\n").filter((one) => one.startsWith(`set ${variable} `));
    if (!line) throw new Error(`vendors.conf sets no ${variable}.`);
    text = replaceOnce(text, line, `set ${variable} ${upstreams[name] ?? nowhere};`);
  }
  if (resolver) text = replaceOnce(text, "resolver 127.0.0.53;", `resolver ${resolver};`);
  if (authority) {
    text = replaceOnce(text, "/etc/ssl/certs/ca-certificates.crt", authority);
  }
  return text;
}

/** Writes a folder that nginx can run in; resolves to what `run` needs. */
async function nginxFolder(options) {
  const { dist, variant = "proxy", upstreams = {}, base = "/" } = options;
  checkNames(upstreams);
  const port = options.port ?? (await freePort());
  const { brotli } = findServers();
  const folder = prepare(dist);
  const config = path.join(folder, "simscope");
  cpSync(inProject("deploy", "nginx"), config, { recursive: true });
  const edit = (name, change) => {
    const file = path.join(config, name);
    writeFileSync(file, change(readFileSync(file, "utf8")));
  };
  edit("vendors.conf", (text) => nginxVendors(text, { ...options, upstreams }));
  edit(`${variant}.conf`, (shipped) => {
    let text = replaceOnce(shipped, "listen 80;", `listen ${host}:${port};`);
    text = replaceOnce(text, "location / {", `location ${base} {`);
    text = replaceOnce(text, "alias /var/www/simscope/;", `alias ${folder}/dist/;`);
    if (brotli) text = replaceOnce(text, "# brotli_static on;", "brotli_static on;");
    text = replaceOnce(text, "/var/log/nginx/simscope.log", `${folder}/logs/simscope.log`);
    return replaceOnce(text, "/var/log/nginx/simscope.error.log", `${folder}/logs/error.log`);
  });
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
  writeFileSync(
    path.join(folder, "nginx.conf"),
    [
      brotli ? `load_module ${brotli};` : "",
      "daemon off;",
      `pid ${folder}/nginx.pid;`,
      `error_log ${folder}/logs/nginx.log;`,
      "events {}",
      "http {",
      ...temporary.map((name) => `  ${name}_temp_path ${folder}/temp/${name};`),
      `  access_log off;`,
      `  include simscope/${variant}.conf;`,
      "}",
      "",
    ].join("\n"),
  );
  own(folder);
  const args = [
    "-p",
    folder,
    "-c",
    path.join(folder, "nginx.conf"),
    "-e",
    `${folder}/logs/nginx.log`,
  ];
  return { folder, args, port, base };
}

/**
 * nginx with deploy/nginx in front of `upstreams`.
 * @param {ServerOptions} options
 * @returns {Promise<RunningServer>}
 */
export async function startNginx(options) {
  const nginx = program("nginx");
  const { args, ...rest } = await nginxFolder(options);
  return run(nginx, args, rest);
}

/** The settings of deploy/caddy, as environment variables. */
function caddyEnvironment({ upstreams = {}, base = "/", authority }, folder, port) {
  checkNames(upstreams);
  const env = {
    SIMSCOPE_SITE: `http://${host}:${port}`,
    SIMSCOPE_BASE: base.slice(0, -1),
    SIMSCOPE_DIST: path.join(folder, "dist"),
    SIMSCOPE_LOG: path.join(folder, "logs", "simscope.log"),
    SIMSCOPE_CADDY_ADMIN: "off",
    XDG_DATA_HOME: path.join(folder, "temp"),
    XDG_CONFIG_HOME: path.join(folder, "temp"),
    ...(authority ? { SSL_CERT_FILE: authority } : {}),
  };
  for (const name of vendorNames) {
    const variable = `SIMSCOPE_${name.replaceAll("-", "_").toUpperCase()}`;
    const { origin, pathname } = new URL(upstreams[name] ?? nowhere);
    env[variable] = origin;
    env[`${variable}_PATH`] = pathname.replace(/\/$/, "");
  }
  return env;
}

const caddyArguments = (command, folder, variant = "proxy") => [
  command,
  ...["--config", path.join(folder, "simscope", `Caddyfile.${variant}`)],
  ...["--adapter", "caddyfile"],
];

/**
 * Caddy with deploy/caddy in front of `upstreams`.
 * @param {ServerOptions} options
 * @returns {Promise<RunningServer>}
 */
export async function startCaddy(options) {
  const caddy = program("caddy");
  const { dist, variant, base = "/" } = options;
  const port = options.port ?? (await freePort());
  const folder = prepare(dist);
  cpSync(inProject("deploy", "caddy"), path.join(folder, "simscope"), { recursive: true });
  own(folder);
  const env = caddyEnvironment(options, folder, port);
  return run(caddy, caddyArguments("run", folder, variant), { folder, env, port, base });
}

/** What `nginx -t` says of a variant: `{ code, output }`. */
export async function testNginx(variant) {
  const { folder, args } = await nginxFolder({ variant });
  mkdirSync(path.join(folder, "dist"));
  try {
    return await execute(program("nginx"), ["-t", ...args], { show: false });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What `caddy validate` says of a variant as it is shipped, without any setting but where to log: `{ code, output }`. */
export async function testCaddy(variant) {
  const folder = prepare();
  cpSync(inProject("deploy", "caddy"), path.join(folder, "simscope"), { recursive: true });
  const env = {
    HOME: folder,
    XDG_DATA_HOME: folder,
    XDG_CONFIG_HOME: folder,
    SIMSCOPE_LOG: path.join(folder, "logs", "simscope.log"),
  };
  try {
    const args = caddyArguments("validate", folder, variant);
    return await execute(program("caddy"), args, { env, show: false });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Both servers, for suites that hold for either. */
export const servers = [
  ["nginx", startNginx],
  ["Caddy", startCaddy],
];
