// @vitest-environment jsdom
import { expect, it } from 'vitest';
import { type DrawnPath, showPaths, svgElement } from '../../../renderer/viewer/passages/shapes.ts';

const path = (family: string, d: string, rest: Partial<DrawnPath> = {}): DrawnPath => ({
  className: `passage-stroke f-${family}`,
  d,
  width: 2,
  dash: [2, 3],
  ...rest,
});
const written = (group: Element): string[] => [...group.children].map((node) => node.outerHTML);

it('a path that looks as before is not touched, and others become what they would be on a new page', () => {
  const group = svgElement('g');
  const changes = new MutationObserver(() => undefined);
  const steps: readonly (readonly DrawnPath[])[] = [
    [path('trf', 'M1 1H2'), path('own', 'M3 3H4', { colour: '#123456' }), path('lnd', '')],
    [path('trf', 'M1 1H2'), path('own', 'M3 3H5', { colour: '#123456' })],
    [path('trf', 'M1 1H2'), path('own', 'M3 3H5', { colour: '#654321', dash: [] })],
    [path('trf', 'M1 1H2', { width: null })],
    [],
  ];
  const touched = steps.map((paths) => {
    showPaths(group, paths);
    const fresh = svgElement('g');
    showPaths(fresh, paths);
    expect(written(group)).toEqual(written(fresh));
    const of = changes.takeRecords().map(({ target, attributeName }) => `${target.nodeName} ${attributeName}`);
    changes.observe(group, { subtree: true, childList: true, attributes: true });
    return of;
  });
  expect(touched).toEqual([
    [],
    ['path d'],
    ['path stroke-dasharray', 'path style'],
    ['g null', 'path stroke-width'],
    ['g null'],
  ]);
});

it('a colour of a project is one property, whatever it says', () => {
  const group = svgElement('g');
  showPaths(group, [path('own', 'M1 1H2', { colour: 'red; fill: blue' })]);
  expect(group.querySelector('path')?.style.getPropertyValue('fill')).toBe('');
});
