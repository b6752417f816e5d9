import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { WhenBusy } from 'runnel-client';
import { useWords } from '../i18n/useWords';
import { useSession } from '../live/session';
import { useTell } from '../ui/useTell';
import { draftOf, keepDraft } from './drafts';
import { ModelLine } from './ModelLine';
import { SendButtons } from './SendButtons';

interface Props {
  thread: string;
  /** Whether a turn runs; then a message waits, or interrupts. */
  busy: boolean;
  /** Whose name stands in the empty box. */
  human?: string | undefined;
  onSend: (text: string, whenBusy: WhenBusy) => void;
}

const LONGEST = 32_000;

export function Composer({ thread, busy, human, onSend }: Props) {
  const { t } = useWords();
  const session = useSession();
  const tell = useTell();
  const [text, setText] = useState(() => draftOf(thread));
  const box = useRef<HTMLTextAreaElement>(null);
  const excess = text.length > LONGEST ? [...text].length - LONGEST : 0;
  const empty = !text.trim();

  useEffect(() => {
    setText(draftOf(thread));
    if (matchMedia('(hover: hover)').matches) box.current?.focus();
  }, [thread]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: its height follows its text.
  useLayoutEffect(() => {
    const area = box.current;
    if (!area) return;
    area.style.height = 'auto';
    area.style.height = `${area.scrollHeight}px`;
  }, [text]);

  const change = (next: string) => {
    setText(next);
    keepDraft(thread, next);
  };

  const send = (whenBusy: WhenBusy) => {
    if (empty || excess > 0) return;
    onSend(text, whenBusy);
    change('');
    box.current?.focus();
  };

  const stop = () => {
    void session.stop(thread).then(tell);
    box.current?.focus();
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send((event.ctrlKey || event.metaKey) && busy ? 'interrupt' : 'enqueue');
  };

  return (
    <form
      className="composer"
      onSubmit={event => {
        event.preventDefault();
        send('enqueue');
      }}
    >
      <div className="box">
        <textarea
          ref={box}
          id="message-box"
          rows={1}
          enterKeyHint="send"
          autoComplete="off"
          data-testid="composer"
          aria-label={t('composer')}
          aria-describedby="composer-hint"
          placeholder={human ? t('placeholderHuman', { name: human }) : t('placeholder')}
          value={text}
          onChange={event => change(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <div className="box-foot">
          <ModelLine />
          <SendButtons
            busy={busy}
            empty={empty}
            tooLong={excess > 0}
            onInterrupt={() => send('interrupt')}
            onStop={stop}
          />
        </div>
      </div>
      <p id="composer-hint" className="composer-hint soft">
        {excess > 0 ? t('tooLong', { count: excess }) : busy && !empty ? t('busyHint') : ''}
      </p>
    </form>
  );
}
