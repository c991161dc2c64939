import { expect, it } from "vitest";
import { fileKind } from "../../src/project/file-kind.js";

it.each([
  ["a.rule.yml", { kind: "rule", stem: "a" }],
  ["a.b.rule.yaml", { kind: "rule", stem: "a.b" }],
  ["a.rule.zh-CN.yml", { kind: "translation", stem: "a", locale: "zh-CN" }],
  ["a.rule.de.yml", { kind: "translation", stem: "a", locale: "de" }],
  ["hosts.exceptions.yml", { kind: "exceptions", stem: "hosts" }],
  ["slack.connector.yml", { kind: "connector", stem: "slack" }],
  ["setup.fragment.md", { kind: "fragment", stem: "setup", locale: undefined }],
  ["setup.fragment.zh-CN.md", { kind: "fragment", stem: "setup", locale: "zh-CN" }],
  ["a.test.yml", { kind: "companion" }],
  ["ips.values.txt", { kind: "values-text", stem: "ips" }],
  ["ips.values.csv", { kind: "values-text", stem: "ips" }],
  ["ips.values.yml", { kind: "values", stem: "ips" }],
  ["a.rules.yml", { kind: "unknown", suggestion: ".rule.yml" }],
  ["a.exception.yml", { kind: "unknown", suggestion: ".exceptions.yml" }],
  ["a.yml", { kind: "unknown", suggestion: undefined }],
  ["README.md", { kind: "other" }],
  ["rule.yml", { kind: "unknown", suggestion: undefined }],
])("%s", (name, kind) => {
  expect(fileKind(name)).toEqual(kind);
});
