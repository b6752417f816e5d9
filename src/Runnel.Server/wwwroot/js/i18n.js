// Both languages side by side, so that no word is forgotten in one of them.
const words = {
  tagline: ['Answers that arrive while they are written, and never lose a character.', '答案边写边到，一字不丢。'],
  welcome: ['Welcome to Runnel', '欢迎使用 Runnel'],
  welcomeText: ['This server has no account yet. Yours is ready – one click and you can begin.',
    '这台服务器还没有账户。你的账户已备好，点一下即可开始。'],
  signIn: ['Sign in', '登录'],
  signOut: ['Sign out', '退出登录'],
  register: ['Create account', '创建账户'],
  begin: ['Begin', '开始'],
  email: ['E-mail', '邮箱'],
  password: ['Password', '密码'],
  keepPassword: ['Made for you just now. Keep it, or type your own.', '刚刚为你生成。请妥善保存，也可以换成自己的密码。'],
  newHere: ['New here? Create an account', '还没有账户？立即创建'],
  haveAccount: ['Already have an account? Sign in', '已有账户？去登录'],
  offline: ['The server cannot be reached', '无法连接服务器'],
  copy: ['Copy', '复制'],
  copied: ['Copied', '已复制'],
  copyFailed: ['Could not copy', '复制失败'],
  retry: ['Retry', '重试'],
  language: ['中文', 'English'],
  languageLabel: ['切换到中文', 'Switch to English'],

  skip: ['Skip to the message box', '跳到输入框'],
  menu: ['Conversations', '会话列表'],
  newConversation: ['New conversation', '新会话'],
  noConversations: ['Your conversations will be listed here.', '你的会话会显示在这里。'],
  untitled: ['Untitled', '未命名'],
  running: ['answering', '正在回答'],
  more: ['Show more', '显示更多'],
  earlier: ['Show earlier messages', '显示更早的消息'],
  latest: ['Jump to the latest', '回到最新'],
  emptyTitle: ['What would you like to know?', '想了解什么？'],
  emptyText: ['Close the tab in the middle of an answer if you like: it is written on, and here when you return.',
    '回答途中关掉页面也没关系：它会继续写完，等你回来。'],
  messages: ['Messages', '消息'],
  you: ['You', '你'],
  answer: ['Answer', '回答'],
  thinking: ['Thinking', '思考过程'],
  composer: ['Message', '消息'],
  placeholder: ['Write a message…', '输入消息…'],
  send: ['Send', '发送'],
  keys: ['Shift+Enter: new line', 'Shift+Enter 换行'],
  busy: ['Enter: send after this answer · Ctrl+Enter: interrupt it', 'Enter 排队发送 · Ctrl+Enter 打断回答'],
  wait: ['One moment…', '请稍候…'],
  queue: ['Queue', '排队'],
  interrupt: ['Interrupt', '打断'],
  stop: ['Stop', '停止'],
  regenerate: ['Answer again', '重新回答'],
  previous: ['Previous version', '上一版本'],
  next: ['Next version', '下一版本'],
  rename: ['Rename', '重命名'],
  sending: ['Sending…', '发送中…'],
  finished: ['The answer is complete.', '回答完毕。'],
  stopped: ['Stopped. The text so far is kept.', '已停止，已写的内容会保留。'],
  interrupted: ['Interrupted. The text so far is kept.', '回答中断，已写的内容会保留。'],
  failed: ['This answer failed.', '这次回答失败了。'],
  connecting: ['Connecting…', '连接中…'],
  live: ['Connected', '已连接'],
  reconnecting: ['Reconnecting…', '正在重新连接…'],
  answeredBy: ['Answered by', '回答模型：'],
  noModel: ['No model is configured', '尚未配置模型'],
  demonstration: ['Demonstration: a script answers, no AI model is connected.', '演示模式：由脚本作答，尚未接入 AI 模型。'],
  connectModel: ['Connect a real model', '接入真实模型'],
  connectHow: ['Start the server with these variables (any OpenAI-compatible endpoint will do):',
    '用以下环境变量启动服务器（兼容 OpenAI 的接口均可）：'],
  connectLocal: ['Or start Ollama or LM Studio on this machine, then restart the server: it is found by itself.',
    '或者在本机启动 Ollama 或 LM Studio，再重启服务器，会自动识别。'],

  'error.unknown': ['Something went wrong. Please try again.', '出错了，请重试。'],
  'error.network': ['No connection to the server.', '无法连接服务器。'],
  'error.unauthenticated': ['Please sign in again.', '请重新登录。'],
  'error.wrong_credentials': ['The e-mail or the password is wrong.', '邮箱或密码错误。'],
  'error.email_taken': ['There is an account with this e-mail already. Sign in instead.', '该邮箱已注册，请直接登录。'],
  'error.invalid_email': ['This does not look like an e-mail address.', '邮箱格式不正确。'],
  'error.weak_password': ['Please choose a longer password.', '密码太弱，请换一个更长的。'],
  'error.registration_closed': ['This server does not accept new accounts.', '该服务器不开放注册。'],
  'error.too_many_attempts': ['Too many attempts. Please wait a moment.', '操作太频繁，请稍候再试。'],
  'error.turn_running': ['An answer is still being written here. Try again when it is done.', '当前回答尚未完成，请稍后重试。'],
  'error.too_many_turns': ['Too many of your answers are being written. Please wait a moment.', '同时进行的回答太多，请稍候。'],
  'error.empty_title': ['The title is empty.', '标题为空。'],
  'error.title_too_long': ['The title is too long.', '标题太长。'],
  'error.message_not_found': ['This message does not exist any more.', '该消息已不存在。'],
  'error.empty_message': ['The message is empty.', '消息为空。'],
  'error.message_too_long': ['The message is too long.', '消息太长。'],
  'error.unknown_model': ['No such model is configured.', '没有配置该模型。'],
  'error.conversation_not_found': ['This conversation does not exist.', '该会话不存在。'],
  'error.http_429': ['Too much at once. Please wait a moment.', '请求太多，请稍候再试。'],
  'error.http_503': ['The server is restarting. Please try again in a moment.', '服务器正在重启，请稍后重试。'],
  'error.interrupted': ['The answer was interrupted. The text so far is kept.', '回答被中断，已写的内容会保留。'],
  'error.upstream_unavailable': ['The model cannot be reached.', '模型暂时无法访问。'],
  'error.upstream_rejected': ['The model rejected the request.', '模型拒绝了请求。'],
  'error.upstream_timeout': ['The model did not answer in time.', '模型响应超时。'],
  'error.upstream_stalled': ['The model stopped in the middle.', '模型中途停止了响应。'],
  'error.content_refused': ['The model declined to answer this.', '模型拒绝回答此内容。'],
};

