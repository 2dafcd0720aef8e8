import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { Fault } from '../../shared/errors.ts';
import { readFault } from '../../shared/file-faults.ts';
import { LARGEST_ANSWER } from '../../shared/model/index.ts';

const PEM = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** The bytes of a small file, one more than is read of any answer. */
export function smallFile(file: string): Buffer {
  try {
    return readFileSync(file).subarray(0, LARGEST_ANSWER + 1);
  } catch (thrown) {
    throw readFault(thrown);
  }
}

/** The certificates in a file, PEM or DER, as PEM. BAD_INPUT if there is none. */
export function certificatesIn(file: string): string[] {
  const bytes = smallFile(file);
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
