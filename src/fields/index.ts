export type { FieldInfo, Fields } from "./catalog.js";
export { ecsFields, isEcsField } from "./ecs.js";
export { type FieldsInput, fieldsOf } from "./given.js";
export { nearFields } from "./near.js";
export {
  type Family,
  familyOf,
  isBoolean,
  isDate,
  isInteger,
  isIp,
  isKeyword,
  isNumber,
  isObject,
  isString,
  isText,
  isVersion,
} from "./types.js";
export { hasFieldsBelow, judgeUnknown, type UnknownField } from "./unknown.js";
export { isOlder } from "./version.js";
