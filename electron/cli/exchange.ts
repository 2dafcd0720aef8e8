import { resolve } from 'node:path';
import {
  exchangeFormat,
  type ExchangeLedger,
  type NotCarried,
  type SignedPdf,
} from '../../shared/contract/exchange.ts';
import type { ExchangeQuestion } from '../../shared/contract/exchange-questions.ts';
import type { Selection } from '../../shared/contract/export.ts';
import { OUTGOING_FORMATS } from '../../shared/model/exchange-formats.ts';
import { Fault } from '../../shared/errors.ts';
import { counted, numbered } from '../../shared/text/counted.ts';
import type { Engine } from '../engine/engine.ts';
import type { Answer, Register } from './command.ts';
import { type AnswerOptions, saidInOptions } from './exchange-answers.ts';
import { findSource } from './find.ts';
import { type Caller, withProject } from './open.ts';
import { oneLine } from './terminal.ts';

/** The formats of `export`: a project file (`bag`, which is the default), or one of other programs. */
export const FORMATS = ['bag', ...OUTGOING_FORMATS] as const;

/** `export <project> <out> --format F`: {file,bytes,categories,sources,passages,tags,notes,not_carried:[{kind,count,why}]}; of annotated PDFs also `signed:[{title,signatures,copy}]`. */
export async function exportInFormat(
  engine: Engine,
  file: string,
  {
    format,
    only,
    replace,
    pseudonyms,
  }: { readonly format: string; readonly only: Selection; readonly replace: boolean; readonly pseudonyms: boolean },
): Promise<Answer> {
  const known = exchangeFormat.safeParse(format);
  if (!known.success)
    throw new Fault(
      'USAGE',
      `Unknown format “${format}”. Use one of: ${FORMATS.join(', ')}, csv, xlsx, html, docx, dossier.`,
    );
  const made = await engine.call('exchange.export', {
    path: resolve(file),
    format: known.data,
    only,
    replace,
    pseudonyms,
  });
  const { path, bytes, notCarried, ...counts } = made;
  const parts = [
    counted(counts.categories, 'category', 'categories'),
    ...(known.data === 'qdc'
      ? []
      : [counted(counts.sources, 'source'), counted(counts.passages, 'passage'), counted(counts.tags, 'tag')]),
  ];
  return {
    json: { file: path, bytes, ...counts, not_carried: notCarried },
    lines: [`Wrote ${oneLine(path)} (${counted(bytes, 'byte')}): ${parts.join(', ')}`],
    remarks: [...notCarriedLines(notCarried), ...(counts.signed ?? []).map(signedLine)],
  };
}

const COPY: Readonly<Record<SignedPdf['copy'], string>> = {
  added: 'The signature still covers what was signed. Programs will show that something was added after signing.',
  forbidden:
    'Whoever certified it allowed no annotations, so programs will show the signature of the copy as not valid. Send the original with it.',
  pictures: 'The copy has masks, so it was made anew and has no signature.',
};
const signedLine = ({ title, signatures, copy }: SignedPdf): string =>
  `“${oneLine(title)}” has ${counted(signatures, 'digital signature')}. ${COPY[copy]}`;

/**
 * `import <project> <foreign file> [--preview]`: {format,program,lines,missing,questions,not_carried:[{kind,count,why}]}. `lines`: what of
 * each kind is in the file, was added, was here already, or is asked for. ANSWERS_NEEDED while a question is open.
 */
export async function importForeign(engine: Engine, file: string, options: AnswerOptions): Promise<Answer> {
  const path = resolve(file);
  const said = await saidInOptions(engine, await engine.call('exchange.preview', { path }), options);
  if (options.preview !== true) return ledgerAnswer(await engine.call('exchange.import', { path, ...said }));
  const found = await engine.call('exchange.preview', { path, ...said });
  const answer = ledgerAnswer(found, 'to add');
  const { codes, coders } = said.answers;
  return {
    ...answer,
    lines: [
      ...(answer.lines ?? []),
      ...found.questions.flatMap((question) =>
        ({ ...codes, ...coders })[question.id] === undefined ? questionLines(question) : [],
      ),
      'Nothing has changed. Run it without --preview to import.',
    ],
  };
}

function questionLines(question: ExchangeQuestion): string[] {
  const { kind, name, codings } = question;
  const options =
    question.kind === 'code'
      ? question.options.map((one) => `--code "${name}=${one.code}" (${one.name})`)
      : question.options.map((one) => `--coder "${name}=${one.isMe ? 'me' : one.name}"`);
  return [
    `Question: ${kind} “${oneLine(name)}”, ${counted(codings, 'coding')}.`,
    ...options.map((option) => `  ${oneLine(option)}`),
    `  ${oneLine(`--${kind} "${name}=new"`)}`,
  ];
}

/** `annotations <project> <source>`: the highlights and notes of a PDF that the project has; with `--take` they become passages. As `import`. */
const annotations = (caller: Caller, project: string, source: string, take: boolean): Promise<Answer> =>
  withProject(caller, project, async (engine) => {
    const input = { source: await findSource(engine, source) };
    const made = await engine.call(take ? 'exchange.takeAnnotations' : 'exchange.annotations', input);
    const answer = ledgerAnswer(made, take ? 'added' : 'to add');
    const added = made.lines.reduce((sum, line) => sum + line.added, 0);
    return take || added === 0
      ? answer
      : { ...answer, lines: [...(answer.lines ?? []), 'Nothing has changed. Run it with --take to add them.'] };
  });

function ledgerAnswer(made: ExchangeLedger, verb = 'added'): Answer {
  const { format, program, lines, missing, questions, notCarried } = made;
  return {
    json: { format, program, lines, missing, questions, not_carried: notCarried },
    lines: [
      ...lines.map(
        ({ inFile, found, added, here, asked }) =>
          `${inFile}: ${numbered(found)} in the file, ${numbered(added)} ${verb}${here === 0 ? '' : `, ${numbered(here)} here already`}${asked === 0 ? '' : `, ${numbered(asked)} asked for`}`,
      ),
      ...(lines.length === 0 ? ['Nothing in this file comes in.'] : []),
    ],
    remarks: [
      ...missing.map(
        ({ name, asText }) =>
          `${asText ? 'Only its text is in the file' : 'Not in the file'}: the source “${oneLine(name)}”.`,
      ),
      ...notCarriedLines(notCarried),
    ],
  };
}

/** A line for each kind of thing that a format had no place for. */
export const notCarriedLines = (list: readonly NotCarried[]): string[] =>
  list.map(({ kind, count, why }) => `Not carried: ${numbered(count)} × ${oneLine(kind)}. ${oneLine(why)}`);

/** The command that reads the annotations of PDFs. */
export const exchangeCommands: Register = (program, run) => {
  program
    .command('annotations <project> <source>')
    .description('list the highlights and notes that a PDF of the project has')
    .option('--take', 'make passages of them, as one edit')
    .action((project: string, source: string, { take = false }: { readonly take?: boolean }) =>
      run((by) => annotations(by, project, source, take)),
    );
};
