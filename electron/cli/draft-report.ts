import { basename, extname, resolve } from 'node:path';
import { Option } from 'commander';
import { Fault } from '../../shared/errors.ts';
import { DRAFT_REPORT_FORMATS, type DraftReportFormat } from '../../shared/model/index.ts';
import { counted } from '../../shared/text/counted.ts';
import type { Engine } from '../engine/engine.ts';
import type { Answer, Register } from './command.ts';
import { findDraft } from './find.ts';
import { withProject } from './open.ts';
import { oneLine } from './terminal.ts';

interface ReportOptions {
  readonly format?: DraftReportFormat;
  readonly replace?: true;
}

/** `draft-report <project> <draft> <out>`: {file,bytes}. The format is that of the file’s ending, unless it is given. */
async function report(engine: Engine, draft: string, out: string, { format, replace }: ReportOptions): Promise<Answer> {
  const asked = format ?? DRAFT_REPORT_FORMATS.find((one) => extname(out).toLowerCase() === `.${one}`);
  if (asked === undefined) throw new Fault('USAGE', 'End the file’s name in .html, .docx or .csv, or give --format.');
  const { id } = await findDraft(engine, draft);
  const path = resolve(out);
  const { bytes } = await engine.call('drafts.exportReport', { id, path, format: asked, replace: replace === true });
  return { json: { file: path, bytes }, lines: [`${oneLine(basename(path))}  ${counted(bytes, 'byte')}`] };
}

/** The command for the report on a draft that a project has. */
export const draftReportCommand: Register = (program, run) => {
  program
    .command('draft-report <project> <draft> <out>')
    .description('write what stands, what is open and what fails in a draft')
    .addOption(new Option('--format <format>', 'default: by the file’s ending').choices(DRAFT_REPORT_FORMATS))
    .option('--replace', 'replace a file of that name')
    .action((project: string, draft: string, out: string, options: ReportOptions) =>
      run((by) => withProject(by, project, (engine) => report(engine, draft, out, options))),
    );
};
