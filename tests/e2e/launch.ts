// How the browser is started that the variable CHROME names (`npm test` sets it).
const asRoot = process.getuid?.() === 0;

export const launch = (args: string[]) => ({
  executablePath: process.env["CHROME"] ?? "/usr/bin/chromium",
  chromiumSandbox: !asRoot,
  args: [
    ...args,
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
});

/** With WebGL, in software where there is no graphics card. */
export const painting = launch(["--enable-unsafe-swiftshader"]);
const outlined = ["--disable-gpu", "--disable-3d-apis"];

/** Without WebGL: the map is an outline then, and painting it in software would take half of the time. */
export const plain = launch(outlined);
/** Without the second compiler of WebAssembly too, which works for seconds on what most tests run once. */
export const brief = launch([...outlined, "--js-flags=--liftoff-only"]);
