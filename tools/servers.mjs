// Finds nginx and Caddy for the tests of deploy/, and installs Debian's where that can be done.
import { accessSync, chmodSync, constants, existsSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { execute, step, ToolError } from "./run.mjs";

/** Where servers are beside the PATH: that of an ordinary account often lacks the folders for servers. */
const more = ["/usr/sbin", "/usr/local/sbin", "/usr/local/bin", "/opt/homebrew/bin"];
const brotliModules = [
  "/usr/lib/nginx/modules/ngx_http_brotli_static_module.so",
  "/usr/lib64/nginx/modules/ngx_http_brotli_static_module.so",
];
/** Asked by Debian's packages before they start a service. */
const servicePolicy = "/usr/sbin/policy-rc.d";

function runs(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** A program by the variable that names it (a wrong name is told, not passed over), else on the PATH. */
function find(variable, name) {
  const named = process.env[variable];
  if (named && !runs(named)) {
    throw new ToolError(`${variable} is "${named}", which is no program here.`);
  }
  if (named) return named;
  const folders = [...(process.env.PATH ?? "").split(path.delimiter), ...more];
  return folders.map((folder) => path.join(folder, name)).find(runs);
}

/** What is there: `{ nginx, caddy, brotli }`, paths or undefined; `brotli` is nginx's module for files compressed with it. */
export function findServers() {
  return {
    nginx: find("NGINX", "nginx"),
    caddy: find("CADDY", "caddy"),
    brotli: brotliModules.find((file) => existsSync(file)),
  };
}

/** Installs packages that bring a service, and leaves the service neither running now nor at the next start. */
async function installWithoutService(packages, services) {
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  await execute("apt-get", ["update", "-qq"], { env, show: false });
  const ours = !existsSync(servicePolicy);
  if (ours) {
    writeFileSync(
      servicePolicy,
      "#!/bin/sh\n# Written while simscope's tests install servers.\nexit 101\n",
    );
    chmodSync(servicePolicy, 0o755);
  }
  try {
    const install = ["install", "-y", "-qq", "--no-install-recommends", ...packages];
    const { code, output } = await execute("apt-get", install, { env, show: false });
    if (code !== 0) console.error(output.trimEnd().split("\n").slice(-5).join("\n"));
  } finally {
    if (ours) rmSync(servicePolicy);
  }
  if (!existsSync("/run/systemd/system")) return;
  for (const service of services) {
    await execute("systemctl", ["disable", "--now", service], { show: false });
  }
}

/** The servers, installed where they are missing: `{ nginx, caddy, brotli }`; only `brotli` may be undefined. */
export async function ensureServers() {
  const missing = ["nginx", "caddy"].filter((name) => !findServers()[name]);
  const debian = existsSync("/usr/bin/apt-get") && process.getuid?.() === 0;
  if (missing.length && debian) {
    step(`installing ${missing.join(" and ")} with apt; the services stay off`);
    const packages = {
      nginx: ["nginx-light", "libnginx-mod-http-brotli-static"],
      caddy: ["caddy"],
    };
    await installWithoutService(
      missing.flatMap((name) => packages[name]),
      missing,
    );
  }
  const found = findServers();
  for (const [name, variable] of [
    ["nginx", "NGINX"],
    ["caddy", "CADDY"],
  ]) {
    if (found[name]) continue;
    throw new ToolError(
      `no ${name} was found, which the tests of deploy/ start. Install it (on Debian: apt install ${name}), ` +
        `or name it: ${variable}=/path/to/${name} npm test`,
    );
  }
  return found;
}
