import { normalize, setAssetBase } from "simscope";

// The folder "assets" of the package lies in public/simscope.
setAssetBase(`${import.meta.env.BASE_URL}simscope/`);

const answer = await (await fetch("answer.json")).text();

// Shown by the element,
await document.querySelector("sim-scope").load(answer);

// or read without one.
const { sessions } = await normalize(answer);
document.title = `${sessions.length} sessions`;
