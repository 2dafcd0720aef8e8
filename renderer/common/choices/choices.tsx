import { useMemo } from 'react';
import type { CategoryId, PersonId, SourceId } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { Initials } from '../../ui/Badge.tsx';
import { FamilySign, restOf } from '../../ui/FamilySign.tsx';
import type { Choice } from './FilterChoice.tsx';

/** The codebook's categories that passages can have. */
export function useCategoryChoices(): readonly Choice<CategoryId>[] {
  const categories = useCall('codebook.get', {}).data?.categories;
  return useMemo(
    () =>
      (categories ?? [])
        .filter(({ deleted, passages, archived }) => !deleted && (!archived || passages > 0))
        .map(({ id, name, code, colour, termsZh, termsEn }) => ({
          id,
          name,
          also: [code, ...termsZh, ...termsEn].map((one) => (typeof one === 'string' ? one : one.term)).join(' '),
          sign: (
            <span className="search-code">
              <FamilySign code={code} colour={colour} />
              {restOf(code) === '' ? null : <span className="code">{restOf(code)}</span>}
            </span>
          ),
        })),
    [categories],
  );
}

/** Everybody who works on the project. */
export function usePersonChoices(): readonly Choice<PersonId>[] {
  const people = useCall('project.info', {}).data?.people;
  return useMemo(
    () => (people ?? []).map(({ id, name }) => ({ id, name, also: '', sign: <Initials name={name} size="small" /> })),
    [people],
  );
}

/** The sources that are there. */
export function useSourceChoices(): readonly Choice<SourceId>[] {
  const sources = useCall('sources.list', {}).data?.sources;
  return useMemo(
    () =>
      (sources ?? []).map(({ id, title, fileName, language }) => ({
        id,
        name: title ?? fileName,
        also: fileName,
        lang: language ?? undefined,
      })),
    [sources],
  );
}
