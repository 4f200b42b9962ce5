import { useEffect, useRef, useState } from "react";

/** The sessions of an answer, and which of them is chosen. */
export function Sessions({ answer }) {
  const scope = useRef(null);
  const [chosen, setChosen] = useState("nothing");
  useEffect(() => {
    const { current } = scope;
    const ended = new AbortController();
    fetch(answer, { signal: ended.signal })
      .then((response) => current.load(response))
      // The component was taken away before its answer came.
      .catch((error) => ended.signal.aborted || console.error(error));
    return () => {
      ended.abort();
      current.clear();
    };
  }, [answer]);
  return (
    <>
      <p>Chosen: {chosen}</p>
      <sim-scope
        ref={scope}
        theme="light"
        onsimscope-select={({ detail }) => setChosen(detail.session?.start ?? "nothing")}
      />
    </>
  );
}
