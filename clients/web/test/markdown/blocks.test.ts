import { describe, expect, it } from 'vitest';
import { definitions, noBlocks, split } from '../../src/markdown/blocks';

const text = [
  '# Heading',
  '',
  'A paragraph\nof two lines.',
  '',
  '- one\n- two\n\n  with a paragraph',
  '',
  '```js\nconst a = 1;\n\nconst b = 2;\n```',
  '',
  '| a | b |\n|---|---|\n| 1 | 2 |',
  '',
  '$$\nx = 1\n\ny = 2\n$$',
  '',
  '流水不腐，户枢不蠹。',
  '',
].join('\n');

describe('split', () => {
  it('loses nothing: the blocks joined are the text', () => {
    expect(split(text).blocks.join('')).toBe(text);
  });

  it('says the same of a text that grew by pieces as of one that came whole', () => {
    for (const size of [1, 3, 7, 40]) {
      let grown = noBlocks;
      for (let end = size; end < text.length + size; end += size) grown = split(text.slice(0, end), grown);
      expect(grown).toEqual(split(text));
    }
  });

  it('leaves settled blocks the same while the text grows', () => {
    const before = split('First.\n\nSecond.\n\nThird.\n\nFour');
    const after = split('First.\n\nSecond.\n\nThird.\n\nFourth.', before);
    expect(after.blocks.slice(0, 2)).toEqual(before.blocks.slice(0, 2));
  });

  it('begins anew with a text that is another one', () => {
    expect(split('Other.', split(text)).blocks).toEqual(['Other.']);
  });

  it('keeps a formula with blank lines in one block', () => {
    expect(split('$$\na\n\nb\n$$\n\nc').blocks).toHaveLength(2);
    expect(split('\\[\na\n\nb\n\\]\n\nc').blocks).toHaveLength(2);
  });

  it('takes dollars in code for code', () => {
    expect(split('Write `$$` here.\n\nNext.').blocks).toHaveLength(2);
    expect(split('```\n$$\n```\n\nNext.').blocks).toHaveLength(2);
  });

  it('splits a text with foreign line ends nowhere rather than wrongly', () => {
    const foreign = 'a\r\n\r\nb';
    expect(split(foreign).blocks.join('')).toBe(foreign);
  });
});

describe('definitions', () => {
  it('finds the targets of links wherever they stand', () => {
    expect(definitions('See [this][1].\n\n[1]: https://example.org "Title"\n')).toBe(
      '[1]: https://example.org "Title"',
    );
  });

  it('finds none where there are none', () => {
    expect(definitions('array[0]: value is no definition')).toBe('');
  });
});
