import { randomBytes } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Stamp } from '../../shared/contract/timestamps.ts';
import { Fault } from '../../shared/errors.ts';
import { exportFault } from '../../shared/file-faults.ts';
import { type Snapshot, sha256, type Sha256 } from '../../shared/model/index.ts';
import { formatMoment } from '../../shared/text/moment.ts';
import type { Engine } from '../engine/engine.ts';
import { rootsOf } from '../formats/archive/certificates.ts';
import { NotDer } from '../formats/timestamp/der.ts';
import { type Asked, askedIn, timeStampRequest } from '../formats/timestamp/request.ts';
import { type StampVerdict, verifyStamp } from '../formats/timestamp/verify.ts';
import { askAuthority, authorityAt } from '../host/ask-authority.ts';
import { certificatesIn, smallFile } from './certificate-files.ts';
import { type Answer, type Register, several } from './command.ts';
import { ownHome, withProject, type Caller } from './open.ts';
import { findSnapshot, holds } from './snapshots.ts';
import { columns, oneLine } from './terminal.ts';

interface Options {
  readonly snapshot: string;
  readonly request: string;
  readonly answer?: string;
  readonly root: readonly string[];
  readonly keep?: true;
  readonly ask?: string;
}

const NONCE_BYTES = 8;

/**
 * `timestamp <project> --snapshot S --request FILE`: writes the request: {snapshot,hash,request}. With `--answer FILE`, verifies the
 * answer to it, offline, by the roots that this installation trusts and by `--root FILE`:
 * {snapshot,hash,ok,fault,why,at,accuracy,authority,policy,serial,root}; exit 3 if it shows nothing, or nothing that is trusted. `--keep`
 * stores it in the project: {…,kept}, its id. `--ask URL` asks an authority now, over the network, and verifies what it answers; the answer
 * is kept beside the request, or at `--answer FILE`: {…,asked,answer}.
 */
const timestamp = (caller: Caller, project: string, options: Options): Promise<Answer> =>
  withProject(caller, project, async (engine) => {
    const snapshot = findSnapshot((await engine.call('snapshots.list', {})).snapshots, options.snapshot);
    await holds(engine, snapshot);
    const hash = sha256.parse(snapshot.state);
    const { answer, keep, ask } = options;
    if (ask !== undefined) return askedOver(engine, snapshot, hash, { ...options, ask });
    if (answer !== undefined) return verified(engine, snapshot, hash, { ...options, answer });
    if (keep === true) throw new Fault('USAGE', '--keep stores an answer: add --answer or --ask.');
    return requested(snapshot, hash, options.request);
  });

function requested({ name }: Snapshot, hash: Sha256, file: string): Answer {
  const nonce = BigInt(`0x${randomBytes(NONCE_BYTES).toString('hex')}`);
  try {
    writeFileSync(file, timeStampRequest(hash, nonce), { flag: 'wx' });
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'EEXIST')
      throw new Fault('EXISTS', `“${basename(file)}” already exists. Choose another name.`, { name: basename(file) });
    throw exportFault(thrown);
  }
  return {
    json: { snapshot: name, hash, request: file },
    lines: [`Request for a time stamp of snapshot ${oneLine(name)}: ${oneLine(file)}`],
    remarks: [
      'It holds the snapshot’s hash and a random number, nothing else. Keep it: the answer is checked against it. Sourcebook sends nothing.',
    ],
  };
}

/** The one act of Sourcebook that uses the network: a person asks for it, and names whom it asks. */
async function askedOver(
  engine: Engine,
  snapshot: Snapshot,
  hash: Sha256,
  options: Options & { readonly ask: string },
): Promise<Answer> {
  const url = authorityAt(options.ask);
  const answer = options.answer ?? `${options.request.replace(/\.tsq$/i, '')}.tsr`;
  if (existsSync(answer))
    throw new Fault('EXISTS', `“${basename(answer)}” already exists. Choose another name.`, { name: basename(answer) });
  requested(snapshot, hash, options.request);
  const bytes = await askAuthority(url, smallFile(options.request));
  try {
    writeFileSync(answer, bytes, { flag: 'wx' });
  } catch (thrown) {
    throw exportFault(thrown);
  }
  const found = await verified(engine, snapshot, hash, { ...options, answer });
  return {
    ...found,
    json: { ...found.json, asked: url.href, answer },
    remarks: [
      `This one act used the network: ${oneLine(url.host)} was sent the snapshot’s hash and a random number, and knows this computer’s address. Sourcebook never does so by itself.`,
      ...(found.remarks ?? []),
    ],
  };
}

