/** `/api/data_views`: where rules with a `data_view_id` get their indices from. */
import { type StoredDataView, fieldOf, listed, nameOf, viewNamed, whole } from "../data-views/store.js";
import { PlatformError } from "../http/errors.js";
import type { Call, Route } from "../http/call.js";
import { type Shape, strictBody, strictPart } from "../validate/strict.js";

const VIEWS = "/api/data_views";
const VIEW = `${VIEWS}/data_view`;

type Values = Readonly<Record<string, unknown>>;

const updateShape: Shape = {
  title: { kind: "string" },
  name: { kind: "string" },
  type: { kind: "string" },
  typeMeta: { kind: "object" },
  timeFieldName: { kind: "string" },
  sourceFilters: { kind: "array" },
  fields: { kind: "object" },
  fieldFormats: { kind: "object" },
  runtimeFieldMap: { kind: "object" },
  allowNoIndex: { kind: "boolean" },
  allowHidden: { kind: "boolean" },
};
const createShape: Shape = {
  ...updateShape,
  title: { kind: "string", required: true },
  id: { kind: "string" },
  version: { kind: "string" },
  fieldAttrs: { kind: "object" },
  namespaces: { kind: "array" },
};

/** The values of the body's `data_view`, checked; the keys beside it are flags. */
function sentView<T>(call: Call, shape: Shape, flags: readonly string[]): { view: T; body: Values } {
  const body = strictBody<Values>(call.body, {
    data_view: { kind: "object", required: true },
    ...Object.fromEntries(flags.map((flag) => [flag, { kind: "boolean" }])),
  });
  return { view: strictPart<T>(body["data_view"], shape, "request body.data_view"), body };
}

/** Fields come from Elasticsearch, so that those that were sent are not kept. */
function storable<T extends object>(sent: T): Omit<T, "fields"> {
  const { fields: _, ...rest } = sent as T & { readonly fields?: unknown };
  return rest;
}

function required({ space, params }: Call): StoredDataView {
  const id = params["id"]!;
  const view = space.dataViews.get(id);
  if (view === undefined) throw new PlatformError(404, `Saved object [index-pattern/${id}] not found`);
  return view;
}

function checkNameIsFree(call: Call, view: StoredDataView): void {
  const other = viewNamed(call.space, nameOf(view));
  if (other === undefined || other.id === view.id) return;
  throw new PlatformError(400, `Duplicate data view: ${nameOf(view)}`);
}

function save(call: Call, view: StoredDataView): StoredDataView {
  const saved = { ...view, version: call.kernel.state.nextVersion() };
  call.space.dataViews.set(saved.id, saved);
  return saved;
}

function create(call: Call) {
  const { view: sent, body } = sentView<Partial<StoredDataView> & { readonly title: string }>(
    call,
    createShape,
    ["override", "refresh_fields"],
  );
  const { space } = call;
  const view: StoredDataView = {
    ...storable(sent),
    id: sent.id ?? call.kernel.uuid(),
    version: "",
    namespaces: [space.id],
  };
  if (body["override"] === true) {
    const replaced = viewNamed(space, nameOf(view));
    if (replaced !== undefined) space.dataViews.delete(replaced.id);
  }
  checkNameIsFree(call, view);
  if (space.dataViews.has(view.id)) {
    throw new PlatformError(409, `Saved object [index-pattern/${view.id}] conflict`);
  }
  return { data_view: whole(save(call, view)) };
}

function update(call: Call) {
  const { view: sent } = sentView<Partial<StoredDataView>>(call, updateShape, ["refresh_fields"]);
  if (Object.keys(sent).length === 0) throw new PlatformError(400, "Index pattern change set is empty.");
  const changed = { ...required(call), ...storable(sent) };
  checkNameIsFree(call, changed);
  return { data_view: whole(save(call, changed)) };
}

function remove(call: Call): Response {
  const { id } = required(call);
  call.space.dataViews.delete(id);
  if (call.space.defaultDataView === id) call.space.defaultDataView = undefined;
  return new Response(null);
}

const defaultShape: Shape = { data_view_id: { kind: "string", required: true }, force: { kind: "boolean" } };

/** Sets the default once; a later one needs `force`. */
function setDefault({ space, body }: Call) {
  const sent = strictBody<{ readonly data_view_id: string; readonly force?: boolean }>(body, defaultShape);
  if (space.defaultDataView === undefined || sent.force === true) space.defaultDataView = sent.data_view_id;
  return { acknowledged: true };
}

function setFieldAttributes(call: Call) {
  const { fields } = strictBody<{ readonly fields: Readonly<Record<string, Values>> }>(call.body, {
    fields: { kind: "object", required: true },
  });
  if (Object.keys(fields).length === 0) throw new PlatformError(400, "No fields provided.");
  const view = required(call);
  const attributes = Object.entries(fields).map(([name, values]) => [
    name,
    { ...view.fieldAttrs?.[name], ...values },
  ]);
  save(call, { ...view, fieldAttrs: { ...view.fieldAttrs, ...Object.fromEntries(attributes) } });
  return { acknowledged: true };
}

