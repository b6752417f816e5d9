// Joins the session to the screen: at most one rendering per animation frame, whatever the stream brings.
import * as api from '../api.js';
import { find, say } from '../dom.js';
import { onLanguage, t } from '../i18n.js';
import { NEW, isBusy, isReady } from '../state.js';
import { createComposer, keepDraft } from './composer.js';
import { createHeading } from './heading.js';
import { createMessages } from './messages.js';
import { showModel } from './model.js';
import { createSession } from './session.js';
import { createSidebar } from './sidebar.js';

const address = thread => (thread ? `#${encodeURIComponent(thread)}` : location.pathname);
function hashThread() {
  try { return decodeURIComponent(location.hash.slice(1)); } catch { return NEW; }
}

const spoken = 600; // characters of an answer that a screen reader is given unasked

export function createChat(root, onSignedOut) {
  const announcer = root.querySelector('#announcer');
  const connection = find('connection', root);
  let session = null, frame = 0;

  const sidebar = createSidebar(root, { onNew: () => go(NEW), onMore: () => session.more() });
  const messages = createMessages(root, {
    onRetry: item => session.retry(item),
    onRegenerate: item => tell(session.regenerate(item)),
    onBranch: message => tell(session.branch(message)),
    onEarlier: () => session.earlier(),
    onReload: () => session.reload(),
  });
  const composer = createComposer(root.querySelector('#composer'), {
    onSend(text, whenBusy) {
      messages.follow();
      return session.send(text, whenBusy);
    },
    onStop: () => tell(session.stop()),
  });
  const heading = createHeading(root, title => tell(session.rename(title)));

  // What went wrong is said where one writes.
  async function tell(asked) {
    const answer = await asked;
    if (session) composer.fail(answer.ok ? null : answer.error);
  }

  function schedule() {
    frame ||= requestAnimationFrame(render);
  }

  function render() {
    frame = 0;
    if (!session) return;
    const { state } = session;
    if (state.current !== hashThread()) history.replaceState(null, '', address(state.current));
    sidebar.render(state);
    messages.render(state);
    composer.render(state.current, isBusy(state, state.current), isReady(state, state.current));
    heading.render(state.conversations.find(item => item.thread_id === state.current));
    if (connection.dataset.state !== state.connection) {
      connection.dataset.state = state.connection;
      say(connection, state.connection);
    }
  }

  function announce(state, action) {
    if (action.thread_id !== state.current) return;
    if (action.type === 'ai_response_complete') {
      announcer.textContent = `${t('finished')} ${action.final_content.slice(0, spoken)}`;
    }
    if (action.type === 'conversation_error') announcer.textContent = action.error;
  }

  function go(thread) {
    if (thread !== hashThread()) history.pushState(null, '', address(thread));
    open(thread);
  }

  function open(thread) {
    session.open(thread);
    messages.follow();
    sidebar.close();
    composer.focus();
  }

  // Links of the list change the address, and so do the browser's back and forward.
  addEventListener('popstate', () => session && hashThread() !== session.state.current && open(hashThread()));
  root.querySelector('.skip').addEventListener('click', () => find('composer', root).focus());
  onLanguage(() => { messages.relabel(); sidebar.relabel(); schedule(); });
  find('sign-out', root).addEventListener('click', async () => {
    const answer = await api.logout();
    if (!answer.ok && answer.status !== 401) return composer.fail(answer.error);
    sessionStorage.clear();
    history.replaceState(null, '', location.pathname);
    onSignedOut();
  });

  return {
    start(user) {
      root.querySelector('#user').textContent = user.email ?? '';
      session = createSession({
        onChange(state, action) { announce(state, action); schedule(); },
        onRefused(thread, text, error) {
          if (thread === session.state.current) composer.giveBack(text, error);
          else keepDraft(thread, text);
        },
        onSignedOut,
      });
      open(hashThread());
      api.models().then(answer => answer.ok && showModel(find('model', root), answer.data));
    },
    stop() {
      session?.end();
      session = null;
      messages.clear();
      composer.clear();
    },
  };
}
