import * as t from "io-ts";

/**
 * An object with required and optional fields. Decoding drops unknown keys, which is what Kibana does with them; `decode.ts`
 * looks at what was dropped.
 */
export function form<R extends t.Props, O extends t.Props>(
  required: R,
  optional: O,
): t.ExactC<t.IntersectionC<[t.TypeC<R>, t.PartialC<O>]>> {
  return t.exact(t.intersection([t.type(required), t.partial(optional)]));
}

/** Free-form JSON object: neither keys nor values are looked at. */
export const freeObject = t.UnknownRecord;

export const texts = t.array(t.string);
