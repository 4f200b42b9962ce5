// The entry of the package that is one script with everything in it: it fetches nothing.
import files from "simscope-files";
import * as cases from "./case.ts";
import { define } from "./element.ts";
import { EmbeddedAssets } from "./embedded.ts";
import * as history from "./history.ts";
import * as live from "./live.ts";
import * as map from "./map.ts";
import { useAssets } from "./page-assets.ts";
import * as views from "./views.ts";

export * from "./exports.ts";

const scripts = {
  ...{ "views.js": views, "live.js": live, "map.js": map },
  ...{ "case.js": cases, "history.js": history },
};
useAssets(new EmbeddedAssets(files, scripts));
define();
