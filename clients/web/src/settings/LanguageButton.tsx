import { chooseLanguage } from '../i18n/language';
import { useWords } from '../i18n/useWords';

/** Says the other language in that language, for who cannot read this one. */
export function LanguageButton() {
  const { language } = useWords();
  const other = language === 'zh' ? 'en' : 'zh';
  return (
    <button
      type="button"
      className="button"
      lang={other === 'zh' ? 'zh-CN' : 'en'}
      aria-label={other === 'zh' ? '切换到中文' : 'Switch to English'}
      data-testid="language"
      onClick={() => chooseLanguage(other)}
    >
      {other === 'zh' ? '中文' : 'English'}
    </button>
  );
}
