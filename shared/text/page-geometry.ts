import { Fault } from '../errors.ts';

/**
 * The places of a page’s text. A run is a contiguous range of the page’s text with one angle, one baseline and one visual
 * direction; within it every UTF-16 code unit has an interval along the run’s axis. A unit’s box is the run’s extent
 * across the axis times that interval: exact for rotated and vertical writing, and highlights have even heights.
 *
 * All lengths are PDF points in the page’s user space (y up, before rotation). With the axis (x, y), the direction across
 * is (-y, x): a point at `along` and `across` lies at (along·x − across·y, along·y + across·x).
 */
export interface TextRun {
  /** UTF-16 code units in the page's own text (not the layer's); end exclusive. */
  readonly start: number;
  readonly end: number;
  /** Unit vector along the axis, in the direction of left-to-right text even if the run reads right to left. */
  readonly axisX: number;
  readonly axisY: number;
  /** Reads against the axis: Arabic, Uyghur, Hebrew. */
  readonly rightToLeft: boolean;
  /** Ends in the hyphen of a word broken at the line’s end; the text has `-` and a line feed. */
  readonly hyphen: boolean;
  readonly acrossMin: number;
  readonly acrossMax: number;
}

export interface PageGeometry {
  /** In order of offset, without overlap; units between runs (mostly line feeds) have no place on the page. */
  readonly runs: readonly TextRun[];
  /** Interval of each unit of the page's text along its run's axis: alongMin ≤ alongMax. 0 and 0 outside runs. */
  readonly alongMin: Float32Array;
  readonly alongMax: Float32Array;
}

/** Stored coordinates are whole multiples of 1/32 point (0.01 mm): too small to see. */
export const UNITS_PER_POINT = 32;
/** 2^24 is where a Float32 stops holding every whole number; at 1/32 point that is 185 metres. */
const LIMIT = 2 ** 24 - 1;
const AXIS_SCALE = 1e6;
const FORMAT = 1;

const CARDINAL: readonly (readonly [number, number])[] = [
  [1, 0],
  [0, 1],
  [-1, 0],
  [0, -1],
];
const OTHER_AXIS = 4;
const AXIS_MASK = 7;
const RIGHT_TO_LEFT = 8;
const HYPHEN = 16;

/** An empty page's geometry. */
export const noGeometry = (): PageGeometry => ({
  runs: [],
  alongMin: new Float32Array(0),
  alongMax: new Float32Array(0),
});

/** The value as it is after a round trip through the codec. */
export const quantise = (points: number): number => toUnits(points) / UNITS_PER_POINT;

function toUnits(points: number): number {
  const units = Math.round(points * UNITS_PER_POINT);
  if (Number.isNaN(units)) return 0;
  // `+ 0` turns -0 into 0: one number, one encoding.
  return Math.max(-LIMIT, Math.min(LIMIT, units)) + 0;
}

/**
 * Encodes geometry for a page of `alongMin.length` units: varints, each coordinate as the difference from the one before
 * in reading order, in three streams (runs, gaps, widths), because similar values compress best together. The bytes are a
 * function of the quantised values: equal geometry always gives equal bytes. Not compressed here.
 */
export function encodeGeometry(geometry: PageGeometry): Uint8Array {
  const runs = new VarintWriter();
  const gaps = new VarintWriter();
  const widths = new VarintWriter();
  let at = 0;
  let pen = 0;
  let acrossMin = 0;
  let acrossMax = 0;
  for (const run of geometry.runs) {
    runs.unsigned(run.start - at);
    runs.unsigned(run.end - run.start);
    at = run.end;
    const axis = CARDINAL.findIndex(([x, y]) => x === run.axisX && y === run.axisY);
    runs.unsigned((axis < 0 ? OTHER_AXIS : axis) | (run.rightToLeft ? RIGHT_TO_LEFT : 0) | (run.hyphen ? HYPHEN : 0));
    if (axis < 0) {
      runs.signed(Math.round(run.axisX * AXIS_SCALE));
      runs.signed(Math.round(run.axisY * AXIS_SCALE));
    }
    const low = toUnits(run.acrossMin);
    const high = Math.max(low, toUnits(run.acrossMax));
    runs.signed(low - acrossMin);
    runs.signed(high - acrossMax);
    acrossMin = low;
    acrossMax = high;
    for (let unit = run.start; unit < run.end; unit++) {
      const from = toUnits(geometry.alongMin[unit] ?? 0);
      const to = Math.max(from, toUnits(geometry.alongMax[unit] ?? 0));
      // The pen moves in reading direction, so that in ordinary text the gap is small and mostly 0.
      gaps.signed(run.rightToLeft ? pen - to : from - pen);
      widths.unsigned(to - from);
      pen = run.rightToLeft ? from : to;
    }
  }
  const head = new VarintWriter();
  head.unsigned(FORMAT);
  head.unsigned(geometry.runs.length);
  for (const stream of [runs, gaps, widths]) head.unsigned(stream.length);
  return join([head.bytes(), runs.bytes(), gaps.bytes(), widths.bytes()]);
}

/**
 * The geometry of a page whose text has `length` UTF-16 code units. The bytes are not trusted: every number is checked,
 * and memory is bounded by `length` and by the bytes themselves. Throws DAMAGED.
 */
