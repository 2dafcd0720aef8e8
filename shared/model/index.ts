export * from './ids.ts';
export * from './records.ts';
export * from './pages.ts';
export * from './review.ts';
export * from './suggestion.ts';
export * from './copies.ts';
export * from './claims.ts';
export * from './dossier.ts';
