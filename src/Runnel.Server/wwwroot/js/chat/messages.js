// The list of messages: one view per bubble, the view follows the bottom only while the reader is there.
import { el } from '../dom.js';
import { errorText } from '../i18n.js';
import { NEW, threadOf } from '../state.js';
import { MessageView } from './message.js';

export function createMessages(root, { onEarlier, onReload, ...actions }) {
  const scroller = root.querySelector('#scroller');
  const list = scroller.querySelector('ol');
  const empty = scroller.querySelector('#empty');
  const earlier = scroller.querySelector('#earlier');
  const problem = scroller.querySelector('.problem');
  const latest = root.querySelector('#latest');
  let views = new Map(), thread = null, items = null, error = null, following = true;

  const atBottom = () => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 40;
  const toBottom = () => { if (following) scroller.scrollTop = scroller.scrollHeight; };
  scroller.addEventListener('scroll', () => { following = atBottom(); latest.hidden = following; }, { passive: true });
  new ResizeObserver(toBottom).observe(scroller);
  latest.addEventListener('click', () => { following = true; toBottom(); scroller.focus({ preventScroll: true }); });
  earlier.addEventListener('click', onEarlier);

  function clear() {
    views = new Map();
    thread = items = error = null;
    list.replaceChildren();
  }

  function render(state) {
    const now = threadOf(state, state.current);
    if (state.current !== thread) {
      clear();
      thread = state.current;
      following = true;
    }
    earlier.hidden = !now.before;
    empty.hidden = now.items.length > 0 || state.current !== NEW;
    showError(now.error ?? null);
    if (now.items === items) return;
    const anchor = !following && items && now.items[0] !== items[0] ? scroller.scrollHeight - scroller.scrollTop : null;
    items = now.items;
    arrange(items.map(item => view(item)));
    if (anchor !== null) scroller.scrollTop = scroller.scrollHeight - anchor;
    toBottom();
    latest.hidden = following || atBottom();
  }

  function view(item) {
    if (!views.has(item.key)) views.set(item.key, new MessageView(item, actions));
    const found = views.get(item.key);
    found.update(item);
    return found.node;
  }

  // The usual case is that nothing moved; nodes that stay are not touched, so focus and selection survive.
  function arrange(nodes) {
    const kept = new Set(nodes);
    for (const node of [...list.children]) if (!kept.has(node)) node.remove();
    const keys = new Set(items.map(item => item.key));
    for (const key of views.keys()) if (!keys.has(key)) views.delete(key);
    nodes.forEach((node, index) => {
      if (list.children[index] !== node) list.insertBefore(node, list.children[index] ?? null);
    });
  }

  function showError(next) {
    if (next === error) return;
    error = next;
    problem.replaceChildren(...(next ? [
      el('p', { class: 'error', role: 'alert', 'data-testid': 'error' }, errorText(next)),
      el('button', { type: 'button', i18n: 'retry', onclick: onReload }),
    ] : []));
  }

  return {
    render,
    clear,
    follow() { following = true; toBottom(); },
    relabel() { for (const found of views.values()) found.relabel(); },
  };
}
