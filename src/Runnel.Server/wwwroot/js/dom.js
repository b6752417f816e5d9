import { t } from './i18n.js';

// Builds an element: `on…` are listeners, `i18n` and `i18n-label` words that follow the language, the rest attributes.
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else if (name === 'i18n') say(node, value);
    else if (name === 'i18n-label') label(node, value);
    else node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children.filter(child => child !== null && child !== undefined && child !== ''));
  return node;
}

export function say(node, key) {
  node.dataset.i18n = key;
  node.textContent = t(key);
}

export function label(node, key) {
  node.dataset.i18nLabel = key;
  node.setAttribute('aria-label', t(key));
  node.title = t(key);
}

export const find = (testId, root = document) => root.querySelector(`[data-testid="${testId}"]`);
