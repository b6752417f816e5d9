export const composer = {
  composer: ['Message', '消息'],
  placeholder: ['Write a message…', '输入消息…'],
  placeholderHuman: ['Write to {{name}}…', '给 {{name}} 发消息…'],
  send: ['Send', '发送'],
  queue: ['Queue', '排队'],
  interrupt: ['Interrupt', '打断'],
  stop: ['Stop', '停止'],
  busyHint: ['Enter: after this answer · Ctrl+Enter: interrupt it', 'Enter 排队发送 · Ctrl+Enter 打断回答'],
  tooLong: ['{{count}} characters too many', '超出 {{count}} 个字符'],
  demonstration: [
    'Demonstration: a script answers, no AI model is connected.',
    '演示模式：由脚本作答，尚未接入 AI 模型。',
  ],
  connectModel: ['Connect a real model', '接入真实模型'],
  connectHow: [
    'Start the server with these variables (any OpenAI-compatible endpoint will do):',
    '用以下环境变量启动服务器（兼容 OpenAI 的接口均可）：',
  ],
  connectLocal: [
    'Or start Ollama or LM Studio on this machine, then restart the server: it is found by itself.',
    '或者在本机启动 Ollama 或 LM Studio，再重启服务器，会自动识别。',
  ],
  chooseModel: ['Model', '模型'],
  standard: ['{{name}} (standard)', '{{name}}（默认）'],
} as const;
