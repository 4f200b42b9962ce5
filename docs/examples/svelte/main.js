import { setAssetBase } from "simscope";
import { mount } from "svelte";
import Sessions from "./Sessions.svelte";

setAssetBase(`${import.meta.env.BASE_URL}simscope/`);
mount(Sessions, { target: document.getElementById("root"), props: { answer: "answer.json" } });
