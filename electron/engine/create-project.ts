import { existsSync, readFileSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { Fault } from '../../shared/errors.ts';
import type { CodebookFile } from '../../shared/model/codebook.ts';
import { assertNamed, createProject } from '../db/index.ts';
import type { OpenOptions } from '../db/types.ts';
import { codebookEdits, emptyCodebook, xinjiangLabour } from '../features/codebook/codebook.ts';
import { readCodebook } from '../formats/codebook/read.ts';

export interface NewProject extends Omit<OpenOptions, 'readOnly'> {
  readonly title: string;
  readonly codebook: 'xinjiang-labour' | 'empty' | { readonly file: string };
}

/**
 * Creates a project in a folder that does not exist yet, with its title and codebook as the first commit, and closes it.
 * Faults: NAME_NEEDED, EXISTS, BAD_INPUT (an invalid codebook), PROJECT_READ_ONLY, DISK_FULL.
 */
export function newProject(options: NewProject): void {
  assertNamed(options.person);
  const book = codebookOf(options.codebook);
  createProject({
    ...options,
    begin: {
      label: `Create project: ${options.title}`,
      edits: (project) => [
        { entity: 'project', id: project, field: 'title', value: options.title },
        ...codebookEdits(project, book),
      ],
    },
  }).close();
}

function codebookOf(codebook: NewProject['codebook']): CodebookFile {
  if (codebook === 'xinjiang-labour') return xinjiangLabour();
  if (codebook === 'empty') return emptyCodebook();
  const { file } = codebook;
  if (!existsSync(file))
    throw new Fault('NOT_FOUND', `Can’t find the codebook file “${basename(file)}”.`, { name: basename(file) });
  return readCodebook(readFileSync(file, 'utf8'), basename(file, extname(file)).replace(/[^A-Za-z0-9_.-]+/g, '-'));
}
