// The way from the same bytes to the same columns without simscope: idiomatic JavaScript with typed arrays.

interface DataSession {
  sim_sid: string;
  operator_name: string;
  operator_country: string;
  cell_id: string;
  cell_location_estimate: { lat?: number; lon?: number };
  packets_uploaded: number;
  packets_downloaded: number;
  last_updated: string;
  start: string;
  end: string | null;
  imei: string;
}

interface Page {
  data_sessions: DataSession[];
}

export type Columns = Record<string, Float64Array | Uint32Array>;

/** Numbers texts from 1 by first appearance. */
function numbering(): (text: string) => number {
  const numbers = new Map<string, number>();
  return (text) => {
    let number = numbers.get(text);
    if (number === undefined) {
      number = numbers.size + 1;
      numbers.set(text, number);
    }
    return number;
  };
}

/** Decodes, parses and fills the columns. */
export function parse(bytes: Uint8Array): Columns {
  const pages = JSON.parse(new TextDecoder().decode(bytes)) as Page[];
  const count = pages.reduce((sum, page) => sum + page.data_sessions.length, 0);
  const start = new Float64Array(count);
  const end = new Float64Array(count);
  const lastSeen = new Float64Array(count);
  const packetsUp = new Uint32Array(count);
  const packetsDown = new Uint32Array(count);
  const lat = new Float64Array(count);
  const lon = new Float64Array(count);
  const sim = new Uint32Array(count);
  const operator = new Uint32Array(count);
  const country = new Uint32Array(count);
  const cell = new Uint32Array(count);
  const imei = new Uint32Array(count);
  const [simOf, operatorOf, countryOf, cellOf, imeiOf] = [
    numbering(),
    numbering(),
    numbering(),
    numbering(),
    numbering(),
  ] as const;
  let row = 0;
  for (const page of pages) {
    for (const session of page.data_sessions) {
      start[row] = Date.parse(session.start);
      end[row] = session.end === null ? NaN : Date.parse(session.end);
      lastSeen[row] = Date.parse(session.last_updated);
      packetsUp[row] = session.packets_uploaded;
      packetsDown[row] = session.packets_downloaded;
      lat[row] = session.cell_location_estimate.lat ?? NaN;
      lon[row] = session.cell_location_estimate.lon ?? NaN;
      sim[row] = simOf(session.sim_sid);
      operator[row] = operatorOf(session.operator_name);
      country[row] = countryOf(session.operator_country);
      cell[row] = cellOf(session.cell_id);
      imei[row] = imeiOf(session.imei);
      row += 1;
    }
  }
  return {
    start,
    end,
    last_seen: lastSeen,
    packets_up: packetsUp,
    packets_down: packetsDown,
    lat,
    lon,
    sim,
    operator,
    country,
    cell,
    imei,
  };
}
