const WIDTH = 100;

/** Wraps prose to the width of a terminal page, indented. Code blocks and lists keep their lines. */
export function wrap(markdown: string, indent: number): string {
  const margin = " ".repeat(indent);
  let inCode = false;
  return markdown
    .split("\n")
    .map((line) => {
      if (line.startsWith("```")) {
        inCode = !inCode;
        return "";
      }
      return inCode ? `${margin}  ${line}` : wrapLine(line, margin);
    })
    .join("\n");
}

function wrapLine(line: string, margin: string): string {
  const lines: string[] = [];
  let current = "";
  for (const word of line.split(" ")) {
    if (current !== "" && margin.length + current.length + 1 + word.length > WIDTH) {
      lines.push(margin + current);
      current = word;
    } else {
      current = current === "" ? word : `${current} ${word}`;
    }
  }
  lines.push(margin + current);
  return lines.join("\n");
}
