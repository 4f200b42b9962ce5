import { setAssetBase } from "simscope";

// The folder "assets" of the package lies in public/simscope.
setAssetBase(`${import.meta.env.BASE_URL}simscope/`);

const scope = document.querySelector("sim-scope");
await scope.load(await fetch("answer.json"));
