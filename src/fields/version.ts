/**
 * Whether a stack (`9.1`, `8.19.2`) is older than a version of ECS (`9.2`). Both are released together, and patches
 * bring no fields, so that major and minor decide.
 */
export function isOlder(stack: string, version: string): boolean {
  const [major = 0, minor = 0] = stack.split(".").map(Number);
  const [otherMajor = 0, otherMinor = 0] = version.split(".").map(Number);
  return major < otherMajor || (major === otherMajor && minor < otherMinor);
}
