export * from './ids.ts';
export * from './records.ts';
