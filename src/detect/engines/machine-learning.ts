import { type Event, reader } from "../../query/index.js";
import { candidateOn, createUpToLimit } from "../create.js";
import type { Engine, RunContext } from "../run-context.js";
import { type Hit, search } from "../search.js";
import type { Doc } from "../store/document.js";
import { createAllSuppressed } from "../suppression/in-memory.js";
import { suppressibleHit, termsReader } from "../suppression/of-hit.js";
import { afterSearch } from "./exceptions.js";

const TIMESTAMP = "timestamp";

/** Anomaly records of the rule's jobs that score high enough, highest first. Records are documents of any index. */
export const machineLearningEngine: Engine<"machine_learning"> = (context) => {
  const records = afterSearch(context, findRecords(context)).slice(0, context.maxSignals).map(asEvent);
  const settings = context.rule.params.alert_suppression;
  if (settings === undefined) {
    createUpToLimit(
      context,
      records.map(({ doc }) => candidateOn(context, doc)),
    );
    return;
  }
  const read = termsReader(settings.group_by);
  createAllSuppressed(
    context,
    settings,
    records.map((hit) => suppressibleHit(context, hit, read(hit.doc.event, hit.doc.mapping.fields))),
  );
};

const readScore = reader("record_score");

function findRecords(context: RunContext<"machine_learning">): Hit[] {
  const { anomaly_threshold: least, machine_learning_job_id: jobs } = context.rule.params;
  const wanted = new Set([jobs].flat());
  const isRecord = ({ result_type, is_interim, job_id, record_score }: Event): boolean =>
    result_type === "record" &&
    is_interim === false &&
    wanted.has(String(job_id)) &&
    Number(record_score) >= least;
  const hits = search({
    indices: context.store.all(),
    timestamps: { primary: TIMESTAMP, secondary: undefined },
    window: context.window,
    conditions: [() => isRecord, ...context.conditions],
  });
  return hits.sort((a, b) => Number(readScore(b.doc.event)) - Number(readScore(a.doc.event)));
}

/** A record as an event: it has a time of its own, and the values of its influencers are fields. */
function asEvent(hit: Hit): Hit {
  const more: Record<string, unknown> = { "@timestamp": new Date(hit.time).toISOString() };
  const { influencers } = hit.doc.source;
  for (const influencer of Array.isArray(influencers) ? (influencers as Event[]) : []) {
    const { influencer_field_name: name, influencer_field_values: values } = influencer;
    if (typeof name === "string" && reader(name)(hit.doc.source) === undefined) more[name] = values;
  }
  const doc: Doc = {
    ...hit.doc,
    source: { ...hit.doc.source, ...more },
    event: { ...hit.doc.event, ...more },
  };
  return { ...hit, doc };
}
