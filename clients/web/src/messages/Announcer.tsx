import { useEffect, useRef, useState } from 'react';
import { useWords } from '../i18n/useWords';
import type { Word } from '../i18n/words';
import { isOpen } from '../live/shown';
import type { Message, Status } from '../live/types';

const LONGEST = 1500;

/** The same words twice are no news to a live region. */
const anew = (text: string) => (before: string) => (before === text ? `${text}\u00a0` : text);

/** Says a finished answer to who cannot see it: once, when it is whole, and not each of its pieces. */
export function Announcer({ thread, messages }: { thread: string; messages: readonly Message[] }) {
  const { t } = useWords();
  const [said, setSaid] = useState('');
  /** The answers whose end is no news; null before there was a look at the conversation. */
  const known = useRef<{ thread: string; keys: Set<string> } | null>(null);

  useEffect(() => {
    const ended = messages.filter(one => one.role === 'assistant' && !isOpen(one));
    if (known.current?.thread !== thread) known.current = { thread, keys: new Set(ended.map(one => one.key)) };
    const { keys } = known.current;
    for (const message of ended) {
      if (keys.has(message.key)) continue;
      keys.add(message.key);
      // One that only a history tells of has ended before.
      if (message.turn_id) setSaid(anew(`${t(endWord(message.status))} ${plain(message.content).slice(0, LONGEST)}`));
    }
  }, [thread, messages, t]);

  return (
    <div className="hidden-to-eyes" role="status" aria-live="polite" aria-atomic="true" data-testid="announcer">
      {said}
    </div>
  );
}

const endWords: Partial<Record<Status, Word>> = {
  complete: 'finished',
  stopped: 'stopped',
  interrupted: 'interrupted',
};

const endWord = (status: Status): Word => endWords[status] ?? 'failed';

/** Marks of Markdown are not read out. */
const plain = (text: string) => text.replace(/```[^\n]*\n?|[*_`#>|]+/g, ' ').replace(/\s+/g, ' ');
