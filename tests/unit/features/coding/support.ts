import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { importProjectFile } from '../../../../electron/engine/import-project-file.ts';
import type { Person } from '../../../../electron/db/types.ts';
import type { Engine } from '../../../../electron/engine/engine.ts';
import type { CallInput } from '../../../../shared/contract/index.ts';
import type { Source } from '../../../../shared/model/index.ts';
import { addFile, openFor, somebody, type TestProject, testProject } from '../../../support/project.ts';
import { tempFolder } from '../../../support/temp.ts';

export const REPORT = [
  '柳泉县2023年工作报告（虚构）',
  '全年转移就业八百人。培训两周后进入工厂！每户派出一人。',
  '流转土地4.8万亩。合作社统一经营。居民收入增长百分之五。',
  '下一年继续努力。',
].join('\n');
export const NOTICE = ['Notice (fictional)', 'Each household shall send one person. Training lasts two weeks.'].join(
  '\n',
);

export interface CodedProject extends TestProject {
  readonly report: Source;
  readonly notice: Source;
}
export async function codedProject(person: Person = somebody('Ann')): Promise<CodedProject> {
  const project = await testProject({ person });
  const report = await addFile(project.engine, 'report.txt', REPORT);
  const notice = await addFile(project.engine, 'notice.txt', NOTICE);
  return { ...project, report, notice };
}

type Request = CallInput<'assignments.create'>;
/** Creates an assignment and returns the path of its file. */
export async function giveOut(engine: Engine, request: Partial<Request> = {}) {
  const path = join(tempFolder(), 'for-ben.sbk');
  const made = await engine.call('assignments.create', {
    coder: 'Ben',
    sample: 'sentences:4',
    ...request,
    path,
  });
  return { path, ...made };
}

/** Makes a project of a project file, as its receiver. */
export async function receive(path: string, person: Person): Promise<TestProject> {
  const folder = join(tempFolder(), 'Copy.sourcebook');
  await importProjectFile({ file: path, folder, person });
  return { folder, person, engine: await openFor(folder, person) };
}

/** Every byte of a project's database as text, in both encodings a name could hide in. */
export function bytesOf(folder: string): string {
  const database = new DatabaseSync(join(folder, 'project.sqlite'));
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  database.close();
  return readFileSync(join(folder, 'project.sqlite')).toString('latin1');
}
export const asBytes = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');
