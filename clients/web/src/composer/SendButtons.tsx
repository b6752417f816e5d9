import { useWords } from '../i18n/useWords';
import { Icon } from '../ui/Icon';

interface Props {
  busy: boolean;
  empty: boolean;
  tooLong: boolean;
  onInterrupt: () => void;
  onStop: () => void;
}

/** Send; while an answer is being written: stop it, or queue behind it, or interrupt it. */
export function SendButtons({ busy, empty, tooLong, onInterrupt, onStop }: Props) {
  const { t } = useWords();
  const stops = busy && empty;
  const label = stops ? t('stop') : busy ? t('queue') : t('send');
  return (
    <span className="box-buttons">
      {busy && !empty && (
        <button type="button" className="button" data-testid="interrupt" disabled={tooLong} onClick={onInterrupt}>
          {t('interrupt')}
        </button>
      )}
      {stops ? (
        <button type="button" className="round" data-testid="stop" aria-label={label} title={label} onClick={onStop}>
          <Icon name="stop" />
        </button>
      ) : (
        <button
          type="submit"
          className="round"
          data-testid="send"
          disabled={empty || tooLong}
          aria-label={label}
          title={label}
        >
          <Icon name={busy ? 'queue' : 'send'} />
        </button>
      )}
    </span>
  );
}
