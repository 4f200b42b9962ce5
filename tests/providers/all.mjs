// All five simulated vendors at once, and the geolocate service beside them.
import * as geolocate from "./geolocate.mjs";
import * as kore from "./kore.mjs";
import * as monogoto from "./monogoto.mjs";
import * as soracom from "./soracom.mjs";
import * as twilio from "./twilio.mjs";
import * as wayscloud from "./wayscloud.mjs";

export const vendors = { twilio, kore, soracom, monogoto, wayscloud };

/** Ports that follow on one another from `first` on; KORE's token endpoint has one of its own. */
export const portsFrom = (first) => ({
  twilio: { port: first },
  kore: { port: first + 1, authPort: first + 2 },
  soracom: { port: first + 3 },
  monogoto: { port: first + 4 },
  wayscloud: { port: first + 5 },
  geolocate: { port: first + 6 },
});

/**
 * Starts them with the same options; `options[name]` adds to them for the one of that name.
 * @param {import("./simulator.mjs").Options & Record<string, any>} [options]
 */
export async function startAll(options = {}) {
  const {
    twilio: one,
    kore: two,
    soracom: three,
    monogoto: four,
    wayscloud: five,
    geolocate: six,
    ...shared
  } = options;
  const started = [];
  const begin = async (vendor, own) => {
    const simulator = await vendor.start({ ...shared, ...own });
    started.push(simulator);
    return simulator;
  };
  const close = () => Promise.all(started.map((simulator) => simulator.close()));
  try {
    return {
      twilio: await begin(twilio, one),
      kore: await begin(kore, two),
      soracom: await begin(soracom, three),
      monogoto: await begin(monogoto, four),
      wayscloud: await begin(wayscloud, five),
      geolocate: await begin(geolocate, six),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
