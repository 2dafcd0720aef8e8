import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder, removeFolder } from './temp.ts';

/** Hexadecimal digits that a signature has room for. */
const ROOM = 16_384;

function openssl(at: string, ...args: readonly string[]): void {
  const { status, stderr } = spawnSync('openssl', args, { cwd: at, encoding: 'utf8' });
  if (status !== 0) throw new Error(`openssl ${args.join(' ')}: ${stderr}`);
}

const inHex = (bytes: Buffer): string => bytes.toString('hex').padEnd(ROOM, '0');

/**
 * A PDF of one page with a text, signed with CMS over all of its bytes but the signature (ISO 32000-2, 12.8.1), by a key of its own.
 * `certified`: by a signature that certifies it, with what it allows (DocMDP): 1 nothing, 2 forms, 3 annotations too.
 */
export function signedPdf(text: string, certified: 1 | 2 | 3 | null = null): Buffer {
  const rules =
    certified === null
      ? ''
      : `/Reference [<< /Type /SigRef /TransformMethod /DocMDP /TransformParams << /Type /TransformParams /P ${certified} /V /1.2 >> >>]`;
  const drawn = `BT /F1 12 Tf 60 780 Td (${text}) Tj ET`;
  const objects = [
    `<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [5 0 R] /SigFlags 3 >>${certified === null ? '' : ' /Perms << /DocMDP 6 0 R >>'} >>`,
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Annots [5 0 R] /Resources << /Font << /F1 7 0 R >> >> >>',
    `<< /Length ${drawn.length} >>\nstream\n${drawn}\nendstream`,
    '<< /Type /Annot /Subtype /Widget /FT /Sig /T (Signature) /Rect [0 0 0 0] /F 132 /P 3 0 R /V 6 0 R >>',
    `<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached ${rules} /ByteRange [0000000000 0000000000 0000000000 0000000000] /Contents <${'0'.repeat(ROOM)}> >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
  ];
  let file = '%PDF-1.7\n%\xe2\xe3\xcf\xd3\n';
  const places = objects.map((body, n) => {
    const at = file.length;
    file += `${n + 1} 0 obj\n${body}\nendobj\n`;
    return `${String(at).padStart(10, '0')} 00000 n \n`;
  });
  const start = file.length;
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.join('')}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  const from = file.indexOf('/Contents <') + '/Contents '.length;
  const to = from + ROOM + 2;
  const range = [0, from, to, file.length - to].map((one) => String(one).padStart(10, '0')).join(' ');
  file = file.replace(/\/ByteRange \[[^\]]*\]/, `/ByteRange [${range}]`);
  const bytes = Buffer.from(file, 'latin1');
  const signature = signed(Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]));
  bytes.write(inHex(signature), from + 1, 'latin1');
  return bytes;
}

function signed(bytes: Buffer): Buffer {
  const at = makeFolder();
  try {
    const key = ['-newkey', 'rsa:2048', '-nodes', '-keyout', 'key.pem', '-subj', '/CN=County office', '-days', '30'];
    openssl(at, 'req', '-x509', ...key, '-out', 'own.pem');
    writeFileSync(join(at, 'signed.bin'), bytes);
    const what = ['-binary', '-md', 'sha256', '-in', 'signed.bin', '-outform', 'DER', '-out', 'signature.der'];
    openssl(at, 'cms', '-sign', '-signer', 'own.pem', '-inkey', 'key.pem', ...what);
    return readFileSync(join(at, 'signature.der'));
  } finally {
    removeFolder(at);
  }
}
