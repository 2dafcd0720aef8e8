import { X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { Fault } from '../../shared/errors.ts';
import { fingerprintOfRoot } from '../formats/timestamp/verify.ts';
import { type TrustedRoot, trustedRoot } from '../project/timestamps/roots.ts';
import { writeWhole } from './files.ts';
import type { ReadFile } from './key-files.ts';

/**
 * The roots of time-stamping authorities that are trusted on this installation: none until a person adds one. Stored outside of
 * projects, as confirmed keys are, so that no project can say whom to trust.
 */
export interface TrustedRoots {
  /** The file that engines read them from. */
  readonly rootsFile: string;
  roots(): TrustedRoot[];
  /** Adds certificates in PEM; returns those that were added. BAD_INPUT for one that isn’t a root. */
  trustRoots(pems: readonly string[]): TrustedRoot[];
  /** Removes one by its fingerprint, or by the beginning of it. NOT_FOUND, BAD_INPUT if several begin so. */
  removeRoot(fingerprint: string): TrustedRoot;
}

const SHORTEST = 8;
const PEM = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** The certificates in a file’s bytes, PEM or DER, as PEM. BAD_INPUT if there is none. */
export function certificatesOf(bytes: Buffer, name: string): string[] {
  const pems = bytes.toString('latin1').match(PEM);
  try {
    return pems === null
      ? [new X509Certificate(bytes).toString()]
      : pems.map((pem) => new X509Certificate(pem).toString());
  } catch {
    throw new Fault('BAD_INPUT', `“${name}” is no certificate. Give one as PEM or DER, as the authority publishes it.`);
  }
}

/** A root in PEM as it would be trusted. BAD_INPUT for a certificate that can’t vouch for others. */
export function rootIn(pem: string): TrustedRoot {
  const certificate = new X509Certificate(pem);
  if (!certificate.ca)
    throw new Fault(
      'BAD_INPUT',
      'This certificate can’t vouch for others, so it is no root. Get the root certificate that the authority publishes.',
    );
  return {
    fingerprint: fingerprintOfRoot(certificate),
    subject: certificate.subject,
    pem: certificate.toString(),
    addedAt: Date.now(),
  };
}

export function createTrustedRoots(home: string, read: ReadFile): TrustedRoots {
  const path = join(home, 'trusted-roots.json');
  const roots = (): TrustedRoot[] => read(path, z.array(trustedRoot), 'The list of trusted roots') ?? [];
  const save = (list: readonly TrustedRoot[]): void => writeWhole(path, `${JSON.stringify(list, null, 2)}\n`);
  return {
    rootsFile: path,
    roots,
    trustRoots(pems) {
      const added = pems.map(rootIn);
      const fingerprints = new Set(added.map(({ fingerprint }) => fingerprint));
      save([...roots().filter(({ fingerprint }) => !fingerprints.has(fingerprint)), ...added]);
      return added;
    },
    removeRoot(given) {
      const start = given.replaceAll(/[:\s]/g, '').toLowerCase();
      const all = roots();
      const found = start.length < SHORTEST ? [] : all.filter(({ fingerprint }) => fingerprint.startsWith(start));
      const [one, another] = found;
      if (one === undefined)
        throw new Fault(
          'NOT_FOUND',
          `No trusted root has the fingerprint “${given}”. The command without options lists them.`,
        );
      if (another !== undefined)
        throw new Fault('BAD_INPUT', `Several trusted roots begin with “${given}”. Give more of the fingerprint.`);
      save(all.filter((root) => root !== one));
      return one;
    },
  };
}
