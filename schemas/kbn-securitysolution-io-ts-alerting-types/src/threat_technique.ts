import * as t from "io-ts";
import { threat_subtechniques } from "./threat_subtechnique.js";

export const threat_technique_id = t.string;
export const threat_technique_name = t.string;
export const threat_technique_reference = t.string;

export const threat_technique = t.intersection([
  t.exact(
    t.type({
      id: threat_technique_id,
      name: threat_technique_name,
      reference: threat_technique_reference,
    }),
  ),
  t.exact(t.partial({ subtechnique: threat_subtechniques })),
]);
export type ThreatTechnique = t.TypeOf<typeof threat_technique>;

export const threat_techniques = t.array(threat_technique);
