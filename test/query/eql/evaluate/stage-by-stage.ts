/**
 * Sequences the plain way, to compare with: each stage goes over all events, and what should be missing is looked up
 * among all events when a sequence is complete. Quadratic.
 */
import type { SequenceShape } from "../../../../src/query/eql/evaluate/sequence-matcher.js";

export interface Step {
  readonly ms: number;
  /** The stages that the event matches. */
  readonly stages: readonly number[];
  readonly until: boolean;
  readonly keys: readonly string[];
}

export function sequencesStageByStage({ stages, maxspan = Infinity }: SequenceShape, steps: readonly Step[]) {
  const keys = [...new Set(steps.flatMap((step) => step.keys))];
  const found = keys.flatMap((key) => {
    const own = (matches: (step: Step) => boolean): number[] =>
      [...steps.keys()].filter((at) => steps[at]!.keys.includes(key) && matches(steps[at]!));
    const ofStage = (stage: number): number[] => own((step) => step.stages.includes(stage));
    const untils = own((step) => step.until);
    const positives = [...stages.keys()].filter((stage) => stages[stage] === "positive");
    const apart = (from: number, to: number): number => steps[to]!.ms - steps[from]!.ms;

    let candidates = ofStage(positives[0]!).map((at) => [at]);
    for (const stage of positives.slice(1)) {
      const next: number[][] = [];
      for (const at of ofStage(stage)) {
        const before = candidates.filter((candidate) => candidate[candidate.length - 1]! < at);
        const latest = before[before.length - 1];
        if (latest === undefined) continue;
        candidates = candidates.filter((candidate) => !before.includes(candidate));
        if (apart(latest[0]!, at) > maxspan) continue;
        const until = untils.filter((position) => position < at).pop() ?? -1;
        if (until >= latest[latest.length - 1]!) continue;
        next.push([...latest, at]);
      }
      candidates = next;
    }

    return candidates
      .filter((events) => {
        const first = events[0]!;
        const last = events[events.length - 1]!;
        const leading: number[] = [];
        const trailing: number[] = [];
        const isLed = positives[0]! > 0;
        const isTrailed = positives[positives.length - 1]! < stages.length - 1;
        for (const [stage, kind] of stages.entries()) {
          if (kind === "positive") continue;
          const next = positives.findIndex((positive) => positive > stage);
          if (next === 0) leading.push(...ofStage(stage).filter((at) => at < first));
          else if (next < 0) trailing.push(...ofStage(stage).filter((at) => at > last));
          else if (ofStage(stage).some((at) => at > events[next - 1]! && at < events[next]!)) return false;
        }
        if (isLed && isTrailed)
          return !leading.some((lead) => trailing.some((trail) => apart(lead, trail) <= maxspan));
        if (isLed) return !leading.some((lead) => apart(lead, last) <= maxspan);
        return !trailing.some((trail) => apart(first, trail) <= maxspan);
      })
      .map((events) => ({
        joinKeys: [key],
        events: stages.map((kind, stage) => (kind === "missing" ? null : events[positives.indexOf(stage)]!)),
      }));
  });
  // Keys of one event are in the order in which it has them.
  const last = ({ events }: (typeof found)[number]): number =>
    Math.max(...events.map((event) => event ?? -1));
  const rank = (sequence: (typeof found)[number]): number =>
    steps[last(sequence)]!.keys.indexOf(sequence.joinKeys[0]!);
  return found.sort((a, b) => last(a) - last(b) || rank(a) - rank(b));
}
