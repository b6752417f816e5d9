// Decides what is on the screen: the card before the chat, or the chat.
import * as api from './api.js';
import { createAuth } from './auth.js';
import { createChat } from './chat/chat.js';
import { applyLanguage, switchLanguage } from './i18n.js';

const screens = ['auth', 'chat', 'offline'].map(id => document.getElementById(id));
const presentAuth = createAuth(screens[0], enter);
const chat = createChat(screens[1], leave);

function show(id) {
  for (const screen of screens) screen.hidden = screen.id !== id;
  document.getElementById('loading')?.remove();
}

async function enter() {
  const answer = await api.me();
  if (answer.ok) {
    show('chat');
    chat.start(answer.data.user ?? answer.data);
  } else if (answer.status === 401) {
    await leave();
  } else {
    show('offline');
  }
}

async function leave() {
  chat.stop();
  const answer = await api.setup();
  show('auth');
  presentAuth(answer.data ?? {});
}

applyLanguage();
for (const button of document.querySelectorAll('.language')) button.addEventListener('click', switchLanguage);
document.getElementById('again').addEventListener('click', enter);
await enter();
