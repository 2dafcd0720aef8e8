import { randomBytes, X509Certificate } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { Fault } from '../../shared/errors.ts';
import { exportFault, readFault } from '../../shared/file-faults.ts';
import { type Snapshot, sha256, type Sha256 } from '../../shared/model/index.ts';
import { formatMoment } from '../../shared/text/moment.ts';
import { type Roots, rootsOf } from '../formats/archive/certificates.ts';
import { NotDer } from '../formats/timestamp/der.ts';
import { askedIn, timeStampRequest } from '../formats/timestamp/request.ts';
import { LARGEST_ANSWER, type StampVerdict, verifyStamp } from '../formats/timestamp/verify.ts';
import { type Answer, type Register, several } from './command.ts';
import { withProject, type Caller } from './open.ts';
import { findSnapshot, holds } from './snapshots.ts';
import { oneLine } from './terminal.ts';

interface Options {
  readonly snapshot: string;
  readonly request: string;
  readonly answer?: string;
  readonly root: readonly string[];
}

const NONCE_BYTES = 8;

/**
 * `timestamp <project> --snapshot S --request FILE`: writes the request: {snapshot,hash,request}. With `--answer FILE` and `--root FILE`,
 * verifies the answer to it, offline: {snapshot,hash,ok,fault,why,at,accuracy,authority,policy,serial,root}; exit 3 if it shows nothing.
 */
const timestamp = (caller: Caller, project: string, options: Options): Promise<Answer> =>
  withProject(caller, project, async (engine) => {
    const snapshot = findSnapshot((await engine.call('snapshots.list', {})).snapshots, options.snapshot);
    await holds(engine, snapshot);
    const hash = sha256.parse(snapshot.state);
    return options.answer === undefined
      ? requested(snapshot, hash, options.request)
      : verified(snapshot, hash, { ...options, answer: options.answer });
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

function verified(
  { name }: Snapshot,
  hash: Sha256,
  { request, answer, root }: Options & { readonly answer: string },
): Answer {
  const asked = askedOf(request);
  const verdict: StampVerdict =
    asked.hash === hash
      ? verifyStamp(bytesOf(answer), asked, rootsIn(root))
      : { fault: 'other-bytes', why: 'The request is for another snapshot, or for an earlier state.' };
  const { fault, ...shown } = verdict;
  if (verdict.fault !== null)
    return {
      json: { snapshot: name, hash, ok: false, fault, ...shown },
      lines: [`Shows nothing: ${verdict.why}`],
      exit: 3,
    };
  return {
    json: { snapshot: name, hash, ok: true, fault, ...shown, at: new Date(verdict.at).toISOString() },
    lines: [
      `Snapshot ${oneLine(name)} existed at ${formatMoment(verdict.at)}, according to ${oneLine(verdict.authority, 200)}.`,
      `Vouched for by the root that you gave: ${verdict.root}`,
    ],
    remarks: [
      'It shows that records with this hash existed then, not that what they say is true, nor who made them. Whether a certificate was withdrawn can’t be checked offline.',
    ],
  };
}

function askedOf(file: string) {
  try {
    return askedIn(bytesOf(file));
  } catch (thrown) {
    if (!(thrown instanceof NotDer)) throw thrown;
    throw new Fault('BAD_INPUT', `“${basename(file)}” isn’t a request that Sourcebook wrote: ${thrown.message}.`);
  }
}

function bytesOf(file: string): Buffer {
  try {
    // One byte more than is read of any.
    return readFileSync(file).subarray(0, LARGEST_ANSWER + 1);
  } catch (thrown) {
    throw readFault(thrown);
  }
}

/** Certificates as PEM or DER that the person trusts. */
function rootsIn(files: readonly string[]): Roots {
  return rootsOf(files.flatMap((file) => certificatesIn(file)));
}

const PEM = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

function certificatesIn(file: string): string[] {
  const bytes = bytesOf(file);
  const pems = bytes.toString('latin1').match(PEM);
  try {
    return pems === null
      ? [new X509Certificate(bytes).toString()]
      : pems.map((pem) => new X509Certificate(pem).toString());
  } catch {
    throw new Fault(
      'BAD_INPUT',
      `“${basename(file)}” is no certificate. Give one as PEM or DER, as the authority publishes it.`,
    );
  }
}

/** The command for time stamps of an RFC 3161 authority. It never uses the network. */
export const timestampCommands: Register = (program, run) => {
  program
    .command('timestamp <project>')
    .description('write a request for a time stamp of a snapshot, or verify the answer to it; uses no network')
    .requiredOption('--snapshot <snapshot>', 'its name or ID')
    .requiredOption('--request <file>', 'the request: written, or with --answer, read')
    .option('--answer <file>', 'the authority’s answer, to verify')
    .option('--root <file>', 'with --answer: a root certificate that you trust (repeatable)', several, [])
    .action((project: string, options: Options) => run((by) => timestamp(by, project, options)));
};
