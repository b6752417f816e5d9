/**
 * Models write formulas as `\( \)`, `\[ \]`, `$ $` and `$$ $$`; the parser is told to take `$$` only, since a single dollar is
 * money as often. One pair of dollars is a formula where no white space is inside at its ends and no digit follows it.
 */
const pattern = new RegExp(
  [
    /(?<code>^ {0,3}(?<fence>```+|~~~+)[\s\S]*?(?:^ {0,3}\k<fence>|$(?![\s\S]))|(?<ticks>`+)[^`][\s\S]*?\k<ticks>)/,
    /\\\[(?<block>[\s\S]+?)\\\]/,
    /\\\((?<inline>[^\n]+?)\\\)/,
    /(?<![\\$\w])\$(?<dollar>[^\s$](?:[^$\n]*?[^\s$\\])?)\$(?![\d$])/,
  ]
    .map(part => part.source)
    .join('|'),
  'gm',
);

/** Whether a text that was unified has a formula. */
export const hasMath = (text: string): boolean => text.includes('$$');

export function unifyMath(text: string): string {
  if (!text.includes('$') && !text.includes('\\(') && !text.includes('\\[')) return text;
  return text.replace(pattern, (whole, ...rest) => {
    const found = rest.at(-1) as Record<string, string | undefined>;
    if (found.code) return whole;
    if (found.block !== undefined) return `\n$$\n${found.block.trim()}\n$$\n`;
    const inline = found.inline ?? found.dollar;
    return inline === undefined ? whole : `$$${inline.trim()}$$`;
  });
}
