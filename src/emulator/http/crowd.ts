import { PlatformError } from "./errors.js";
import { errorResponse } from "./route.js";

/** The routes that do only so many requests at a time on one server. */
const LIMITS: readonly (readonly [path: string, most: number])[] = [
  ["/api/detection_engine/rules/_bulk_action", 5],
  ["/api/detection_engine/rules/preview", 10],
];

/** Counts the requests under way and turns away those that are too many: status 429, without a `Retry-After`. */
export class Crowd {
  private readonly inside = new Map<string, number>();

  /** Answers through `work`, or turns the request away. */
  async guard(method: string, path: string, work: () => Promise<Response>): Promise<Response> {
    const limit = method === "POST" ? LIMITS.find(([limited]) => limited === path) : undefined;
    if (limit === undefined) return work();
    const count = this.inside.get(path) ?? 0;
    if (count >= limit[1]) return errorResponse(new PlatformError(429), () => undefined);
    this.inside.set(path, count + 1);
    try {
      return await work();
    } finally {
      this.inside.set(path, this.inside.get(path)! - 1);
    }
  }
}
