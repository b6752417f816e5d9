import cytoscape, { type Core } from 'cytoscape';
import { useEffect, useRef } from 'react';
import type { KnowledgeGraph } from 'runnel-client';
import { useWords } from '../i18n/useWords';
import { IconButton } from '../ui/IconButton';
import { draw, showAll, styles } from './drawing';

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
