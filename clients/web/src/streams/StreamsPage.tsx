import { useState } from 'react';
import { PageHead } from '../app/PageHead';
import { number, seconds } from '../i18n/formats';
import { useWords } from '../i18n/useWords';
import { useSession } from '../live/session';
import { useStore } from '../state/store';
import { EventTable } from './EventTable';
import { clear, recorded, tally } from './record';

/** The raw events of this page's own stream: a tool for who debugs Server-Sent Events. */
export default function StreamsPage() {
  const { t, language } = useWords();
  const session = useSession();
  const counts = useStore(tally);
  const [filter, setFilter] = useState('');
  const [pausedAt, setPausedAt] = useState<number | null>(null);
  const wanted = filter.trim().toLowerCase();
  const shown = recorded.filter(
    event =>
      (pausedAt === null || event.order <= pausedAt) &&
      (!wanted || event.name.includes(wanted) || event.data.toLowerCase().includes(wanted)),
  );
  const last = recorded.at(-1);
  const figures: [string, string][] = [
    [t('state'), counts.state],
    [t('events'), number(counts.events, language)],
    [t('bytes'), number(counts.characters, language)],
    [t('connections'), number(counts.connections, language)],
    [t('longest'), seconds(counts.longestSilence, language)],
    [t('cursor'), recorded.findLast(event => event.id)?.id ?? '–'],
  ];

  return (
    <>
      <PageHead title={t('streamsTitle')} name={t('streamsTitle')} />
      <div className="streams">
        <p className="soft">{t('streamsText')}</p>
        <dl className="figures" data-testid="figures">
          {figures.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd className="one-line" title={value}>
                {value}
              </dd>
            </div>
          ))}
        </dl>
        <div className="toolbar">
          <input
            className="input grow"
            type="search"
            aria-label={t('filter')}
            placeholder={t('filter')}
            value={filter}
            onChange={event => setFilter(event.target.value)}
          />
          <button
            type="button"
            className="button"
            aria-pressed={pausedAt !== null}
            onClick={() => setPausedAt(pausedAt === null ? (last?.order ?? 0) : null)}
          >
            {pausedAt === null ? t('pause') : t('resume')}
          </button>
          <button type="button" className="button" onClick={clear}>
            {t('clear')}
          </button>
          <button type="button" className="button" onClick={saveFile}>
            {t('saveEvents')}
          </button>
          <button
            type="button"
            className="button"
            title={t('reconnectText')}
            data-testid="cut"
            onClick={session.reconnect}
          >
            {t('reconnect')}
          </button>
        </div>
        <EventTable events={shown} />
      </div>
    </>
  );
}

/** As the server sent them, so that tools can read the file. */
function saveFile() {
  const text = recorded
    .map(({ name, data, id }) => `event: ${name}\ndata: ${data}\n${id ? `id: ${id}\n` : ''}\n`)
    .join('');
  const address = URL.createObjectURL(new Blob([text], { type: 'text/event-stream' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = 'runnel-events.txt';
  link.click();
  URL.revokeObjectURL(address);
}
