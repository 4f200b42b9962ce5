// node sessions.js answer.json: the sessions of a vendor's answer, one JSON object per line.
import { readFile } from "node:fs/promises";
import { normalize } from "simscope";

const { sessions, warnings } = await normalize(await readFile(process.argv[2]));
for (const session of sessions) console.log(JSON.stringify(session));
for (const { message } of warnings) console.error(message);
