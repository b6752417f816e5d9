import type cytoscape from 'cytoscape';
import type { Core } from 'cytoscape';
import type { KnowledgeGraph } from 'runnel-client';
import { colourOf } from './types';

/** What is new comes in; what was there keeps its place as well as it can. */
export function draw(picture: Core, graph: KnowledgeGraph) {
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
  placeNewNear(picture, graph, isNew);
  picture.add(
    graph.edges.filter(isNew).map(({ id, source, target, type }) => ({ data: { id, source, target, label: type } })),
  );
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches || graph.nodes.length > 200;
  const side = 130 * Math.sqrt(graph.nodes.length + 1);
  const shape = Math.sqrt(picture.width() / picture.height()) || 1;
  const layout = picture.layout({
    name: 'cose',
    animate: still ? false : 'end',
    animationDuration: 400,
    randomize: before === 0,
    fit: false,
    // Room for each, and for its name.
    boundingBox: { x1: 0, y1: 0, w: side * shape, h: side / shape },
  } as cytoscape.LayoutOptions);
  layout.one('layoutstop', () => {
    if (!picture.destroyed()) showAll(picture);
  });
  layout.run();
}

/** What is new begins where something is that it has to do with. */
function placeNewNear(picture: Core, { nodes, edges }: KnowledgeGraph, isNew: (one: { id: string }) => boolean) {
  for (const node of nodes.filter(isNew)) {
    const edge = edges.find(({ source, target }) => source === node.id || target === node.id);
    const other = edge && picture.getElementById(edge.source === node.id ? edge.target : edge.source);
    if (!other?.nonempty()) continue;
    const { x, y } = other.position();
    picture.getElementById(node.id).position({ x: x + 40 * Math.random(), y: y + 40 * Math.random() });
  }
}

/** Few things would fill the whole picture each. */
const LARGEST = 1.2;

export function showAll(picture: Core) {
  if (picture.elements().empty() || picture.width() === 0) return;
  picture.fit(undefined, Math.min(48, picture.width() / 10));
  if (picture.zoom() > LARGEST) picture.zoom(LARGEST).center();
}

export function styles(): cytoscape.StylesheetStyle[] {
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
