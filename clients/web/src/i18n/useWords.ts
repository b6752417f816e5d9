import { useTranslation } from 'react-i18next';
import type { Language } from './language';
import { type Word, words } from './words';

export type Say = (word: Word, values?: Record<string, string | number>) => string;

export interface Words {
  t: Say;
  language: Language;
  /** A reason, by its code, in the reader's language; else in the server's words, which are English. */
  reason: (problem: { code: string; status?: number; detail?: string }) => string;
}

/** The words of the page in the language of its reader. */
export function useWords(): Words {
  const { t, i18n } = useTranslation();
  const language = i18n.language as Language;
  const say: Say = (word, values) => t(word, { ...values });
  return {
    t: say,
    language,
    reason: ({ code, status, detail }) => {
      const known = [`error.${code}`, `error.http_${status}`].find(key => key in words) as Word | undefined;
      if (known && (known === `error.${code}` || language === 'zh' || !detail)) return say(known);
      return detail || say('error.unknown');
    },
  };
}
