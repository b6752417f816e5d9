import cytoscape, { type Core } from 'cytoscape';
import { useEffect, useRef } from 'react';
import type { KnowledgeGraph } from 'runnel-client';
import { useWords } from '../i18n/useWords';
import { IconButton } from '../ui/IconButton';
import { colourOf } from './types';

interface Props {
  graph: KnowledgeGraph;
  chosen: string | null;
  onChoose: (id: string | null) => void;
}

/** Cytoscape adds a style element of its own, which the policy of the page refuses, unless something has its id. What it would
 * say (that its box is the place of what is in it) is in the style sheet already. */
const STYLE_ID = '__________cytoscape_stylesheet';

export function GraphPicture({ graph, chosen, onChoose }: Props) {
  const { t } = useWords();
  const box = useRef<HTMLDivElement>(null);
  const picture = useRef<Core | null>(null);

  useEffect(() => {
    if (!box.current) return;
    const made = cytoscape({ container: box.current, minZoom: 0.2, maxZoom: 3, style: styles() });
    // Whoever moved it has chosen what to see.
    let isMoved = false;
    made.on('dragpan scrollzoom pinchzoom', () => {
      isMoved = true;
    });
    const resized = new ResizeObserver(() => {
      made.resize();
      if (!isMoved) showAll(made);
    });
    resized.observe(box.current);
    made.on('tap', event => onChoose(event.target === made ? null : event.target.isNode() ? event.target.id() : null));
    picture.current = made;
    return () => {
      resized.disconnect();
      made.destroy();
      picture.current = null;
    };
  }, [onChoose]);

  useEffect(() => {
    const made = picture.current;
    if (!made) return;
    draw(made, graph);
  }, [graph]);

  useEffect(() => {
    picture.current?.nodes().unselect();
    if (chosen) picture.current?.getElementById(chosen).select();
  }, [chosen]);

  const zoom = (by: number) => {
    const made = picture.current;
    made?.zoom({ level: made.zoom() * by, renderedPosition: { x: made.width() / 2, y: made.height() / 2 } });
  };

  return (
    <div className="graph-picture" data-testid="graph" data-nodes={graph.nodes.length}>
      <span id={STYLE_ID} hidden />
      <div ref={box} className="graph-canvas" aria-hidden="true" />
      <div className="graph-zoom">
        <IconButton icon="plus" label={t('zoomIn')} onClick={() => zoom(1.3)} />
        <IconButton icon="minus" label={t('zoomOut')} onClick={() => zoom(1 / 1.3)} />
        <IconButton icon="fit" label={t('fit')} onClick={() => picture.current && showAll(picture.current)} />
      </div>
      <ul className="hidden-to-eyes focus-list" aria-label={t('asList')}>
        {graph.nodes.map(node => (
          <li key={node.id}>
            <button type="button" data-testid="node" onClick={() => onChoose(node.id)}>
              {node.name}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** What is new comes in; what was there keeps its place as well as it can. */
function draw(picture: Core, graph: KnowledgeGraph) {
  const wanted = new Set([...graph.nodes, ...graph.edges].map(one => one.id));
  const before = picture.nodes().length;
  picture.elements().forEach(one => {
    if (!wanted.has(one.id())) one.remove();
  });
  const known = new Set(picture.elements().map(one => one.id()));
  const isNew = (one: { id: string }) => !known.has(one.id);
  picture.add(
    graph.nodes.filter(isNew).map(({ id, name, type }) => ({ data: { id, label: name, colour: colourOf(type) } })),
  );
  picture.add(
    graph.edges.filter(isNew).map(({ id, source, target, type }) => ({ data: { id, source, target, label: type } })),
  );
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches || graph.nodes.length > 200;
  const layout = picture.layout({
    name: 'cose',
    animate: !still,
    randomize: before === 0,
    fit: false,
    idealEdgeLength: () => 110,
    nodeRepulsion: () => 9000,
  });
  layout.one('layoutstop', () => showAll(picture));
  layout.run();
}

/** Few things would fill the whole picture each. */
const LARGEST = 1.2;

function showAll(picture: Core) {
  if (picture.elements().empty()) return;
  picture.fit(undefined, 48);
  if (picture.zoom() > LARGEST) picture.zoom(LARGEST).center();
}

function styles(): cytoscape.StylesheetStyle[] {
  const root = getComputedStyle(document.documentElement);
  const of = (name: string) => root.getPropertyValue(name).trim();
  const text = { color: of('--ink'), 'font-family': 'Inter Variable, sans-serif', 'font-size': 12 };
  return [
    {
      selector: 'node',
      style: {
        ...text,
        label: 'data(label)',
        'background-color': 'data(colour)',
        width: 26,
        height: 26,
        'text-valign': 'bottom',
        'text-margin-y': 4,
      },
    },
    {
      selector: 'edge',
      style: {
        ...text,
        label: 'data(label)',
        'font-size': 10,
        color: of('--ink-soft'),
        width: 1.5,
        'line-color': of('--ink-soft'),
        'line-opacity': 0.45,
        'target-arrow-color': of('--ink-soft'),
        'target-arrow-shape': 'triangle',
        'curve-style': 'bezier',
        'text-rotation': 'autorotate',
      },
    },
    { selector: 'node:selected', style: { 'border-width': 4, 'border-color': of('--accent') } },
  ] as cytoscape.StylesheetStyle[];
}
