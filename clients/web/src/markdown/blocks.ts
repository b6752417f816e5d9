import { Lexer } from 'marked';

/** A text in blocks that can be shown one by one: when it grows, only the last ones change. */
export interface Blocks {
  readonly text: string;
  readonly blocks: readonly string[];
  /** Where each block begins. */
  readonly starts: readonly number[];
}

export const noBlocks: Blocks = { text: '', blocks: [], starts: [] };

/** What follows may still change what it is: a list goes on, a line of text becomes a heading. */
const UNSETTLED = 2;

/** Splits a text. Where it begins with the text that was split before, only its end is looked at. */
export function split(text: string, before: Blocks = noBlocks): Blocks {
  if (text === before.text) return before;
  const settled = text.startsWith(before.text) ? Math.max(0, before.blocks.length - UNSETTLED) : 0;
  const from = settled < before.starts.length ? (before.starts[settled] ?? 0) : 0;
  const kept = from === 0 ? 0 : settled;
  const blocks = before.blocks.slice(0, kept);
  const starts = before.starts.slice(0, kept);
  let at = from;
  for (const raw of lex(text.slice(from))) {
    blocks.push(raw);
    starts.push(at);
    at += raw.length;
  }
  return { text, blocks, starts };
}

/** Blank lines belong to the block before them, so that the blocks joined are the text. */
function lex(text: string): string[] {
  const blocks: string[] = [];
  let length = 0;
  for (const token of Lexer.lex(text, { gfm: true })) {
    if (token.type === 'space' && blocks.length > 0) blocks[blocks.length - 1] += token.raw;
    else blocks.push(token.raw);
    length += token.raw.length;
  }
  // The lexer makes one line end of each kind of it; then nothing can be said about places.
  return length === text.length && blocks.join('') === text ? joinMath(blocks) : [text];
}

/** A formula between `$$` or `\[ \]` may have blank lines, at which the lexer ends a paragraph. */
function joinMath(blocks: string[]): string[] {
  const joined: string[] = [];
  let open = false;
  for (const block of blocks) {
    const isCode = /^ {0,3}(```|~~~)/.test(block);
    if (open) joined[joined.length - 1] += block;
    else joined.push(block);
    if (!isCode && marksOf(block) % 2 === 1) open = !open;
  }
  return joined;
}

function marksOf(block: string): number {
  const text = block.replace(/`+[^`]*`+/g, '');
  const opened = text.match(/\\\[/g)?.length ?? 0;
  const closed = text.match(/\\\]/g)?.length ?? 0;
  return (text.match(/\$\$/g)?.length ?? 0) + Math.abs(opened - closed);
}

const definition = /^ {0,3}\[[^\]\n]+\]:[ \t]*\S.*$/gm;

/** The link targets that are named somewhere in the text; blocks that use a name need them all. */
export function definitions(text: string): string {
  return text.includes(']:') ? (text.match(definition) ?? []).join('\n') : '';
}
