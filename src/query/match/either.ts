import type { RequiredLiteral } from "../core/index.js";
import { fold } from "./fold.js";

/** What is required whichever of several conditions holds, by what each requires: of a field that all ask for, the values of all. */
export function requiredOfEither(choices: readonly (readonly RequiredLiteral[])[]): RequiredLiteral[] {
  const [first = [], ...others] = choices;
  return first.flatMap((literal) => {
    const all = [literal];
    for (const other of others) {
      const same = other.find(({ field }) => field === literal.field);
      if (same === undefined) return [];
      all.push(same);
    }
    const insensitive = all.some((one) => one.insensitive);
    const values = all.flatMap((one) => (insensitive ? one.values.map(fold) : one.values));
    return [{ field: literal.field, values: [...new Set(values)], insensitive }];
  });
}
