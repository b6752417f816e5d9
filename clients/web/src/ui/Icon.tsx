/** Outlines on a grid of 24, drawn here, so that no font or sprite is loaded. */
const paths = {
  menu: 'M4 7h16M4 12h16M4 17h16',
  plus: 'M12 5v14M5 12h14',
  minus: 'M5 12h14',
  fit: 'M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5',
  search: 'M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM16 16l4.5 4.5',
  more: 'M6 12h.01M12 12h.01M18 12h.01',
  close: 'M6 6l12 12M18 6L6 18',
  send: 'M12 19V5M6 11l6-6 6 6',
  stop: 'M7.5 7.5h9v9h-9z',
  down: 'M12 5v14M6 13l6 6 6-6',
  copy: 'M9 9h10v11H9zM15 9V4H5v11h4',
  check: 'M5 12.5l4.5 4.5L19 7',
  again: 'M4 12a8 8 0 0 1 14-5.3L20 9M20 4v5h-5M20 12a8 8 0 0 1-14 5.3L4 15M4 20v-5h5',
  edit: 'M4 20l1-4L16 5l3 3L8 19zM14 7l3 3',
  left: 'M14.5 6l-6 6 6 6',
  right: 'M9.5 6l6 6-6 6',
  up: 'M7 11v9H4v-9zM7 11l4-7c1.7 0 2.5 1.2 2.2 3l-.7 3h5.8c1.3 0 2 1 1.7 2.2l-1.5 6c-.3 1-1 1.8-2 1.8H7',
  dislike: 'M17 13V4h3v9zM17 13l-4 7c-1.7 0-2.5-1.2-2.2-3l.7-3H5.700c-1.3 0-2-1-1.7-2.200l1.5-6C5.8 4.8 6.5 4 7.5 4H17',
  info: 'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM12 11v5M12 8h.01',
  trash: 'M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13M10.5 11v5M13.5 11v5',
  download: 'M12 4v11M7 11l5 5 5-5M5 20h14',
  settings: 'M4 7h9M17 7h3M4 17h3M11 17h9M15 5v4M9 15v4',
  user: 'M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4.5 20c1-4 4-5.5 7.5-5.500s6.5 1.5 7.5 5.5',
  people:
    'M9 5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM2.5 19c.7-3.5 3.2-5 6.5-5s5.8 1.5 6.5 5' +
    'M16 5.5a3.2 3.2 0 0 1 0 6M18 14.4c2 .7 3.2 2.3 3.7 4.6',
  pulse: 'M3 12h4l3-7 4 14 3-7h4',
  graph:
    'M6 4a2 2 0 1 0 0 4 2 2 0 0 0 0-4zM18 7a2 2 0 1 0 0 4 2 2 0 0 0 0-4z' +
    'M9 16a2 2 0 1 0 0 4 2 2 0 0 0 0-4zM8 6.500l8 2M6.500 8l2 8M16.600 10.500l-6.200 6',
  out: 'M14 5H6v14h8M11 12h9M17 9l3 3-3 3',
  bulb: 'M9 18h6M10 21h4M12 3a6 6 0 0 0-3.5 10.900c.7.6 1 1.3 1 2.100h5c0-.8.3-1.5 1-2.100A6 6 0 0 0 12 3z',
  image: 'M4 5h16v14H4zM4 16l5-5 4 4 2.5-2.500L20 17M15.5 9h.01',
  warning: 'M12 4l9 16H3zM12 10v4M12 17h.01',
  keyboard: 'M3 7h18v10H3zM7 10.500h.01M11 10.500h.01M15 10.500h.01M8 14h8',
  queue: 'M5 6h14M5 11h14M5 16h7M16 15v6M13 18h6',
  wrap: 'M4 6h16M4 12h12.5a3 3 0 0 1 0 6H12M14.5 15.5L12 18l2.500 2.500M4 18h4',
  pause: 'M9 6v12M15 6v12',
  key: 'M14 10a4 4 0 1 0-3.5 4l1.5-1.500H14v-2h2.500M15 10l5-5',
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={name === 'more' ? 3 : 1.8}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={paths[name]} />
    </svg>
  );
}
