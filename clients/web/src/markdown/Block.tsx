import { memo, useEffect } from 'react';
import ReactMarkdown, { type Components } from 'react-markdown';
import remend from 'remend';
import { useStore } from '../state/store';
import { CodeBlock } from './CodeBlock';
import { Image } from './Image';
import { hasMath, unifyMath } from './math';
import { extras, need, pluginsFor } from './plugins';
import { TaskMark } from './TaskMark';

interface Props {
  text: string;
  named: string;
  live: boolean;
}

/** Beyond it a block that still grows is shown as it is: to parse it with each piece would stop the typing. */
const LONGEST_LIVE = 12_000;
/** Beyond it code keeps one colour. */
const LONGEST_COLOURED = 60_000;
/** Without its language code has one colour. */
const hasLanguage = /^[ \t>]*(```|~~~)[ \t]*[\w+#-]/m;

/** The page has a title, and each answer a heading: those within it come below. */
const components: Components = {
  h1: 'h3',
  h2: 'h3',
  h3: 'h4',
  h4: 'h5',
  h5: 'h6',
  pre: CodeBlock,
  img: Image,
  a: ({ node: _, children, ...rest }) => (
    <a {...rest} target="_blank" rel="noreferrer noopener nofollow">
      {children}
    </a>
  ),
  table: ({ node: _, ...rest }) => (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys.
    <div className="table-scroll" tabIndex={0}>
      <table {...rest} />
    </div>
  ),
  input: TaskMark,
};

export const Block = memo(function Block({ text, named, live }: Props) {
  const loaded = useStore(extras);
  const isPlain = live && text.length > LONGEST_LIVE;
  const whole = live && !isPlain ? remend(text, { linkMode: 'text-only', images: false }) : text;
  const source = isPlain ? '' : unifyMath(named && !text.includes(named) ? `${whole}\n\n${named}` : whole);
  const math = hasMath(source);
  const coloured = !live && text.length <= LONGEST_COLOURED && hasLanguage.test(text);
  useEffect(() => {
    if (math) need('math');
    if (coloured) need('code');
  }, [math, coloured]);
  if (isPlain) return <div className="plain-block">{text}</div>;
  const { remark, rehype } = pluginsFor(loaded, math, coloured);
  return (
    <ReactMarkdown remarkPlugins={remark} rehypePlugins={rehype} components={components}>
      {source}
    </ReactMarkdown>
  );
});
