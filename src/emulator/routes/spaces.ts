/** `/api/spaces/space`. */
import { mayEnter } from "../http/auth.js";
import { PlatformError } from "../http/errors.js";
import { noContent } from "../http/responses.js";
import type { Call, Route } from "../http/call.js";
import type { StoredSpace } from "../store/state.js";
import { type Shape, strictBody } from "../validate/strict.js";

const SPACES = "/api/spaces/space";

const SOLUTIONS = ["security", "oblt", "es", "classic", "workplaceai"];

const shape: Shape = {
  id: {
    kind: "string",
    required: true,
    demand: (id) =>
      /^[a-z0-9_-]+$/.test(String(id)) ? undefined : "must be lower case, a-z, 0-9, '_', and '-' are allowed",
  },
  name: { kind: "string", required: true, demand: (name) => tooShort(String(name)) },
  description: { kind: "string" },
  initials: {
    kind: "string",
    demand: (text) =>
      String(text).length > 2
        ? `value has length [${String(text).length}] but it must have a maximum length of [2].`
        : undefined,
  },
  color: {
    kind: "string",
    demand: (color) =>
      /^#[a-zA-Z0-9]{6}$/.test(String(color)) ? undefined : "must be a 6 digit hex color, starting with a #",
  },
  disabledFeatures: { kind: "array" },
  imageUrl: {
    kind: "string",
    demand: (url) =>
      /^(?:data:image.*base64.*|)$/.test(String(url)) ? undefined : "must start with 'data:image'",
  },
  solution: {
    kind: "string",
    demand: (name) => (SOLUTIONS.includes(String(name)) ? undefined : "types that failed validation"),
  },
  _reserved: { kind: "boolean" },
};

function tooShort(name: string): string | undefined {
  return name.length === 0 ? "value has length [0] but it must have a minimum length of [1]." : undefined;
}

type SpaceBody = Omit<StoredSpace, "disabledFeatures"> & { readonly disabledFeatures?: readonly string[] };

function fromBody(body: SpaceBody): StoredSpace {
  const { _reserved: _, ...rest } = body;
  return { ...rest, disabledFeatures: body.disabledFeatures ?? [] };
}

function required(call: Call): StoredSpace {
  const space = call.kernel.state.spaces.get(call.params["id"]!);
  if (space === undefined) throw new PlatformError(404);
  if (!mayEnter(call.user, space.id)) throw new PlatformError(403, `Unauthorized to get ${space.id} space`);
  return space;
}

/** The spaces that the caller may enter. */
function list({ kernel, user }: Call): StoredSpace[] {
  return [...kernel.state.spaces.values()].filter(({ id }) => mayEnter(user, id));
}

function create(call: Call): StoredSpace {
  const space = fromBody(strictBody<SpaceBody>(call.body, shape));
  const { spaces } = call.kernel.state;
  if (spaces.has(space.id)) {
    throw new PlatformError(409, `A space with the identifier ${space.id} already exists.`);
  }
  spaces.set(space.id, space);
  return space;
}

/** Replaces a space: what the body leaves out is gone. */
function update(call: Call): StoredSpace {
  const body = strictBody<SpaceBody>(call.body, shape);
  const existing = required(call);
  const { _reserved: isReserved = false } = existing;
  const space = {
    ...fromBody({ ...body, id: existing.id }),
    ...(isReserved ? { _reserved: true } : {}),
  };
  call.kernel.state.spaces.set(existing.id, space);
  return space;
}

/** Deletes a space with everything in it. */
function remove(call: Call): Response {
  const { id, _reserved: reserved } = required(call);
  if (reserved === true) {
    throw new PlatformError(400, `The ${id} space cannot be deleted because it is reserved.`);
  }
  call.kernel.state.drop(id);
  return noContent();
}

export const spaceRoutes: readonly Route[] = [
  { method: "GET", path: SPACES, handle: list },
  { method: "POST", path: SPACES, privilege: "spaces", handle: create },
  { method: "GET", path: `${SPACES}/:id`, handle: required },
  { method: "PUT", path: `${SPACES}/:id`, privilege: "spaces", handle: update },
  { method: "DELETE", path: `${SPACES}/:id`, privilege: "spaces", handle: remove },
];
