import { el } from '../dom.js';

const settings = 'OPENAI_API_KEY=…\nOPENAI_BASE_URL=https://api.openai.com/v1\nOPENAI_MODEL=gpt-5-mini';

export function showModel(line, { items = [], default: name }) {
  const model = items.find(item => item.name === name) ?? items[0];
  line.dataset.model = model?.name ?? '';
  line.dataset.demonstration = !!model?.is_demonstration;
  if (model && !model.is_demonstration) {
    line.replaceChildren(el('span', { i18n: 'answeredBy' }), ' ', el('strong', {}, model.model || model.name));
    return;
  }
  line.replaceChildren(
    el('span', { i18n: model ? 'demonstration' : 'noModel' }), ' ',
    el('details', {},
      el('summary', { i18n: 'connectModel' }),
      el('div', { class: 'how' },
        el('p', { i18n: 'connectHow' }), el('pre', { tabindex: 0 }, settings), el('p', { i18n: 'connectLocal' }))));
}
