// Finds a Chrome or Chromium and its driver for the tests, and installs Debian's where that can be done.
import { accessSync, constants, existsSync, readFileSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { inProject, staging } from "./paths.mjs";
import { execute, step, ToolError } from "./run.mjs";

const browserNames = [
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "chrome",
  "microsoft-edge",
];
const elsewhere = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

function runs(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function onPath(names) {
  const folders = (process.env.PATH ?? "").split(path.delimiter);
  for (const name of names) {
    const file = folders.map((folder) => path.join(folder, name)).find(runs);
    if (file) return file;
  }
  return undefined;
}

/** The program that a variable names; a wrong name is told, not passed over. */
function fromVariable(name) {
  const file = process.env[name];
  if (file && !runs(file)) throw new ToolError(`${name} is "${file}", which is no program here.`);
  return file || undefined;
}

const findBrowser = () =>
  fromVariable("CHROME") ?? onPath(browserNames) ?? elsewhere.find((file) => existsSync(file));
const findDriver = () => fromVariable("CHROMEDRIVER") ?? onPath(["chromedriver"]);

async function installFromDebian() {
  if (process.platform !== "linux" || process.getuid?.() !== 0 || !onPath(["apt-get"])) return;
  step("installing Chromium and its driver with apt");
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  await execute("apt-get", ["update", "-qq"], { env, show: false });
  const packages = ["chromium", "chromium-driver"];
  const install = ["install", "-y", "-qq", "--no-install-recommends", ...packages];
  const { code, output } = await execute("apt-get", install, { env, show: false });
  if (code !== 0) console.error(output.trimEnd().split("\n").slice(-5).join("\n"));
}

/** The browser and the driver: `{ browser, driver }`, both paths. */
export async function ensureBrowser() {
  if (!findBrowser() || !findDriver()) await installFromDebian();
  const browser = findBrowser();
  const driver = findDriver();
  if (!browser) {
    throw new ToolError(
      "no Chrome or Chromium was found. Install one, or name it: CHROME=/path/to/chrome npm test",
    );
  }
  if (!driver) {
    throw new ToolError(
      "no chromedriver was found. Install the one of your browser's version (on Debian: chromium-driver), " +
        "or name it: CHROMEDRIVER=/path/to/chromedriver npm test",
    );
  }
  return { browser, driver };
}

/**
 * The file that tells the WebDriver tests of Rust which browser to start. The committed one names Debian's; for another
 * browser a copy is written under target/.
 */
export function webdriverSettings(browser) {
  const committed = inProject("webdriver.json");
  const settings = JSON.parse(readFileSync(committed, "utf8"));
  const options = settings["goog:chromeOptions"];
  if (options.binary === browser) return committed;
  options.binary = browser;
  const file = path.join(staging, "webdriver.json");
  mkdirSync(staging, { recursive: true });
  writeFileSync(file, JSON.stringify(settings, null, 2));
  return file;
}
