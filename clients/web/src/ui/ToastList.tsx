import { useWords } from '../i18n/useWords';
import { useStore } from '../state/store';
import { IconButton } from './IconButton';
import { takeAway, toasts } from './toasts';

export function ToastList() {
  const { t } = useWords();
  const all = useStore(toasts);
  return (
    <div className="toasts" role="status" aria-live="polite">
      {all.map(toast => (
        <div className="toast" key={toast.id} data-testid="toast">
          <span>{toast.text}</span>
          {toast.action && (
            <button
              type="button"
              className="link-button"
              data-testid="toast-action"
              onClick={() => {
                toast.action?.run();
                takeAway(toast.id);
              }}
            >
              {toast.action.label}
            </button>
          )}
          <IconButton icon="close" small label={t('close')} onClick={() => takeAway(toast.id)} />
        </div>
      ))}
    </div>
  );
}
