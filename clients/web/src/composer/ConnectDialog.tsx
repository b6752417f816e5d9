import { useWords } from '../i18n/useWords';
import { CopyButton } from '../ui/CopyButton';
import { Dialog } from '../ui/Dialog';

const command = 'OPENAI_API_KEY=sk-… OPENAI_BASE_URL=https://api.openai.com/v1 OPENAI_MODEL=gpt-4o-mini ./run.sh';

export function ConnectDialog({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  return (
    <Dialog title={t('connectModel')} onClose={onClose}>
      <p>{t('demonstration')}</p>
      <p>{t('connectHow')}</p>
      <div className="command">
        <code>{command}</code>
        <CopyButton text={() => command} />
      </div>
      <p className="soft">{t('connectLocal')}</p>
    </Dialog>
  );
}
