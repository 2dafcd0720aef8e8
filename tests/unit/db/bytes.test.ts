import { createPrivateKey } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { idBytes, idText, newIdBytes } from '../../../electron/db/ids.ts';
import {
  bodyRoot,
  commitHash,
  headerBytes,
  leafHash,
  padded,
  saltsOf,
  wholeLeaves,
  type Change,
  type Header,
} from '../../../electron/db/log/packet.ts';
import { openSigner, isValidSignature, signHeader } from '../../../electron/db/log/signatures.ts';

const hex = (bytes: Buffer): string => bytes.toString('hex');
const fill = (length: number, byte: number): Buffer => Buffer.alloc(length, byte);
const changes: readonly [Change, Change] = [
  { entity: 'source', id: fill(16, 1), field: 'title', value: '"报告 😀"' },
  { entity: 'passage', id: fill(16, 2), field: 'anchor', value: '{"end":9,"start":3}' },
];
const body = { seed: fill(16, 7), label: '"Add a source"', changes };
/** The key whose 32 secret bytes are all five. */
const signer = openSigner(
  createPrivateKey({
    key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), fill(32, 5)]),
    format: 'der',
    type: 'pkcs8',
  })
    .export({ type: 'pkcs8', format: 'pem' })
    .toString(),
);
const header: Header = {
  kind: 1,
  project: fill(16, 3),
  replica: fill(16, 4),
  key: signer.key,
  clock: 1.8e15,
  wall: 1.8e12,
  own: fill(32, 6),
  others: [fill(32, 7), fill(32, 8)],
  root: bodyRoot(body),
};

/** Computed by the prototype. They can never change: every signature ever made rests on them. */
describe('the bytes of the log', () => {
  it('of salts and leaves', () => {
    expect(hex(saltsOf(body.seed, 3)).slice(0, 96)).toBe(
      '3056d79382d60c50474191b2c8c80311669e0fb9fa2abc3ea9a0bfd84c6b01edc8552b2b6fb4076c0c197f1bf7bbb5e3',
    );
    expect(hex(leafHash(fill(16, 9), 5, changes[0]))).toBe(
      'b61d2ecbb8095886a89d775e40e455db3c057e5e03477fe1e14b82ec7d463f3f',
    );
    expect(wholeLeaves(body)).toHaveLength(8 * 32);
    expect(hex(bodyRoot(body))).toBe('25a9ed5f06c21ef1620c481cc68c7bdda17e9a41421d7ab3219a1645eeb8c0a4');
  });

  it('of a header, its signature and its hash', () => {
    const bytes = headerBytes(header);
    expect(hex(bytes)).toBe(
      `5342433101${'03'.repeat(16)}${'04'.repeat(16)}6e7a1cdd29b0b78fd13af4c5598feff4ef2a97166e3ca6f2e4fbfccd80505bf1` +
        `0006651728988000000001a3185c50000002${'06'.repeat(32)}${'07'.repeat(32)}${'08'.repeat(32)}25a9ed5f06c21ef1620c481cc68c7bdda17e9a41421d7ab3219a1645eeb8c0a4`,
    );
    const sig = signHeader(bytes, signer);
    expect(hex(sig)).toBe(
      '95e88fa172bd6fd9860811d801bed2352a7539448cba46bb9a5d7779d650ee7883b7ba0e0415a93921cdd6ea63b8d2f4694f10f45051ab22f2449b00a6e2d60e',
    );
    expect(hex(commitHash(bytes, sig))).toBe('1a10c13cf76f5346e509f2e7c114625e6b032d7850415ff4735ba45de3bd9618');
    const first = headerBytes({ ...header, own: null, others: [] });
    expect(hex(commitHash(first, signHeader(first, signer)))).toBe(
      'cab74dd66cc8e9e01388a035734088592af35c1862917a1fb919eaa35e71654c',
    );
  });

  it('include their lengths, so that no two commits have equal bytes', () => {
    expect(() => leafHash(fill(16, 1), 0, { ...changes[0], id: fill(17, 1) })).toThrow(RangeError);
    expect(() => leafHash(fill(15, 1), 0, changes[0])).toThrow(RangeError);
    expect(() => saltsOf(fill(15, 1), 1)).toThrow(RangeError);
    expect(() => headerBytes({ ...header, others: [fill(31, 1)] })).toThrow(RangeError);
    expect(() => headerBytes({ ...header, clock: -1 })).toThrow(RangeError);
    expect(
      leafHash(fill(16, 1), 0, { ...changes[0], entity: 'ab', field: 'c' }).equals(
        leafHash(fill(16, 1), 0, { ...changes[0], entity: 'a', field: 'bc' }),
      ),
    ).toBe(false);
  });

  it('reveal little about how many changes there are', () => {
    expect([1, 8, 9, 16, 17, 1000].map(padded)).toEqual([8, 8, 16, 16, 32, 1024]);
  });

  it('hold a value far longer than the buffer they are hashed in', () => {
    const long = { ...changes[0], value: JSON.stringify('就业'.repeat(3_000_000)) };
    expect(leafHash(fill(16, 1), 0, long).equals(leafHash(fill(16, 1), 0, { ...long, value: `${long.value} ` }))).toBe(
      false,
    );
  });
});

describe('signing', () => {
  it('is valid for its own bytes and key only', () => {
    const bytes = headerBytes(header);
    const sig = signHeader(bytes, signer);
    expect(isValidSignature(bytes, sig, signer.key)).toBe(true);
    expect(isValidSignature(Buffer.concat([bytes, fill(1, 0)]), sig, signer.key)).toBe(false);
    expect(isValidSignature(bytes, fill(64, 0), signer.key)).toBe(false);
    expect(isValidSignature(bytes, fill(3, 0), signer.key)).toBe(false);
    expect(isValidSignature(bytes, sig, fill(31, 1))).toBe(false);
  });

  it('needs an Ed25519 key, and says so', () => {
    expect(() => openSigner('no key')).toThrow(/Can’t read your signing key/);
  });
});

describe('ids', () => {
  it('are UUIDs of version 7, each after the one before, however fast they come', () => {
    const ids = Array.from({ length: 10_000 }, () => idText(newIdBytes(1_800_000_000_000)));
    expect(ids.every((id) => /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id))).toBe(
      true,
    );
    expect(ids.toSorted()).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('are the same in text and bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
        expect(idBytes(idText(bytes))?.equals(bytes)).toBe(true);
      }),
    );
    expect([
      idBytes(''),
      idBytes('0190A000-0000-7000-8000-000000000001'),
      idBytes('0190a0000000700080000000000000'),
    ]).toEqual([null, null, null]);
  });
});
