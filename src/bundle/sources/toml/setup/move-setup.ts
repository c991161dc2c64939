import { strip } from "../python-text.js";
import { type Block, readBlocks } from "./blocks.js";
import { inlineText } from "./inline.js";

export interface MovedSetup {
  readonly setup: string;
  readonly note: string;
  /** Whether the note still has the text, because it is not the same to the letter there. */
  readonly repeated: boolean;
}

/**
 * Takes the part under the heading `## Setup` out of a note, as detection-rules does when it exports: `setup` gets the text of what follows
 * the first heading with that word, up to the next heading; from the note the heading is cut, and that text wherever it stands. Of lists and
 * links the text is another than in the note, which then keeps its own. Undefined where a note has no such heading.
 */
export function moveSetup(original: string, note: string): MovedSetup | undefined {
  if (!original.includes("Setup")) return undefined;
  const blocks = readBlocks(original);
  const titles = blocks.map((block) => (block.type === "heading" ? inlineText(block.text) : ""));
  if (!blocks.some((block, i) => block.type === "heading" && block.level === 2 && titles[i] === "Setup"))
    return undefined;
  const setup = plainText(blocks.slice(titles.findIndex((title) => title.includes("Setup")) + 1));
  const rest = note.replaceAll("## Setup\n\n", "");
  return {
    setup,
    note: strip(setup === "" ? rest : rest.replaceAll(setup, "")),
    repeated: !rest.includes(setup),
  };
}

/** The text of blocks up to the next heading. Items of a list follow each other without a gap. */
function plainText(blocks: readonly Block[]): string {
  let text = "";
  for (const block of blocks) {
    if (block.type === "heading" && block.level >= 2) break;
    text += blockText(block);
  }
  return strip(text);
}

function blockText(block: Block): string {
  switch (block.type) {
    case "blank":
      return "\n";
    case "paragraph":
      return `${inlineText(block.text)}\n`;
    case "heading":
    case "underlined":
      return inlineText(block.text);
    case "fence":
      return `\`\`\`\n${strip(block.text)}\n\`\`\`\n`;
    case "code":
      return strip(block.text);
    case "list":
      return strip(block.items.map(plainText).join(""));
    case "quote":
      return plainText(block.blocks);
    default:
      return "";
  }
}
