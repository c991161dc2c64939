import * as t from "io-ts";

export const threat_subtechnique_id = t.string;
export const threat_subtechnique_name = t.string;
export const threat_subtechnique_reference = t.string;

/** Unknown keys stay. */
export const threat_subtechnique = t.type({
  id: threat_subtechnique_id,
  name: threat_subtechnique_name,
  reference: threat_subtechnique_reference,
});
export type ThreatSubtechnique = t.TypeOf<typeof threat_subtechnique>;

export const threat_subtechniques = t.array(threat_subtechnique);
