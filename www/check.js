// Says on the page why simscope cannot start, where it cannot, and nothing otherwise. A classic script, as those run where
// modules do not: in a page opened as a file, and in browsers from before them. So it is written in ES5, and is kept small: it is
// fetched with every first screen.
(function () {
  // A module with one function of vectors: what does not take it does not have them.
  var vectors = [
    0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253,
    15, 253, 98, 11,
  ];

  /** What the browser lacks, in words. */
  function lacking() {
    var found = [];
    if (!("noModule" in document.createElement("script"))) found.push("module scripts");
    if (!("adoptedStyleSheets" in document)) found.push("constructed style sheets");
    if (typeof WebAssembly !== "object") found.push("WebAssembly");
    else if (!WebAssembly.validate(new Uint8Array(vectors))) found.push("SIMD in WebAssembly");
    return found;
  }

  /** Puts a message in the place of what cannot start. A line that begins with "$ " is something to type. */
  function tell(title, lines) {
    var panel = document.createElement("main");
    panel.className = "cannot-start";
    panel.setAttribute("role", "alert");
    function add(name, text) {
      panel.appendChild(document.createElement(name)).textContent = text;
    }
    add("h1", title);
    for (var i = 0; i < lines.length; i++) {
      if (lines[i].slice(0, 2) === "$ ") add("pre", lines[i].slice(2));
      else add("p", lines[i]);
    }
    // Gone from the page, the element never starts: there are not two messages.
    var element = document.querySelector("sim-scope");
    document.body.replaceChild(panel, element);
  }

  /** What is wrong with the page's script, of which the browser only says that it failed. */
  function cause(file, answer) {
    if (!answer.ok) return "The server answered " + answer.status + " for " + file + ".";
    var type = (answer.headers.get("Content-Type") || "no type").split(";")[0];
    if (type === "text/html") return "The server sent a web page in place of " + file + ".";
    if (!/(java|ecma)script$/.test(type)) return "The server sends " + file + " as " + type + ".";
    return (
      "A script that " + file + " needs is missing, or failed; the browser's console names it."
    );
  }

  function loaded() {
    // Scripts of modules run before this event, so an element that is still unknown stays so.
    if (window.customElements.get("sim-scope")) return;
    var script = document.querySelector("script[type=module]");
    var file = script.getAttribute("src");
    function say(first) {
      tell("simscope could not be loaded", [
        first,
        "Try again first: the connection may have failed for a moment.",
        "If you host it: copy the whole folder that the build wrote, " +
          file.split("/")[0] +
          " included. Serve .js and .mjs files as text/javascript, and leave files out of a single-page fallback.",
      ]);
    }
    fetch(script.src).then(
      function (answer) {
        say(cause(file, answer));
      },
      function () {
        say("The server could not be reached for " + file + ".");
      },
    );
  }

  if (location.protocol === "file:") {
    return tell("simscope has to be served", [
      "Browsers run no modules in a page that was opened as a file. Any web server will do, for example one of these, in the folder that holds this page:",
      "$ npx http-server -p 8080",
      "$ python3 -m http.server 8080",
      "Then open http://localhost:8080.",
    ]);
  }
  var missing = lacking();
  if (missing.length > 0) {
    return tell("This browser is too old for simscope", [
      "Please use Chrome or Edge 94, Firefox 101, Safari 16.4, or anything newer.",
      "What this one lacks, or has turned off: " + missing.join(", ") + ".",
    ]);
  }
  window.addEventListener("load", loaded);
})();
