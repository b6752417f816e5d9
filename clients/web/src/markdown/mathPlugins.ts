import 'katex/dist/katex.min.css';
import rehypeKatex from 'rehype-katex';
import remarkMath from 'remark-math';
import type { Pluggable } from 'unified';

export const remark: Pluggable = [remarkMath, { singleDollarTextMath: false }];

/** Nothing that a formula says is trusted, and none may grow without end. */
export const rehype: Pluggable = [
  rehypeKatex,
  { trust: false, strict: 'ignore', maxSize: 20, maxExpand: 500, errorColor: 'currentColor' },
];
