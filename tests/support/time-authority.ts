import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder, removeFolder } from './temp.ts';

/** Whether this machine has an `openssl` that can be a time-stamping authority, and date certificates. */
export const hasTimeAuthority = (): boolean =>
  /-not_after/.test(spawnSync('openssl', ['x509', '-help'], { encoding: 'utf8' }).stderr ?? '');

function run(at: string, ...args: readonly string[]): void {
  const { status, stderr } = spawnSync('openssl', args, { cwd: at, encoding: 'utf8' });
  if (status !== 0) throw new Error(`openssl ${args.join(' ')}: ${stderr}`);
}

export interface CertificateOptions {
  readonly kind?: 'ec' | 'rsa';
  readonly extensions?: string;
  readonly from?: string;
  readonly to?: string;
}
const FOR_STAMPS = 'extendedKeyUsage=critical,timeStamping\nkeyUsage=critical,digitalSignature\n';

/** An authority of the tests’ own (`openssl ts`), with a root. Close it. */
export class TimeAuthority {
  readonly folder = makeFolder();
  private number = 0;

  constructor(name = 'Test root') {
    this.key('root', 'ec');
    run(
      this.folder,
      'req',
      '-x509',
      '-new',
      '-key',
      'root.key',
      '-out',
      'root.pem',
      '-subj',
      `/CN=${name}`,
      '-days',
      '3650',
    );
    writeFileSync(join(this.folder, 'serial'), '01\n');
  }

  close(): void {
    removeFolder(this.folder);
  }

  get root(): string {
    return this.pem('root');
  }

  /** A certificate of this authority as PEM. */
  pem(name: string): string {
    return readFileSync(join(this.folder, `${name}.pem`), 'utf8');
  }

  /** What `openssl ts -verify` says of an answer and the file it is of: as somebody without Sourcebook checks it. */
  verify(file: string, answer: string): string {
    const args = ['ts', '-verify', '-data', file, '-in', answer, '-CAfile', join(this.folder, 'root.pem')];
    const { stdout, stderr } = spawnSync('openssl', args, { encoding: 'utf8' });
    return stdout + stderr;
  }

  private key(name: string, kind: 'ec' | 'rsa'): void {
    const how =
      kind === 'ec' ? ['EC', '-pkeyopt', 'ec_paramgen_curve:P-256'] : ['RSA', '-pkeyopt', 'rsa_keygen_bits:2048'];
    run(this.folder, 'genpkey', '-algorithm', ...how, '-out', `${name}.key`);
  }

  /** A certificate signed by the root; returns its name. */
  certificate({ kind = 'ec', extensions = FOR_STAMPS, from, to }: CertificateOptions = {}): string {
    const name = `signer${String((this.number += 1))}`;
    this.key(name, kind);
    writeFileSync(join(this.folder, `${name}.ext`), `subjectKeyIdentifier=hash\n${extensions}`);
    run(this.folder, 'req', '-new', '-key', `${name}.key`, '-out', `${name}.csr`, '-subj', `/O=Test/CN=${name}`);
    const dates = from === undefined || to === undefined ? ['-days', '30'] : ['-not_before', from, '-not_after', to];
    const files = ['-CA', 'root.pem', '-CAkey', 'root.key', '-CAcreateserial', '-extfile', `${name}.ext`];
    run(this.folder, 'x509', '-req', '-in', `${name}.csr`, ...files, ...dates, '-out', `${name}.pem`);
    return name;
  }

  /** The answer to a request. `named`: the hash by which it names its certificate. */
  answer(request: Uint8Array, signer: string, { named = 'sha256', policy = '1.2.3.4.1' } = {}): Buffer {
    writeFileSync(join(this.folder, 'request.tsq'), request);
    writeFileSync(
      join(this.folder, 'ts.cnf'),
      `[tsa]\nserial=serial\nsigner_cert=${signer}.pem\nsigner_key=${signer}.key\ncerts=root.pem\nsigner_digest=sha256\n` +
        `default_policy=${policy}\ndigests=sha256,sha512\naccuracy=secs:1,millisecs:500\ntsa_name=yes\n` +
        `ess_cert_id_alg=${named}\n`,
    );
    run(
      this.folder,
      'ts',
      '-reply',
      '-queryfile',
      'request.tsq',
      '-config',
      'ts.cnf',
      '-section',
      'tsa',
      '-out',
      'answer.tsr',
    );
    return readFileSync(join(this.folder, 'answer.tsr'));
  }

  /** A token over this TSTInfo, signed as CMS by any certificates, also by those that `openssl ts` would not use. */
  sign(
    info: Uint8Array,
    signer: string,
    more: readonly { readonly of: TimeAuthority; readonly signer: string }[] = [],
  ): Buffer {
    writeFileSync(join(this.folder, 'info.der'), info);
    const what = ['-binary', '-nodetach', '-cades', '-econtent_type', '1.2.840.113549.1.9.16.1.4', '-md', 'sha256'];
    const by = [{ of: this, signer }, ...more].flatMap(({ of, signer: name }) => {
      const at = join(of.folder, name);
      return ['-signer', `${at}.pem`, '-inkey', `${at}.key`];
    });
    run(
      this.folder,
      'cms',
      '-sign',
      ...what,
      ...by,
      '-certfile',
      'root.pem',
      '-in',
      'info.der',
      '-outform',
      'DER',
      '-out',
      'token.der',
    );
    return readFileSync(join(this.folder, 'token.der'));
  }
}
