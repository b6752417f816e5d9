import type { Options } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { create } from '../state/store';

type Plugins = NonNullable<Options['rehypePlugins']>;

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

const plain: Plugins = [[remarkGfm, { singleTilde: false }], lineBreaks];

/** What only some answers need, and what is large: it is fetched with the first of them. Null: not here yet. */
const loaders = {
  math: () => import('./mathPlugins'),
  code: () => import('./codePlugins'),
};

type Extra = keyof typeof loaders;
type Loaded = { [K in Extra]: Awaited<ReturnType<(typeof loaders)[K]>> | null };

export const extras = create<Loaded>({ math: null, code: null });

const asked = new Set<Extra>();

/** Fetches it, once; where that fails the next answer that needs it asks again, and until then the text is shown as it is. */
export function need(extra: Extra): void {
  if (asked.has(extra)) return;
  asked.add(extra);
  loaders[extra]().then(
    loaded => extras.set(now => ({ ...now, [extra]: loaded })),
    () => asked.delete(extra),
  );
}

const chosen = new Map<string, { remark: Plugins; rehype: Plugins }>();

/** The same lists for the same needs. */
export function pluginsFor({ math, code }: Loaded, hasMath: boolean, hasCode: boolean) {
  const withMath = hasMath && math;
  const withCode = hasCode && code;
  const key = `${!!withMath} ${!!withCode}`;
  const found = chosen.get(key) ?? {
    remark: [...plain, ...(withMath ? [withMath.remark] : [])],
    rehype: [...(withMath ? [withMath.rehype] : []), ...(withCode ? [withCode.rehype] : [])],
  };
  chosen.set(key, found);
  return found;
}
