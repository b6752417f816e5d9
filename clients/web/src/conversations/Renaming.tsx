import { type KeyboardEvent, useRef, useState } from 'react';
import { useWords } from '../i18n/useWords';
import { useSession } from '../live/session';
import { say } from '../ui/toasts';
import { renaming } from './renamed';

/** The title as a box: Enter and leaving it save, Escape does not. */
export function Renaming({ thread, title }: { thread: string; title: string }) {
  const { t, reason } = useWords();
  const session = useSession();
  const [text, setText] = useState(title);
  const over = useRef(false);

  const end = async (keep: boolean) => {
    if (over.current) return;
    over.current = true;
    renaming.set(null);
    if (!keep || !text.trim() || text === title) return;
    const problem = await session.rename(thread, text);
    if (problem) say(reason(problem));
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') void end(true);
    if (event.key === 'Escape') void end(false);
    event.stopPropagation();
  };

  return (
    <input
      className="renaming"
      maxLength={200}
      autoComplete="off"
      // biome-ignore lint/a11y/noAutofocus: one asked for it a moment ago.
      autoFocus
      aria-label={t('title')}
      data-testid="title-box"
      value={text}
      onFocus={event => event.target.select()}
      onChange={event => setText(event.target.value)}
      onKeyDown={onKeyDown}
      onBlur={() => void end(true)}
    />
  );
}
