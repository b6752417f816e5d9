import { seconds, when } from '../i18n/formats';
import { useWords } from '../i18n/useWords';
import type { Message } from '../live/types';

/** What an answer took: on demand, since most readers want the answer. */
export function AnswerDetails({ message }: { message: Message }) {
  const { t, language } = useWords();
  const { usage } = message;
  const estimated = usage?.estimated ? ` (${t('estimated')})` : '';
  const lines: [string, string | null][] = [
    [t('model'), message.model],
    [t('when'), message.created_at && when(message.created_at, language)],
    [t('firstToken'), message.first_token_ms === null ? null : seconds(message.first_token_ms, language)],
    [t('duration'), message.duration_ms === null ? null : seconds(message.duration_ms, language)],
    [t('tokensIn'), usage && t('tokens', { count: usage.input_tokens }) + estimated],
    [t('tokensOut'), usage && t('tokens', { count: usage.output_tokens }) + estimated],
    [t('reason'), message.finish_reason],
  ];
  return (
    <dl className="details" data-testid="details-list">
      {lines.map(
        ([name, value]) =>
          value && (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}
