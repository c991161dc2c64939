/** Codecs of the shapes that a rule is made of; `rule-parts.ts` has their types. */
import {
  RiskScoreMapping,
  Severity,
  SeverityMapping,
  threat_framework,
  threat_mapping,
  threat_subtechnique,
  threat_tactic,
  threat_technique_id,
  threat_technique_name,
  threat_technique_reference,
} from "@kbn/securitysolution-io-ts-alerting-types";
import * as t from "io-ts";
import { form } from "./form.js";
import { pruned } from "./pruned.js";
import { nonBlankText, sized, wholeNumber } from "./scalars.js";

export const severity = Severity;
export const severityMapping = SeverityMapping;
export const riskScoreMapping = pruned(RiskScoreMapping);
export const threatMapping = pruned(threat_mapping);

export const language = t.keyof({ kuery: null, lucene: null });

const technique = form(
  { id: threat_technique_id, name: threat_technique_name, reference: threat_technique_reference },
  // The alerting types keep unknown keys here and in the tactic; on the wire they are a typo.
  { subtechnique: t.array(t.exact(threat_subtechnique)) },
);

export const threats = t.array(
  form({ framework: threat_framework, tactic: t.exact(threat_tactic) }, { technique: t.array(technique) }),
);

export const namespaceType = t.keyof({ single: null, agnostic: null });

export const exceptionListType = t.keyof({
  detection: null,
  rule_default: null,
  endpoint: null,
  endpoint_trusted_apps: null,
  endpoint_trusted_devices: null,
  endpoint_events: null,
  endpoint_host_isolation_exceptions: null,
  endpoint_blocklists: null,
});

const listReference = { list_id: nonBlankText, type: exceptionListType, namespace_type: namespaceType };

export const exceptionsList = t.array(form({ id: nonBlankText, ...listReference }, {}));

/** An export that was scrubbed has no ids. */
export const exportedExceptionsList = t.array(form(listReference, { id: nonBlankText }));

export const relatedIntegrations = t.array(
  form({ package: nonBlankText, version: nonBlankText }, { integration: nonBlankText }),
);

const requiredField = { name: nonBlankText, type: nonBlankText };

export const requiredFieldInputs = t.array(form(requiredField, {}));
export const requiredFields = t.array(form({ ...requiredField, ecs: t.boolean }, {}));
export const exportedRequiredFields = t.array(form(requiredField, { ecs: t.boolean }));

export const investigationFields = form({ field_names: sized(nonBlankText, 1) }, {});

const suppressionDuration = form({ value: wholeNumber(1), unit: t.keyof({ s: null, m: null, h: null }) }, {});

export const suppression = form(
  { group_by: sized(t.string, 1, 3) },
  {
    duration: suppressionDuration,
    missing_fields_strategy: t.keyof({ suppress: null, doNotSuppress: null }),
  },
);

export const thresholdSuppression = form({ duration: suppressionDuration }, {});

const thresholdValue = wholeNumber(1);
const thresholdFields = sized(t.string, 0, 5);
const cardinality = { cardinality: t.array(form({ field: t.string, value: wholeNumber(0) }, {})) };

export const threshold = form(
  { field: t.union([t.string, thresholdFields]), value: thresholdValue },
  cardinality,
);
export const storedThreshold = form({ field: thresholdFields, value: thresholdValue }, cardinality);

export const newTermsFields = sized(t.string, 1, 3);
export const jobIds = sized(t.string, 1);

export const outcome = t.keyof({ exactMatch: null, aliasMatch: null, conflict: null });
export const aliasPurpose = t.keyof({ savedObjectConversion: null, savedObjectImport: null });
