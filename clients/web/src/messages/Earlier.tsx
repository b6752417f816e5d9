import { type RefObject, useEffect, useRef, useState } from 'react';
import { useWords } from '../i18n/useWords';
import { useSession } from '../live/session';

interface Props {
  thread: string;
  before: string;
  scroller: RefObject<HTMLElement | null>;
}

/** Loads the page of history before the first message when one comes near it, and keeps what is read where it is. */
export function Earlier({ thread, before, scroller }: Props) {
  const { t } = useWords();
  const session = useSession();
  const [busy, setBusy] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  /** What watches was made while a page was on its way, and must know that it has come. */
  const loading = useRef(false);

  const load = async () => {
    const view = scroller.current;
    if (loading.current || !view) return;
    loading.current = true;
    setBusy(true);
    const fromEnd = view.scrollHeight - view.scrollTop;
    await session.earlier(thread);
    loading.current = false;
    setBusy(false);
    requestAnimationFrame(() => {
      // Where the browser keeps the place by itself, this changes nothing.
      view.scrollTop = view.scrollHeight - fromEnd;
    });
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: each page is watched for anew.
  useEffect(() => {
    const target = place.current;
    const view = scroller.current;
    if (!target || !view) return;
    const near = new IntersectionObserver(
      entries => {
        // A view that has not been scrolled shows its end; its beginning may be in it all the same.
        if (entries.some(entry => entry.isIntersecting) && view.scrollHeight > view.clientHeight) void load();
      },
      { root: view, rootMargin: '300px 0px 0px' },
    );
    near.observe(target);
    return () => near.disconnect();
  }, [before, scroller]);

  return (
    <div ref={place} className="earlier">
      <button type="button" className="button" disabled={busy} data-testid="earlier" onClick={() => void load()}>
        {busy ? t('earlier') : t('showEarlier')}
      </button>
    </div>
  );
}
