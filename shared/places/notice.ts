/** Who must be named wherever the gazetteer is shown. Its file has the source of each name. */
export const GAZETTEER_NOTICE =
  'Place names: contains data from GeoNames (geonames.org), CC BY 4.0, and names from Wikipedia, CC BY-SA 4.0. The gazetteer as a whole is CC BY-SA 4.0.';
