import { setAssetBase } from "simscope";

// Where the folder "assets" of the package was copied to, as the page sees it.
setAssetBase("simscope/");

const scope = document.querySelector("sim-scope");
await scope.load(await fetch("answer.json"));
