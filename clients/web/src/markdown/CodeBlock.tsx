import { type ComponentProps, type ReactElement, useRef, useState } from 'react';
import type { ExtraProps } from 'react-markdown';
import { useWords } from '../i18n/useWords';
import { CopyButton } from '../ui/CopyButton';
import { IconButton } from '../ui/IconButton';

/** A block of code with its language, and what one does with code. */
export function CodeBlock({ node: _, children, ...rest }: ComponentProps<'pre'> & ExtraProps) {
  const { t } = useWords();
  const ref = useRef<HTMLPreElement>(null);
  const [wraps, setWraps] = useState(false);
  const language = languageOf(children);
  return (
    <div className="code">
      <div className="code-head">
        <span className="code-language">{language || t('code')}</span>
        <span>
          <IconButton icon="wrap" small label={t('wrap')} aria-pressed={wraps} onClick={() => setWraps(!wraps)} />
          <CopyButton text={() => ref.current?.textContent ?? ''} label={t('copyCode')} testId="copy-code" />
        </span>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys. */}
      <pre {...rest} ref={ref} tabIndex={0} className={wraps ? 'wraps' : ''}>
        {children}
      </pre>
    </div>
  );
}

function languageOf(children: unknown): string {
  const code = (Array.isArray(children) ? children[0] : children) as ReactElement<{ className?: string }> | undefined;
  return /language-(\S+)/.exec(code?.props?.className ?? '')?.[1] ?? '';
}
