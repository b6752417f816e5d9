import { useEffect } from 'react';
import { conversationList } from 'runnel-client';
import { useLocation } from 'wouter';
import { useWords } from '../i18n/useWords';
import type { Session } from '../live/session';
import { copyText } from '../ui/copyText';
import { say } from '../ui/toasts';
import { isNarrow, showSidebar, sidebar, toggleSidebar } from './sidebarState';

const isWriting = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** A plain key in a box is writing; Escape leaves what it is in, but in the message box it stops the answer. */
function isForBox(event: KeyboardEvent): boolean {
  if (!isWriting(event.target) || event.ctrlKey || event.metaKey || event.altKey) return false;
  return event.key !== 'Escape' || (event.target as HTMLElement).id !== 'message-box';
}

/** `mod+shift+o`: shift counts with letters only, since it makes other keys what they are. */
function nameOf(event: KeyboardEvent): string {
  const key = event.key.toLowerCase();
  const parts = [
    (event.ctrlKey || event.metaKey) && 'mod',
    event.altKey && 'alt',
    event.shiftKey && /^[a-z]$/.test(key) && 'shift',
    key,
  ];
  return parts.filter(Boolean).join('+');
}

/** The keys that work everywhere; those of a box or a menu are theirs. */
export function useShortcuts(session: Session, help: () => void) {
  const [location, navigate] = useLocation();
  const { t } = useWords();

  useEffect(() => {
    const thread = location.startsWith('/c/') ? location.slice(3) : null;
    const focus = (id: string) => document.getElementById(id)?.focus();

    const commands: Record<string, () => void> = {
      'mod+shift+o': () => navigate('/'),
      'mod+k': () => {
        showSidebar(true);
        requestAnimationFrame(() => focus('search-box'));
      },
      'mod+b': toggleSidebar,
      'mod+shift+c': () => void copyLast(),
      'alt+arrowdown': () => step(1),
      'alt+arrowup': () => step(-1),
      escape: () => {
        if (isNarrow() && sidebar.get().open) toggleSidebar();
        else if (thread) void session.stop(thread);
      },
      '/': () => focus('message-box'),
      '?': help,
    };

    const step = (by: number) => {
      const { runnel, leaving } = session.state.get();
      const shown = conversationList(runnel).filter(row => !leaving.has(row.thread_id));
      const next = shown[shown.findIndex(row => row.thread_id === thread) + by];
      if (next) navigate(`/c/${next.thread_id}`);
    };

    const copyLast = async () => {
      const messages = (thread && session.state.get().runnel.threads[thread]?.messages) || [];
      const last = messages.findLast(message => message.role === 'assistant' && message.content);
      if (last) say((await copyText(last.content)) ? t('copied') : t('copyFailed'));
    };

    const onKeyDown = (event: KeyboardEvent) => {
      if (event.isComposing || event.defaultPrevented || document.querySelector('dialog[open]')) return;
      const command = isForBox(event) ? undefined : commands[nameOf(event)];
      if (!command) return;
      event.preventDefault();
      command();
    };

    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, [session, location, navigate, help, t]);
}
