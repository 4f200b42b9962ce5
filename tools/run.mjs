// Runs other programs, says what is being done, and ends with a plain message when one fails.
import { spawn } from "node:child_process";
import { root } from "./paths.mjs";

/** A failure with a message for the person at the keyboard; no stack is printed for it. */
export class ToolError extends Error {}

/** One line about the step that starts now. */
export function step(text) {
  console.log(`- ${text}`);
}

/**
 * Runs a program in the project folder and resolves to its code and, with `capture`, its output.
 * `show: false` keeps the output off the terminal.
 */
export function execute(
  program,
  args,
  { env = {}, cwd = root, capture = false, show = true } = {},
) {
  return new Promise((resolve, reject) => {
    const piped = capture || !show;
    const child = spawn(program, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ["ignore", piped ? "pipe" : "inherit", piped ? "pipe" : "inherit"],
    });
    let output = "";
    const keep = (target) => (data) => {
      output += data;
      if (show) target.write(data);
    };
    child.stdout?.setEncoding("utf8").on("data", keep(process.stdout));
    child.stderr?.setEncoding("utf8").on("data", keep(process.stderr));
    child.on("error", (error) =>
      reject(
        error.code === "ENOENT"
          ? new ToolError(`${program} was not found. Install it, or put it on the PATH.`)
          : error,
      ),
    );
    child.on("close", (code, signal) => resolve({ code: signal ? 1 : code, output }));
  });
}

/** Like `execute`, but a failing program ends the work with a message. Resolves to the output. */
export async function run(program, args, options = {}) {
  const { code, output } = await execute(program, args, options);
  if (code !== 0) {
    if (options.show === false && output) console.error(output.trimEnd());
    throw new ToolError(`failed with exit code ${code}: ${[program, ...args].join(" ")}`);
  }
  return output;
}

/** Runs a tool's main function: a `ToolError` is told in one line, anything else with its stack. */
export async function main(work) {
  try {
    await work();
  } catch (error) {
    console.error(error instanceof ToolError ? `\nsimscope: ${error.message}` : error);
    process.exitCode = 1;
  }
}
