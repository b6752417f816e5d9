import { describe, expect, it } from 'vitest';
import { unifyMath } from '../../src/markdown/math';

describe('unifyMath', () => {
  it.each([
    ['\\(x^2\\)', '$$x^2$$'],
    ['so $x^2$ grows', 'so $$x^2$$ grows'],
    ['\\[x^2\\]', '\n$$\nx^2\n$$\n'],
    ['$$x^2$$', '$$x^2$$'],
    ['$5x$', '$$5x$$'],
  ])('makes one kind of mark of %j', (text, same) => {
    expect(unifyMath(text)).toBe(same);
  });

  it.each([
    'It costs $5 and then $10.',
    'between $5 and $10',
    'US$5, then $6',
    'a `$x$` in code',
    '```\n$x$ and \\(y\\)\n```',
    'an escaped \\$x$',
    'no end $x',
  ])('leaves %j as it is', text => {
    expect(unifyMath(text)).toBe(text);
  });
});
