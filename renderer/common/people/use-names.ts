import type { CallOutput } from '../../../shared/contract/index.ts';
import { usePart } from '../../api/index.ts';

const namesOf = ({ people }: CallOutput<'project.info'>): ReadonlyMap<string, string> =>
  new Map(people.map(({ id, name }) => [id, name]));

/** The names of the people of the project, by id; undefined until they are read. */
export const useNames = (): ReadonlyMap<string, string> | undefined => usePart('project.info', {}, namesOf);
