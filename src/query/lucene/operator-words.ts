/** Whether a word is an operator but for its spelling: `and`, `Or`. In capitals it never comes as a word. */
export function isOperatorWord(text: string): boolean {
  const { length } = text;
  return (length === 2 || length === 3) && /^(?:and|or|not)$/i.test(text);
}
