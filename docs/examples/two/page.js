// Each element has its own data, engine, theme and zone.
const open = async (id, file) => document.getElementById(id).load(await fetch(file));

await Promise.all([open("gates", "answer.json"), open("buses", "events.json")]);
