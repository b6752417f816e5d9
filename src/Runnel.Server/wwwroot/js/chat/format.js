// Turns the text of an answer into nodes while it grows: each line is rendered once, and only the line that is still
// open is rendered again. Plain text stays as it is, character by character. Nothing is ever parsed as HTML.
import { el } from '../dom.js';
import { copyButton } from '../copy.js';

const fence = /^\s*```\s*([\w+#.-]*)[^`]*$/;
const heading = /^#{1,6}\s+(?=\S)/;
const bullet = /^(\s*)(?:[-*+]|(\d{1,9})[.)])\s+(?=\S)/;
const marks = /(`+)([^`]+)\1|\*\*(\S(?:[^*]*[^*\s])?)\*\*/g;
const longLine = 4096; // beyond this the settled part of an open line is no longer rendered again

export class Formatter {
  constructor(root) {
    this.root = root;
    this.clear();
  }

  clear() {
    this.root.replaceChildren();
    this.text = '';
    this.open = '';
    this.block = null; // the paragraph, list or code that the next line may join
    this.inside = false; // true while the open line has already been rendered in part
    this.undo = null;
  }

  // `whole` says that no more will come, so that nothing is held back.
  show(text, whole) {
    if (text === this.text && !whole) return;
    if (!text.startsWith(this.text)) this.clear();
    const lines = (this.open + text.slice(this.text.length)).split('\n');
    this.text = text;
    this.undo?.();
    this.open = lines.pop();
    for (const line of lines) {
      this.line(line + '\n');
      this.inside = false;
    }
    this.settle();
    this.undo = this.open === '' || (!whole && this.maybeFence()) ? null : this.tail();
  }

  settle() {
    if (this.open.length <= longLine || this.block?.tagName === 'FIGURE') return;
    const ready = this.open.length - longLine / 4;
    const cut = this.open.lastIndexOf(' ', ready) + 1 || ready;
    this.line(this.open.slice(0, cut));
    this.inside = true;
    this.open = this.open.slice(cut);
  }

  maybeFence() {
    const start = this.block?.tagName === 'FIGURE' ? /^\s*`{1,3}$/ : /^\s*(`{1,2}|```[\w+#.-]*)$/;
    return start.test(this.open);
  }

  // Renders the open line and returns how to take it back.
  tail() {
    const { block } = this;
    const target = block && inner(block);
    const blocks = this.root.childNodes.length;
    const parts = target?.childNodes.length;
    this.fresh = true;
    this.line(this.open);
    this.fresh = false;
    return () => {
      while (this.root.childNodes.length > blocks) this.root.lastChild.remove();
      while (target && target.childNodes.length > parts) target.lastChild.remove();
      this.block = block;
    };
  }

  line(line) {
    if (this.block?.tagName === 'FIGURE') return this.code(line);
    if (this.inside) return this.inline(this.block.tagName === 'P' ? this.block : this.block.lastChild, line);
    const opening = line.endsWith('\n') && fence.exec(line);
    if (opening) return this.begin(codeBlock(opening[1]));
    const item = bullet.exec(line);
    if (item) return this.item(item, line);
    if (line === '\n') return this.begin(el('p', { class: 'gap' }, '\n'));
    const title = heading.exec(line);
    if (title) return this.inline(this.begin(el('p', { class: 'heading' })), line.slice(title[0].length));
    if (this.block?.className !== 'para') this.begin(el('p', { class: 'para' }));
    this.inline(this.block, line);
  }

  code(line) {
    if (/^\s*```\s*$/.test(line)) this.block = null;
    else this.append(inner(this.block), line);
  }

  item([lead, indent, number], line) {
    const tag = number ? 'OL' : 'UL';
    if (this.block?.tagName !== tag) this.begin(el(tag, number ? { start: number } : {}));
    const depth = Math.min(3, Math.floor(indent.length / 2));
    this.inline(this.block.appendChild(el('li', { 'data-depth': depth })), line.slice(lead.length));
  }

  begin(block) {
    this.block = this.root.appendChild(block);
    return block;
  }

  inline(parent, text) {
    let from = 0;
    for (const match of text.matchAll(marks)) {
      this.append(parent, text.slice(from, match.index));
      parent.append(match[2] ? el('code', {}, match[2]) : el('strong', {}, match[3]));
      from = match.index + match[0].length;
    }
    this.append(parent, text.slice(from));
  }

  // Text joins the last node while that is short; the open line always gets its own nodes, to be taken back.
  append(parent, text) {
    const last = parent.lastChild;
    const joins = !this.fresh && last?.nodeType === 3 && last.length + text.length <= longLine;
    if (joins) last.appendData(text);
    else if (text) parent.append(text);
  }
}

const inner = block => (block.tagName === 'FIGURE' ? block.querySelector('code') : block);

function codeBlock(language) {
  const code = el('code');
  return el('figure', { class: 'code' },
    el('figcaption', {}, el('span', {}, language), copyButton(() => code.textContent)),
    el('pre', { tabindex: 0 }, code));
}
