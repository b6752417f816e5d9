import { useEffect, useRef, useState } from 'react';
import { useWords } from '../i18n/useWords';
import type { Word } from '../i18n/words';
import { isOpen } from '../live/shown';
import type { Message, Status } from '../live/types';

const LONGEST = 1500;

/** Says a finished answer to who cannot see it: once, when it is whole, and not each of its pieces. */
export function Announcer({ thread, messages }: { thread: string; messages: readonly Message[] }) {
  const { t } = useWords();
  const [said, setSaid] = useState('');
  const watched = useRef<{ thread: string; keys: Set<string> }>({ thread, keys: new Set() });

  useEffect(() => {
    if (watched.current.thread !== thread) watched.current = { thread, keys: new Set() };
    const { keys } = watched.current;
    for (const message of messages.filter(one => one.role === 'assistant')) {
      if (isOpen(message)) keys.add(message.key);
      else if (keys.delete(message.key)) {
        setSaid(`${t(endWord(message.status))} ${plain(message.content).slice(0, LONGEST)}`);
      }
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
