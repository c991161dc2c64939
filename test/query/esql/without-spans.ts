/** A syntax tree without its places in the text. */
export function withoutSpans(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withoutSpans);
  if (typeof node !== "object" || node === null) return node;
  return Object.fromEntries(
    Object.entries(node)
      .filter(([key]) => key !== "start" && key !== "end" && !/(?:span|content)$/i.test(key))
      .map(([key, value]) => [key, withoutSpans(value)]),
  );
}
