// How an answer is written: compact JSON, but one record on a line, so that a diff shows which record changed.

const lines = (records) => `[\n${records.map((record) => JSON.stringify(record)).join(",\n")}\n]`;

/** Text of one vendor answer. Arrays at the top, or directly inside a top-level object, get one line per element. */
export function answerText(answer) {
  if (Array.isArray(answer)) return answer.length === 0 ? "[]\n" : `${lines(answer)}\n`;
  const members = Object.entries(answer).map(([key, value]) => {
    const text = Array.isArray(value) && value.length > 0 ? lines(value) : JSON.stringify(value);
    return `${JSON.stringify(key)}:${text}`;
  });
  return `{${members.join(",")}}\n`;
}

/** A number with at most `digits` decimals. */
export const rounded = (value, digits) => Number(value.toFixed(digits));
