import type { Options } from 'react-markdown';
import rehypeHighlight from 'rehype-highlight';
import rehypeKatex from 'rehype-katex';
import remarkGfm from 'remark-gfm';
import remarkMath from 'remark-math';

interface Node {
  type: string;
  value?: string;
  children?: Node[];
}

/** `<br>` is the one tag of HTML that models write in tables, where nothing else breaks a line. */
function lineBreaks() {
  const visit = (node: Node) => {
    for (const child of node.children ?? []) {
      if (child.type === 'html' && /^<br\s*\/?>$/i.test(child.value ?? '')) child.type = 'break';
      visit(child);
    }
  };
  return visit;
}

export const remarkPlugins: Options['remarkPlugins'] = [
  [remarkGfm, { singleTilde: false }],
  [remarkMath, { singleDollarTextMath: false }],
  lineBreaks,
];

/** Nothing that a formula says is trusted, and none may grow without end. */
const katex = [
  rehypeKatex,
  { trust: false, strict: 'ignore', maxSize: 20, maxExpand: 500, errorColor: 'currentColor' },
];

export const plainRehype = [katex] as Options['rehypePlugins'];
export const highlightedRehype = [katex, [rehypeHighlight, { detect: false }]] as Options['rehypePlugins'];
