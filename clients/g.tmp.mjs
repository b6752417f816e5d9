import cytoscape from 'cytoscape';
function run(n, opts, steps = 1) {
  const cy = cytoscape({ headless: true, styleEnabled: true, style: [{ selector: 'node', style: { width: 26, height: 26 } }] });
  const nodes = [...Array(n).keys()].map(i => ({ data: { id: 'n' + i } }));
  const edges = [...Array(n - 1).keys()].map(i => ({ data: { id: 'e' + i, source: 'n0', target: 'n' + (i + 1) } }));
  cy.add(nodes); cy.add(edges);
  cy.layout({ name: 'cose', animate: false, fit: false, randomize: true, boundingBox: { x1: 0, y1: 0, w: 500, h: 500 }, ...opts }).run();
  const d = []; for (const a of cy.nodes()) for (const b of cy.nodes()) if (a.id() < b.id()) d.push(Math.hypot(a.position().x - b.position().x, a.position().y - b.position().y));
  const bb = cy.nodes().boundingBox();
  return `${n} min ${Math.min(...d).toFixed(0)} max ${Math.max(...d).toFixed(0)} bb ${bb.w.toFixed(0)}x${bb.h.toFixed(0)}`;
}
for (const o of [{}, { idealEdgeLength: () => 110, nodeRepulsion: () => 9000 }, { idealEdgeLength: () => 110, nodeRepulsion: () => 400000, nodeOverlap: 20, edgeElasticity: () => 100 }, { idealEdgeLength: () => 110, nodeRepulsion: () => 400000, edgeElasticity: () => 32, gravity: 0.2 }, { idealEdgeLength: () => 130, nodeRepulsion: () => 2000000, edgeElasticity: () => 32, gravity: 0.5 }])
  console.log(JSON.stringify(o), run(4, o), run(4, o), run(12, o), run(40, o));
