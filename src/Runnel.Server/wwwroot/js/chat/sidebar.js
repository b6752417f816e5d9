import { el, find } from '../dom.js';
import { t } from '../i18n.js';
import { isRunning } from '../state.js';

export function createSidebar(root, { onNew, onMore }) {
  const panel = root.querySelector('#sidebar');
  const list = panel.querySelector('ul');
  const empty = panel.querySelector('.none');
  const more = panel.querySelector('.more');
  const menu = root.querySelector('#menu');
  const rows = new Map();
  let shown = null;

  find('new-conversation', root).addEventListener('click', onNew);
  more.addEventListener('click', onMore);
  menu.addEventListener('click', () => toggle(menu.getAttribute('aria-expanded') !== 'true'));
  root.querySelector('#shade').addEventListener('click', () => toggle(false));
  document.addEventListener('keydown', event => {
    if (event.key !== 'Escape' || menu.getAttribute('aria-expanded') !== 'true') return;
    toggle(false);
    menu.focus();
  });

  // On narrow screens the list lies over the conversation.
  function toggle(open) {
    menu.setAttribute('aria-expanded', String(open));
    root.classList.toggle('menu-open', open);
    root.querySelector('main').inert = open;
    if (open) find('new-conversation', root).focus();
  }

  function render(state) {
    const { conversations, running, current, cursor } = state;
    if (shown && [conversations, running, current].every((part, index) => part === shown[index])) return;
    shown = [conversations, running, current];
    const nodes = conversations.map(row => update(row, state, cursor === null && !!row.running));
    for (const [id, node] of rows) if (!nodes.includes(node)) rows.delete(id);
    if (nodes.length !== list.children.length || nodes.some((node, index) => node !== list.children[index])) {
      const focused = document.activeElement;
      list.replaceChildren(...nodes);
      if (list.contains(focused)) focused.focus();
    }
    empty.hidden = conversations.length > 0;
    more.hidden = !state.moreBefore;
  }

  // Until the stream has said what runs, the list itself is believed.
  function update(row, state, saidRunning) {
    const node = rows.get(row.thread_id) ?? create(row.thread_id);
    const [link] = node.children;
    const runs = isRunning(state, row.thread_id) || saidRunning;
    link.firstChild.textContent = row.title || t('untitled');
    link.lastChild.hidden = !runs;
    link.dataset.running = runs;
    link.toggleAttribute('aria-current', row.thread_id === state.current);
    if (row.thread_id === state.current) link.setAttribute('aria-current', 'page');
    return node;
  }

  function create(id) {
    const node = el('li', {}, el('a', {
      href: `#${encodeURIComponent(id)}`, 'data-testid': 'conversation', 'data-thread-id': id,
      onclick: () => toggle(false),
    }, el('span', { class: 'name' }), el('span', { class: 'pulse', role: 'img', 'i18n-label': 'running' })));
    rows.set(id, node);
    return node;
  }

  return { render, close: () => toggle(false), relabel: () => { shown = null; } };
}
