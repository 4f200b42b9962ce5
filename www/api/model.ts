// The model: what every vendor's answer becomes. Absent is null, never 0. Instants are UTC, in RFC 3339 with milliseconds and `Z`.

/** The five vendors. */
export type Provider = "twilio" | "kore" | "soracom" | "monogoto" | "wayscloud";

/** An instant in UTC: `2026-10-30T12:12:25.767Z`. */
export type Instant = string;

/** Radio access technology. `4g` is LTE whose subtype was not reported. */
export type Radio = "2g" | "3g" | "4g" | "5g" | "lte-m" | "nb-iot";

/** A mobile network, by its PLMN (MCC and MNC, 3GPP TS 23.003). */
export interface Network {
  /** Mobile country code, three digits. */
  mcc: string | null;
  /** Mobile network code, two or three digits. */
  mnc: string | null;
  /** The vendor gave the code as a number: how many digits it has is assumed. */
  mnc_assumed: boolean;
  /** ISO 3166-1 alpha-2. */
  country: string | null;
  /** As the vendor calls it. */
  operator: string | null;
}

/** A cell, by the identities of 3GPP TS 23.003 that the vendor told. */
export interface Cell {
  /** As the vendor wrote it, where that is not one of the following. */
  reported: string | null;
  /** Location area code (2G, 3G). */
  lac: number | null;
  /** Tracking area code (4G, 5G). */
  tac: number | null;
  /** Cell identity (2G, 3G). */
  ci: number | null;
  /** E-UTRAN cell identity, 28 bits (4G). */
  eci: number | null;
  /** NR cell identity, 36 bits (5G). */
  nci: number | null;
  /** eNodeB: the upper 20 bits of `eci`. */
  enb: number | null;
  /** Sector: the lower 8 bits of `eci`. */
  sector: number | null;
}

/** Where the serving tower stands at one instant, or a country; never the device. */
export interface Place {
  /** Degrees north, WGS 84. */
  lat: number | null;
  /** Degrees east, WGS 84. */
  lon: number | null;
  /** Radius of the estimate, metres. */
  accuracy_m: number | null;
  /** A tower's estimate of the vendor, a position from a look-up of the cell, or a country. */
  place_kind: "tower" | "lookup" | "country" | null;
  /** The only instant that the place holds for. */
  place_at: Instant | null;
}

/** A stretch of a session on one cell, network and radio. */
export interface Segment {
  from: Instant;
  radio: Radio | null;
  network: Network;
  cell: Cell | null;
  place: Place;
}

/** Traffic as the vendor reported it. */
export interface TrafficReported {
  up: number | null;
  down: number | null;
  total: number | null;
  /** MB is taken as 10⁶ bytes. Different units are never mixed or converted silently. */
  unit: "bytes" | "packets" | "MB" | "unknown";
}

/** A data session: one PDP context or PDN connection. */
export interface Session extends Network, Place {
  provider: Provider;
  /** The configured source or the file that it came from. */
  source: string;
  /** The vendor's key of the SIM. */
  sim: string;
  /** The vendor's id of the session. */
  id: string | null;
  /** ICCID of the SIM (ITU-T E.118). */
  iccid: string | null;
  /** IMSI that the session used. */
  imsi: string | null;
  /** IMEI or IMEISV of the device. */
  imei: string | null;
  /** The vendor's subscription or plan of that IMSI. */
  subscription: string | null;
  /** When it was established. */
  start: Instant | null;
  /** `before_window`: it began before the answer's window. */
  start_kind: "exact" | "before_window" | "estimated" | "unknown";
  /** When it ended; null while open or unknown. */
  end: Instant | null;
  /** `open`: not ended when last reported, which is not "until now". */
  end_kind: "exact" | "open" | "estimated" | "unknown";
  end_earliest: Instant | null;
  end_latest: Instant | null;
  /** When the vendor's record last changed. */
  last_seen: Instant | null;
  /** When the answer was fetched; null for files. */
  observed: Instant | null;
  /** Reported as a session, rebuilt from events and states, or seen in readings of the present state. */
  basis: "reported" | "rebuilt" | "polled";
  /** The vendor's own duration, seconds. */
  duration_reported_s: number | null;
  /** The latest where it changed. */
  radio: Radio | null;
  radio_reported: string | null;
  cell: Cell | null;
  /** Changes inside the session, in the order of time. */
  segments: Segment[];
  bytes_up: number | null;
  bytes_down: number | null;
  bytes_total: number | null;
  packets_up: number | null;
  packets_down: number | null;
  traffic_reported: TrafficReported | null;
  ips: string[];
  dns: string[];
  apn: string | null;
}

/** A SIM as the vendor's lists describe it. */
export interface Sim extends Network, Place {
  provider: Provider;
  source: string;
  /** The vendor's key of it. */
  sim: string;
  iccid: string | null;
  iccids: string[];
  imsis: string[];
  eid: string | null;
  msisdn: string | null;
  imei: string | null;
  name: string | null;
  description: string | null;
  account: string | null;
  /** As the vendor reports it. */
  status: string | null;
  /** An open data session. */
  online: boolean | null;
  last_seen: Instant | null;
  registered_at: Instant | null;
  subscription: string | null;
  speed_class: string | null;
  device_id: string | null;
  device_name: string | null;
  linked_at: Instant | null;
  radio: Radio | null;
  cell: Cell | null;
  /** A usage figure as reported. Month-to-date counters are never summed. */
  usage_reported: {
    value: number;
    unit: string;
    period: string | null;
    sessions: number | null;
    average_session_s: number | null;
  } | null;
  tags: { name: string; value: string }[];
  /** What the owner calls it in a file of labels; null where there is none. `name` and `tags` are the vendor's. */
  label: {
    name: string | null;
    group: string | null;
    tags: { name: string; value: string }[];
  } | null;
  /** Id, or start, of the session that is open. */
  current: string | null;
  /** Id, or start, of the one before it. */
  previous: string | null;
}

/** Something that happened to a SIM. */
export interface SimEvent extends Place {
  provider: Provider;
  source: string;
  sim: string;
  id: string | null;
  time: Instant;
  kind:
    | "session_created"
    | "session_modified"
    | "session_deleted"
    | "connection"
    | "disconnection"
    | "network_change"
    | "data_usage"
    | "location_update"
    | "sim_status"
    | "other";
  /** The vendor's word. */
  reported_kind: string | null;
  radio: Radio | null;
  network: Network | null;
  network_before: Network | null;
  network_after: Network | null;
  cell: Cell | null;
  /** Signal strength as reported, dBm. */
  signal: number | null;
  detail: string | null;
}

/** Traffic over a period; never added to that of sessions. */
export interface Usage {
  provider: Provider;
  source: string;
  /** Null for a whole account. */
  sim: string | null;
  from: Instant;
  to: Instant | null;
  bytes_up: number | null;
  bytes_down: number | null;
  bytes_total: number | null;
  packets_up: number | null;
  packets_down: number | null;
}

/** Something that was skipped or assumed. */
export interface Warning {
  /** `bad_record`, `vendor_assumed`, `zone_missing`, … */
  code: string;
  /** What happened and what was done about it. Never a vendor's raw value. */
  message: string;
  file: string | null;
  /** Byte offset of the record in the unpacked answer. */
  position: number | null;
  /** The field at fault, as a path. */
  field: string | null;
}
