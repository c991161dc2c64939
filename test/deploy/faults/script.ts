/** Random scripts of what goes wrong between the command line and Kibana. */
import * as fc from "fast-check";
import type { Fault, FaultResponse } from "../../../src/emulator/index.js";

const respond = fc.constantFrom<FaultResponse>(
  { kind: "status", status: 429 },
  { kind: "status", status: 429, retryAfter: 2 },
  { kind: "status", status: 429, retryAt: 5 },
  { kind: "status", status: 503 },
  { kind: "status", status: 503, afterHandling: true },
  { kind: "status", status: 500 },
  { kind: "status", status: 502, afterHandling: true },
  { kind: "status", status: 403 },
  { kind: "reset" },
  { kind: "reset", afterHandling: true },
  { kind: "slow", milliseconds: 1 },
  { kind: "slow-body", milliseconds: 1 },
  { kind: "truncated" },
  { kind: "html", page: "login" },
  { kind: "html", page: "error" },
  { kind: "html", page: "error", afterHandling: true },
  { kind: "expired-key" },
  { kind: "partial", failures: 1 },
);

const fault: fc.Arbitrary<Fault> = fc.record(
  {
    match: fc.constantFrom(
      {},
      { method: "POST" },
      { method: "PUT" },
      { method: "DELETE" },
      { method: "GET" },
      { path: "/rules" },
      { path: "/exception_lists" },
      { path: "/lists" },
      { path: "/connector" },
      { path: "_import" },
      { path: "_bulk_action" },
    ),
    after: fc.nat({ max: 12 }),
    times: fc.constantFrom(1, 1, 2, 5, 60),
    respond,
  },
  { requiredKeys: ["match", "times", "respond"] },
);

export const script = fc.array(fault, { maxLength: 3 });
