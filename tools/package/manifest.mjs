// The package's own package.json.

/** Types of an entry, then its script. */
const entry = (name) => ({ types: `./${name}.d.ts`, default: `./${name}.js` });

/** Out of the project's own package.json. */
export function manifest({ name, version, description, license }) {
  return {
    name,
    version,
    description,
    license,
    keywords: [
      "sim",
      "iot",
      "cellular",
      "timeline",
      "map",
      "web-component",
      "custom-element",
      "webassembly",
      "twilio",
      "kore",
      "soracom",
      "monogoto",
      "wayscloud",
    ],
    type: "module",
    exports: {
      ".": {
        types: "./simscope.d.ts",
        // Before Node's: what tests pages in Node asks for both.
        browser: "./simscope.js",
        node: "./node.js",
        default: "./simscope.js",
      },
      "./inline": entry("inline"),
      "./react": { types: "./react.d.ts" },
      "./assets/*": "./assets/*",
      "./package.json": "./package.json",
    },
    // For tools that know no exports.
    main: "./simscope.js",
    types: "./simscope.d.ts",
    // Importing an entry defines the element.
    sideEffects: ["./simscope.js", "./inline.js", "./node.js", "./assets/*.js"],
    files: ["*.js", "*.d.ts", "assets", "THIRD-PARTY.md", "LICENSE-MIT", "LICENSE-APACHE"],
    engines: { node: ">=20" },
  };
}
