export { dateFormat, DAYS, MONTHS } from "./format.js";
export { readableRounding, type Rounding, roundingTo } from "./rounding.js";
export { zoneOffset } from "./zone.js";
export { dayOfWeek, distanceIn, instantOf, partOf } from "./units.js";
