import { fold } from "./fold.js";

/**
 * The tokens that Elasticsearch's standard analyser makes of a text: words and numbers in lower case.
 */
export function tokens(text: string): string[] {
  return fold(text).match(/[\p{L}\p{N}_]+(?:[.'][\p{L}\p{N}_]+)*/gu) ?? [];
}
