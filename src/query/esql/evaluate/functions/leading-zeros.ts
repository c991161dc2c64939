import { conversionFailure, readAddress } from "../values/index.js";

/** `TO_IP` of a text whose parts may start with zeros: such a part is decimal or octal. */
export function readAddressWithZeros(text: string, zeros: "decimal" | "octal"): string {
  const parts = text.split(".").map((part) => {
    if (!/^0\d+$/.test(part)) return part;
    return String(Number.parseInt(part, zeros === "octal" && /^[0-7]+$/.test(part) ? 8 : 10));
  });
  const address = readAddress(parts.join("."));
  if (address === undefined) throw conversionFailure(`'${text}' is not an IP string literal.`);
  return address;
}
