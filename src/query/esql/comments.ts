import { BLANK, classOf } from "./characters.js";

const SLASH = 47;
const STAR = 42;

/**
 * Where a comment that starts at `at` ends; `at` where there is none, -1 where it is not closed. Comments in `/*` can
 * stand in each other; one that is opened more often than closed ends at the last closing sign.
 */
export function commentEnd(text: string, at: number): number {
  if (text.charCodeAt(at) !== SLASH) return at;
  const second = text.charCodeAt(at + 1);
  if (second === SLASH) return lineEnd(text, at);
  if (second !== STAR) return at;
  let depth = 1;
  let lastClose = -1;
  for (let i = at + 2; i < text.length - 1; i++) {
    const code = text.charCodeAt(i);
    if (code === STAR && text.charCodeAt(i + 1) === SLASH) {
      lastClose = ++i + 1;
      if (--depth === 0) return lastClose;
    } else if (code === SLASH && text.charCodeAt(i + 1) === STAR) {
      depth++;
      i++;
    }
  }
  return lastClose;
}

/** Where white space and closed comments from `at` on end. */
export function blankEnd(text: string, at: number): number {
  for (;;) {
    while ((classOf(text.charCodeAt(at)) & BLANK) !== 0) at++;
    const end = commentEnd(text, at);
    if (end <= at) return at;
    at = end;
  }
}

function lineEnd(text: string, at: number): number {
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === 10 || code === 13) break;
    at++;
  }
  return at;
}
