export type { FieldInfo, Fields } from "./catalog.js";
export { ecsFields, isEcsField } from "./ecs.js";
export { FieldCatalog } from "./field-catalog.js";
export { type FieldsInput, fieldsOf, type MappingProperty } from "./given.js";
export { nearFields } from "./near.js";
export type { CustomField, CustomFields, Lock } from "./sources.js";
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
  isRange,
  isString,
  isText,
  isVersion,
  mappingTypes,
} from "./types.js";
export { covers, patternsOf } from "./index-pattern.js";
export { hasFieldsBelow, judgeUnknown, type UnknownField } from "./unknown.js";
export { isOlder } from "./version.js";
