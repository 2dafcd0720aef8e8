/** Files as browsers and mail programs save them, created here: see electron/formats/mhtml. */
export interface MadePart {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
  /** The transfer encoding of the body; default: none. */
  readonly encoding?: 'base64' | 'quoted-printable' | '8bit' | 'binary';
}

export interface MadeMessage {
  readonly headers?: Readonly<Record<string, string>>;
  readonly parts: readonly (MadePart | Buffer)[];
  readonly boundary?: string;
  readonly newline?: '\r\n' | '\n';
  /** False: without the closing boundary, as in a cut file. */
  readonly closed?: boolean;
}

/** The bytes of a message; a part given as a Buffer is used as it is (for example another message). */
export function makeMhtml(message: MadeMessage): Buffer {
  const { parts, boundary = '----MultipartBoundary--made----', newline = '\r\n', closed = true } = message;
  const headers = {
    'MIME-Version': '1.0',
    'Content-Type': `multipart/related; type="text/html"; boundary="${boundary}"`,
    ...message.headers,
  };
  const out: Buffer[] = [Buffer.from(headerBlock(headers, newline), 'latin1')];
  for (const part of parts) {
    out.push(Buffer.from(`${newline}--${boundary}${newline}`));
    out.push(Buffer.isBuffer(part) ? part : partBytes(part, newline));
  }
  if (closed) out.push(Buffer.from(`${newline}--${boundary}--${newline}`));
  return Buffer.concat(out);
}

function partBytes({ headers, body, encoding }: MadePart, newline: string): Buffer {
  const bytes = Buffer.from(body);
  const all = encoding === undefined ? headers : { ...headers, 'Content-Transfer-Encoding': encoding };
  const written =
    encoding === 'base64'
      ? Buffer.from(bytes.toString('base64').replace(/.{76}/g, `$&${newline}`))
      : encoding === 'quoted-printable'
        ? Buffer.from(quotedPrintable(bytes, newline))
        : bytes;
  return Buffer.concat([Buffer.from(headerBlock(all, newline), 'latin1'), written]);
}

const headerBlock = (headers: Readonly<Record<string, string>>, newline: string): string =>
  Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}${newline}`)
    .join('') + newline;

/** As Chromium writes it: lines of at most 76 characters, line ends of the text kept. */
function quotedPrintable(bytes: Buffer, newline: string): string {
  const out: string[] = [];
  let column = 0;
  for (const byte of bytes) {
    if (byte === 0x0a) {
      out.push(newline);
      column = 0;
      continue;
    }
    const isPlain = byte > 0x20 && byte < 0x7f && byte !== 0x3d;
    const text = isPlain ? String.fromCharCode(byte) : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    if (column + text.length > 75) {
      out.push(`=${newline}`);
      column = 0;
    }
    out.push(text);
    column += text.length;
  }
  return out.join('');
}
