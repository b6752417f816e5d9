export const settings = {
  general: ['General', '常规'],
  language: ['Language', '语言'],
  languageAuto: ['As the browser', '跟随浏览器'],
  theme: ['Theme', '主题'],
  themeAuto: ['As the system', '跟随系统'],
  light: ['Light', '浅色'],
  dark: ['Dark', '深色'],
  modelSetting: ['Model for new messages', '新消息使用的模型'],
  modelAuto: ['The server’s standard', '服务器默认'],
  images: ['Show images in answers', '显示回答中的图片'],
  imagesText: [
    'Off, since an image tells the site that it comes from that you read the answer.',
    '默认关闭：加载图片会让图片所在网站得知你在阅读。',
  ],
  openReasoning: ['Show the model’s thoughts unfolded', '默认展开思考过程'],
  storageFull: [
    'The browser keeps no settings: they last until the page is closed.',
    '浏览器无法保存设置：关闭页面后失效。',
  ],
} as const;