const stored = () => { try { return localStorage.getItem('language'); } catch { return null; } };
const listeners = new Set();
let language = stored() ?? (navigator.language?.toLowerCase().startsWith('zh') ? 'zh' : 'en');

export const t = key => words[key]?.[language === 'zh' ? 1 : 0] ?? key;
export const has = key => key in words;
export const isChinese = () => language === 'zh';
export const onLanguage = listener => listeners.add(listener);

export function applyLanguage(root = document) {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  for (const node of root.querySelectorAll('[data-i18n]')) node.textContent = t(node.dataset.i18n);
  for (const node of root.querySelectorAll('[data-i18n-placeholder]')) {
    node.placeholder = t(node.dataset.i18nPlaceholder);
  }
  for (const node of root.querySelectorAll('[data-i18n-label]')) {
    node.title = t(node.dataset.i18nLabel);
    node.setAttribute('aria-label', node.title);
  }
}

export function switchLanguage() {
  language = language === 'zh' ? 'en' : 'zh';
  try { localStorage.setItem('language', language); } catch { /* private mode: lasts as long as the page */ }
  applyLanguage();
  for (const listener of listeners) listener();
}

// A known code is said in the reader's language. Otherwise the server's own words, which are English, are better than
// none, but not better than what the status says in Chinese.
export function errorText({ code, status, detail, title }) {
  const [byCode, byStatus] = [`error.${code}`, `error.http_${status}`].map(key => (has(key) ? t(key) : null));
  return byCode ?? (isChinese() ? byStatus : null) ?? (detail || title || byStatus || t('error.unknown'));
}
