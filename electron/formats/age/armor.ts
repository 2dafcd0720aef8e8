/** age's text form (https://age-encryption.org/v1#ascii-armor): strict PEM, for files sent by mail or chat. */
const BEGIN = '-----BEGIN AGE ENCRYPTED FILE-----';
const END = '-----END AGE ENCRYPTED FILE-----';
/** Characters of a full line. */
const WIDTH = 64;
const WHOLE = /^[A-Za-z0-9+/]{64}$/;
const LAST = /^[A-Za-z0-9+/]{2,64}={0,2}$/;
/** A file with more white space than this before the armor is not accepted. */
export const MOST_SPACE = 1024;

/** The bytes encoded in the first part of a file, as far as its lines are complete; null if it is not armored. */
export function armoredStart(text: string): Buffer | null {
  const lines = text.slice(0, MOST_SPACE).trimStart().startsWith(BEGIN) ? text.trimStart().split(/\r?\n/) : [];
  if (lines[0] !== BEGIN) return null;
  const whole: string[] = [];
  for (const line of lines.slice(1)) {
    if (!WHOLE.test(line)) {
      if (isLast(line)) whole.push(line);
      break;
    }
    whole.push(line);
  }
  return Buffer.from(whole.join(''), 'base64');
}

/** Base64 has several encodings of a final byte; only the canonical one is accepted. */
const isLast = (line: string): boolean =>
  line.length <= WIDTH && LAST.test(line) && Buffer.from(line, 'base64').toString('base64') === line;

/**
 * The bytes of an armored file, piece by piece. Anything against the format (a line of another length, data after the end, a
 * missing end) ends the stream with an error.
 */
export function dearmored(armored: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  const reading = new Armor();
  return armored.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(piece, controller) {
        const bytes = reading.take(Buffer.from(piece).toString('latin1'));
        if (bytes.length > 0) controller.enqueue(bytes);
      },
      flush(controller) {
        const bytes = reading.take('\n');
        if (bytes.length > 0) controller.enqueue(bytes);
        reading.assertEnded();
      },
    }),
  );
}

class Armor {
  private at: 'before' | 'within' | 'last' | 'after' = 'before';
  private rest = '';

  take(text: string): Buffer {
    const lines = (this.rest + text).split('\n');
    this.rest = lines.pop() ?? '';
    if (this.rest.length > MOST_SPACE) throw bent();
    const body: string[] = [];
    for (const line of lines) if (this.isBody(line.replace(/\r$/, ''))) body.push(line.trim());
    return Buffer.from(body.join(''), 'base64');
  }
  assertEnded(): void {
    if (this.at !== 'after') throw bent();
  }

  private isBody(line: string): boolean {
    switch (this.at) {
      case 'before':
        if (line.trimStart() === BEGIN) this.at = 'within';
        else if (line.trim() !== '') throw bent();
        return false;
      case 'within':
        if (WHOLE.test(line)) return true;
        if (line.trimEnd() === END) return this.end();
        if (!isLast(line)) throw bent();
        this.at = 'last';
        return true;
      case 'last':
        if (line.trimEnd() !== END) throw bent();
        return this.end();
      case 'after':
        if (line.trim() !== '') throw bent();
        return false;
    }
  }
  private end(): false {
    this.at = 'after';
    return false;
  }
}

const bent = (): Error => new Error('This is not the armor of age');
