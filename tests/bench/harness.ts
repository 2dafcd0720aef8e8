import { spawnSync } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { YOUNG_MB } from '../../electron/workers/threads.ts';
import type { Measured } from './figures.ts';

/** Set by `npm run bench -- --smallest`: every bench runs once, as small as possible. Its figures mean nothing. */
export const isSmallest = process.env['SOURCEBOOK_BENCH_SMALLEST'] === '1';

/** Set by `npm run bench -- --write`: the file that each figure is added to, one JSON text a line. */
const figuresFile = process.env['SOURCEBOOK_BENCH_FIGURES'];

/** How many of something a bench creates or measures. */
export function amount(full: number, smallest: number): number {
  return isSmallest ? smallest : full;
}

/** The size for young objects in the program's threads. V8's flag is for one of the three spaces that they share. */
const THREAD_HEAP = `--max-semi-space-size=${YOUNG_MB / 3}`;

/**
 * Runs a bench's own script again in a separate process, so that its memory is not counted here; its heap is as in a thread
 * of the program. Throws if it fails.
 */
export function runAlone(script: string, ...args: readonly string[]): void {
  const flags = ['--expose-gc', THREAD_HEAP];
  const { status, signal } = spawnSync(process.execPath, [...flags, script, ...args], { stdio: 'inherit' });
  if (status !== 0) throw new Error(`${script} ${args.join(' ')} ended with ${signal ?? `exit ${status}`}`);
}

/** The goal of a figure; the bench reports whether it is met, and never fails on it. */
export interface Goal {
  readonly atMost?: number;
  readonly atLeast?: number;
}

export interface MeasureOptions {
  /** Runs that are not counted (default 1): caches fill and V8 compiles. */
  readonly warmUp?: number;
  /** Runs that are counted (default 5). */
  readonly runs?: number;
  /** In milliseconds. */
  readonly goal?: Goal;
}

/**
 * Runs `body` some times and prints the median with the fastest and slowest run. Returns the median in milliseconds, for
 * a ratio. Compare only figures of one run of the bench: machines and days differ.
 */
export async function bench(name: string, body: () => unknown, options: MeasureOptions = {}): Promise<number> {
  const { goal = {} } = options;
  const warmUp = amount(options.warmUp ?? 1, 0);
  const runs = amount(options.runs ?? 5, 1);
  for (let run = 0; run < warmUp; run++) await body();
  const times: number[] = [];
  for (let run = 0; run < runs; run++) {
    const started = performance.now();
    await body();
    times.push(performance.now() - started);
  }
  const middle = median(times);
  const spread = `(${number(Math.min(...times))} to ${number(Math.max(...times))}, ${runs} runs)`;
  print(name, `${number(middle)} ms`, `${spread}${verdict(middle, goal)}`, goal);
  return middle;
}

/** Prints how many times `base` `value` is, both from this run. Returns it. */
export function ratio(name: string, value: number, base: number, goal: Goal = {}): number {
  const times = value / base;
  print(name, `${times.toFixed(2)} ×`, verdict(times, goal).trim(), goal);
  return times;
}

/** Prints a figure that is not a time: pages a second, megabytes. */
export function figure(name: string, value: number, unit: string, goal: Goal = {}): void {
  print(name, `${number(value)} ${unit}`, verdict(value, goal).trim(), goal);
}

/** The most memory this process has used, in MB (10^6 bytes), as counted by the operating system. */
export function peakMemory(): number {
  return (process.resourceUsage().maxRSS * 1024) / 1e6;
}

/** The middle value; of an even number the mean of the two in the middle. Throws on an empty list. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.ceil((sorted.length - 1) / 2)]];
  if (low === undefined || high === undefined) throw new RangeError('There is no median of nothing');
  return (low + high) / 2;
}

/** Whether a value meets its goal, in the words the bench prints; empty without a goal. */
export function verdict(value: number, { atMost, atLeast }: Goal): string {
  const parts: string[] = [];
  if (isSmallest) return '';
  if (atMost !== undefined) parts.push(`at most ${number(atMost)}: ${value <= atMost ? 'reached' : 'MISSED'}`);
  if (atLeast !== undefined) parts.push(`at least ${number(atLeast)}: ${value >= atLeast ? 'reached' : 'MISSED'}`);
  return parts.length === 0 ? '' : ` [${parts.join('; ')}]`;
}

function print(name: string, value: string, rest: string, { atMost, atLeast }: Goal): void {
  console.log(`  ${name.padEnd(56)} ${value.padStart(14)}  ${rest}`.trimEnd());
  if (figuresFile === undefined) return;
  const goals = [
    ...(atMost === undefined ? [] : [`at most ${number(atMost)}`]),
    ...(atLeast === undefined ? [] : [`at least ${number(atLeast)}`]),
  ];
  const figure: Measured = { name, value, goal: goals.join(', ') };
  appendFileSync(figuresFile, `${JSON.stringify(figure)}\n`);
}

function number(value: number): string {
  if (Math.abs(value) >= 100) return value.toFixed(0);
  return value.toFixed(Math.abs(value) >= 10 ? 1 : 2);
}
