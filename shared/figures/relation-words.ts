import { relationBasis, relationFigures } from '../model/relation-record.ts';
import { operationWords } from './operation-words.ts';

const READINGS = { printed: 'as printed', exact: 'counts are exact', rounded: 'counts may be rounded' } as const;
const readingWords = (reading: string): string =>
  Object.entries(READINGS).find(([name]) => name === reading)?.[1] ?? reading;

/**
 * A value of a relation's record in words, as a conflict or a comparison of states shows it; `nameOf` says the words of a figure.
 * Null for a field that needs none, or a value that this version did not write.
 */
export function relationWords(field: string, value: unknown, nameOf: (figure: string) => string): string | null {
  switch (field) {
    case 'operation':
      return typeof value === 'string' ? operationWords(value) : null;
    case 'reading':
      return typeof value === 'string' ? readingWords(value) : null;
    case 'figures': {
      const figures = relationFigures.safeParse(value).data;
      if (figures === undefined) return null;
      const inputs = figures.inputs.map(nameOf).join(', ');
      return figures.printed === null ? inputs : `${inputs}; printed ${nameOf(figures.printed)}`;
    }
    case 'basis': {
      const basis = relationBasis.safeParse(value).data;
      return basis === undefined ? null : `${readingWords(basis.reading)}; ${basis.figures.join('; ')}`;
    }
    default:
      return null;
  }
}
