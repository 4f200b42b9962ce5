import { normalize, setAssetBase } from "simscope";

// Where the folder "assets" of the package was copied to, as the page sees it.
setAssetBase("simscope/");

const answer = await (await fetch("answer.json")).text();

// Shown by the element,
await document.querySelector("sim-scope").load(answer);

// or read without one.
const { sessions } = await normalize(answer);
document.title = `${sessions.length} sessions`;
