import { nearest } from "../diagnostics/index.js";

/** What a file of the project is; its suffix alone decides, so that editors can attach the schema by name. */
export type FileKind =
  | { readonly kind: "rule" | "exceptions" | "connector" | "values"; readonly stem: string }
  /** A text file with the values of a value list, one a line. */
  | { readonly kind: "values-text"; readonly stem: string }
  | { readonly kind: "translation"; readonly stem: string; readonly locale: string }
  | { readonly kind: "fragment"; readonly stem: string; readonly locale: string | undefined }
  /** A companion that other commands read. */
  | { readonly kind: "companion" }
  /** YAML whose suffix says nothing to us; `suggestion` is the suffix it may have meant. */
  | { readonly kind: "unknown"; readonly suggestion: string | undefined }
  | { readonly kind: "other" };

const SUFFIXES = ["rule", "exceptions", "connector", "values"] as const;
const COMPANIONS = ["test"];
const LOCALE = "[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*";
const DATA = new RegExp(`^(.+)\\.(${SUFFIXES.join("|")})\\.ya?ml$`);
const TRANSLATION = new RegExp(`^(.+)\\.rule\\.(${LOCALE})\\.ya?ml$`);
const FRAGMENT = new RegExp(`^(.+?)\\.fragment(?:\\.(${LOCALE}))?\\.md$`);
const VALUES_TEXT = /^(.+)\.values\.(?:txt|csv)$/;
const COMPANION = new RegExp(`^.+\\.(?:${COMPANIONS.join("|")})\\.ya?ml$`);

/** Tells a file's kind from its name (without folders). */
export function fileKind(name: string): FileKind {
  const data = DATA.exec(name);
  if (data !== null) return { kind: data[2] as (typeof SUFFIXES)[number], stem: data[1]! };
  const text = VALUES_TEXT.exec(name);
  if (text !== null) return { kind: "values-text", stem: text[1]! };
  if (COMPANION.test(name)) return { kind: "companion" };
  const translation = TRANSLATION.exec(name);
  if (translation !== null) return { kind: "translation", stem: translation[1]!, locale: translation[2]! };
  const fragment = FRAGMENT.exec(name);
  if (fragment !== null) return { kind: "fragment", stem: fragment[1]!, locale: fragment[2] };
  if (!/\.ya?ml$/.test(name)) return { kind: "other" };
  const suffix = /\.([^.]+)\.ya?ml$/.exec(name)?.[1];
  const meant = suffix === undefined ? undefined : nearest(suffix, [...SUFFIXES, ...COMPANIONS], 1)[0];
  return { kind: "unknown", suggestion: meant === undefined ? undefined : `.${meant}.yml` };
}
