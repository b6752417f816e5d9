import { memo, useRef } from 'react';
import { Block } from './Block';
import { type Blocks, definitions, noBlocks, split } from './blocks';

interface Props {
  text: string;
  /** Whether more is to come. */
  live?: boolean;
}

/**
 * An answer as Markdown. Each block is a component of its own that is drawn again only when its own text has changed, so that a
 * long answer costs no more per piece than a short one. HTML in it is shown as text.
 */
export const BlockList = memo(function BlockList({ text, live = false }: Props) {
  const before = useRef<Blocks>(noBlocks);
  const now = split(text, before.current);
  before.current = now;
  const named = definitions(text);
  const last = now.blocks.length - 1;
  return (
    <div className="markdown">
      {now.blocks.map((block, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a block is its place; text only grows at the end.
        <Block key={index} text={block} named={block.includes('[') ? named : ''} live={live && index === last} />
      ))}
    </div>
  );
});
