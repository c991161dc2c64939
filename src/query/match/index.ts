export { type NamedTime, parseDate, toMillis } from "./date.js";
export { type Event, leaves, reader } from "./event.js";
export { fold } from "./fold.js";
export { type Cidr, compareIp, inCidr, type Ip, parseCidr, parseIp } from "./ip.js";
export { toBoolean, toNumber } from "./number.js";
export { compileRegexp, type Regexp } from "./regexp.js";
export { tokens } from "./text.js";
export { compileWildcard, type Piece } from "./wildcard.js";
