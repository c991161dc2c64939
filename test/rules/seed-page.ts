import { read } from "../support/source-tree.js";

/** What the page of the seed rule says, read from the page itself. All texts are as they stand there. */
export interface SeedPage {
  readonly name: string;
  readonly description: string;
  /** The value of a line such as `风险评分: 21`. */
  fact(label: string): string;
  /** The bullets below a label. */
  list(label: string): readonly string[];
  /** Headings, paragraphs and bullets of the guide, in order, without bullet marks. */
  readonly guide: readonly string[];
  readonly query: string;
}

const bare = (line: string): string => line.replace(/^• /, "");

export function seedPage(): SeedPage {
  const lines = read("test/rules/seed-page.zh-CN.txt").split(/\r?\n/);
  const texts = lines.map((line) => line.trim()).filter((line) => line !== "" && line !== "编辑");
  const after = (label: string): readonly string[] => texts.slice(texts.indexOf(label) + 1);
  const start = lines.findIndex((line) => line.startsWith("process where"));
  const end = lines.findIndex((line, i) => i > start && line.trim() === "");
  return {
    name: texts[0]!,
    description: texts[1]!,
    fact: (label) =>
      texts
        .find((line) => line.startsWith(`${label}:`))!
        .slice(label.length + 1)
        .trim(),
    list: (label) => {
      const rest = after(`${label}:`);
      return rest
        .slice(
          0,
          rest.findIndex((line) => !line.startsWith("• ")),
        )
        .map(bare);
    },
    guide: texts.slice(texts.indexOf("调查指南") + 1, texts.indexOf("规则查询")).map(bare),
    query: lines.slice(start, end).join("\n"),
  };
}
