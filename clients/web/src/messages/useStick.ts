import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';

/** How near the end counts as at the end. */
const NEAR = 48;

/**
 * Keeps a view at its end while it is there, and only then: who scrolls up to read is left alone. `content` is what grows.
 */
export function useStick(
  thread: string,
  scroller: RefObject<HTMLElement | null>,
  content: RefObject<HTMLElement | null>,
) {
  const [away, setAway] = useState(false);
  const sticks = useRef(true);

  const toEnd = useCallback(() => {
    sticks.current = true;
    setAway(false);
    scroller.current?.scrollTo({ top: scroller.current.scrollHeight });
  }, [scroller]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another conversation begins at its end.
  useLayoutEffect(toEnd, [thread, toEnd]);

  useEffect(() => {
    const view = scroller.current;
    const inner = content.current;
    if (!view || !inner) return;
    let lastTop = view.scrollTop;
    const onScroll = () => {
      const atEnd = view.scrollHeight - view.scrollTop - view.clientHeight < NEAR;
      // What grows moves the end away from the view; only a move upwards is the reader's.
      if (atEnd) sticks.current = true;
      else if (view.scrollTop < lastTop - 1) sticks.current = false;
      lastTop = view.scrollTop;
      setAway(!sticks.current);
    };
    const grown = new ResizeObserver(() => {
      if (sticks.current) view.scrollTop = view.scrollHeight;
    });
    grown.observe(inner);
    grown.observe(view);
    view.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      grown.disconnect();
      view.removeEventListener('scroll', onScroll);
    };
  }, [scroller, content]);

  return { away, toEnd };
}
