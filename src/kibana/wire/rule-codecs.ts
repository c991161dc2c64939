/** The codecs of a rule's forms, by rule type. */
import * as t from "io-ts";
import { form } from "./form.js";
import {
  baseFilled,
  baseOptional,
  baseRequired,
  exportedHighlights,
  exportedListFields,
  highlights,
  listFields,
  returnedListFields,
  ruleId,
  typeProps,
} from "./rule-props.js";
import { serverOptional, serverRequired } from "./rule-server.js";

/** What one type has of its own; see `typeProps`. */
interface TypeProps<
  R extends t.Props,
  C extends t.Props,
  S extends t.Props,
  F extends t.Props,
  O extends t.Props,
> {
  readonly required: R;
  readonly reshaped: C;
  readonly stored: S;
  readonly filled: F;
  readonly optional: O;
}

const id = { id: t.string };
const createFilled = { ...ruleId, ...baseFilled, ...listFields, ...baseOptional, ...highlights };
const returned = { ...baseRequired, ...ruleId, ...baseFilled, ...returnedListFields, ...serverRequired };
const returnedOptional = { ...baseOptional, ...highlights, ...serverOptional };
const exportedOptional = {
  ...baseFilled,
  ...exportedListFields,
  ...baseOptional,
  ...exportedHighlights,
  ...serverRequired,
  ...serverOptional,
};

/** What `POST` and an import line take. */
function create<
  R extends t.Props,
  C extends t.Props,
  S extends t.Props,
  F extends t.Props,
  O extends t.Props,
>(own: TypeProps<R, C, S, F, O>) {
  return form(
    { ...baseRequired, ...own.required, ...own.reshaped },
    { ...createFilled, ...own.filled, ...own.optional },
  );
}

/** What `PUT` takes. */
function update<
  R extends t.Props,
  C extends t.Props,
  S extends t.Props,
  F extends t.Props,
  O extends t.Props,
>(own: TypeProps<R, C, S, F, O>) {
  return form(
    { ...baseRequired, ...own.required, ...own.reshaped },
    { ...createFilled, ...own.filled, ...own.optional, ...id },
  );
}

/** What `PATCH` takes. */
function patch<R extends t.Props, C extends t.Props, S extends t.Props, F extends t.Props, O extends t.Props>(
  own: TypeProps<R, C, S, F, O>,
) {
  return form(
    {},
    {
      ...baseRequired,
      ...own.required,
      ...own.reshaped,
      ...createFilled,
      ...own.filled,
      ...own.optional,
      ...id,
    },
  );
}

/** What comes back. */
function response<
  R extends t.Props,
  C extends t.Props,
  S extends t.Props,
  F extends t.Props,
  O extends t.Props,
>(own: TypeProps<R, C, S, F, O>) {
  return form(
    { ...returned, ...own.required, ...own.filled, ...own.stored },
    { ...returnedOptional, ...own.optional },
  );
}

/** A rule line of an export, of whatever version. */
function exported<
  R extends t.Props,
  C extends t.Props,
  S extends t.Props,
  F extends t.Props,
  O extends t.Props,
>(own: TypeProps<R, C, S, F, O>) {
  return form(
    { ...baseRequired, ...own.required, ...own.reshaped, ...ruleId },
    { ...exportedOptional, ...own.filled, ...own.optional },
  );
}

export const createCodecs = {
  query: create(typeProps.query),
  saved_query: create(typeProps.saved_query),
  eql: create(typeProps.eql),
  esql: create(typeProps.esql),
  threshold: create(typeProps.threshold),
  threat_match: create(typeProps.threat_match),
  machine_learning: create(typeProps.machine_learning),
  new_terms: create(typeProps.new_terms),
};

export const updateCodecs = {
  query: update(typeProps.query),
  saved_query: update(typeProps.saved_query),
  eql: update(typeProps.eql),
  esql: update(typeProps.esql),
  threshold: update(typeProps.threshold),
  threat_match: update(typeProps.threat_match),
  machine_learning: update(typeProps.machine_learning),
  new_terms: update(typeProps.new_terms),
};

export const patchCodecs = {
  query: patch(typeProps.query),
  saved_query: patch(typeProps.saved_query),
  eql: patch(typeProps.eql),
  esql: patch(typeProps.esql),
  threshold: patch(typeProps.threshold),
  threat_match: patch(typeProps.threat_match),
  machine_learning: patch(typeProps.machine_learning),
  new_terms: patch(typeProps.new_terms),
};

export const responseCodecs = {
  query: response(typeProps.query),
  saved_query: response(typeProps.saved_query),
  eql: response(typeProps.eql),
  esql: response(typeProps.esql),
  threshold: response(typeProps.threshold),
  threat_match: response(typeProps.threat_match),
  machine_learning: response(typeProps.machine_learning),
  new_terms: response(typeProps.new_terms),
};

export const exportedCodecs = {
  query: exported(typeProps.query),
  saved_query: exported(typeProps.saved_query),
  eql: exported(typeProps.eql),
  esql: exported(typeProps.esql),
  threshold: exported(typeProps.threshold),
  threat_match: exported(typeProps.threat_match),
  machine_learning: exported(typeProps.machine_learning),
  new_terms: exported(typeProps.new_terms),
};
