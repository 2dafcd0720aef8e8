import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createProject } from '../../../../electron/db/index.ts';
import type { Person } from '../../../../electron/db/types.ts';
import { openEngine, type Engine } from '../../../../electron/engine/engine.ts';
import type { EngineEvent } from '../../../../electron/engine/protocol.ts';
import type { ImportItem } from '../../../../shared/contract/sources.ts';
import { somebody } from '../../../support/project.ts';
import { readersOfFile } from '../../../support/readers.ts';
import { tempFolder } from '../../../support/temp.ts';

export interface Desk {
  readonly folder: string;
  readonly person: Person;
  readonly engine: Engine;
  /** All events that the engine sent. */
  readonly events: EngineEvent[];
}

/** A new project, opened; closed when the test ends. */
export async function desk(): Promise<Desk> {
  const folder = join(tempFolder(), 'Study.sourcebook');
  const person = somebody('Ann');
  createProject({ folder, person }).close();
  const engine = await openEngine({ folder, person, installation: person.id, readers: readersOfFile() });
  onTestFinished(() => engine.close());
  const events: EngineEvent[] = [];
  engine.onEvent((event) => events.push(event));
  return { folder, person, engine, events };
}

/** A folder with these files, by their path in it. */
export function folderOf(files: Readonly<Record<string, Uint8Array | string>>): string {
  const folder = tempFolder();
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

/** The outcome of an import for each file, with the error code if it failed. */
export const inShort = (items: readonly ImportItem[]): Record<string, string> =>
  Object.fromEntries(
    items.map(({ path, status, error }) => [path, error === null ? status : `${status}: ${error.code}`]),
  );

export const PAGE = `<!doctype html><html lang="zh"><head><title>转移就业</title></head>
<body><p>全县转移农村富余劳动力 12,350 人次。</p></body></html>`;
