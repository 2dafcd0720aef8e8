import { basename, extname, resolve } from 'node:path';
import type { DossierReport } from '../../shared/contract/dossier-check.ts';
import type { DossierFrom } from '../../shared/contract/dossier.ts';
import type { Selection } from '../../shared/contract/export.ts';
import { Fault } from '../../shared/errors.ts';
import type { DossierTemplate } from '../../shared/model/index.ts';
import { counted, numbered } from '../../shared/text/counted.ts';
import type { Engine } from '../engine/engine.ts';
import { withTrust } from '../host/people.ts';
import type { Answer } from './command.ts';
import { startingWith } from './find.ts';
import { ownHome } from './open.ts';
import { oneLine } from './terminal.ts';

export interface DossierOptions {
  readonly template?: DossierTemplate;
  readonly claim: readonly string[];
  readonly query?: string;
  readonly pseudonyms?: boolean;
  readonly names?: boolean;
  readonly figures?: boolean;
  readonly replace?: boolean;
  readonly password?: readonly string[];
}

/** Whether a dossier is asked for: HTML without any of these is the report of the evidence. */
export const asksForDossier = (format: string, { template, claim, query }: DossierOptions): boolean =>
  format === 'docx' ||
  format === 'dossier' ||
  (format === 'html' && (template !== undefined || claim.length > 0 || query !== undefined));

/**
 * `export <project> <out> --format html|docx|dossier --template T`: {file,bytes,exhibits,documents}. `dossier`: a folder that `verify` checks. Of the claims that are named, of a query, or of what the
 * filters select; without any of them of all claims, or of all passages where there is no claim.
 */
export async function exportDossier(
  engine: Engine,
  file: string,
  format: string,
  {
    only,
    template = 'editor',
    claim,
    query,
    pseudonyms = false,
    names = false,
    figures = false,
    replace = false,
    password = [],
  }: DossierOptions & { only: Selection },
): Promise<Answer> {
  const path = resolve(file);
  if (names && pseudonyms) throw new Fault('USAGE', 'Give --names or --pseudonyms, not both.');
  if (format === 'dossier' && replace)
    throw new Fault('USAGE', 'A folder is never replaced. Leave out --replace, and choose another name.');
  const people = await withTrust(ownHome(), (await engine.call('people.list', {})).people);
  const written = await engine.call('dossier.export', {
    path,
    format: format === 'dossier' ? 'folder' : format === 'docx' ? 'docx' : 'html',
    title: basename(file, extname(file)).slice(0, 500),
    template,
    from: await fromOf(engine, only, claim, query),
    pseudonyms,
    shows: { ...(names ? { names: true } : {}), ...(figures ? { figures: true } : {}) },
    replace,
    passwords: [...password],
    keys: people.map(({ id, trust }) => ({ id, trust })),
  });
  const { bytes, exhibits, documents } = written;
  return {
    json: { file: path, bytes, exhibits, documents },
    lines: [
      `Wrote ${counted(exhibits, 'exhibit')} from ${counted(documents, 'document')} to ${oneLine(path)} (${counted(bytes, 'byte')})`,
    ],
  };
}

/**
 * `verify <dossier folder>`: {ok,checked,found,moved,changed,missing,files,failures,exhibits,notChecked,signed,notSigned,asSent,remarks}. Exit 3 if a file or a
 * quotation doesn’t match.
 */
export function dossierAnswer(report: DossierReport): Answer {
  const { ok, checked, found, files, failures, notChecked, signed, notSigned, asSent, remarks } = report;
  const read = counted(files, 'file');
  const seen = `${numbered(found)} of ${counted(checked, 'quotation')} found at ${found === 1 ? 'its place' : 'their places'}, ${read} read`;
  return {
    json: report,
    lines: [
      ...failures.map(({ kind, id, message }) => `${kind} ${oneLine(id)}: ${oneLine(message)}`),
      ok ? matches(report, read, seen) : `${counted(failures.length, 'problem')}: ${seen}.`,
      ...(signed + notSigned.length === 0
        ? []
        : [
            `${numbered(signed)} of ${counted(signed + notSigned.length, 'statement')} on claims, people and documents signed.`,
          ]),
      ...notSigned.map((one) => `Not shown by a signature: ${oneLine(one)}`),
      `Not checked, but taken as sent: ${asSent.join('; ')}. Compare the SHA-256 of the documents with those that the sender tells you.`,
    ],
    remarks: [
      ...notChecked.map(({ label, why }) => `Exhibit ${oneLine(label)} wasn’t checked: ${oneLine(why)}`),
      ...remarks.map(oneLine),
    ],
    exit: ok ? 0 : 3,
  };
}

/** That nothing differs, and of how much that was said. */
function matches({ checked, notChecked }: DossierReport, files: string, seen: string): string {
  if (checked === 0 && notChecked.length > 0)
    return `No quotation could be checked; ${files} read, each with the bytes that the manifest says.`;
  return `${notChecked.length > 0 ? 'What was checked' : 'Everything that can be checked'} matches: ${seen}.`;
}

async function fromOf(
  engine: Engine,
  only: Selection,
  claim: readonly string[],
  query: string | undefined,
): Promise<DossierFrom> {
  const isFiltered = only.sources.length + only.categories.length + only.people.length + only.states.length > 0;
  if ([isFiltered, claim.length > 0, query !== undefined].filter(Boolean).length > 1)
    throw new Fault(
      'USAGE',
      'Choose a dossier’s passages by --claim, by --query, or by --only-… filters, not by several of these.',
    );
  if (query !== undefined) return { kind: 'query', query };
  if (isFiltered) return { kind: 'filters', only };
  const { claims } = await engine.call('claims.list', {});
  if (claim.length > 0)
    return { kind: 'claims', claims: claim.map((given) => startingWith(claims, given, 'claim', 'claims').id) };
  return claims.length > 0 ? { kind: 'claims', claims: [] } : { kind: 'filters', only };
}
