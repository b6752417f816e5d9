import { useWords } from '../i18n/useWords';

/** Before the first message: what one may ask. */
export function NewConversation({ onChoose }: { onChoose: (text: string) => void }) {
  const { t } = useWords();
  return (
    <div className="new-conversation">
      <img src="/logo.svg" alt="" width="56" height="56" />
      <h2>{t('emptyTitle')}</h2>
      <p className="soft">{t('emptyText')}</p>
      <div className="suggestions">
        {(['suggestOne', 'suggestTwo', 'suggestThree'] as const).map(word => (
          <button key={word} type="button" className="button" onClick={() => onChoose(t(word))}>
            {t(word)}
          </button>
        ))}
      </div>
    </div>
  );
}