export function decodeGeometry(bytes: Uint8Array, length: number): PageGeometry {
  const head = new VarintReader(bytes, 0, bytes.length);
  if (head.unsigned() !== FORMAT) throw damaged('this version doesn’t know its format');
  const count = head.unsigned();
  const sizes = [head.unsigned(), head.unsigned(), head.unsigned()] as const;
  const streams = head.position;
  if (streams + sizes[0] + sizes[1] + sizes[2] !== bytes.length)
    throw damaged('its parts are longer or shorter than the whole');
  const runReader = new VarintReader(bytes, streams, streams + sizes[0]);
  const gaps = new VarintReader(bytes, runReader.end, runReader.end + sizes[1]);
  const widths = new VarintReader(bytes, gaps.end, gaps.end + sizes[2]);

  const alongMin = new Float32Array(length);
  const alongMax = new Float32Array(length);
  const runs: TextRun[] = [];
  const before = { at: 0, pen: 0, acrossMin: 0, acrossMax: 0 };
  for (let index = 0; index < count; index++) {
    const run = readRun(runReader, before, length);
    for (let unit = run.start; unit < run.end; unit++) {
      const gap = gaps.signed();
      const width = widths.unsigned();
      const from = run.rightToLeft ? before.pen - gap - width : before.pen + gap;
      const to = from + width;
      inRange(from);
      inRange(to);
      alongMin[unit] = from / UNITS_PER_POINT;
      alongMax[unit] = to / UNITS_PER_POINT;
      before.pen = run.rightToLeft ? from : to;
    }
    runs.push(run);
  }
  for (const stream of [runReader, gaps, widths]) {
    if (stream.position !== stream.end) throw damaged('it contains more data than its runs');
  }
  return { runs, alongMin, alongMax };
}

interface Before {
  at: number;
  pen: number;
  acrossMin: number;
  acrossMax: number;
}

function readRun(reader: VarintReader, before: Before, length: number): TextRun {
  const start = before.at + reader.unsigned();
  const end = start + reader.unsigned();
  if (end <= start || end > length) throw damaged('a run of text lies outside its page');
  before.at = end;
  const flags = reader.unsigned();
  const axisIndex = flags & AXIS_MASK;
  if (axisIndex > OTHER_AXIS || flags > (AXIS_MASK | RIGHT_TO_LEFT | HYPHEN)) throw damaged('a run has unknown flags');
  const [axisX, axisY] = CARDINAL[axisIndex] ?? readAxis(reader);
  before.acrossMin += reader.signed();
  before.acrossMax += reader.signed();
  inRange(before.acrossMin);
  inRange(before.acrossMax);
  if (before.acrossMin > before.acrossMax) throw damaged('a run has a negative height');
  return {
    start,
    end,
    axisX,
    axisY,
    rightToLeft: (flags & RIGHT_TO_LEFT) !== 0,
    hyphen: (flags & HYPHEN) !== 0,
    acrossMin: before.acrossMin / UNITS_PER_POINT,
    acrossMax: before.acrossMax / UNITS_PER_POINT,
  };
}

function readAxis(reader: VarintReader): readonly [number, number] {
  const x = reader.signed() / AXIS_SCALE;
  const y = reader.signed() / AXIS_SCALE;
  if (Math.abs(Math.hypot(x, y) - 1) > 0.001) throw damaged('the direction of a run isn’t valid');
  return [x, y];
}

function inRange(units: number): void {
  if (units < -LIMIT || units > LIMIT) throw damaged('a coordinate is out of range');
}

const damaged = (what: string): Fault =>
  new Fault(
    'DAMAGED',
    `The stored positions of a page’s text can’t be read: ${what}. Verify the project to see what’s damaged.`,
  );

/** LEB128 varints, signed ones zigzagged; at most 32 bits. */
class VarintWriter {
  private buffer = new Uint8Array(256);
  length = 0;

  unsigned(value: number): void {
    if (this.length + 5 > this.buffer.length) {
      const larger = new Uint8Array(this.buffer.length * 2);
      larger.set(this.buffer);
      this.buffer = larger;
    }
    let rest = value >>> 0;
    while (rest > 127) {
      this.buffer[this.length++] = (rest & 127) | 128;
      rest >>>= 7;
    }
    this.buffer[this.length++] = rest;
  }
  signed(value: number): void {
    this.unsigned((value << 1) ^ (value >> 31));
  }
  bytes(): Uint8Array {
    return this.buffer.subarray(0, this.length);
  }
}

class VarintReader {
  private readonly buffer: Uint8Array;
  position: number;
  readonly end: number;

  constructor(buffer: Uint8Array, start: number, end: number) {
    this.buffer = buffer;
    this.position = start;
    this.end = end;
  }
  unsigned(): number {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.position < this.end ? this.buffer[this.position] : undefined;
      if (byte === undefined) throw damaged('it’s cut off');
      this.position++;
      if (shift === 28 && byte > 15) throw damaged('a number in it is too large');
      value |= (byte & 127) << shift;
      if (byte < 128) {
        // Each number has one encoding, so that a layer has one hash.
        if (byte === 0 && shift > 0) throw damaged('a number in it isn’t written in the standard form');
        return value >>> 0;
      }
    }
    throw damaged('a number in it is too large');
  }
  signed(): number {
    const value = this.unsigned();
    return (value >>> 1) ^ -(value & 1);
  }
}

/** Concatenates arrays into a new one. */
export function join(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
