import { createRoot } from "react-dom/client";
import { setAssetBase } from "simscope";
import { Sessions } from "./Sessions.jsx";

setAssetBase("simscope/");
createRoot(document.getElementById("root")).render(<Sessions answer="answer.json" />);
