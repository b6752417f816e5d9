import rehypeHighlight from 'rehype-highlight';
import type { Pluggable } from 'unified';

export const rehype: Pluggable = [rehypeHighlight, { detect: false }];
