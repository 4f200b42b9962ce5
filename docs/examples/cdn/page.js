const scope = document.querySelector("sim-scope");
const { sessions } = await scope.load(await fetch("answer.json"));
document.title = `${sessions} sessions`;
