import { join } from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { verifyProjectFile } from '../../../../electron/engine/import-project-file.ts';
import type { CallInput } from '../../../../shared/contract/index.ts';
import { unzipped } from '../../../support/bag.ts';
import { CRATE } from '../../../support/edited-bag.ts';
import { addFile, categoriesOf, mark, somebody, testProject } from '../../../support/project.ts';
import { tempFolder } from '../../../support/temp.ts';

const reference = z.object({ '@id': z.string() });
const entity = z.looseObject({ '@id': z.string(), '@type': z.string() });
const document = z.strictObject({
  '@context': z.literal('https://w3id.org/ro/crate/1.2/context'),
  '@graph': z.array(entity),
});
type Entity = z.infer<typeof entity>;

/** The rules of RO-Crate 1.2 for a crate with files, by the letter: what of them is broken. */
function faultsOf(files: ReadonlyMap<string, Buffer>): string[] {
  const data = new Map(
    [...files].flatMap(([name, bytes]) => {
      const at = name.indexOf('/data/');
      return at < 0 ? [] : [[name.slice(at + '/data/'.length), bytes] as const];
    }),
  );
  const { '@graph': graph } = document.parse(JSON.parse(data.get('ro-crate-metadata.json')?.toString() ?? ''));
  const byId = new Map(graph.map((one) => [one['@id'], one]));
  const faults: string[] = [];
  if (byId.size !== graph.length) faults.push('two entities have one @id');
  const about = byId.get('ro-crate-metadata.json');
  if (about?.['@type'] !== 'CreativeWork') faults.push('there is no metadata descriptor');
  if (reference.parse(about?.['conformsTo'])['@id'] !== 'https://w3id.org/ro/crate/1.2')
    faults.push('it conforms to nothing');
  const root = byId.get(reference.parse(about?.['about'])['@id']);
  if (root?.['@id'] !== './' || root['@type'] !== 'Dataset') faults.push('there is no root');
  for (const name of ['name', 'description', 'datePublished'])
    if (typeof root?.[name] !== 'string' || root[name] === '') faults.push(`the root has no ${name}`);
  if (!/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(String(root?.['datePublished']))) faults.push('the date is none of ISO 8601');
  const licence = byId.get(reference.parse(root?.['license'])['@id']);
  if (typeof licence?.['name'] !== 'string' || typeof licence['description'] !== 'string')
    faults.push('the licence has no name');
  const parts = new Set(
    z
      .array(reference)
      .parse(root?.['hasPart'])
      .map((one) => one['@id']),
  );
  for (const one of graph) faults.push(...faultsOfEntity(one, data, parts));
  for (const id of parts) if (!byId.has(id)) faults.push(`${id} is a part and not described`);
  return faults;
}

function faultsOfEntity(one: Entity, data: ReadonlyMap<string, Buffer>, parts: ReadonlySet<string>): string[] {
  const id = one['@id'];
  const nested = Object.values(one)
    .flat()
    .filter((value) => typeof value === 'object' && value !== null);
  return [
    ...(nested.every((value) => reference.strict().safeParse(value).success) ? [] : [`${id} is not flat`]),
    ...(one['@type'] === 'File' && !data.has(id) ? [`${id} is not in the file`] : []),
    ...(one['@type'] === 'File' && !parts.has(id) ? [`${id} is no part`] : []),
    ...('contentSize' in one && one['contentSize'] !== String(data.get(id)?.length) ? [`${id} has another size`] : []),
  ];
}

async function project() {
  const { engine } = await testProject({ title: 'Liuquan 2023' });
  const report = await addFile(engine, 'report.txt', 'The county transferred 12,600 workers.\n');
  const other = await addFile(engine, 'notice.txt', 'A notice that Ann found.\n');
  const [land] = await categoriesOf(engine, 'LND.RIGHTS');
  if (land === undefined) throw new Error('The codebook has it');
  await mark(engine, report.id, '12,600 workers', { categories: [land] });
  return { engine, report, other, land };
}

it('describes a project file to archives by the rules of RO-Crate 1.2', async () => {
  const { engine, report, other } = await project();
  await engine.call('sources.edit', { id: report.id, patch: { title: '政府工作报告', language: 'zh-Hans' } });
  await engine.call('sources.remove', { ids: [other.id] });
  const path = join(tempFolder(), 'county.sbk');
  await engine.call('projectFile.export', { path });
  const files = await unzipped(path);
  expect(faultsOf(files)).toEqual([]);
  const { '@graph': graph } = document.parse(JSON.parse(files.get(`county/${CRATE}`)?.toString() ?? ''));
  const named = (name: string) => graph.find((one) => one['name'] === name);
  expect(named('政府工作报告')).toEqual({
    '@id': `originals/${report.sha256.slice(0, 2)}/${report.sha256}`,
    '@type': 'File',
    name: '政府工作报告',
    alternateName: 'report.txt',
    encodingFormat: 'text/plain',
    inLanguage: 'zh-Hans',
    sha256: report.sha256,
    contentSize: String(report.bytes),
  });
  expect(graph.map((one) => one['name'])).toEqual(
    expect.arrayContaining(['Liuquan 2023', 'Passages as W3C Web Annotations', 'notice.txt']),
  );
  expect(await verifyProjectFile(path, somebody('Ben'))).toMatchObject({ ok: true, failures: [] });
});

it('names in a part, and in a file without names, only what is in it', async () => {
  const { engine, land } = await project();
  const at = tempFolder();
  const written: Readonly<Record<string, CallInput<'projectFile.export'>['options']>> = {
    part: { only: { categories: [land] } },
    'names-out': { pseudonyms: true },
  };
  for (const [name, options] of Object.entries(written)) {
    const path = join(at, `${name}.sbk`);
    await engine.call('projectFile.export', { path, ...(options === undefined ? {} : { options }) });
    const files = await unzipped(path);
    expect(faultsOf(files)).toEqual([]);
    const text = [...files].find(([one]) => one.endsWith(CRATE))?.[1].toString() ?? '';
    expect(text).toContain('report.txt');
    expect(text.includes('notice.txt')).toBe(name === 'names-out');
    expect(await verifyProjectFile(path, somebody('Ben'))).toMatchObject({ ok: true, failures: [] });
  }
});
