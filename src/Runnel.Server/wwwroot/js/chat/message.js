// One bubble. It is told the newest state of its message and changes only what differs.
import { copyButton } from '../copy.js';
import { el } from '../dom.js';
import { errorText, has, isChinese } from '../i18n.js';
import { Formatter } from './format.js';

export class MessageView {
  constructor({ role }, { onRetry, onRegenerate, onBranch }) {
    Object.assign(this, { onRetry, onRegenerate, onBranch });
    this.text = el('div', { class: 'text', 'data-testid': 'message-text' });
    this.foot = el('div', { class: 'foot' });
    this.node = el('li', { 'data-testid': 'message', 'data-role': role },
      el('span', { class: 'visually-hidden', i18n: role === 'user' ? 'you' : 'answer' }), this.text, this.foot);
    this.formatter = role === 'assistant' ? new Formatter(this.text) : null;
  }

  update(item) {
    const before = this.item;
    if (item === before) return;
    this.item = item;
    this.node.dataset.status = item.status;
    this.node.dataset.messageId = item.message_id ?? '';
    if (this.formatter) {
      this.node.ariaBusy = String(item.status === 'streaming');
      this.reason(item.reasoning);
      this.formatter.show(item.content, item.status !== 'streaming');
    } else if (item.content !== before?.content) {
      this.text.textContent = item.content;
    }
    if (['status', 'error', 'siblings', 'message_id'].some(part => item[part] !== before?.[part])) this.relabel();
  }

  reason(text) {
    if (!text && !this.reasoning) return;
    if (!this.reasoning) {
      this.reasoning = el('div', { class: 'reasoning-text' });
      this.text.before(el('details', { class: 'reasoning' }, el('summary', { i18n: 'thinking' }), this.reasoning));
    }
    const shown = this.reasoningShown ?? '';
    if (text.startsWith(shown)) this.reasoning.append(text.slice(shown.length));
    else this.reasoning.textContent = text;
    this.reasoningShown = text;
  }

  relabel() {
    const { item } = this;
    const parts = item.role === 'user' ? this.ownFoot(item) : this.answerFoot(item);
    this.foot.replaceChildren(...parts);
  }

  ownFoot(item) {
    if (item.status === 'sending') return [el('span', { class: 'note', i18n: 'sending' })];
    if (!item.error) return this.versions(item);
    const retry = el('button', { type: 'button', 'data-testid': 'retry', i18n: 'retry' });
    retry.addEventListener('click', () => this.onRetry(this.item));
    return [el('span', { class: 'error', role: 'alert', 'data-testid': 'error' }, errorText(item.error)), retry];
  }

  // Beside each other stand what was asked, or answered, in the same place.
  versions({ siblings, message_id: id }) {
    if (!siblings || siblings.length < 2) return [];
    const index = siblings.indexOf(id);
    const step = (to, key, sign) => el('button', {
      type: 'button', class: 'quiet small', 'data-testid': key, 'i18n-label': key, disabled: !siblings[to],
      onclick: () => this.onBranch(siblings[to]),
    }, sign);
    return [el('span', { class: 'versions' }, step(index - 1, 'previous', '‹'),
      el('span', { 'data-testid': 'version' }, `${index + 1} / ${siblings.length}`), step(index + 1, 'next', '›'))];
  }

  answerFoot(item) {
    if (item.status === 'streaming') return [];
    const parts = item.content ? [copyButton(() => this.item.content)] : [];
    if (item.message_id) {
      parts.push(el('button', {
        type: 'button', class: 'quiet small', 'data-testid': 'regenerate', i18n: item.error ? 'retry' : 'regenerate',
        onclick: () => this.onRegenerate(this.item),
      }), ...this.versions(item));
    }
    if (item.error) parts.unshift(el('span', { class: 'error', 'data-testid': 'error' }, sentence(item.error)));
    else if (item.status === 'stopped') parts.unshift(el('span', { class: 'note', i18n: 'stopped' }));
    else if (item.status !== 'complete') {
      parts.unshift(el('span', { class: 'error', 'data-testid': 'error', i18n: item.status }));
    }
    return parts;
  }
}

// The server writes its sentence in English, and knows more than the code says.
const sentence = error =>
  (error.detail && !(isChinese() && has(`error.${error.code}`)) ? error.detail : errorText(error));
