import { setAssetBase } from "simscope";
import { createApp } from "vue";
import Sessions from "./Sessions.vue";

setAssetBase(`${import.meta.env.BASE_URL}simscope/`);
createApp(Sessions, { answer: "answer.json" }).mount("#root");
