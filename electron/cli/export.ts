import { type Command, Option } from 'commander';
import { existsSync, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { Selection } from '../../shared/contract/export.ts';
import type { VerifyReport } from '../../shared/contract/project.ts';
import { type ErrorData, Fault, toErrorData } from '../../shared/errors.ts';
import { incomingFormatOf } from '../../shared/model/exchange-formats.ts';
import { DOSSIER_TEMPLATES, shownState, type ShownState, type SourceId } from '../../shared/model/index.ts';
import type { Engine } from '../engine/engine.ts';
import { type ThoroughReport, verifyEngine } from '../engine/verify-thoroughly.ts';
import { isDossierFolder, verifyDossier } from '../engine/verify-dossier.ts';
import { fingerprintOf, personIdOf } from '../project/people/people.ts';
import { importProjectFile, verifyProjectFile } from '../engine/import-project-file.ts';
import { checkSignatureOf } from '../project/export/signature.ts';
import { isProjectFile } from '../host/file-names.ts';
import { lackingText } from '../host/last-seen.ts';
import { withTrust } from '../host/people.ts';
import { type Answer, type Register, several } from './command.ts';
import { asksForDossier, dossierAnswer, type DossierOptions, exportDossier } from './dossier.ts';
import type { AnswerOptions } from './exchange-answers.ts';
import { exportInFormat, FORMATS, importForeign } from './exchange.ts';
import { findCategories, findPeople, findSource } from './find.ts';
import { acceptOlder, ownHome, newProjectFolder, withProject, type Caller } from './open.ts';
import { describeNew } from './project.ts';
import { exportProjectFile, type ProjectFileOptions } from './project-file.ts';
import { secretsFrom, type SecretOptions, withPasswords, withSecretOptions } from './secrets.ts';
import { oneLine } from './terminal.ts';
import { counted, numbered } from '../../shared/text/counted.ts';

interface Filters {
  readonly onlySource: readonly string[];
  readonly onlyCategory: readonly string[];
  readonly onlyPerson: readonly string[];
  readonly onlyState: readonly string[];
}
interface ExportOptions extends Filters, DossierOptions, ProjectFileOptions {
  readonly format: string;
}

/**
 * `import <project> <file.sbk[.age]>`: makes a project of the file; the result is that of `new`. A file of another program is
 * brought into an existing project.
 */
async function importFile(
  caller: Caller,
  project: string,
  file: string,
  options: SecretOptions & AnswerOptions,
): Promise<Answer> {
  const folder = newProjectFolder(project);
  // Into a project that exists no other project file comes, so the fault names the formats that do.
  if (incomingFormatOf(file) !== null || (existsSync(folder) && !isProjectFile(file)))
    return withProject(caller, project, (engine) => importForeign(engine, file, options));
  const { person, installation } = caller;
  const secrets = await secretsFrom(file, options);
  await importProjectFile({ file: resolve(file), folder, person, installation, secrets });
  return describeNew(caller, folder);
}

/** The part of the project that the filters select: passages must match one value of each filter given. */
async function selected(engine: Engine, filters: Filters): Promise<Selection> {
  const sources: SourceId[] = [];
  for (const given of filters.onlySource) sources.push(await findSource(engine, given));
  return {
    sources,
    categories: await findCategories(engine, filters.onlyCategory),
    people: await findPeople(engine, filters.onlyPerson),
    states: filters.onlyState.map(stateOf),
  };
}

function stateOf(text: string): ShownState {
  const state = shownState.safeParse(text.trim().toLowerCase());
  if (state.success) return state.data;
  throw new Fault(
    'BAD_INPUT',
    `Unknown state “${text}”. Use one of: ${shownState.options.join(', ')}. Run the command with --help.`,
    {
      state: text,
    },
  );
}

/** `export <project> <out.sbk>`: {file,bytes,files,signature,masks,leftOut,missing}; an encrypted file's name ends in `.age`. */
const exportFile = (caller: Caller, project: string, file: string, options: ExportOptions): Promise<Answer> =>
  withProject(caller, project, async (engine) => {
    const { passphraseFile, recipient, sign = false, pseudonyms = false, replace = false, format } = options;
    const only = await selected(engine, options);
    if (options.unmasked === true && (format !== 'bag' || pseudonyms))
      throw new Fault(
        'USAGE',
        '--unmasked is for a project file that teammates merge. Leave out --format and --pseudonyms.',
      );
    if (asksForDossier(format, options)) {
      if (passphraseFile !== undefined || recipient.length > 0 || sign)
        throw new Fault('USAGE', 'Only a project file can be encrypted or signed. Leave out --format.');
      return exportDossier(engine, file, format, { ...options, only });
    }
    if (options.template !== undefined || options.claim.length > 0 || options.query !== undefined)
      throw new Fault('USAGE', '--template, --claim and --query make a dossier: add --format html, docx or dossier.');
    if (format !== 'bag') {
      if (passphraseFile !== undefined || recipient.length > 0 || sign)
        throw new Fault('USAGE', 'Only a project file can be encrypted or signed. Leave out --format.');
      if (pseudonyms && format !== 'pdf')
        throw new Fault('USAGE', 'Only a project file and annotated PDFs can be pseudonymous. Leave out --format.');
      const table = TABLES.find((one) => one === format);
      if (table !== undefined) {
        const columns = table === 'csv' ? { columns: `${resolve(file).replace(/\.csv$/i, '')}.columns.csv` } : {};
        return writeTable(engine, file, { format: table, only, replace, ...columns });
      }
      return exportInFormat(engine, file, { format, only, replace, pseudonyms });
    }
    return exportProjectFile(engine, file, only, options);
  });

/** Tables and pages of the evidence, which `report` writes too. */
const TABLES = ['csv', 'xlsx', 'html'] as const;
type TableFormat = (typeof TABLES)[number];

function formatOf(path: string): TableFormat | null {
  if (/\.csv$/i.test(path)) return 'csv';
  if (/\.xlsx$/i.test(path)) return 'xlsx';
  return /\.html?$/i.test(path) ? 'html' : null;
}

/** `report <project> <out.csv|out.xlsx|out.html>`: {file,bytes,passages}, `passages`: exhibits, since passages at one place are one */
const writeReport = (caller: Caller, project: string, file: string, options: Filters & { readonly replace?: true }) =>
  withProject(caller, project, async (engine): Promise<Answer> => {
    const format = formatOf(file);
    if (format === null) throw new Fault('BAD_INPUT', 'Give the report a name ending in .csv, .xlsx or .html.');
    return writeTable(engine, file, {
      format,
      only: await selected(engine, options),
      replace: options.replace ?? false,
    });
  });

/** A table or page of the evidence. `columns`: where a second table goes that says what the columns of a CSV are. */
async function writeTable(
  engine: Engine,
  file: string,
  { format, only, replace, columns }: { format: TableFormat; only: Selection; replace: boolean; columns?: string },
): Promise<Answer> {
  const path = resolve(file);
  const people = await withTrust(ownHome(), (await engine.call('people.list', {})).people);
  const { bytes, exhibits } = await engine.call('report.write', {
    path,
    format,
    only,
    ...(columns === undefined ? {} : { columns }),
    keys: people.map(({ id, trust }) => ({ id, trust })),
    replace,
  });
  const lines = [
    `Wrote ${counted(exhibits, 'exhibit')} to ${oneLine(path)} (${counted(bytes, 'byte')})`,
    ...(columns === undefined ? [] : [`What its columns are: ${oneLine(columns)}`]),
  ];
  return { json: { file: path, bytes, passages: exhibits, ...(columns === undefined ? {} : { columns }) }, lines };
}

/** `verify <project|file|dossier>`: {ok,checked,counts,failures,remarks}, `checked`: the number of items verified. Exit 3 if one doesn't match. */
async function verify(caller: Caller, target: string, options: VerifyOptions): Promise<Answer> {
  if (options.acceptOlder === true) await acceptOlder(caller, target);
  if (isDossierFolder(target)) {
    const check = (passwords: readonly string[]) => verifyDossier(target, passwords);
    return dossierAnswer(await withPasswords(options.password, check, ({ locked }) => locked.length > 0));
  }
  const report = await withPasswords(
    options.password,
    (passwords) => reportOf(caller, target, options, passwords),
    ({ again }) => (again?.locked ?? 0) > 0,
  );
  const signature = await signatureOf(target);
  const isGood = report.ok && signature?.isBroken !== true;
  const { again } = report;
  const { originals, layers, commits, changes, passages } = report.checked;
  const checked = originals + layers + commits + changes + passages;
  const seen = [
    counted(originals, 'original'),
    counted(layers, 'text layer'),
    counted(commits, 'edit'),
    counted(passages, 'passage'),
    ...(again === null
      ? []
      : [
          `${counted(again.compared, 'text layer')} as in ${again.compared === 1 ? 'its original' : 'their originals'}`,
        ]),
  ].join(', ');
  return {
    json: {
      ok: isGood,
      checked,
      counts: report.checked,
      failures: report.failures,
      remarks: report.remarks,
      ...(again === null ? {} : { thorough: again }),
      ...(signature === null ? {} : { signature: signature.json }),
    },
    lines: [
      ...report.failures.map((one) => `${one.kind} ${oneLine(one.id)}: ${oneLine(one.message)}`),
      ...(signature === null ? [] : [signature.line]),
      wordsOf(report, isGood, seen),
    ],
    remarks: report.remarks.map(({ message }) => oneLine(message)),
    exit: isGood ? 0 : 3,
  };
}

interface VerifyOptions extends SecretOptions {
  readonly thorough?: true;
  readonly acceptOlder?: true;
  readonly password: readonly string[];
}

function wordsOf({ ok, failures }: VerifyReport, isGood: boolean, seen: string): string {
  if (!ok) return `Damaged: ${numbered(failures.length)} of ${seen}.`;
  return isGood ? `Everything matches: ${seen}.` : `The contents match (${seen}), but the signature doesn’t.`;
}

async function reportOf(
  caller: Caller,
  target: string,
  options: VerifyOptions,
  passwords: readonly string[],
): Promise<ThoroughReport> {
  const thorough = options.thorough === true;
  const isFile = statSync(target, { throwIfNoEntry: false })?.isFile() === true;
  const lacking: VerifyReport['remarks'] = [];
  const judge = async (engine: Engine): Promise<void> => {
    const found = await ownHome().seen.lacking(engine);
    if (found !== null) lacking.push({ kind: 'commit', id: '', message: lackingText(found) });
  };
  const verified = async (): Promise<ThoroughReport> => {
    if (isFile)
      return verifyProjectFile(resolve(target), caller.person, {
        secrets: await secretsFrom(target, options),
        trustedRoots: ownHome().rootsFile,
        thorough,
        passwords,
        judge,
      });
    return withProject(caller, target, async (engine) => {
      await judge(engine);
      return verifyEngine(engine, { thorough, passwords });
    });
  };
  try {
    const report = await verified();
    return { ...report, remarks: [...report.remarks, ...lacking] };
  } catch (thrown) {
    // A file too damaged to open, or a hostile one, is a result of verifying, not an error.
    const error = toErrorData(thrown);
    if (error.code !== 'DAMAGED' && !(isFile && isRefused(error))) throw thrown;
    const checked = { originals: 0, layers: 0, commits: 0, changes: 0, passages: 0 };
    return {
      ok: false,
      checked,
      failures: [{ kind: isFile ? 'manifest' : 'database', id: basename(target), message: error.message }],
      remarks: [],
      again: null,
    };
  }
}

/** Whether it is a project file that Sourcebook would never write. (An unreadable file is NOT_ALLOWED too, but without a path inside it.) */
const isRefused = ({ code, context }: ErrorData): boolean =>
  code === 'TOO_LARGE' || (code === 'NOT_ALLOWED' && context?.['path'] !== undefined);

/**
 * Checks the `.minisig` beside a file; null if there is none. Names the signer if their key is confirmed here. An unknown key
 * is no failure: anyone can sign, and the file may still be intact.
 */
async function signatureOf(target: string): Promise<{ isBroken: boolean; json: object; line: string } | null> {
  if (statSync(target, { throwIfNoEntry: false })?.isFile() !== true) return null;
  const home = ownHome();
  const people = [
    ...home.known(),
    ...home.ownPeople().map(({ id, name, publicKey }) => ({ id, name, key: publicKey })),
  ];
  const keys = people.map(({ key }) => Buffer.from(key, 'hex'));
  const checked = await checkSignatureOf(resolve(target), keys);
  if (checked === null) return null;
  const { state, publicKey, keyId, comment } = checked;
  const isBroken = state === 'does not hold';
  if (publicKey === null) {
    const line = isBroken
      ? `The signature beside this file is invalid: key ${keyId} didn’t sign this content. Ask for both files again.`
      : `Note: can’t check the signature beside this file, because its key (${keyId}) isn’t known here. Ask the signer for their key.`;
    return { isBroken, json: { ok: isBroken ? false : null, state, keyId, signer: null }, line };
  }
  const id = personIdOf(publicKey);
  const name = people.findLast((one) => one.id === id)?.name ?? null;
  const fingerprint = fingerprintOf(publicKey);
  return {
    isBroken,
    json: { ok: true, state, keyId, signer: { id, name, fingerprint }, comment },
    line:
      name === null
        ? `Note: signed by an unknown key (${fingerprint}). The signature is valid, but nobody has confirmed whose key it is.`
        : `Signed by ${oneLine(name)} (${fingerprint}).`,
  };
}

const withFilters = (command: Command): Command =>
  command
    .option('--only-source <source>', 'only this source (repeatable)', several, [])
    .option('--only-category <code>', 'only this category and its subcategories (repeatable)', several, [])
    .option('--only-person <name>', 'only highlighted or tagged by this person (repeatable)', several, [])
    .option('--only-state <state>', 'only in this review state (repeatable)', several, []);

/** Commands that export, import and verify. */
export const exportCommands: Register = (program, run) => {
  withSecretOptions(program.command('verify <target>'))
    .description(
      'verify a project, a project file or a dossier’s folder against hashes, signatures and originals; exit 3 on a mismatch',
    )
    .option('--thorough', 'also read every PDF and saved page again, and compare its text')
    .option('--password <password>', 'for protected PDFs, which are read again (repeatable)', several, [])
    .option('--accept-older', 'the project is rightly in an older state than this installation has seen')
    .action((target: string, options: VerifyOptions) => run((by) => verify(by, target, options)));
  withFilters(program.command('export <project> <file>'))
    .description('export a project file (.sbk), or a file for other programs')
    .option('--format <format>', `one of: ${[...FORMATS, ...TABLES, 'docx', 'dossier'].join(', ')}`, 'bag')
    .addOption(new Option('--template <template>', 'a dossier, for whom').choices([...DOSSIER_TEMPLATES]))
    .option('--claim <id>', 'a dossier of this claim (repeatable)', several, [])
    .option('--query <query>', 'a dossier of the passages that a query finds')
    .option('--password <password>', 'a dossier: of a protected PDF, to draw its pages (repeatable)', several, [])
    .option('--passphrase-file <file>', 'encrypt with the passphrase on this file’s first line')
    .option('--recipient <age1…>', 'encrypt for this age recipient (repeatable)', several, [])
    .option('--sign', 'also write a minisign signature')
    .option('--figures', 'a dossier with the figures of its exhibits, and the relations between them')
    .option('--names', 'a dossier for an archive: people by name, not under pseudonyms')
    .option('--pseudonyms', 'replace names with pseudonyms and remove identifying details; can’t be merged back')
    .option('--unmasked', 'a project file with passages that name a private person: for teammates who mask them')
    .option('--replace', 'overwrite an existing file')
    .action((project: string, file: string, options: ExportOptions) =>
      run((by) => exportFile(by, project, file, options)),
    );
  withSecretOptions(program.command('import <project> <file>'))
    .description(
      'create a project from a project file (.sbk, .sbk.age), or bring a file of another program into a project',
    )
    .option('--preview', 'of a file of another program: say what would come in, and what is asked')
    .option('--code <name=category>', 'what a code is: a category’s code, same, or new (repeatable)', several, [])
    .option(
      '--coder <name=who>',
      'who coded: me, new (somebody without a key), or one without a key (repeatable)',
      several,
      [],
    )
    .option('--find <name=file>', 'the file of a source that is missing (repeatable)', several, [])
    .addOption(new Option('--codes <answer>', 'all other codes that are asked for').choices(['same', 'new']))
    .addOption(new Option('--coders <answer>', 'all other coders').choices(['me', 'new']))
    .action((project: string, file: string, options: SecretOptions & AnswerOptions) =>
      run((by) => importFile(by, project, file, options)),
    );
  withFilters(program.command('report <project> <file>'))
    .description('export passages for people without Sourcebook: .csv, .xlsx, or .html to read and print')
    .option('--replace', 'overwrite an existing file')
    .action((project: string, file: string, options: Filters & { readonly replace?: true }) =>
      run((by) => writeReport(by, project, file, options)),
    );
};