const runtimeShape: Shape = { runtimeField: { kind: "object", required: true } };
const namedRuntimeShape: Shape = { name: { kind: "string", required: true }, ...runtimeShape };

interface RuntimeBody {
  readonly name: string;
  readonly runtimeField: Values;
}

const answerOf = (view: StoredDataView, name: string, runtimeField: Values) => ({
  data_view: whole(view),
  fields: [fieldOf(name, runtimeField)],
});

function setRuntimeField(call: Call, { name, runtimeField }: RuntimeBody) {
  const view = required(call);
  const runtimeFieldMap = { ...view.runtimeFieldMap, [name]: runtimeField };
  return answerOf(save(call, { ...view, runtimeFieldMap }), name, runtimeField);
}

function addRuntimeField(call: Call) {
  const body = strictBody<RuntimeBody>(call.body, namedRuntimeShape);
  if (Object.hasOwn(required(call).runtimeFieldMap ?? {}, body.name)) {
    throw new PlatformError(400, `Field [name = ${body.name}] already exists.`);
  }
  return setRuntimeField(call, body);
}

function requiredField(call: Call): { readonly view: StoredDataView } & RuntimeBody {
  const view = required(call);
  const name = call.params["name"]!;
  const fields = view.runtimeFieldMap ?? {};
  if (!Object.hasOwn(fields, name)) throw new PlatformError(404, `Field [${name}] not found`);
  return { view, name, runtimeField: fields[name]! };
}

function readRuntimeField(call: Call) {
  const { view, name, runtimeField } = requiredField(call);
  return answerOf(view, name, runtimeField);
}

function changeRuntimeField(call: Call) {
  const { name, runtimeField: present } = requiredField(call);
  const { runtimeField } = strictBody<RuntimeBody>(call.body, runtimeShape);
  return setRuntimeField(call, { name, runtimeField: { ...present, ...runtimeField } });
}

function removeRuntimeField(call: Call): Response {
  const { view, name } = requiredField(call);
  const { [name]: _, ...runtimeFieldMap } = view.runtimeFieldMap ?? {};
  save(call, { ...view, runtimeFieldMap });
  return new Response(null);
}

const swapShape: Shape = {
  fromId: { kind: "string", required: true },
  toId: { kind: "string", required: true },
  fromType: { kind: "string" },
  forType: { kind: "string" },
  delete: { kind: "boolean" },
};

/** Rules do not refer to data views by saved-object references, and nothing else here refers to any. */
function swapReferences({ body }: Call) {
  const sent = strictBody<Values>(body, { ...swapShape, forId: { kind: "string" } });
  return {
    result: [],
    ...(sent["delete"] === true ? { deleteStatus: { remainingRefs: 0, deletePerformed: false } } : {}),
  };
}

export const dataViewRoutes: readonly Route[] = [
  {
    method: "GET",
    path: VIEWS,
    privilege: "read",
    handle: (call) => ({ data_view: [...call.space.dataViews.values()].map((view) => listed(call, view)) }),
  },
  {
    method: "GET",
    path: `${VIEWS}/default`,
    privilege: "read",
    handle: ({ space }) => ({ data_view_id: space.defaultDataView ?? "" }),
  },
  { method: "POST", path: `${VIEWS}/default`, privilege: "write", handle: setDefault },
  { method: "POST", path: `${VIEWS}/swap_references`, privilege: "write", handle: swapReferences },
  {
    method: "POST",
    path: `${VIEWS}/swap_references/_preview`,
    privilege: "read",
    readOnly: true,
    handle: swapReferences,
  },
  { method: "POST", path: VIEW, privilege: "write", handle: create },
  {
    method: "GET",
    path: `${VIEW}/:id`,
    privilege: "read",
    handle: (call) => ({ data_view: whole(required(call)) }),
  },
  { method: "POST", path: `${VIEW}/:id`, privilege: "write", handle: update },
  { method: "DELETE", path: `${VIEW}/:id`, privilege: "write", handle: remove },
  { method: "POST", path: `${VIEW}/:id/fields`, privilege: "write", handle: setFieldAttributes },
  { method: "POST", path: `${VIEW}/:id/runtime_field`, privilege: "write", handle: addRuntimeField },
  {
    method: "PUT",
    path: `${VIEW}/:id/runtime_field`,
    privilege: "write",
    handle: (call) => setRuntimeField(call, strictBody<RuntimeBody>(call.body, namedRuntimeShape)),
  },
  { method: "GET", path: `${VIEW}/:id/runtime_field/:name`, privilege: "read", handle: readRuntimeField },
  { method: "POST", path: `${VIEW}/:id/runtime_field/:name`, privilege: "write", handle: changeRuntimeField },
  {
    method: "DELETE",
    path: `${VIEW}/:id/runtime_field/:name`,
    privilege: "write",
    handle: removeRuntimeField,
  },
];
