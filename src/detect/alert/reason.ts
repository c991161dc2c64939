import { type Event, reader, textOf } from "../../query/index.js";

const FIELDS = {
  category: reader("event.category"),
  process: reader("process.name"),
  parent: reader("process.parent.name"),
  file: reader("file.name"),
  source: reader("source.address"),
  sourceIp: reader("source.ip"),
  sourcePort: reader("source.port"),
  destination: reader("destination.address"),
  destinationIp: reader("destination.ip"),
  destinationPort: reader("destination.port"),
  user: reader("user.name"),
  host: reader("host.name"),
} as const;

/** The sentence that says why there is an alert. */
export function reasonOf(event: Event, severity: string, name: string): string {
  const text = (field: keyof typeof FIELDS): string | undefined => {
    const value = FIELDS[field](event);
    return value === undefined
      ? undefined
      : Array.isArray(value)
        ? value.map(textOf).join(", ")
        : textOf(value);
  };
  const details = [
    part("process", text("process")),
    part("parent process", text("parent")),
    part("file", text("file")),
    address("source", text("source") ?? text("sourceIp"), text("sourcePort")),
    address("destination", text("destination") ?? text("destinationIp"), text("destinationPort")),
  ].filter((each) => each !== undefined);
  const category = text("category");
  const user = text("user");
  const host = text("host");
  return [
    category,
    "event",
    details.length === 0 ? undefined : `with ${details.join(" ")}`,
    user && `by ${user}`,
    host && `on ${host}`,
    `created ${severity} alert ${name}.`,
  ]
    .filter((each) => each !== undefined && each !== "")
    .join(" ");
}

const part = (what: string, value: string | undefined): string | undefined => value && `${what} ${value},`;

/** A port brings the comma; Kibana's sentence has none after an address alone. */
const address = (what: string, host: string | undefined, port: string | undefined): string | undefined =>
  host && (port === undefined ? `${what} ${host}` : `${what} ${host}:${port},`);
