import { useEffect, useState } from 'react';
import { useWords } from '../i18n/useWords';
import { copyText } from './copyText';
import { IconButton } from './IconButton';

interface Props {
  text: () => string;
  label?: string;
  testId?: string;
}

export function CopyButton({ text, label, testId }: Props) {
  const { t } = useWords();
  const [state, setState] = useState<'idle' | 'done' | 'failed'>('idle');

  useEffect(() => {
    if (state === 'idle') return;
    const timer = setTimeout(() => setState('idle'), 2000);
    return () => clearTimeout(timer);
  }, [state]);

  const said = { idle: label ?? t('copy'), done: t('copied'), failed: t('copyFailed') }[state];
  const copy = async () => setState((await copyText(text())) ? 'done' : 'failed');
  return (
    <IconButton
      icon={state === 'done' ? 'check' : 'copy'}
      small
      label={said}
      data-testid={testId ?? 'copy'}
      data-state={state}
      onClick={copy}
    />
  );
}
