// Visited networks: real codes with the operators' common names (public facts), nothing else about them is real.

const network = (mcc, mnc, operator, country) => ({
  mcc,
  mnc,
  operator,
  ...country,
  plmn: `${mcc}-${mnc}`,
});

const NO = { country: "Norway", alpha2: "NO", alpha3: "NOR" };
const SE = { country: "Sweden", alpha2: "SE", alpha3: "SWE" };
const FI = { country: "Finland", alpha2: "FI", alpha3: "FIN" };
const DK = { country: "Denmark", alpha2: "DK", alpha3: "DNK" };
const DE = { country: "Germany", alpha2: "DE", alpha3: "DEU" };
const NL = { country: "Netherlands", alpha2: "NL", alpha3: "NLD" };
const ES = { country: "Spain", alpha2: "ES", alpha3: "ESP" };
const IT = { country: "Italy", alpha2: "IT", alpha3: "ITA" };
const IL = { country: "Israel", alpha2: "IL", alpha3: "ISR" };
const JP = { country: "Japan", alpha2: "JP", alpha3: "JPN" };
const US = { country: "United States", alpha2: "US", alpha3: "USA" };
const CA = { country: "Canada", alpha2: "CA", alpha3: "CAN" };
const MX = { country: "Mexico", alpha2: "MX", alpha3: "MEX" };

export const TELENOR_NO = network("242", "01", "Telenor", NO);
export const TELIA_NO = network("242", "02", "Telia", NO);
export const TELIA_SE = network("240", "01", "Telia", SE);
export const TELE2_SE = network("240", "07", "Tele2", SE);
export const ELISA_FI = network("244", "05", "Elisa", FI);
export const DNA_FI = network("244", "12", "DNA", FI);
export const TDC_DK = network("238", "01", "TDC", DK);
export const TELENOR_DK = network("238", "02", "Telenor", DK);
export const TELEKOM_DE = network("262", "01", "Telekom", DE);
export const VODAFONE_DE = network("262", "02", "Vodafone", DE);
export const VODAFONE_NL = network("204", "04", "Vodafone", NL);
export const KPN_NL = network("204", "08", "KPN", NL);
export const MOVISTAR_ES = network("214", "07", "Movistar", ES);
export const VODAFONE_IT = network("222", "10", "Vodafone", IT);
export const TIM_IT = network("222", "01", "TIM", IT);
export const PARTNER_IL = network("425", "01", "Partner", IL);
export const DOCOMO_JP = network("440", "10", "NTT DOCOMO", JP);
export const SOFTBANK_JP = network("440", "20", "SoftBank", JP);
export const KDDI_JP = network("440", "51", "KDDI", JP);
export const TMOBILE_US = network("310", "260", "T-Mobile", US);
export const ATT_US = network("310", "410", "AT&T", US);
export const ROGERS_CA = network("302", "720", "Rogers", CA);
export const TELCEL_MX = network("334", "020", "Telcel", MX);
