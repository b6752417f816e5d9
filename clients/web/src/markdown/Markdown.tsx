import { useEffect } from 'react';
import { useStore } from '../state/store';
import { loadRenderer, renderer } from './renderer';

interface Props {
  text: string;
  /** Whether more is to come. */
  live?: boolean;
}

/** An answer as Markdown; as it was written until what makes Markdown of it is here. */
export function Markdown({ text, live = false }: Props) {
  const BlockList = useStore(renderer);
  useEffect(() => {
    if (!BlockList) loadRenderer();
  }, [BlockList]);
  return BlockList ? <BlockList text={text} live={live} /> : <div className="markdown plain-block">{text}</div>;
}
