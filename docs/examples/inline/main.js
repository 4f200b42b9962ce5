import "simscope/inline";
import answer from "./answer.json";

document.querySelector("sim-scope").load(answer);
