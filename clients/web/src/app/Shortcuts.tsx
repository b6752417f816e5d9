import { useWords } from '../i18n/useWords';
import type { Word } from '../i18n/words';
import { Dialog } from '../ui/Dialog';

const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);
const mod = isMac ? '⌘' : 'Ctrl';

const keys: readonly [Word, string[]][] = [
  ['keySend', ['Enter']],
  ['keyLine', ['Shift', 'Enter']],
  ['keyInterrupt', [mod, 'Enter']],
  ['keyStop', ['Esc']],
  ['keyNew', [mod, 'Shift', 'O']],
  ['keySearch', [mod, 'K']],
  ['keyCompose', ['/']],
  ['keyNext', ['Alt', '↓ ↑']],
  ['keyCopy', [mod, 'Shift', 'C']],
  ['keySide', [mod, 'B']],
  ['keyHelp', ['?']],
];

export function Shortcuts({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  return (
    <Dialog title={t('shortcuts')} onClose={onClose}>
      <dl className="shortcuts" data-testid="shortcuts">
        {keys.map(([word, pressed]) => (
          <div key={word}>
            <dt>{t(word)}</dt>
            <dd>
              {pressed.map(key => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
