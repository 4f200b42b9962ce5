/** A linter of GeoJSON (RFC 7946); the package has no types of its own. */
declare module "@mapbox/geojsonhint" {
  const linter: {
    /** What is wrong with a document, as text or read; empty where nothing is. */
    hint(document: string | object): { message: string; line?: number }[];
  };
  export default linter;
}
