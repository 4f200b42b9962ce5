import vue from "@vitejs/plugin-vue";

// Vue takes unknown elements for components, unless it is told.
const isCustomElement = (tag) => tag === "sim-scope";

export default {
  plugins: [vue({ template: { compilerOptions: { isCustomElement } } })],
};
