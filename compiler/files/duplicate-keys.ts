// Finds a key that an object in a JSON text holds twice: JSON.parse keeps the last one in silence.

/**
 * The first repeated key of any object in the text, or `undefined`; keys are compared unescaped.
 * @param text valid JSON; one pass without recursion, so depth and length do not matter.
 */
export function findDuplicateKey(text: string): string | undefined {
  // The keys of every open object; those of a list stay empty.
  const open: Set<string>[] = [];
  let at = 0;
  while (at < text.length) {
    const character = text[at];
    if (character === '"') {
      const end = stringEnd(text, at);
      const keys = open.at(-1);
      if (keys !== undefined && isFollowedByColon(text, end)) {
        const key = String(JSON.parse(text.slice(at, end)));
        if (keys.has(key)) return key;
        keys.add(key);
      }
      at = end;
      continue;
    }
    if (character === '{' || character === '[') open.push(new Set());
    if (character === '}' || character === ']') open.pop();
    at++;
  }
  return undefined;
}

/** The position behind the closing quote of the string that opens at `start`. */
function stringEnd(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}

function isFollowedByColon(text: string, position: number): boolean {
  let at = position;
  while (' \t\r\n'.includes(text[at] ?? '-')) at++;
  return text[at] === ':';
}
