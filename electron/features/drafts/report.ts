import type { draftReports as contract } from '../../../shared/contract/draft-report.ts';
import type { DraftDesk } from '../../../shared/contract/drafts.ts';
import type { CallArgs, CallOutput } from '../../../shared/contract/index.ts';
import type { Piece } from '../../../shared/drafts/findings-in-words.ts';
import { type DraftReport, draftReport, type Said } from '../../../shared/drafts/report.ts';
import type { DraftId } from '../../../shared/model/index.ts';
import { fillDocx } from '../../formats/dossier/docx.ts';
import { csvReport } from '../../formats/draft-report/csv.ts';
import { htmlReport } from '../../formats/draft-report/html.ts';
import { wordReport } from '../../formats/draft-report/word.ts';
import { writeZip } from '../../formats/zip/write.ts';
import type { Handlers, ReadContext, WriteContext } from '../../project/context.ts';
import { goOn, type TextPiece, writeText } from '../../project/export/partial-file.ts';
import { assertAbsent } from '../../project/export/project-file.ts';
import { isMaskingUsed, maskedFor } from '../../project/masks/outgoing.ts';
import { shownNames } from '../../project/people/names.ts';
import { deskOf } from './desk.ts';
import { outgoingOf } from './unmasked.ts';
import { versionOf } from './versions.ts';

type Context = ReadContext | WriteContext;

/** The report on a version of a draft, without what is masked. NOT_FOUND, DAMAGED, UNMASKED. */
async function reportOn(context: Context, id: DraftId): Promise<DraftReport> {
  const { db, project } = context;
  const desk = await deskOf(context, versionOf(db, id));
  const report = draftReport(desk, {
    madeAt: new Date(context.now()).toISOString(),
    head: project.head(),
    names: shownNames(db),
  });
  const free = freeOfMasked(context, desk);
  return free === null ? report : withoutMasked(report, free);
}

/** Returns a function that removes masked words from a text; null if nothing is masked. Throws UNMASKED if a linked or quoted passage must be masked first. */
function freeOfMasked(context: Context, { sentences, gone }: DraftDesk): ((text: string) => string) | null {
  if (!isMaskingUsed(context.db)) return null;
  const earlier = [...sentences.flatMap(({ before }) => before), ...gone];
  const all = [...sentences, ...earlier.map(({ links }) => ({ links, findings: [] }))];
  return maskedFor(context, { passages: all.flatMap(outgoingOf(context, all)) }).free;
}

/** Removes masked words from every part of a report: the draft and people's comments may repeat them, and a changed quotation shows its source's words. */
function withoutMasked(report: DraftReport, free: (text: string) => string): DraftReport {
  const cleared = ({ label, line }: Said): Said => ({ label, line: withoutMaskedWords(line, free) });
  return {
    ...report,
    title: free(report.title),
    about: withoutMaskedWords(report.about, free),
    refused: report.refused.map(free),
    gone: report.gone.map(({ text, said }) => ({ text: free(text), said: said.map(cleared) })),
    parts: report.parts.map((part) => ({
      ...part,
      rows: part.rows.map((row) => ({
        ...row,
        heading: row.heading === null ? null : free(row.heading),
        pieces: withoutMaskedWords(row.pieces, free),
        why: row.why.map((line) => withoutMaskedWords(line, free)),
        said: row.said.map(cleared),
        findings: row.findings.map((one) => ({
          ...one,
          text: free(one.text),
          says: free(one.says),
          reason: free(one.reason),
        })),
        text: free(row.text),
      })),
    })),
  };
}

/** Removes masked words, which may span several pieces. If masking changes the length, the pieces are joined into one. */
function withoutMaskedWords(pieces: readonly Piece[], free: (text: string) => string): readonly Piece[] {
  const text = pieces.map((piece) => piece.text).join('');
  const freed = free(text);
  if (freed === text) return pieces;
  if (freed.length !== text.length) return [{ text: freed }];
  let at = 0;
  return pieces.map((piece) => {
    const start = at;
    at += piece.text.length;
    return { ...piece, text: freed.slice(start, at) };
  });
}

/** See shared/contract/draft-report.ts. */
async function exportReport(
  context: WriteContext,
  { id, path, format, replace }: CallArgs<'drafts.exportReport'>,
): Promise<CallOutput<'drafts.exportReport'>> {
  if (!replace) assertAbsent(path);
  const report = await reportOn(context, id);
  goOn(context);
  return { path, bytes: await written(context, path, format, report) };
}

async function written(
  context: WriteContext,
  path: string,
  format: CallArgs<'drafts.exportReport'>['format'],
  report: DraftReport,
): Promise<number> {
  const count = report.parts.reduce((sum, { rows }) => sum + rows.length, 0);
  switch (format) {
    case 'html':
      return writeText(context, path, inPieces(htmlReport(report)), count);
    case 'csv':
      return writeText(context, path, inPieces(csvReport(report)), count);
    case 'docx':
      return (await writeZip(path, (zip) => fillDocx(zip, report, wordReport(report), () => goOn(context)))).bytes;
  }
}

function* inPieces(texts: Iterable<string>): Generator<TextPiece> {
  let passages = 0;
  for (const text of texts) yield { text, passages: passages++ };
}

/** See shared/contract/draft-report.ts. */
export const draftReportHandlers: Handlers<typeof contract> = {
  'drafts.report': async (context, { id }) => ({
    html: [...htmlReport(await reportOn(context, id))].join(''),
  }),
  'drafts.exportReport': exportReport,
};