async function verified(
  engine: Engine,
  snapshot: Snapshot,
  hash: Sha256,
  { request, answer, root, keep }: Options & { readonly answer: string },
): Promise<Answer> {
  const { name } = snapshot;
  const asked = askedOf(request);
  const bytes = smallFile(answer);
  const trusted = [
    ...ownHome()
      .roots()
      .map(({ pem }) => pem),
    ...root.flatMap(certificatesIn),
  ];
  const verdict: StampVerdict =
    asked.hash === hash
      ? verifyStamp(bytes, asked, rootsOf(trusted))
      : { fault: 'other-bytes', why: 'The request is for another snapshot, or for an earlier state.', said: null };
  const isSound = verdict.fault === null || verdict.fault === 'untrusted';
  const kept = keep === true && isSound ? { kept: await keptIn(engine, snapshot, asked, bytes) } : {};
  if (verdict.fault !== null)
    return {
      json: { snapshot: name, hash, ok: false, fault: verdict.fault, why: verdict.why, ...shownOf(verdict), ...kept },
      lines: verdict.said === null ? [`Shows nothing: ${verdict.why}`] : [existed(name, verdict.said), verdict.why],
      ...(keep === true && !isSound ? { remarks: ['It wasn’t stored.'] } : {}),
      exit: 3,
    };
  return {
    json: { snapshot: name, hash, ok: true, fault: null, ...shownOf(verdict), root: verdict.root, ...kept },
    lines: [existed(name, verdict), `Vouched for by a root that you trust: ${verdict.root}`],
    remarks: [
      'It shows that records with this hash existed then, not that what they say is true, nor who made them. Whether a certificate was withdrawn can’t be checked offline.',
    ],
  };
}

const existed = (name: string, { at, authority }: NonNullable<Stamp['said']>): string =>
  `Snapshot ${oneLine(name)} existed at ${formatMoment(at)}, according to ${oneLine(authority, 200)}.`;

function shownOf(verdict: StampVerdict) {
  const said = verdict.fault === null ? verdict : verdict.said;
  if (said === null) return {};
  const { at, accuracy, policy, serial, authority } = said;
  return { at: new Date(at).toISOString(), accuracy, policy, serial, authority };
}

/** Stores it, or finds it stored. */
async function keptIn(engine: Engine, { id }: Snapshot, { nonce }: Asked, answer: Buffer): Promise<string> {
  const added = { snapshot: id, nonce: nonce.toString(16), answer: answer.toString('base64') };
  return (await engine.call('timestamps.add', added)).id;
}

/** `timestamps <project>`: {timestamps:[{id,snapshot,file,standing,fault,why,at,accuracy,policy,serial,authority,root}]}. Exit 3 if one shows nothing. */
const list = (caller: Caller, project: string): Promise<Answer> =>
  withProject(caller, project, async (engine) => {
    const { timestamps } = await engine.call('timestamps.list', {});
    return {
      json: {
        timestamps: timestamps.map(({ id, snapshot, name, hash, standing, fault, why, said, root }) => ({
          id,
          snapshot: snapshot === null ? null : name,
          file: snapshot === null ? { name, sha256: hash } : null,
          standing,
          fault,
          why,
          ...(said === null ? {} : { ...said, at: new Date(said.at).toISOString() }),
          root,
        })),
      },
      lines: columns(
        timestamps.map(({ name, standing, said, why }) => [
          STANDINGS[standing],
          said === null ? '' : formatMoment(said.at),
          oneLine(name, 60),
          oneLine(said === null ? why : said.authority, 100),
        ]),
      ),
      exit: timestamps.every(({ standing }) => standing !== 'nothing') ? 0 : 3,
    };
  });

const STANDINGS: Readonly<Record<Stamp['standing'], string>> = {
  waiting: 'waiting for the answer',
  trusted: 'by a trusted root',
  untrusted: 'root not trusted here',
  unsupported: 'not checked',
  nothing: 'SHOWS NOTHING',
};

function askedOf(file: string): Asked {
  try {
    return askedIn(smallFile(file));
  } catch (thrown) {
    if (!(thrown instanceof NotDer)) throw thrown;
    throw new Fault('BAD_INPUT', `“${basename(file)}” isn’t a request that Sourcebook wrote: ${thrown.message}.`);
  }
}

/** The commands for time stamps of an RFC 3161 authority. They use no network, but for `--ask`. */
export const timestampCommands: Register = (program, run) => {
  program
    .command('timestamp <project>')
    .description(
      'write a request for a time stamp of a snapshot, or verify the answer to it; uses no network but with --ask',
    )
    .requiredOption('--snapshot <snapshot>', 'its name or ID')
    .requiredOption('--request <file>', 'the request: written, or with --answer, read')
    .option('--answer <file>', 'the authority’s answer, to verify')
    .option('--root <file>', 'with --answer: a root certificate to trust this once (repeatable)', several, [])
    .option('--ask <url>', 'ask this authority now: this one act uses the network')
    .option('--keep', 'with --answer or --ask: store it in the project')
    .action((project: string, options: Options) => run((by) => timestamp(by, project, options)));
  program
    .command('timestamps <project>')
    .description('list the time stamps of snapshots and of files of dossiers, and verify each, offline')
    .action((project: string) => run((by) => list(by, project)));
};
