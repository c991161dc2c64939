import { type Event, type Read, reader, type Readers } from "./event.js";

/**
 * Readers that remember the values of the event that they read last, for a pass of many queries over events that nobody
 * changes meanwhile.
 */
export function rememberingReaders(): Readers {
  const known = new Map<string, Read>();
  return (name) => {
    let read = known.get(name);
    if (read === undefined) known.set(name, (read = remembering(reader(name))));
    return read;
  };
}

function remembering(read: Read): Read {
  let last: Event | undefined;
  let value: unknown;
  return (event) => {
    if (event !== last) {
      value = read(event);
      last = event;
    }
    return value;
  };
}
